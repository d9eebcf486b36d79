"""One agreement of a working group: who does what until when, and what came of it."""

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
from services.web.groups.choices import things
from services.web.groups.groups import LIST
from services.web.groups.steps import Attempt, Step, Typed, step_of, take
from services.web.groups.viewer import viewer_of
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
ONE = f"{LIST}/{{group_id:uuid}}/vereinbarungen/{{number:int}}"


def _below(typed: Typed, step: str) -> str:
    return f"agreements/{typed.number('agreement')}/{step}"


def _link(typed: Typed) -> object:
    """The choice names the kind and the id."""
    kind, _, consequence = typed.text("consequence").partition("/")
    return {"kind": kind, "consequence": consequence}


STEPS = {
    "erfuellen": Step(
        path=lambda typed: _below(typed, "fulfilment"),
        body=lambda typed: {"outcome": typed.text("outcome")},
    ),
    "erinnern": Step(path=lambda typed: _below(typed, "reminders"), body=lambda _: None),
    "verlaengern": Step(
        path=lambda typed: _below(typed, "extensions"),
        body=lambda typed: {"due": typed.text("due"), "reason": typed.text("reason")},
    ),
    "fallenlassen": Step(
        path=lambda typed: _below(typed, "dropping"),
        body=lambda typed: {"meeting": typed.number("meeting"), "reason": typed.text("reason")},
    ),
    "wieder-oeffnen": Step(
        path=lambda typed: _below(typed, "reopening"),
        body=lambda typed: {"due": typed.text("due"), "reason": typed.text("reason")},
    ),
    "verknuepfen": Step(path=lambda typed: _below(typed, "consequences"), body=_link),
    "trennen": Step(
        path=lambda typed: _below(typed, f"consequences/{typed.text('consequence')}/removal"),
        body=lambda typed: {"reason": typed.text("reason")},
    ),
}


@get(ONE, opt=AREA)
async def show_agreement(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    number: FromPath[int],
    ab: After = None,
) -> Response[str]:
    """The agreement as it stands, and what can be done."""
    return await _show(request, inside, pages, group_id, number, Attempt(), recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_agreement_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    group_id: FromPath[UUID],
    number: FromPath[int],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Fulfil it, remind, give more time, let go of it, reopen it, or link what came of it."""
    form = await form_of(request)
    taken = await take(request, inside, group_id, step_of(STEPS, step), step, form)
    if isinstance(taken, Attempt):
        return await _show(request, inside, pages, group_id, number, taken)
    here = f"{LIST}/{group_id}/vereinbarungen/{number}?ab={taken.position}"
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
    agreement = next((one for one in group.agreements if one.number == number), None)
    if agreement is None:
        raise NotFoundException
    viewer = viewer_of(request)
    known = {one.id: one for one in await things(request, inside)}
    linked = {one.id for one in agreement.consequences}
    return await pages.show(
        request,
        "groups/agreement.html",
        status=attempt.status,
        viewer=viewer,
        group=group,
        agreement=agreement,
        organisations=await organisation_names(inside, request),
        known=known,
        to_link=[one for one in known.values() if one.id not in linked],
        held=[one for one in group.meetings if one.stage == "held"],
        attempt=attempt,
        recorded=recorded,
    )
