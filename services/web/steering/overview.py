"""The steering at a glance: what waits, what is before a body, where one's organisation works."""

from collections import Counter

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.finding_views import FindingSummary
from services.api.group_views import GroupSummary
from services.api.pages import Page
from services.api.theme_views import ThemeSummary
from services.identity.areas import Area
from services.web.door import for_area
from services.web.inside import Inside, Visit
from services.web.rendering import Pages
from services.web.sessions.coming import sessions_seen, to_come
from services.web.steering.places import HOME, places_below
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.STEERING)
MOST = 200
"""So many at most are counted; there are hardly ever more that wait."""


@get(HOME, opt=AREA)
async def show_steering(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """How many findings wait for a theme, how far the themes are, and where everything is.

    Whoever sits on a body is told of its next session, who reads neither findings nor themes in
    how many working groups their organisation is.
    """
    viewer = viewer_of(request)
    waiting = 0
    if viewer.reads_findings:
        found = await inside.read(
            request, "/findings", Page[FindingSummary], stage="reported", limit=MOST
        )
        waiting = len(found.items)
    themes: Counter[str] = Counter()
    groups = 0
    if viewer.reads_themes:
        listed = await inside.read(request, "/themes", Page[ThemeSummary], limit=MOST)
        themes = Counter(theme.stage for theme in listed.items)
    else:
        path, kind = "/working-groups", Page[GroupSummary]
        working = await inside.read(request, path, kind, stage="working", limit=MOST)
        groups = len(working.items)
    ahead = to_come(await sessions_seen(request, inside)) if viewer.reads_bodies else []
    return await pages.show(
        request,
        "steering/overview.html",
        viewer=viewer,
        places=places_below(request),
        waiting=waiting,
        themes=themes,
        groups=groups,
        next_session=next(iter(ahead), None),
    )
