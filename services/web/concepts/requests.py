"""What an invited organisation is asked: text left, answer right, then exactly what is recorded."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from uuid import UUID

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.concepts.consulting import NEEDS_A_REMARK
from domain.concepts.events import Position
from services.api import bounds
from services.api.concept_views import ConceptView
from services.api.decisions import Decision
from services.api.responses import AskedSection, RequestView
from services.identity.areas import Area
from services.web.concepts.differences import differences
from services.web.concepts.people import hats_of, municipality_names, organisation_names
from services.web.concepts.stages import anfrage
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.texts import say

POSITION, REMARK = "position", "remark"
OVER = frozenset({"concept.unknown-round", "concept.round-not-open", "concept.answer-too-late"})
OTHER_TEXT = "concept.other-text-shown"
INCOMPLETE = "page.incomplete"
POSITIONS = frozenset(Position)


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed: for all sections, and for single ones (`positions`, `remarks` by key)."""

    position: str = ""
    remark: str = ""
    positions: Mapping[str, str] = {}
    remarks: Mapping[str, str] = {}
    shown: str = ""

    def position_on(self, section: str) -> str:
        """What holds for a section: its own position, or that for all."""
        return self.positions.get(section) or self.position

    def remark_on(self, section: str) -> str:
        """The remark that goes with it."""
        if self.positions.get(section):
            return self.remarks.get(section, "")
        return self.remarks.get(section) or self.remark


class RequestPages(Controller):
    """One organisation in one round."""

    path = "/konzepte/{concept_id:uuid}/anfrage"
    opt = for_area(Area.CONCEPTS)

    @get("/{organisation:str}")
    async def find_request(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        organisation: bounds.OrganisationKey,
        inside: NamedDependency[Inside],
    ) -> Redirect:
        """From an e-mail: to the round that is open now, or else to the concept."""
        concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
        page = f"/konzepte/{concept_id}"
        if concept.round_open:
            page = anfrage(concept_id, concept.rounds, organisation)
        return Redirect(page, status_code=303)

    @get("/{number:int}/{organisation:str}")
    async def show_request(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        organisation: bounds.OrganisationKey,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
        ab: After = None,  # noqa: ARG002 (what is asked is read from the log itself)
    ) -> Response[str]:
        """The text and the form for the answer, with what was answered before."""
        try:
            asked = await _asked(request, inside, concept_id, number, organisation)
        except Refusal as refusal:
            if refusal.code not in OVER:
                raise
            return await _show_over(request, inside, pages, concept_id, Wrong.of(refusal), Said())
        return await _show(request, inside, pages, asked, _answered(asked))

    @post("/{number:int}/{organisation:str}")
    async def answer_request(
        self,
        request: Visit,
        concept_id: FromPath[UUID],
        number: bounds.RoundNumber,
        organisation: bounds.OrganisationKey,
        inside: NamedDependency[Inside],
        pages: NamedDependency[Pages],
    ) -> Response[Any]:
        """First what would be recorded, then the recording; and back, if something is to change."""
        form = await form_of(request)
        said = _said(form)
        try:
            asked = await _asked(request, inside, concept_id, number, organisation)
            if form.text("schritt") == "senden":
                return await _send(request, inside, asked, said)
        except Refusal as refusal:
            wrong = Wrong.of(refusal)
            if wrong.code in OVER:
                return await _show_over(request, inside, pages, concept_id, wrong, said)
            asked = await _asked(request, inside, concept_id, number, organisation)
            return await _show(request, inside, pages, asked, said, wrong)
        if form.text("schritt") == "aendern":
            return await _show(request, inside, pages, asked, said)
        if wrong := _missing(request, asked, said):
            return await _show(request, inside, pages, asked, said, wrong)
        return await _show(request, inside, pages, asked, said, template="confirm_answer.html")


async def _asked(
    request: Visit, inside: Inside, concept: UUID, number: int, organisation: str
) -> RequestView:
    path = f"/concepts/{concept}/consultations/{number}/responses/{organisation}"
    return await inside.read(request, path, RequestView)


