"""A goal on its form: a sentence, and what is counted for it."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.goal_bounds import MOST_TARGETS, year_of_path
from services.api.goal_kinds import GoalKinds
from services.api.goal_views import GoalView, SchoolYearView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.goals.keys import key_of
from services.web.goals.places import OF_YEAR, year_page
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
NEW = f"{OF_YEAR}/neu"
CHANGE = f"{OF_YEAR}/ziel/{{goal:str}}"
UNKNOWN = "school-year.unknown"
FIELDS = ("counts", "at_least", "each_of", "due", "lead_days")


class TargetOnForm(msgspec.Struct, frozen=True, kw_only=True):
    """A target as it is typed; its fields are `counts-<number>` and so on."""

    number: int
    key: str = ""
    counts: str = ""
    at_least: str = ""
    each_of: str = ""
    due: str = ""
    lead_days: str = ""


class GoalOnForm(msgspec.Struct, frozen=True, kw_only=True):
    """A goal as it is typed. `key` is empty if it is new."""

    key: str = ""
    text: str = ""
    source: str = ""
    reason: str = ""
    told: Sequence[str] = ()
    targets: Sequence[TargetOnForm] = ()
    seen: int | None = None


@get(NEW, opt=AREA)
async def offer_goal(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
) -> Response[str]:
    """The form for a goal the year does not have yet."""
    goal = GoalOnForm(targets=(TargetOnForm(number=0),))
    return await _show(request, inside, pages, school_year, goal)


@post(NEW, opt=AREA)
async def set_goal(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
) -> Response[str] | Redirect:
    """Set the goal. Its key is made of its sentence."""
    form = await form_of(request)
    goal = _typed(form)
    if form.text("mehr"):
        return await _show(request, inside, pages, school_year, _with_room(goal))
    taken = {one.goal for one in await _goals(request, inside, school_year)}
    body = {**_body(goal), "goal": key_of(goal.text, taken, "ziel")}
    path = f"/school-years/{school_year}/goals"
    return await _decided(
        request,
        inside,
        pages,
        school_year,
        goal,
        lambda: inside.decide(request, "POST", path, body, key=form.key),
    )


@get(CHANGE, opt=AREA)
async def offer_change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    goal: FromPath[str],
) -> Response[str]:
    """The form with the goal as it is."""
    year = await inside.read(request, f"/school-years/{school_year}", SchoolYearView)
    found = next((one for one in year.goals if one.goal == goal), None)
    known = _known(found, year) if found else GoalOnForm(key=goal, seen=year.version)
    return await _show(request, inside, pages, school_year, known)


@post(CHANGE, opt=AREA)
async def change_goal(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    school_year: FromPath[str],
    goal: FromPath[str],
) -> Response[str] | Redirect:
    """All of the goal as it shall be from now on, with a reason."""
    form = await form_of(request)
    typed = msgspec.structs.replace(_typed(form), key=goal)
    if form.text("mehr"):
        return await _show(request, inside, pages, school_year, _with_room(typed))
    body = {**_body(typed), "reason": typed.reason}
    path = f"/school-years/{school_year}/goals/{goal}"
    return await _decided(
        request,
        inside,
        pages,
        school_year,
        typed,
        lambda: inside.decide(request, "PUT", path, body, key=form.key, seen=typed.seen),
    )


async def _decided(
    request: Visit,
    inside: Inside,
    pages: Pages,
    school_year: str,
    goal: GoalOnForm,
    decide: Callable[[], Any],
) -> Response[str] | Redirect:
    """On to the year, or the form again with what was typed."""
    try:
        decision = await decide()
    except Refusal as refusal:
        wrong = _at_its_target(refusal)
        return await _show(request, inside, pages, school_year, goal, wrong)
    return Redirect(f"{year_page(school_year)}?ab={decision.position}", status_code=303)


async def _goals(request: Visit, inside: Inside, school_year: str) -> Sequence[GoalView]:
    """Those of the year so far. Raises Refusal, but not because it has none."""
    try:
        year = await inside.read(request, f"/school-years/{school_year}", SchoolYearView)
    except Refusal as refusal:
        if refusal.code == UNKNOWN:
            return ()
        raise
    return year.goals


def _known(goal: GoalView, year: SchoolYearView) -> GoalOnForm:
    return GoalOnForm(
        key=goal.goal,
        text=goal.text,
        source=goal.source,
        told=[told.counts for told in goal.told],
        targets=[
            TargetOnForm(
                number=number,
                key=target.key,
                counts=target.counts,
                at_least="" if target.each_of else str(target.required),
                each_of=target.each_of,
                due="" if target.due == year.ends_on else target.due.isoformat(),
                lead_days=str(target.lead_days or ""),
            )
            for number, target in enumerate(goal.targets)
        ],
        seen=year.version,
    )


def _typed(form: Form) -> GoalOnForm:
    """As it came with the form."""
    rows = min(form.number("targets") or 0, MOST_TARGETS)
    return GoalOnForm(
        text=form.text("text"),
        source=form.text("source"),
        reason=form.text("reason"),
        told=form.texts("told"),
        targets=[
            TargetOnForm(
                number=number,
                key=form.text(f"key-{number}"),
                **{field: form.text(f"{field}-{number}") for field in FIELDS},
            )
            for number in range(rows)
        ],
        seen=form.seen,
    )


def _with_room(goal: GoalOnForm) -> GoalOnForm:
    """For one target more."""
    if len(goal.targets) >= MOST_TARGETS:
        return goal
    more = TargetOnForm(number=len(goal.targets))
    return msgspec.structs.replace(goal, targets=[*goal.targets, more])


def _body(goal: GoalOnForm) -> dict[str, Any]:
    """What the API takes. A row that counts nothing is left out."""
    targets: list[dict[str, Any]] = []
    taken = {target.key for target in goal.targets}
    for target in goal.targets:
        if not target.counts:
            continue
        key = target.key or key_of(target.counts, taken, "zielwert")
        taken.add(key)
        targets.append(
            {
                "key": key,
                "counts": target.counts,
                "at_least": _whole(target.at_least),
                "each_of": target.each_of,
                "due": target.due or None,
                "lead_days": _whole(target.lead_days),
            }
        )
    return {"text": goal.text, "targets": targets, "told": goal.told, "source": goal.source}


def _whole(text: str) -> int | str:
    """The number; what is none the API shall refuse."""
    return int(text) if text.isascii() and text.isdigit() else text or 0


def _at_its_target(refusal: Refusal) -> Wrong:
    """Faults of a target stand at its row: `/targets/1/due` is the field `due-1`."""
    wrong = Wrong.of(refusal)
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        parts = (fault.pointer or fault.parameter or "").strip("/").split("/")
        is_row = len(parts) == 3 and parts[0] == "targets"  # noqa: PLR2004 (row and field)
        fields[f"{parts[2]}-{parts[1]}" if is_row else parts[0]] = fault.detail
    return msgspec.structs.replace(wrong, fields=fields)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    school_year: str,
    goal: GoalOnForm,
    wrong: Wrong | None = None,
) -> Response[str]:
    kinds = await inside.read(request, "/goal-kinds", GoalKinds)
    return await pages.show(
        request,
        "goals/goal_form.html",
        status=wrong.status if wrong else 200,
        school_year=year_of_path(school_year),
        back=year_page(school_year),
        goal=goal,
        kinds=[(kind.key, kind.name) for kind in kinds.kinds],
        groups=[(group.key, group.name) for group in kinds.groups],
        wrong=wrong,
    )
