"""Where the sessions are, and how one gets back to one of them."""

from uuid import UUID

from litestar.response import Redirect

from services.web.steering.places import HOME

LIST = f"{HOME}/sitzungen"
NEW = f"{LIST}/neu"
ONE = f"{LIST}/{{session_id:uuid}}"
ITEM = f"{ONE}/punkte/{{item_id:uuid}}"


def to_session(session: UUID, position: int, part: str = "sitzung") -> Redirect:
    """To the part of the session's page that shows what was recorded."""
    return Redirect(f"{LIST}/{session}?ab={position}#{part}", status_code=303)
