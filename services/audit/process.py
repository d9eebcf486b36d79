"""A process as it stood at a moment: what it is called, its stage, and what was known of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.decide_round import ROUND
from domain.assessments.events_class import (
    ClassChanged,
    ClassRegistered,
    ClassReleased,
    ClassReopened,
    ClassSubmitted,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
    ResultRecorded,
)
from domain.assessments.instrument import Registered
from domain.assessments.instrument import stage_of as stage_of_version
from domain.assessments.round import Cancelled
from domain.assessments.round import Unknown as UnknownRound
from domain.assessments.round import stage_of as stage_of_round
from domain.concepts.concept import Consulting, Unknown, stage_of
from domain.concepts.decide import CONCEPT
from domain.directory.account import ACCOUNT
from domain.kernel import Event
from services.audit.group_standing import group_standing
from services.audit.pool_standing import pool_standing
from services.audit.report_standing import report_standing
from services.audit.steering_standing import (
    body_standing,
    finding_standing,
    resolution_standing,
    review_standing,
    session_standing,
    theme_standing,
)
from services.eventstore.record import LogEntry
from services.texts import Language, Names, word
from services.texts.catalogue import process_entries
from services.texts.wording import Wording

Known = Mapping[str, object]

FORMS: Mapping[str, str] = {
    "missing": "organisation",
    "colleges": "organisation",
    "lead": "organisation",
    "owner": "organisation",
    "mandate": "word",
    "members": "organisation",
    "guests": "organisation",
    "organisations": "organisation",
    "college": "organisation",
    "purpose": "word",
    "kind": "word",
    "answer": "word",
}
"""How the value of a fact is written, where its type does not say it."""


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """Something known at the moment: its code word, what it is called, and its value in words."""

    key: str
    label: str
    value: str


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a process stood. `stage` is a code word, empty for what has none."""

    kind: str
    kind_name: str
    title: str
    stage: str
    facts: list[Fact]


def kind_of(topic: str) -> str:
    """What a process is, from the topic of any of its events."""
    return topic.partition(".")[0]


def standing(
    entries: Sequence[LogEntry],
    language: Language,
    names: Names,
    titles: Mapping[UUID, str] | None = None,
) -> Standing:
    """How the process stood after these entries, its first ones.

    `titles` are those of rounds and classes they speak of.

    Says nothing of learners but how many they are.
    """
    kind = kind_of(entries[0].topic)
    events = [entry.event for entry in entries]
    teller = _Teller(language, names, titles or {})
    stage, known = KINDS.get(kind, _anything)(events, teller)
    return Standing(
        kind=kind,
        kind_name=teller.said(f"kind.{kind}"),
        title=teller.said(f"title.{kind}", _named(events, teller)),
        stage=stage,
        facts=list(teller.facts({"stage": word(stage, language, of=kind), **known})),
    )


class _Teller:
    """Writes what is known in the reader's language."""

    def __init__(self, language: Language, names: Names, titles: Mapping[UUID, str]) -> None:
        self.titles = titles
        self._language: Language = language
        self._wording = Wording(language, names)

    def said(self, key: str, facts: Known | None = None) -> str:
        return self._wording.fill(process_entries()[key][self._language], facts or {})

    def each(self, key: str, many: Sequence[Known]) -> str:
        return "; ".join(self.said(key, facts) for facts in many)

    def facts(self, known: Known) -> Iterator[Fact]:
        """What has a name and a value, in order."""
        for key, value in known.items():
            label = process_entries().get(f"fact.{key}")
            if label is not None and value not in (None, "", (), []):
                yield Fact(key=key, label=label[self._language], value=self._written(key, value))

    def _written(self, key: str, value: object) -> str:
        match value:
            case bool():
                return self.said("is.yes" if value else "is.no")
            case UUID():
                return str(value)
            case _:
                return self._wording.format_field(value, FORMS.get(key, ""))


def _concept(events: Sequence[Any], _: _Teller) -> tuple[str, Known]:
    concept = CONCEPT.replay(events)
    if isinstance(concept, Unknown):
        return "unknown", {}
    this = concept.round if isinstance(concept, Consulting) else None
    return stage_of(concept), {
        "edition": concept.draft.edition,
        "round": concept.draft.rounds or None,
        "due": this and this.due,
        "missing": this and this.missing,
    }


