"""The list of the sessions: what is to come first, then what was held, by school year."""

from collections.abc import Mapping, Sequence

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Response

from services.api.session_views import SessionSummary
from services.identity.areas import Area
from services.web.assessments.viewer import school_year_on
from services.web.door import for_area
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages
from services.web.sessions.addresses import LIST
from services.web.sessions.coming import sessions_seen, to_come
from services.web.sessions.viewer import session_viewer
from services.web.steering.places import places_below

AREA = for_area(Area.STEERING)


@get(LIST, opt=AREA)
async def list_sessions(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    gremium: FromQuery[str | None] = None,
    schuljahr: FromQuery[str | None] = None,
    ab: After = None,
) -> Response[str]:
    """All sessions, narrowed by body and school year."""
    seen = await sessions_seen(request, inside, ab)
    years = {one.id: _year(one, pages) for one in seen}
    bodies = {one.body: one.body_title for one in seen}
    body = gremium if gremium in bodies else ""
    year = schuljahr if schuljahr in years.values() else ""
    found = [one for one in seen if body in {"", one.body} and year in {"", years[one.id]}]
    ahead = to_come(found)
    coming = {one.id for one in ahead}
    return await pages.show(
        request,
        "sessions/sessions.html",
        viewer=session_viewer(request),
        places=places_below(request),
        next=next(iter(to_come(seen)), None),
        coming=ahead,
        earlier=_by_year([one for one in found if one.id not in coming], pages),
        bodies=sorted(bodies.items(), key=lambda pair: pair[1]),
        years=sorted(set(years.values()), reverse=True),
        body=body,
        year=year,
        is_empty=not seen,
        recorded=ab,
    )


def _by_year(
    sessions: Sequence[SessionSummary], pages: Pages
) -> Mapping[str, Sequence[SessionSummary]]:
    """The latest school year first, as the sessions come."""
    found: dict[str, list[SessionSummary]] = {}
    for one in sessions:
        found.setdefault(_year(one, pages), []).append(one)
    return found


def _year(session: SessionSummary, pages: Pages) -> str:
    return school_year_on(session.starts_at.astimezone(pages.calendar.zone).date())
