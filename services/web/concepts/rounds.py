"""Consultation rounds for the coordination: opened, followed, reminded of, extended, closed."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, PathParameter
from litestar.response import Redirect, Response

from domain.calendar import END_OF_WORK
from domain.concepts.events import DecidedBy, ObjectionEffect, Policy
from services.api import bounds
from services.api.concept_views import ConceptView, RoundView
from services.api.directory import OrganisationView
from services.identity.areas import Area
from services.settings import Settings
from services.web.concepts.people import hats_of, municipality_names, organisation_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

ASKED = "abschnitte"
"""Fields with an organisation's sections are named `abschnitte/<organisation>`."""

WORKING_DAYS, GRACE = 15, 3
"""What a round is given unless somebody says otherwise: three weeks, and some days of grace."""

ROUND_STEPS = {"erinnern": "reminder", "verlaengern": "extension", "schliessen": "closing"}
"""The step of the API by the address of its page."""

RoundStep = Annotated[str, PathParameter(pattern="^(" + "|".join(ROUND_STEPS) + ")$")]


class RoundForm(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the form that opens a round."""

    working_days: str = str(WORKING_DAYS)
    grace_working_days: str = str(GRACE)
    quorum_percent: str = "50"
    objection: str = ObjectionEffect.REVISION
    silence_is_consent: bool = False
    decided_by: str = DecidedBy.COORDINATION
    anew: bool = False
    invited: Sequence[str] = ()
    sections: Mapping[str, Sequence[str]] = {}


class RoundPages(Controller):
    """The rounds of one concept."""

    path = "/konzepte/{concept_id:uuid}"
    opt = for_area(Area.CONCEPTS)

    @get("/abstimmung")
    async def ask_for_round(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[str]:
        """Whom to invite, until when, and by which rule it is counted."""
        concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
        return await _show_opening(request, inside, pages, concept, _proposed(concept.policy))

    @post("/abstimmung")
    async def open_round(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[Any]:
        """Open the round."""
        form = await form_of(request)
        path = f"/concepts/{concept_id}"
        try:
            decision = await inside.decide(
                request,
                "POST",
                f"{path}/consultations",
                _opening(form),
                key=form.key,
                seen=form.seen or 0,
            )
        except Refusal as refusal:
            concept = await inside.read(request, path, ConceptView)
            wrong = Wrong.of(refusal)
            return await _show_opening(request, inside, pages, concept, _typed(form), wrong)
        return Redirect(f"/konzepte/{concept_id}?ab={decision.position}", status_code=303)

    @get("/runden/{number:int}")
    async def show_round(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        ab: After = None,  # noqa: ARG002 (a round is read from the log itself)
    ) -> Response[str]:
        """Who has answered what, who is missing, and what can be done."""
        return await _show_round(request, inside, pages, concept_id, number, "round.html")

    @get("/runden/{number:int}/{step:str}")
    async def ask_for_step(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        step: RoundStep,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[str]:
        """What the step will do, and its button."""
        return await _show_round(
            request, inside, pages, concept_id, number, "round_step.html", step=step
        )

    @post("/runden/{number:int}/{step:str}")
    async def take_step(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        step: RoundStep,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        settings: NamedDependency[Settings],
    ) -> Response[Any]:
        """Remind, extend or close."""
        form = await form_of(request)
        try:
            decision = await inside.decide(
                request,
                "POST",
                f"/concepts/{concept_id}/consultations/{number}/{ROUND_STEPS[step]}",
                _extension(form, settings) if step == "verlaengern" else None,
                key=form.key,
                # Reminding is harmless, whatever happened meanwhile.
                seen=None if step == "erinnern" else form.seen or 0,
            )
        except Refusal as refusal:
            return await _show_round(
                request,
                inside,
                pages,
                concept_id,
                number,
                "round_step.html",
                step=step,
                typed=form,
                wrong=Wrong.of(refusal),
            )
        page = f"/konzepte/{concept_id}/runden/{number}?ab={decision.position}"
        return Redirect(page, status_code=303)


async def _show_opening(
    request: Visit,
    inside: Inside,
    pages: Pages,
    concept: ConceptView,
    typed: RoundForm,
    wrong: Wrong | None = None,
) -> Response[str]:
    organisations = await inside.read(request, "/organisations", list[OrganisationView])
    earlier: list[str] = []
    if concept.rounds:
        path = f"/concepts/{concept.id}/consultations/{concept.rounds}"
        view = await inside.read(request, path, RoundView)
        earlier = [invitation.organisation for invitation in view.invitations]
    kinds: dict[str, list[OrganisationView]] = {}
    for one in organisations:
        # Colleges take part in assessments; they can be invited, but stand at the end.
        kinds.setdefault(one.kind, []).append(one)
    return await pages.show(
        request,
        "concepts/open_round.html",
        status=wrong.status if wrong else 200,
        concept=concept,
        typed=typed,
        wrong=wrong,
        hats=hats_of(request),
        municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
        kinds=sorted(kinds.items(), key=lambda item: item[0] == "college"),
        earlier=earlier,
        names={one.key: one.name for one in organisations},
        written=[section for section in concept.sections if section.text.strip()],
    )


async def _show_round(
    request: Visit,
    inside: Inside,
    pages: Pages,
    concept_id: UUID,
    number: int,
    template: str,
    *,
    step: str = "",
    typed: Form | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    path = f"/concepts/{concept_id}/consultations/{number}"
    this = await inside.read(request, path, RoundView)
    names = ("day", "grace_working_days", "reason")
    return await pages.show(
        request,
        f"concepts/{template}",
        status=wrong.status if wrong else 200,
        concept=concept,
        this=this,
        step=step,
        fields={name: typed.text(name) if typed else "" for name in names},
        wrong=wrong,
        hats=hats_of(request),
        is_open=concept.round_open and concept.rounds == number,
        municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
        organisations=await organisation_names(inside, request),
        titles={section.key: section.title for section in concept.sections},
    )


def _proposed(policy: Policy | None) -> RoundForm:
    """Sensible beginnings; the rule of the round before, if there was one."""
    rule = policy or Policy()
    return RoundForm(
        quorum_percent=str(rule.quorum_percent),
        objection=rule.objection,
        silence_is_consent=rule.silence_is_consent,
        decided_by=rule.decided_by,
    )


def _typed(form: Form) -> RoundForm:
    invited = form.texts("invited")
    return RoundForm(
        working_days=form.text("working_days"),
        grace_working_days=form.text("grace_working_days"),
        quorum_percent=form.text("quorum_percent"),
        objection=form.text("objection"),
        silence_is_consent=bool(form.text("silence_is_consent")),
        decided_by=form.text("decided_by"),
        anew=bool(form.text("anew")),
        invited=invited,
        sections={key: form.texts(f"{ASKED}/{key}") for key in invited},
    )


def _opening(form: Form) -> Mapping[str, object]:
    """The body of the request; what is no number is the API's to refuse."""
    typed = _typed(form)
    return {
        "timing": {
            "working_days": _number(typed.working_days),
            "grace_working_days": _number(typed.grace_working_days or "0"),
        },
        "invited": [
            {"organisation": key, "sections": typed.sections[key]} for key in typed.invited
        ],
        "policy": {
            "quorum_percent": _number(typed.quorum_percent),
            "objection": typed.objection,
            "silence_is_consent": typed.silence_is_consent,
            "decided_by": typed.decided_by,
        },
        "anew": typed.anew,
    }


def _extension(form: Form, settings: Settings) -> Mapping[str, object]:
    """Until the end of work on the day that was chosen."""
    due = form.text("day")
    with suppress(ValueError):  # what is no day is the API's to refuse
        day = date.fromisoformat(due)
        due = datetime.combine(day, END_OF_WORK, ZoneInfo(settings.time_zone)).isoformat()
    timing = {"due": due, "grace_working_days": _number(form.text("grace_working_days") or "0")}
    return {"timing": timing, "reason": form.text("reason")}


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() else text
