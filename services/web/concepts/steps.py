"""Steps that need a moment's thought: each has a page that says what it will do, and a button."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, PathParameter
from litestar.response import Redirect, Response

from services.api.concept_views import ConceptView
from services.identity.areas import Area
from services.web.concepts.people import hats_of, municipality_names, organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

REPLY = "antwort"
"""Fields with replies to objections are named `antwort/<organisation>/<section>`."""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step under `/konzepte/{id}/schritte`. Its texts are `concepts.steps.<key>.…`.

    `stages`: at which it makes sense; at others the page says so. `fields`: what is asked.
    """

    key: str
    path: str
    stages: frozenset[str]
    body: Callable[[Form], Mapping[str, object]]
    fields: tuple[str, ...] = ()


def _with_reason(form: Form) -> Mapping[str, object]:
    return {"reason": form.text("reason")}


def _with_resolution(form: Form) -> Mapping[str, object]:
    return {"resolution": form.text("resolution") or None}


def _with_review(form: Form) -> Mapping[str, object]:
    return {"review_on": form.text("review_on") or None}


def _with_replies(form: Form) -> Mapping[str, object]:
    replies = [
        {"organisation": organisation, "section": section, "text": text}
        for name, text in form.texts_under(REPLY).items()
        if text
        for organisation, _, section in [name.removeprefix(f"{REPLY}/").partition("/")]
    ]
    return {"replies": replies}


STEPS: Mapping[str, Step] = {
    "einreichen": Step(
        key="submit",
        path="submission",
        stages=frozenset({"drafting", "revising"}),
        body=_with_replies,
    ),
    "zurueckgeben": Step(
        key="return",
        path="return",
        stages=frozenset({"submitted"}),
        body=_with_reason,
        fields=("reason",),
    ),
    "verabschieden": Step(
        key="adopt",
        path="adoption",
        stages=frozenset({"agreed"}),
        body=_with_resolution,
        fields=("resolution",),
    ),
    "veroeffentlichen": Step(
        key="publish",
        path="publication",
        stages=frozenset({"adopted"}),
        body=_with_review,
        fields=("review_on",),
    ),
    "zurueckziehen": Step(
        key="withdraw",
        path="withdrawal",
        stages=frozenset(
            {"drafting", "submitted", "consulting", "revising", "agreed", "adopted", "published"}
        ),
        body=_with_reason,
        fields=("reason",),
    ),
    "wiederaufnehmen": Step(
        key="reopen",
        path="reopening",
        stages=frozenset({"withdrawn"}),
        body=_with_reason,
        fields=("reason",),
    ),
}
StepName = Annotated[str, PathParameter(pattern="^(" + "|".join(STEPS) + ")$")]


class StepPages(Controller):
    """From one stage of a concept to another."""

    path = "/konzepte/{concept_id:uuid}/schritte/{step:str}"
    opt = for_area(Area.CONCEPTS)

    @get("/")
    async def ask_for_step(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        step: StepName,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[str]:
        """What the step will do, and its button."""
        return await _show(request, inside, pages, concept_id, STEPS[step])

    @post("/")
    async def take_step(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        step: StepName,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[Any]:
        """Take the step, if the concept is still as the person saw it."""
        form = await form_of(request)
        this = STEPS[step]
        path = f"/concepts/{concept_id}/{this.path}"
        try:
            decision = await inside.decide(
                request, "POST", path, this.body(form), key=form.key, seen=form.seen or 0
            )
        except Refusal as refusal:
            return await _show(
                request, inside, pages, concept_id, this, typed=form, wrong=Wrong.of(refusal)
            )
        return Redirect(f"/konzepte/{concept_id}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    concept_id: UUID,
    step: Step,
    *,
    typed: Form | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    fields = {name: typed.text(name) if typed else "" for name in step.fields}
    return await pages.show(
        request,
        "concepts/step.html",
        status=wrong.status if wrong else 200,
        concept=concept,
        step=step,
        fields=fields,
        replies=typed.texts_under(REPLY) if typed else {},
        wrong=wrong,
        hats=hats_of(request),
        municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
        organisations=await organisation_names(inside, request),
        titles={section.key: section.title for section in concept.sections},
        empty=[s for s in concept.sections if s.required and not s.text.strip()],
    )
