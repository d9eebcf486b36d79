"""What became of earlier resolutions, for the page of a session; and that it was shown there."""

from uuid import UUID

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.follow_up_views import FollowUpItem
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.mandates.addresses import ONE
from services.web.mandates.reader import read_if_shown
from services.web.mandates.resolution import show_resolution_page
from services.web.mandates.wrong import wrong_of
from services.web.rendering import Pages
from services.web.steering.places import HOME


async def progress_for(request: Visit, inside: Inside, session: UUID) -> list[FollowUpItem]:
    """What this session is to be shown, or was; nothing for who does not read every resolution."""
    path = f"/sessions/{session}/follow-up"
    return await read_if_shown(inside, request, path, list[FollowUpItem]) or []


@post(f"{ONE}/gezeigt", opt=for_area(Area.STEERING))
async def note_showing(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    resolution_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Record that a session was shown what has become of it, and lead back to the session."""
    form = await form_of(request)
    session = form.text("session")
    path = f"/resolutions/{resolution_id}/showings"
    try:
        decision = await inside.decide(request, "POST", path, {"session": session}, key=form.key)
    except Refusal as refusal:
        return await show_resolution_page(
            request, inside, pages, resolution_id, form=form, wrong=wrong_of(refusal)
        )
    address = f"{HOME}/sitzungen/{session}?ab={decision.position}#beschluesse"
    return Redirect(address, status_code=303)
