"""The security log as auditors and administrators read it."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from services.api.pages import Page
from services.api.security import SecurityEntry
from services.identity.areas import Area
from services.identity.security_log import Happening
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.rendering import Pages

Given = Annotated[str, QueryParameter(max_length=400, required=False)]
Person = Annotated[UUID | None, QueryParameter(required=False)]


@get("/revision/sicherheit", opt=for_area(Area.AUDIT))
async def show_security_log(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    person: Person = None,
    ereignis: Given = "",
    ab: Given = "",
) -> Response[str]:
    """What happened at the door, the latest first. `ab`: where the page goes on."""
    found = await inside.read(
        request,
        "/security-log",
        Page[SecurityEntry],
        account=person,
        happening=ereignis or None,
        cursor=ab or None,
    )
    return await pages.show(
        request,
        "sign_in/security.html",
        entries=found.items,
        next=found.next,
        person=person,
        chosen=ereignis,
        happenings=[happening.value for happening in Happening],
    )
