"""All resolutions: what is still to be done first, what is overdue before all."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeAlias
from urllib.parse import urlencode

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response import Response

from domain.steering.resolution_events import Standing
from services.api.body_views import BodySummary
from services.api.resolution_views import ResolutionSummary
from services.identity.areas import Area
from services.web.administration.answers import organisation_names
from services.web.door import for_area
from services.web.filters import one_of
from services.web.inside import After, Inside, Visit
from services.web.mandates.addresses import RESOLUTIONS
from services.web.mandates.kinds import KINDS
from services.web.mandates.reader import Reader, reader_of
from services.web.rendering import Pages
from services.web.steering.places import places_below

ALL = 200
TO_DO = frozenset({Standing.OPEN, Standing.OVERDUE})

Chosen: TypeAlias = Annotated[str | None, QueryParameter(max_length=64, required=False)]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen of the list; empty is all."""

    standing: str = ""
    body: str = ""
    kind: str = ""
    owner: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.standing or self.body or self.kind or self.owner)

    @property
    def address(self) -> str:
        chosen = {
            "stand": self.standing,
            "gremium": self.body,
            "art": self.kind,
            "zustaendig": self.owner,
        }
        return urlencode({name: value for name, value in chosen.items() if value})


@get(RESOLUTIONS, opt=for_area(Area.STEERING))
async def list_resolutions(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    stand: Chosen = None,
    gremium: Chosen = None,
    art: Chosen = None,
    zustaendig: Chosen = None,
    ab: After = None,
) -> Response[str]:
    """Members see what their organisation sees to, or is named in."""
    reader = reader_of(request)
    bodies = await body_titles(request, inside, reader)
    organisations = await organisation_names(inside, request)
    filters = Filters(
        standing=one_of(stand, tuple(Standing)),
        body=one_of(gremium, tuple(bodies)),
        kind=one_of(art, KINDS),
        owner=one_of(zustaendig, tuple(organisations)),
    )
    listed = inside.items(
        request,
        "/resolutions",
        ResolutionSummary,
        standing=filters.standing or None,
        body=filters.body or None,
        owner=filters.owner or None,
        limit=ALL,
        at_least=ab,
    )
    found = [one async for one in listed if filters.kind in {"", one.kind}]
    to_do = in_order([one for one in found if one.standing in TO_DO])
    return await pages.show(
        request,
        "mandates/resolutions.html",
        reader=reader,
        places=places_below(request),
        to_do=to_do,
        overdue=sum(one.standing is Standing.OVERDUE for one in to_do),
        done=[one for one in found if one.standing not in TO_DO],
        count=len(found),
        filters=filters,
        standings=list(Standing),
        kinds=KINDS,
        bodies=bodies,
        organisations=organisations,
    )


def in_order(found: Sequence[ResolutionSummary]) -> list[ResolutionSummary]:
    """What is overdue first, then by the day on which it is due."""
    return sorted(
        found,
        key=lambda one: (one.standing is not Standing.OVERDUE, one.due is None, one.due or 0),
    )


async def body_titles(request: Visit, inside: Inside, reader: Reader) -> Mapping[str, str]:
    """What the bodies are called that this person reads, by their keys."""
    if not reader.reads_bodies:
        return {}
    listed = inside.items(request, "/bodies", BodySummary, limit=ALL)
    return {body.key: body.title async for body in listed}
