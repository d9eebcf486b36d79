"""Who is in a class, by pseudonym; what a learner may ask for: knowledge, correction, erasure."""

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.class_views import ClassView, EnrolledLearners
from services.identity.areas import Area
from services.web.assessments.classes import rounds_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
HERE = "/erhebungen/klassen/{training_class:uuid}/lernende"


@get(HERE, opt=AREA)
async def show_learners(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """Who is in the class; the look is recorded."""
    return await _show(request, inside, pages, training_class, recorded=ab)


@post(HERE, opt=AREA)
async def enrol(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
) -> Response[str] | Redirect:
    """Let learners join, a pseudonym a line."""
    form = await form_of(request)
    body = {"pseudonyms": form.text("pseudonyms").split()}
    path = f"/classes/{training_class}/learners"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, training_class, form=form, wrong=wrong)
    return Redirect(f"{_page(training_class)}?ab={decision.position}", status_code=303)


@get(f"{HERE}/{{learner:uuid}}", opt=AREA)
async def show_learner_rights(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str]:
    """What can be done for one learner."""
    return await _show_rights(request, inside, pages, training_class, learner)


@get(f"{HERE}/{{learner:uuid}}/auskunft.json", opt=AREA)
async def answer_learner(
    request: Visit,
    inside: NamedDependency[Inside],
    training_class: FromPath[UUID],  # noqa: ARG001 (part of the address)
    learner: FromPath[UUID],
) -> Response[bytes]:
    """Everything that is kept of a learner, as a file."""
    answer = await inside.ask(request, "GET", f"/learners/{learner}/export")
    return Response(
        answer.content,
        media_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="auskunft.json"'},
    )


@post(f"{HERE}/{{learner:uuid}}/entfernen", opt=AREA)
async def remove(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str] | Redirect:
    """Note that a learner has left the class before there was a result."""
    path = f"/classes/{training_class}/learners/{learner}"
    try:
        decision = await inside.decide(request, "DELETE", path)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_rights(request, inside, pages, training_class, learner, wrong=wrong)
    return Redirect(f"{_page(training_class)}?ab={decision.position}", status_code=303)


@post(f"{HERE}/{{learner:uuid}}/loeschen", opt=AREA)
async def erase(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str] | Redirect:
    """Make everything personal about a learner unreadable for ever."""
    form = await form_of(request)
    path, body = f"/learners/{learner}/erasure", {"reason": form.text("reason")}
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_rights(
            request, inside, pages, training_class, learner, form=form, wrong=wrong
        )
    return Redirect(f"{_page(training_class)}?ab={decision.position}", status_code=303)


def _page(training_class: UUID) -> str:
    return f"/erhebungen/klassen/{training_class}/lernende"


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "assessments/learners.html",
        status=wrong.status if wrong else 200,
        this=await inside.read(request, f"/classes/{training_class}", ClassView),
        enrolled=await inside.read(
            request, f"/classes/{training_class}/learners", EnrolledLearners
        ),
        form=form,
        wrong=wrong,
        recorded=recorded,
    )


async def _show_rights(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    learner: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    enrolled = await inside.read(request, f"/classes/{training_class}/learners", EnrolledLearners)
    return await pages.show(
        request,
        "assessments/rights.html",
        status=wrong.status if wrong else 200,
        this=this,
        learner=learner,
        one=next((one for one in enrolled.learners if one.learner == learner), None),
        rounds=await rounds_of(inside, request, this),
        form=form,
        wrong=wrong,
    )
