"""The five steps of a concept as the pages show them, and what comes next at each stage."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from services.api.concept_views import ConceptView
from services.web.concepts.people import Hats

STEPS = ("draft", "consultation", "revision", "adoption", "valid")
STEP_OF: Mapping[str, int] = {
    "drafting": 0,
    "submitted": 1,
    "consulting": 1,
    "revising": 2,
    "agreed": 3,
    "adopted": 3,
    "published": 4,
    "superseded": 4,
    "withdrawn": 0,
}
ADOPTED = frozenset({"adopted", "published"})
"""What counts for the goal."""

WRITING = frozenset({"drafting", "revising"})


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """Something the person can do: its text is `concepts.actions.<key>`."""

    key: str
    address: str


def main_action(concept: ConceptView, hats: Hats) -> Action | None:  # noqa: PLR0911 (one case for each stage)
    """The one thing this person is to do next; None if it is somebody else's turn."""
    page = f"/konzepte/{concept.id}"
    match concept.stage:
        case "drafting" | "revising" if hats.may_write(concept.municipality):
            return _writing(concept, page)
        case "submitted" if hats.coordinates:
            return Action(key="open-consultation", address=f"{page}/abstimmung")
        case "consulting" if hats.coordinates:
            return Action(key="follow-round", address=f"{page}/runden/{concept.rounds}")
        case "consulting":
            return _answering(concept, hats)
        case "agreed" if hats.may_adopt(concept):
            return Action(key="adopt", address=f"{page}/schritte/verabschieden")
        case "adopted" if hats.coordinates:
            return Action(key="publish", address=f"{page}/schritte/veroeffentlichen")
        case "published":
            return Action(key="print", address=f"{page}/druck")
        case "withdrawn" if hats.coordinates:
            return Action(key="reopen", address=f"{page}/schritte/wiederaufnehmen")
        case _:
            return None


def further_actions(concept: ConceptView, hats: Hats) -> list[Action]:
    """What else this person may do at this stage."""
    page = f"/konzepte/{concept.id}"
    found: list[Action] = []
    if concept.stage in WRITING and hats.may_write(concept.municipality):
        found.append(Action(key="submit", address=f"{page}/schritte/einreichen"))
    if concept.stage == "submitted" and hats.coordinates:
        found.append(Action(key="return", address=f"{page}/schritte/zurueckgeben"))
    if concept.stage != "published" and any(section.text for section in concept.sections):
        found.append(Action(key="print", address=f"{page}/druck"))
    if concept.stage not in {"superseded", "withdrawn"} and hats.coordinates:
        found.append(Action(key="withdraw", address=f"{page}/schritte/zurueckziehen"))
    main = main_action(concept, hats)
    return [action for action in found if main is None or action.key != main.key]


def _writing(concept: ConceptView, page: str) -> Action:
    """The first section that still needs something; when there is none, submitting."""
    objected = {objection.section for objection in concept.objections}
    for section in concept.sections:
        if (section.required and not section.text.strip()) or section.key in objected:
            key = "write" if concept.stage == "drafting" else "revise"
            return Action(key=key, address=f"{page}/abschnitte/{section.key}")
    return Action(key="submit", address=f"{page}/schritte/einreichen")


def _answering(concept: ConceptView, hats: Hats) -> Action | None:
    for organisation in concept.missing:
        if organisation in hats.speaks_for:
            return Action(key="answer", address=request_page(concept, organisation))
    return None


def request_page(concept: ConceptView, organisation: str) -> str:
    """Where an organisation answers in the open round."""
    return anfrage(concept.id, concept.rounds, organisation)


def anfrage(concept: UUID | str, number: int, organisation: str) -> str:
    """The address of what an organisation is asked in a round."""
    return f"/konzepte/{concept}/anfrage/{number}/{organisation}"