def _round(events: Sequence[Any], _: _Teller) -> tuple[str, Known]:
    this = ROUND.replay(events)
    if isinstance(this, UnknownRound):
        return "unknown", {}
    plan = this.plan
    return stage_of_round(this), {
        "school_year": plan.school_year,
        "kind": plan.sitting.value,
        "instrument": plan.instrument,
        "version": plan.version,
        "opens_at": plan.opens_at,
        "closes_at": plan.ends_at,
        "colleges": plan.colleges,
        "reminded": len(plan.reminded) or None,
        "basis": plan.basis,
        "reason": this.reason if isinstance(this, Cancelled) else "",
    }


def _class(events: Sequence[Event], teller: _Teller) -> tuple[str, Known]:
    stage, known, learners, results = "registered", dict[str, object](), set[UUID](), 0
    sheets: dict[UUID, str] = {}
    for event in events:
        match event:
            case ClassRegistered() | ClassChanged():
                facts = ("college", "school_year", "name", "programme", "trade", "size")
                known |= {name: getattr(event, name) for name in facts if hasattr(event, name)}
            case ClassWithdrawn():
                stage = "withdrawn"
            case LearnerEnrolled():
                learners.add(event.learner)
            case LearnerLeft():
                learners.discard(event.learner)
            case ResultRecorded():
                results += 1
                sheets[event.round] = "collecting"
            case ClassSubmitted():
                sheets[event.round] = "submitted"
            case ClassReopened():
                sheets[event.round] = "collecting"
            case ClassReleased():
                sheets[event.round] = "released"
            case _:
                pass
    told = [
        {"title": teller.titles.get(this, str(this)), "stage": at} for this, at in sheets.items()
    ]
    return stage, {
        **known,
        "learners": len(learners),
        "results": "; ".join([str(results), teller.each("fact.sheet", told)]) if told else None,
    }


def _instrument(events: Sequence[Any], teller: _Teller) -> tuple[str, Known]:
    found = INSTRUMENT.replay(events)
    if not isinstance(found, Registered):
        return "unknown", {}
    versions = [
        {"number": number, "stage": stage_of_version(version)}
        for number, version in sorted(found.versions.items())
    ]
    known = {
        "title": found.title,
        "kind": found.kind.value,
        "versions": teller.each("fact.version_at", versions),
    }
    return "", known


def _account(events: Sequence[Any], teller: _Teller) -> tuple[str, Known]:
    account = ACCOUNT.replay(events)
    grants = [msgspec.structs.asdict(grant) for grant in account.grants]
    substitutions = [msgspec.structs.asdict(one) for one in account.substitutions.values()]
    return "", {
        "name": account.name,
        "grants": teller.each("fact.grant", grants),
        "address": teller.said("is.recorded" if account.address else "is.none"),
        "substitutions": teller.each("fact.substitution", substitutions),
        "tokens": len(account.tokens - account.revoked),
    }


def _anything(events: Sequence[Event], _: _Teller) -> tuple[str, Known]:
    """The latest of each fact that was recorded."""
    known: dict[str, object] = {}
    for event in events:
        known |= msgspec.structs.asdict(event)
    if "sections" in known:
        known["sections"] = "; ".join(section.title for section in known["sections"])  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType, reportAttributeAccessIssue]
    return "", {**known, "entries": len(events)}


KINDS: Mapping[str, Callable[[Sequence[Any], _Teller], tuple[str, Known]]] = {
    "concept": _concept,
    "assessment-round": _round,
    "class-assessment": _class,
    "instrument": _instrument,
    "account": _account,
    "working-group": group_standing,
    "body": body_standing,
    "session": session_standing,
    "resolution": resolution_standing,
    "need-review": review_standing,
    "finding": finding_standing,
    "theme": theme_standing,
    "company-report": report_standing,
    "course-pool": pool_standing,
}


def _named(events: Sequence[Event], teller: _Teller) -> Known:
    """What titles are made of: the latest of each fact, so that what was renamed is called so."""
    named: dict[str, object] = {}
    for event in events:
        facts = msgspec.structs.asdict(event)
        named |= {name: facts[name] for name in TITLED if name in facts}
        for name in ("round", "training_class"):
            if facts.get(name) in teller.titles:
                named[f"{name}_title"] = teller.titles[facts[name]]
    return named


TITLED = (
    "name",
    "title",
    "account",
    "edition",
    "municipality",
    "school_year",
    "college",
    "subject",
    "question",
    "part",
    "reference",
    "key",
    "course",
)
