"""Where the shared courses are, and what their pages have in common."""

from uuid import UUID

import msgspec
from litestar.response import Redirect

from services.api.decisions import Decision
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Wrong
from services.web.inside import Refusal

AREA = for_area(Area.REPORTS)
HOME = "/meldungen/kurse-gemeinsam"
NEW = f"{HOME}/neu"
SEARCH = f"{HOME}/suche"
FOUND = f"{SEARCH}/{{search:uuid}}"
ONE = f"{HOME}/{{pool_id:uuid}}"


def pool_at(pool: UUID | str) -> str:
    """The page of this shared course."""
    return f"{HOME}/{pool}"


def found_at(search: UUID | str) -> str:
    """The page of this search."""
    return f"{SEARCH}/{search}"


def on_to(decision: Decision) -> Redirect:
    """To the shared course, which shows what was decided."""
    return Redirect(f"{pool_at(decision.id)}?ab={decision.position}", status_code=303)


def wrong_above(refusal: Refusal) -> Wrong:
    """Why it was refused, for a page that has no field for it."""
    return msgspec.structs.replace(Wrong.of(refusal), fields={})
