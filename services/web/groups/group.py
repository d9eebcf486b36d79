"""One working group: its mandate, who is in it, its meetings, agreements and reports."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.steering.mandate import DissolutionMandate
from domain.steering.resolution_events import Standing
from domain.working_groups.events import Part
from services.api.body_views import BodyView
from services.api.group_views import ReportSession, WorkingGroupView
from services.api.resolution_views import ResolutionSummary, ResolutionView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.assessments.viewer import coming_years, options, present_year
from services.web.concepts.people import organisation_names
from services.web.door import for_area
from services.web.forms import form_of
from services.web.groups.choices import ALL, found, named, on_the_clock, present, today, were_in
from services.web.groups.groups import LIST
from services.web.groups.steps import Attempt, Step, step_of, take
from services.web.groups.viewer import viewer_of
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
ONE = f"{LIST}/{{group_id:uuid}}"
ENDING = "dissolve-working-group"

STEPS = {
    "einberufen": Step(
        path=lambda _: "meetings",
        body=lambda typed: {
            "meeting": typed.number("meeting"),
            "starts_at": typed.moment("starts_at"),
            "place": typed.text("place"),
            "purpose": typed.text("purpose"),
        },
    ),
    "nachtragen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/record",
        body=lambda typed: {
            "held_at": typed.moment("held_at"),
            "attended": typed.texts("attended"),
            "summary": typed.text("summary"),
        },
    ),
    "berichten": Step(
        path=lambda _: "reports",
        body=lambda typed: {
            "report": typed.number("report"),
            "session": typed.text("session"),
            "text": typed.text("text"),
        },
    ),
    "aufnehmen": Step(
        path=lambda _: "members",
        body=lambda typed: {
            "organisation": typed.text("organisation"),
            "part": typed.text("part"),
            "since": typed.text("since"),
            "reason": typed.text("reason"),
        },
    ),
    "ausscheiden": Step(
        path=lambda typed: f"members/{typed.text('organisation')}/departure",
        body=lambda typed: {"until": typed.text("until"), "reason": typed.text("reason")},
    ),
    "federfuehrung": Step(
        path=lambda _: "lead",
        body=lambda typed: {"lead": typed.text("lead"), "reason": typed.text("reason")},
    ),
    "planen": Step(
        path=lambda _: "plans",
        body=lambda typed: {
            "school_year": typed.text("school_year"),
            "meetings": typed.number("meetings"),
            "call_by": typed.texts("call_by") or None,
        },
    ),
    "veroeffentlichen": Step(path=lambda _: "publication", body=lambda _: None),
    "verbergen": Step(
        path=lambda _: "publication/withdrawal",
        body=lambda typed: {"reason": typed.text("reason")},
    ),
    "aufloesen": Step(
        path=lambda _: "dissolution", body=lambda typed: {"resolution": typed.text("resolution")}
    ),
}


class Appointment(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A meeting that was called."""

    at: datetime
    number: int


@get(ONE, opt=AREA)
async def show_group(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The group as it stands, and what can be done."""
    return await _show(request, inside, pages, group_id, Attempt(), recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_group_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Meet, report, arrange who is in it and leads it, plan, publish, or dissolve."""
    form = await form_of(request)
    taken = await take(request, inside, group_id, step_of(STEPS, step), step, form)
    if isinstance(taken, Attempt):
        return await _show(request, inside, pages, group_id, taken)
    return Redirect(f"{LIST}/{group_id}?ab={taken.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    group_id: UUID,
    attempt: Attempt,
    *,
    recorded: int | None = None,
) -> Response[str]:
    viewer = viewer_of(request)
    path = f"/working-groups/{group_id}"
    group = await inside.read(request, path, WorkingGroupView)
    sessions: list[ReportSession] = []
    if viewer.runs(group) or group.reports:
        sessions = await inside.read(request, f"{path}/sessions", list[ReportSession])
    endings: Sequence[ResolutionSummary] = ()
    if viewer.arranges(group):
        endings = await _endings(request, inside, group)
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    organisations = await organisation_names(inside, request)
    there = present(group.members, today())
    now = datetime.now(UTC)
    called = _called(group)
    return await pages.show(
        request,
        "groups/group.html",
        status=attempt.status,
        viewer=viewer,
        group=group,
        resolution=await found(request, inside, f"/resolutions/{group.resolution}", ResolutionView),
        body=await found(request, inside, f"/bodies/{group.body}", BodyView),
        organisations=organisations,
        there=there,
        not_there=[one for one in group.members if one not in there],
        this_year=next((one for one in group.years if one.school_year == present_year()), None),
        to_record=next((one for one in called if one.at <= now), None),
        next_meeting=next((one for one in called if one.at > now), None),
        last_held=next((o.number for o in group.meetings[::-1] if o.stage == "held"), None),
        sessions=sessions,
        session_titles={one.id: one for one in sessions},
        endings=endings,
        inside_now=named((one.organisation for one in there), organisations),
        were_in=named(were_in(group), organisations),
        everybody=list(organisations.items()),
        parts_of_group=list(Part),
        years=options(coming_years()),
        today=today().isoformat(),
        on_the_clock=on_the_clock,
        entries=entries[::-1],
        attempt=attempt,
        recorded=recorded,
    )


def _called(group: WorkingGroupView) -> Sequence[Appointment]:
    """The meetings that were called and not recorded yet."""
    return sorted(
        Appointment(at=one.at, number=one.number)
        for one in group.meetings
        if one.stage == "called" and one.at
    )


async def _endings(
    request: Visit, inside: Inside, group: WorkingGroupView
) -> Sequence[ResolutionSummary]:
    """The resolutions of its body that dissolve this group."""
    listed = [
        one
        for standing in (Standing.OVERDUE, Standing.OPEN)
        async for one in inside.items(
            request, "/resolutions", ResolutionSummary, body=group.body, standing=standing
        )
        if one.kind == ENDING
    ]
    asked = DissolutionMandate(group=group.id)
    return [
        one
        for one in listed
        if (await inside.read(request, f"/resolutions/{one.id}", ResolutionView)).mandate == asked
    ]