async def _send(request: Visit, inside: Inside, asked: RequestView, said: Said) -> Redirect:
    """Record the answer to exactly the text that was shown, and lead to its receipt."""
    path = f"/concepts/{asked.concept}/consultations/{asked.round}/responses/{asked.organisation}"
    single = [
        {"section": s.key, "position": said.position_on(s.key), "remark": said.remark_on(s.key)}
        for s in asked.sections
        if said.positions.get(s.key) or said.remarks.get(s.key)
    ]
    body: dict[str, object] = {"shown": said.shown, "sections": single, "remark": said.remark}
    if said.position:
        body["position"] = said.position
    decision = await inside.decide(request, "PUT", path, body)
    return Redirect(after(asked, decision), status_code=303)


def after(asked: RequestView, decision: Decision) -> str:
    """The receipt; the request itself if the same answer was there already."""
    if decision.receipt is None:
        page = anfrage(asked.concept, asked.round, asked.organisation)
        return f"{page}?ab={decision.position}"
    command = decision.receipt.rpartition("/")[2]
    return f"/konzepte/{asked.concept}/quittung/{command}?ab={decision.position}"


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    asked: RequestView,
    said: Said,
    wrong: Wrong | None = None,
    template: str = "request.html",
) -> Response[str]:
    organisations = await organisation_names(inside, request)
    return await pages.show(
        request,
        f"concepts/{template}",
        status=wrong.status if wrong else 200,
        asked=asked,
        said=said,
        wrong=wrong,
        # What they read is what they answer to: another text is answered to on its own page.
        shown=asked.shown,
        may_answer=asked.organisation in hats_of(request).speaks_for,
        municipality=(await municipality_names(inside, request)).get(asked.municipality, ""),
        organisation=organisations.get(asked.organisation, asked.organisation),
        changed={section.key: _changed(section) for section in asked.sections},
        positions=list(Position),
        text_changed=wrong is not None and wrong.code == OTHER_TEXT,
    )


async def _show_over(
    request: Visit,
    inside: Inside,
    pages: Pages,
    concept_id: UUID,
    wrong: Wrong,
    said: Said,
) -> Response[str]:
    """The round is over: what was typed is shown, so that it can be passed on another way."""
    concept = await inside.read(request, f"/concepts/{concept_id}", ConceptView)
    return await pages.show(
        request,
        "concepts/round_over.html",
        status=wrong.status,
        wrong=wrong,
        said=said,
        concept=concept,
        municipality=(await municipality_names(inside, request)).get(concept.municipality, ""),
        titles={section.key: section.title for section in concept.sections},
    )


def _said(form: Form) -> Said:
    return Said(
        position=_position(form.text(POSITION)),
        remark=form.text(REMARK),
        positions={
            name.partition("/")[2]: _position(text)
            for name, text in form.texts_under(POSITION).items()
        },
        remarks={name.partition("/")[2]: text for name, text in form.texts_under(REMARK).items()},
        shown=form.text("shown"),
    )


def _answered(asked: RequestView) -> Said:
    """What the organisation has answered in this round, to change it."""
    if asked.response is None:
        return Said()
    answers = asked.response.answers
    return Said(
        positions={answer.section: answer.position for answer in answers},
        remarks={answer.section: answer.remark for answer in answers},
    )


def _position(text: str) -> str:
    return text if text in POSITIONS else ""


def _missing(request: Visit, asked: RequestView, said: Said) -> Wrong | None:
    """What is still to be said, beside its fields, before anything is recorded."""
    language = language_of(request)
    fields: dict[str, str] = {}
    for section in asked.sections:
        position = said.position_on(section.key)
        facts = {"title": section.title}
        if not position:
            name = f"{POSITION}/{section.key}"
            fields[name] = say("concepts.request.position_missing", language, facts)
        elif position in NEEDS_A_REMARK and not said.remark_on(section.key):
            if said.positions.get(section.key):
                name = f"{REMARK}/{section.key}"
                fields[name] = say("concepts.request.remark_missing", language, facts)
            else:
                fields[REMARK] = say("concepts.request.remark_missing_for_all", language, {})
    if not fields:
        return None
    return Wrong(
        title=say("concepts.request.incomplete", language, {}),
        detail=say("concepts.request.incomplete_text", language, {}),
        code=INCOMPLETE,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        fields=fields,
    )


def _changed(section: AskedSection) -> Sequence[Any]:
    """What changed since the organisation last answered; nothing if it is new to it."""
    if section.earlier_text is None:
        return ()
    return differences(section.earlier_text, section.text)
