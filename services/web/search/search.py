"""Search: what was found, by kind, with the page of each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from domain.kernel import Role
from services.api.assessment_access import colleges_of
from services.api.search import SHORTEST
from services.api.search_hits import MOST, Hit, HitKind
from services.identity.areas import AREAS, Area
from services.identity.authorisation import has_one
from services.identity.body_readers import READS_BODIES
from services.identity.finding_readers import READS_THEMES
from services.identity.group_readers import READS_EVERY_GROUP, READS_OWN_GROUPS
from services.identity.mandate_readers import READS_SOME_RESOLUTIONS
from services.web.door import for_area
from services.web.forms import Wrong
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

PLACES: Mapping[HitKind, Sequence[tuple[Area, str]]] = {
    HitKind.CONCEPT: [(Area.CONCEPTS, "/konzepte/{id}")],
    HitKind.ROUND: [(Area.ASSESSMENTS, "/erhebungen/runden/{id}")],
    HitKind.CLASS: [(Area.ASSESSMENTS, "/erhebungen/klassen/{id}")],
    HitKind.THEME: [(Area.STEERING, "/steuerung/themen/{id}")],
    HitKind.SESSION: [(Area.STEERING, "/steuerung/sitzungen/{id}")],
    HitKind.RESOLUTION: [(Area.STEERING, "/steuerung/beschluesse/{id}")],
    HitKind.GROUP: [(Area.STEERING, "/steuerung/arbeitsgruppen/{id}")],
    HitKind.REPORT: [(Area.REPORTS, "/meldungen/{id}")],
    HitKind.POST: [(Area.POSTS, "/stellen/{id}")],
    HitKind.ORGANISATION: [
        (Area.ADMINISTRATION, "/verwaltung/organisationen/{id}"),
        (Area.AUDIT, "/revision?organisation={id}"),
    ],
    HitKind.PERSON: [
        (Area.ADMINISTRATION, "/verwaltung/personen/{id}"),
        (Area.AUDIT, "/revision?person={id}"),
    ],
    HitKind.ENTRY: [(Area.AUDIT, "/revision?suche={id}")],
}
"""Where a hit is shown: in the first of the areas that the person finds their way to."""


READERS: Mapping[HitKind, frozenset[Role]] = {
    HitKind.THEME: READS_THEMES,
    HitKind.SESSION: READS_BODIES,
    HitKind.RESOLUTION: READS_SOME_RESOLUTIONS,
    HitKind.GROUP: READS_EVERY_GROUP | READS_OWN_GROUPS,
}
"""Of whose kind not everybody finds some whom the area is open to."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A hit with its page."""

    hit: Hit
    address: str


@get("/suche", opt=for_area(Area.ACCOUNT))
async def show_hits(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """What has the text in its name. Without text: what can be searched, and how it is spelled."""
    searched = request.query_params.get("q", "").strip()
    hits: Sequence[Hit] = ()
    wrong: Wrong | None = None
    if searched:
        try:
            hits = await inside.read(request, "/search", list[Hit], q=searched)
        except Refusal as refusal:
            wrong = Wrong.of(refusal)
    places = _places(request)
    found = [
        Found(hit=hit, address=places[hit.kind].format(id=hit.id))
        for hit in hits
        if hit.kind in places
    ]
    return await pages.show(
        request,
        "search/search.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        wrong=wrong,
        searched=searched,
        count=len(found),
        groups=[(kind, [one for one in found if one.hit.kind is kind]) for kind in HitKind],
        kinds=list(places),
        most=MOST,
        is_short=len(searched) < SHORTEST,
    )


def _places(request: Visit) -> Mapping[HitKind, str]:
    """The address of each kind that this person can be shown."""
    now = datetime.now(UTC)
    places = {
        kind: address
        for kind, known in PLACES.items()
        for area, address in reversed(known)
        if has_one(request.user, AREAS[area] & READERS.get(kind, AREAS[area]), now)
    }
    if not colleges_of(request.user, now):
        places.pop(HitKind.CLASS, None)
    return places
