"""One shared course: who was asked, what they said, and what the coordination does about it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.course_pool_bodies import ToldAnswer
from services.api.course_pool_views import CoursePoolView
from services.history import HistoryEntry
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.needs.places import viewer_of
from services.web.needs.steps import wrong_of
from services.web.pools.places import AREA, ONE, on_to, pool_at
from services.web.pools.waiting import could_share
from services.web.rendering import Pages

ALL = 200


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`path` is that of the API below the shared course; `has_seen`: it needs the version."""

    path: str
    fields: tuple[str, ...]
    has_seen: bool = True


STEPS: Mapping[str, Step] = {
    "antwort": Step(path="members/{report}/answer", fields=("answer", "reason"), has_seen=False),
    "hinzufuegen": Step(path="members", fields=("report", "learners")),
    "herausnehmen": Step(path="members/{report}/removal", fields=("reason",)),
    "aufloesen": Step(path="dissolution", fields=("reason",)),
}
"""By the address of the form."""


@get(ONE, opt=AREA)
async def show_pool(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    pool_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The shared course as it stands."""
    return await _show(request, inside, pages, pool_id, recorded=ab)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    pool_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Note an answer, ask one company more, take one out, give the course up."""
    form = await form_of(request)
    taken = STEPS.get(step, Step(path=step, fields=()))
    report = form.text(f"{step}-report") or "-"
    path = f"/course-pools/{pool_id}/{taken.path.format(report=report)}"
    body = {field: _typed(form, f"{step}-{field}") for field in taken.fields}
    seen = form.seen if taken.has_seen else None
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal, step)
        return await _show(request, inside, pages, pool_id, form=form, wrong=wrong, step=step)
    return on_to(decision)


def _typed(form: Form, name: str) -> object:
    number = form.number(name) if name.endswith("-learners") else None
    return form.text(name) if number is None else number


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    pool_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = f"/course-pools/{pool_id}"
    pool = await inside.read(request, path, CoursePoolView)
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    is_asking = viewer.coordinates and pool.standing == "proposed"
    return await pages.show(
        request,
        "pools/pool.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        pool=pool,
        here=pool_at(pool_id),
        entries=entries[::-1],
        others=await could_share(request, inside, pool) if is_asking else [],
        answers=list(ToldAnswer),
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )
