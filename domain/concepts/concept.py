"""A concept: its stages, and how they follow from what happened."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.concepts.events import (
    Answer,
    ConceptAdopted,
    ConceptEvent,
    ConceptOpened,
    ConceptPublished,
    ConceptReopened,
    ConceptSuperseded,
    ConceptWithdrawn,
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    DraftReturned,
    DraftSubmitted,
    OrganisationsReminded,
    Outcome,
    Policy,
    ResponseGiven,
    ReviewFellDue,
    Section,
    SectionDrafted,
)
from domain.kernel import people


class TextVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A saved text of a section. Every version is kept. `substitutes`: in whose absence."""

    version: int
    text: str
    digest: str
    author: str
    substitutes: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows: the texts, who wrote them, and what was said about them.

    `scopes` and `answers` are by organisation; `answers` then by section, the latest of each.
    `replied` holds the objections (organisation, section) weighed without changing the text.
    """

    concept: UUID
    municipality: str
    edition: str
    sections: tuple[Section, ...]
    predecessor: UUID | None = None
    texts: Mapping[str, tuple[TextVersion, ...]] = {}
    rounds: int = 0
    policy: Policy = Policy()
    scopes: Mapping[str, tuple[str, ...]] = {}
    answers: Mapping[str, Mapping[str, Answer]] = {}
    replied: frozenset[tuple[str, str]] = frozenset()

    @property
    def authors(self) -> frozenset[str]:
        """Everybody who ever wrote a version of a section, and for whom they did."""
        written = (version for versions in self.texts.values() for version in versions)
        return frozenset[str]().union(*(people(v.author, v.substitutes) for v in written))

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each section's current text in the framework's order; not of blank ones."""
        return {
            section.key: self.texts[section.key][-1].digest
            for section in self.sections
            if self.texts.get(section.key) and self.texts[section.key][-1].text.strip()
        }


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """A consultation round in progress. `asked`: organisation to the sections it has to answer."""

    number: int
    asked: Mapping[str, tuple[str, ...]]
    due: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    reminded: frozenset[datetime] = frozenset()
    answered: frozenset[str] = frozenset()
    escalated: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The organisations asked in this round that have not answered, sorted."""
        return tuple(sorted(set(self.asked) - self.answered))


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Drafting(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    draft: Draft


class Submitted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Complete, waiting for a consultation round."""

    draft: Draft


class Consulting(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    draft: Draft
    round: Round


class Revising(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Objections are worked in."""

    draft: Draft


class Agreed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Waiting for adoption."""

    draft: Draft


class Adopted(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    draft: Draft
    digest: str
    resolution: str | None


class Published(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The valid concept of its municipality."""

    draft: Draft
    valid_from: date
    review_at: datetime
    review_fell_due: bool = False


class Superseded(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    draft: Draft
    successor: UUID


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    draft: Draft
    reason: str


Existing: TypeAlias = (
    Drafting
    | Submitted
    | Consulting
    | Revising
    | Agreed
    | Adopted
    | Published
    | Superseded
    | Withdrawn
)
Concept: TypeAlias = Unknown | Existing


def stage_of(concept: Concept) -> str:
    """The stage's name as it is stored, sent and shown, such as `drafting` or `consulting`."""
    return type(concept).__name__.lower()


def evolve(concept: Concept, event: ConceptEvent) -> Concept:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, ConceptOpened):
        return Drafting(
            draft=Draft(
                concept=event.concept,
                municipality=event.municipality,
                edition=event.edition,
                sections=event.sections,
                predecessor=event.predecessor,
            )
        )
    if isinstance(concept, Unknown):
        return concept
    return _go_on(concept, event)


def _go_on(concept: Existing, event: ConceptEvent) -> Existing:  # noqa: C901, PLR0911, PLR0912 (one case for each event)
    draft = concept.draft
    match event:
        case SectionDrafted():
            return msgspec.structs.replace(concept, draft=_with_text(draft, event))
        case DraftSubmitted():
            replied = frozenset((reply.organisation, reply.section) for reply in event.replies)
            return Submitted(draft=msgspec.structs.replace(draft, replied=draft.replied | replied))
        case DraftReturned() | ConceptReopened():
            return Drafting(draft=draft)
        case ConsultationOpened():
            return _open_round(draft, event)
        case (
            ConsultationExtended()
            | ResponseGiven()
            | OrganisationsReminded()
            | ConsultationEscalated()
        ):
            return _within_round(concept, event) if isinstance(concept, Consulting) else concept
        case ConsultationClosed():
            return _close_round(draft, event.outcome)
        case ConceptAdopted():
            return Adopted(draft=draft, digest=event.digest, resolution=event.resolution)
        case ConceptPublished():
            return Published(draft=draft, valid_from=event.valid_from, review_at=event.review_at)
        case ReviewFellDue():
            if not isinstance(concept, Published):
                return concept
            return msgspec.structs.replace(concept, review_fell_due=True)
        case ConceptSuperseded():
            return Superseded(draft=draft, successor=event.successor)
        case ConceptWithdrawn():
            return Withdrawn(draft=draft, reason=event.reason)
        case ConceptOpened():
            return concept
        case _:
            assert_never(event)


def _with_text(draft: Draft, event: SectionDrafted) -> Draft:
    version = TextVersion(
        version=event.version,
        text=event.text,
        digest=event.digest,
        author=event.author,
        substitutes=event.substitutes,
    )
    versions = (*draft.texts.get(event.section, ()), version)
    return msgspec.structs.replace(draft, texts={**draft.texts, event.section: versions})


def _open_round(draft: Draft, event: ConsultationOpened) -> Consulting:
    scopes = {i.organisation: i.scope for i in event.invitations}
    return Consulting(
        draft=msgspec.structs.replace(
            draft, rounds=event.round, policy=event.policy, scopes=scopes
        ),
        round=Round(
            number=event.round,
            asked={i.organisation: i.asked for i in event.invitations if i.asked},
            due=event.due,
            closes_at=event.closes_at,
            reminders=event.reminders,
        ),
    )


def _within_round(
    concept: Consulting,
    event: ConsultationExtended | ResponseGiven | OrganisationsReminded | ConsultationEscalated,
) -> Consulting:
    draft, this = concept.draft, concept.round
    match event:
        case ConsultationExtended():
            this = msgspec.structs.replace(
                this,
                due=event.due,
                closes_at=event.closes_at,
                reminders=event.reminders,
                escalated=False,
            )
        case ResponseGiven(organisation=organisation):
            answers = {
                **draft.answers.get(organisation, {}),
                **{answer.section: answer for answer in event.answers},
            }
            draft = msgspec.structs.replace(
                draft,
                answers={**draft.answers, organisation: answers},
                replied=draft.replied - {(organisation, a.section) for a in event.answers},
            )
            this = msgspec.structs.replace(this, answered=this.answered | {organisation})
        case OrganisationsReminded():
            if event.moment is not None:
                this = msgspec.structs.replace(this, reminded=this.reminded | {event.moment})
        case ConsultationEscalated():
            this = msgspec.structs.replace(this, escalated=True)
        case _:
            assert_never(event)
    return Consulting(draft=draft, round=this)


def _close_round(draft: Draft, outcome: Outcome) -> Existing:
    match outcome:
        case Outcome.AGREED:
            return Agreed(draft=draft)
        case Outcome.OBJECTED:
            return Revising(draft=draft)
        case Outcome.LAPSED:
            return Submitted(draft=draft)
        case _:
            assert_never(outcome)
