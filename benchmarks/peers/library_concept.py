"""A concept as an aggregate of `eventsourcing`: the same events, attributes and fold as ours.

`by` is the metadata that ours have beside the event: who, when, why, and the command.
"""

# ruff: noqa: ARG002, PLR0913, PLR0917 (the attributes of an event are the method's parameters)

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.material import AT, AUTHOR
from benchmarks.peers.library import environment

NAME = "eventsourcing's repository, JSON transcoder"
AT_ONCE = 20
Json = dict[str, Any]


class Concept(Aggregate):
    """Keeps what our fold keeps: texts, scopes, answers and the round."""

    @event("Opened")
    def __init__(self, municipality: str, edition: str, sections: list[Json], by: Json) -> None:
        self.municipality = municipality
        self.edition = edition
        self.sections = sections
        self.stage = "drafting"
        self.texts: dict[str, list[Json]] = {}
        self.scopes: dict[str, list[str]] = {}
        self.answers: dict[str, dict[str, Json]] = {}
        self.answered: set[str] = set()
        self.rounds = 0

    @event("SectionDrafted")
    def draft(
        self, section: str, version: int, text: str, digest: str, author: str, by: Json
    ) -> None:
        written = {"version": version, "text": text, "digest": digest, "author": author}
        self.texts.setdefault(section, []).append(written)

    @event("DraftSubmitted")
    def submit(self, digest: str, replies: list[Json], by: Json) -> None:
        self.replied = {(reply["organisation"], reply["section"]) for reply in replies}
        self.digest = digest
        self.stage = "submitted"

    @event("ConsultationOpened")
    def open_round(
        self,
        round: int,
        invitations: list[Json],
        policy: Json,
        due: str,
        closes_at: str,
        reminders: list[str],
        digest: str,
        by: Json,
    ) -> None:
        self.rounds = round
        self.scopes = {invite["organisation"]: invite["scope"] for invite in invitations}
        self.policy, self.digest = policy, digest
        self.due, self.closes_at, self.reminders = due, closes_at, reminders
        self.answered = set()
        self.stage = "consulting"

    @event("ResponseGiven")
    def respond(
        self,
        round: int,
        organisation: str,
        respondent: str,
        answers: list[Json],
        shown: str,
        by: Json,
    ) -> None:
        given = self.answers.setdefault(organisation, {})
        given.update({answer["section"]: answer for answer in answers})
        self.answered.add(organisation)

    @event("ConsultationClosed")
    def close_round(
        self,
        round: int,
        outcome: str,
        positions: dict[str, int],
        missing: list[str],
        by: Json,
    ) -> None:
        self.stage = "revising" if outcome == "objected" else "agreed"


class Concepts(Application[UUID]):
    """The library's application; its repository is what is measured."""


def metadata() -> Json:
    """As our events have it, in types that the library's JSON transcoder knows."""
    command = uuid4()
    return {
        "command": command,
        "correlation": str(command),
        "account": AUTHOR,
        "role": "case-manager",
        "occurred_at": AT,
        "organisation": "stadt-delbrueck",
        "signed_in": "token",
    }


def concepts(url: str) -> Concepts:
    return Concepts(env=dict(environment(url, 2)))


def record_history(app: Concepts, history: Sequence[tuple[str, Json]]) -> UUID:
    """Record a history of ours, each event by its kind and attributes; the aggregate's id."""
    (_, opened), *further = history
    kept = {"municipality", "edition", "sections"}
    by = metadata()
    concept = Concept(**{name: value for name, value in opened.items() if name in kept}, by=by)
    does = {
        "SectionDrafted": concept.draft,
        "DraftSubmitted": concept.submit,
        "ConsultationOpened": concept.open_round,
        "ResponseGiven": concept.respond,
        "ConsultationClosed": concept.close_round,
    }
    for number, (kind, attributes) in enumerate(further):
        does[kind](**attributes, by=by)
        # A thousand at once are more than the library's pipeline takes: it waits for ever.
        if number % AT_ONCE == 0:
            app.save(concept)
    app.save(concept)
    return concept.id
