"""The page of a session: one from the invitation to the minutes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.steering.session_events import SessionKind
from services.api.session_views import SessionView
from services.api.theme_views import ThemeSummary
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong
from services.web.inside import After, Inside, Visit
from services.web.mandates.follow_up import progress_for
from services.web.meetings.part import meeting_part
from services.web.rendering import Pages
from services.web.sessions.addresses import ONE
from services.web.sessions.moments import as_typed
from services.web.sessions.viewer import session_viewer

AREA = for_area(Area.STEERING)
ALL = 200
PLANNED = frozenset({"scheduled", "frozen"})
RUNNING = frozenset({"open", "circulating"})


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of a session by the names of their texts, and how many of them are behind it."""

    steps: Sequence[str]
    at: int


@get(ONE, opt=AREA)
async def open_page(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    session_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The session as it stands, and what can be done with it."""
    return await show_session(request, inside, pages, session_id, recorded=ab)


async def show_session(
    request: Visit,
    inside: Inside,
    pages: Pages,
    session_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """The page, also if one of its forms was not taken: `step` is the one `wrong` is about."""
    viewer = session_viewer(request)
    path, zone = f"/sessions/{session_id}", pages.calendar.zone
    session = await inside.read(request, path, SessionView)
    now, plan = datetime.now(UTC), session.plan
    today = now.astimezone(zone).date()
    is_late = plan.invite_by is not None and plan.invite_by < today
    is_too_late = is_late and (plan.urgent_by is None or plan.urgent_by < today)
    listed = inside.items(request, "/themes", ThemeSummary, limit=ALL, at_least=recorded)
    themes = [theme async for theme in listed]
    treated = {theme for item in session.items for theme in item.themes}
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "sessions/session.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        session=session,
        is_planned=session.stage in PLANNED,
        is_meeting=session.kind is SessionKind.MEETING,
        way=way_of(session),
        now=now,
        is_late=is_late,
        is_too_late=is_too_late,
        main="move" if is_too_late else _main_step(session, now, is_late=is_late),
        typed={
            "starts_at": as_typed(session.starts_at, zone),
            "ends_at": as_typed(session.ends_at, zone),
            "call_until": as_typed(_call_until(session, now), zone),
        },
        titles={str(theme.id): theme.title for theme in themes},
        untreated=[one for one in themes if one.session == session.id and one.id not in treated],
        meeting=await meeting_part(request, inside, session, um=form.text("um") if form else ""),
        follow_up=await progress_for(request, inside, session_id),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


def way_of(session: SessionView) -> Way:
    """How far the session has come. A vote in writing calls for nothing and invites nobody."""
    is_meeting = session.kind is SessionKind.MEETING
    before = ("planned", "call", "invitation") if is_meeting else ("planned",)
    steps = (*before, "meeting" if is_meeting else "voting", "minutes")
    if session.stage == "released":
        return Way(steps=steps, at=len(steps))
    if session.stage in RUNNING:
        return Way(steps=steps, at=len(before))
    if session.stage not in PLANNED:
        return Way(steps=steps, at=len(before) + 1)
    if not is_meeting:
        return Way(steps=steps, at=0)
    if session.invitation or session.stage == "frozen":
        return Way(steps=steps, at=steps.index("invitation"))
    return Way(steps=steps, at=steps.index("call" if session.called_until else "planned"))


def _main_step(session: SessionView, now: datetime, *, is_late: bool) -> str:
    """What people do next, unless the process does something first."""
    if session.stage == "frozen" or is_late:
        return "invite"
    until = _call_until(session, now)
    is_collecting = until is not None and now < until
    if session.items and (session.called_until or not is_collecting):
        return "freeze"
    is_meeting = session.kind is SessionKind.MEETING
    return "propose" if is_collecting or not is_meeting else "call"


def _call_until(session: SessionView, now: datetime) -> datetime | None:
    """Until when items are taken, or are to be by the rules as long as that is to come."""
    planned = session.plan.items_until
    return session.called_until or (planned if planned and now < planned else None)
