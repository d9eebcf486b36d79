"""One meeting of a working group: moved, called off, recorded, put right, and agreed in."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.group_views import WorkingGroupView
from services.identity.areas import Area
from services.web.concepts.people import organisation_names
from services.web.door import for_area
from services.web.forms import form_of
from services.web.groups.choices import named, on_the_clock, were_in
from services.web.groups.groups import LIST
from services.web.groups.steps import Attempt, Step, step_of, take
from services.web.groups.viewer import viewer_of
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
ONE = f"{LIST}/{{group_id:uuid}}/treffen/{{number:int}}"

STEPS = {
    "verlegen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/moves",
        body=lambda typed: {
            "starts_at": typed.moment("starts_at"),
            "place": typed.text("place"),
            "reason": typed.text("reason"),
        },
    ),
    "absagen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/cancellation",
        body=lambda typed: {"reason": typed.text("reason")},
    ),
    "eintragen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/record",
        body=lambda typed: {
            "held_at": typed.moment("held_at"),
            "attended": typed.texts("attended"),
            "summary": typed.text("summary"),
        },
    ),
    "berichtigen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/corrections",
        body=lambda typed: {
            "held_at": typed.moment("held_at"),
            "attended": typed.texts("attended"),
            "summary": typed.text("summary"),
            "reason": typed.text("reason"),
        },
    ),
    "zuruecknehmen": Step(
        path=lambda typed: f"meetings/{typed.number('meeting')}/withdrawal",
        body=lambda typed: {"reason": typed.text("reason")},
    ),
    "vereinbaren": Step(
        path=lambda _: "agreements",
        body=lambda typed: {
            "agreement": typed.number("agreement"),
            "meeting": typed.number("meeting"),
            "text": typed.text("text"),
            "owner": typed.text("owner"),
            "due": typed.text("due"),
        },
    ),
}


@get(ONE, opt=AREA)
async def show_meeting(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    number: FromPath[int],
    ab: After = None,
) -> Response[str]:
    """The meeting as it stands, and what can be done."""
    return await _show(request, inside, pages, group_id, number, Attempt(), recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_meeting_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    number: FromPath[int],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Move it, call it off, record or correct it, or enter what was agreed in it."""
    form = await form_of(request)
    taken = await take(request, inside, group_id, step_of(STEPS, step), step, form)
    if isinstance(taken, Attempt):
        return await _show(request, inside, pages, group_id, number, taken)
    here = f"{LIST}/{group_id}/treffen/{number}?ab={taken.position}"
    return Redirect(here, status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    group_id: UUID,
    number: int,
    attempt: Attempt,
    *,
    recorded: int | None = None,
) -> Response[str]:
    group = await inside.read(request, f"/working-groups/{group_id}", WorkingGroupView)
    meeting = next((one for one in group.meetings if one.number == number), None)
    if meeting is None:
        raise NotFoundException
    viewer = viewer_of(request)
    organisations = await organisation_names(inside, request)
    return await pages.show(
        request,
        "groups/meeting.html",
        status=attempt.status,
        viewer=viewer,
        group=group,
        meeting=meeting,
        agreements=[one for one in group.agreements if one.meeting == number],
        organisations=organisations,
        were_in=named(were_in(group), organisations),
        owners=named({*were_in(group), group.lead}, organisations),
        on_the_clock=on_the_clock,
        attempt=attempt,
        recorded=recorded,
    )
