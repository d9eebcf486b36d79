"""Classes of a college: registered by hand, looked at, changed, withdrawn."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from services.api.class_views import ClassView
from services.api.looks import LookView
from services.api.pages import Page
from services.api.round_views import RoundSummary
from services.identity.areas import Area
from services.web.assessments.catalogue import choices, key_in
from services.web.assessments.viewer import coming_years, options, viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
NEW = "assessments/class_new.html"
ONE = "assessments/class.html"
CHANGE = "assessments/class_change.html"


@get("/erhebungen/klassen/neu", opt=AREA)
async def offer_new_class(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form for a new class."""
    return await pages.show(request, NEW, **await _new(inside, request, Form({}, {})))


@post("/erhebungen/klassen/neu", opt=AREA)
async def register_class(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Register it; then its learners may be entered."""
    form = await form_of(request)
    body: dict[str, object] = {
        "school_year": form.text("school_year"),
        "name": form.text("name"),
        **_details(form),
    }
    if form.text("college"):
        body["college"] = form.text("college")
    try:
        decision = await inside.decide(request, "POST", "/classes", body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        facts = await _new(inside, request, form, wrong)
        return await pages.show(request, NEW, status=wrong.status, **facts)
    path = f"/erhebungen/klassen/{decision.id}/lernende?ab={decision.position}"
    return Redirect(path, status_code=303)


@get("/erhebungen/klassen/{training_class:uuid}", opt=AREA)
async def show_class(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """What the class is, and how far it is in each round."""
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    rounds = await rounds_of(inside, request, this, ab)
    return await pages.show(
        request, ONE, this=this, viewer=viewer_of(request), rounds=rounds, recorded=ab
    )


@get("/erhebungen/klassen/{training_class:uuid}/aendern", opt=AREA)
async def offer_change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
) -> Response[str]:
    """The form to change the class or to take it back."""
    return await pages.show(
        request, CHANGE, **await _change(inside, request, training_class, Form({}, {}))
    )


@post("/erhebungen/klassen/{training_class:uuid}/aendern", opt=AREA)
async def change_class(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
) -> Response[str] | Redirect:
    """Change what was said of it, as long as it has no results."""
    form = await form_of(request)
    path = f"/classes/{training_class}"
    try:
        decision = await inside.decide(request, "PUT", path, _details(form), seen=form.seen)
    except Refusal as refusal:
        return await _change_refused(request, inside, pages, training_class, form, refusal)
    return Redirect(f"/erhebungen{_page(training_class)}?ab={decision.position}", status_code=303)


@post("/erhebungen/klassen/{training_class:uuid}/zurueckziehen", opt=AREA)
async def withdraw_class(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
) -> Response[str] | Redirect:
    """Say that it takes no part, with a reason."""
    form = await form_of(request)
    path = f"/classes/{training_class}/withdrawal"
    body = {"reason": form.text("reason")}
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        return await _change_refused(request, inside, pages, training_class, form, refusal)
    return Redirect(f"/erhebungen?ab={decision.position}", status_code=303)


@get("/erhebungen/klassen/{training_class:uuid}/einsichten", opt=AREA)
async def show_looks(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    weiter: FromQuery[str | None] = None,
) -> Response[str]:
    """Who looked at the rows of learners, when and what for."""
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    looks = await inside.read(
        request, f"/classes/{training_class}/looks", Page[LookView], cursor=weiter
    )
    return await pages.show(request, "assessments/looks.html", this=this, looks=looks)


async def rounds_of(
    inside: Inside, request: Visit, this: ClassView, ab: After = None
) -> Sequence[RoundSummary]:
    """The rounds of its school year that were not called off."""
    return [
        one
        async for one in inside.items(
            request, "/rounds", RoundSummary, school_year=this.school_year, at_least=ab
        )
        if one.stage != "cancelled"
    ]


def _page(training_class: UUID) -> str:
    return f"/klassen/{training_class}"


def _details(form: Form) -> dict[str, Any]:
    """What stands in the form; what is no number the API shall refuse."""
    size = form.number("size")
    return {
        "programme": key_in(form.text("programme")),
        "trade": key_in(form.text("trade")),
        "size": form.text("size") if size is None else size,
    }


async def _new(
    inside: Inside, request: Visit, form: Form, wrong: Wrong | None = None
) -> dict[str, Any]:
    return {
        "known": await choices(inside, request),
        "years": options(coming_years()),
        "colleges": options(sorted(viewer_of(request).colleges)),
        "form": form,
        "wrong": wrong,
    }


async def _change(
    inside: Inside,
    request: Visit,
    training_class: UUID,
    form: Form,
    wrong: Wrong | None = None,
) -> dict[str, Any]:
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    return {
        "this": this,
        "known": await choices(inside, request),
        "form": form,
        "wrong": wrong,
    }


async def _change_refused(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    form: Form,
    refusal: Refusal,
) -> Response[str]:
    wrong = Wrong.of(refusal)
    facts = await _change(inside, request, training_class, form, wrong)
    return await pages.show(request, CHANGE, status=wrong.status, **facts)
