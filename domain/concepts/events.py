"""What happens to a framework edition and to a concept."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Event


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the framework: what a concept has to say under this heading."""

    key: str
    title: str
    guidance: str = ""
    required: bool = True


class Position(StrEnum):
    """What an organisation says to a section."""

    AGREE = "agree"
    AGREE_WITH_REMARKS = "agree-with-remarks"
    OBJECT = "object"
    ABSTAIN = "abstain"


class ObjectionEffect(StrEnum):
    """What an objection does: the draft is revised, or the objection is only noted."""

    REVISION = "revision"
    NOTED = "noted"


class DecidedBy(StrEnum):
    """Who may adopt: the coordination, or the steering group by a resolution."""

    COORDINATION = "coordination"
    STEERING_GROUP = "steering-group"


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of a round. `quorum_percent`: share of the invited that must count, 0 to 100."""

    quorum_percent: int = 50
    objection: ObjectionEffect = ObjectionEffect.REVISION
    silence_is_consent: bool = False
    decided_by: DecidedBy = DecidedBy.COORDINATION


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """`scope` is what the organisation is concerned with, `asked` what it has yet to answer."""

    organisation: str
    scope: tuple[str, ...]
    asked: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A position on exactly the text with this digest."""

    section: str
    position: Position
    digest: str
    remark: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The weighing of an objection that did not change the text."""

    organisation: str
    section: str
    text: str


class Outcome(StrEnum):
    """How a round ended. Lapsed: too few answered."""

    AGREED = "agreed"
    OBJECTED = "objected"
    LAPSED = "lapsed"


class FrameworkEditionPublished(Event, frozen=True, kw_only=True):
    """`replaces` is the edition before; `source` says where the section list comes from."""

    TOPIC: ClassVar[str] = "framework.edition-published"
    edition: str
    title: str
    sections: tuple[Section, ...]
    replaces: str | None = None
    source: str = ""


class ConceptOpened(Event, frozen=True, kw_only=True):
    """The sections are those of the edition at this moment; `predecessor` is the concept before."""

    TOPIC: ClassVar[str] = "concept.opened"
    concept: UUID
    municipality: str
    edition: str
    sections: tuple[Section, ...]
    predecessor: UUID | None = None


class SectionDrafted(Event, frozen=True, kw_only=True):
    """`version` counts from 1 in its section; `digest` is that of the text.

    `substitutes` is the account in whose absence the author wrote it, if so.
    """

    TOPIC: ClassVar[str] = "concept.section-drafted"
    section: str
    version: int
    text: str
    digest: str
    author: str
    substitutes: str = ""


class DraftSubmitted(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.draft-submitted"
    digest: str
    replies: tuple[Reply, ...] = ()


class DraftReturned(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.draft-returned"
    reason: str


class ConsultationOpened(Event, frozen=True, kw_only=True):
    """Answers count until `closes_at`; between `due` and then the missing have been escalated."""

    TOPIC: ClassVar[str] = "concept.consultation-opened"
    round: int
    invitations: tuple[Invitation, ...]
    policy: Policy
    due: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    digest: str


class ConsultationExtended(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.consultation-extended"
    round: int
    due: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    reason: str


class ResponseGiven(Event, frozen=True, kw_only=True):
    """A later response of the same organisation in the same round takes the place of this one.

    `shown` is the digest of all the text the organisation was shown.
    """

    TOPIC: ClassVar[str] = "concept.response-given"
    round: int
    organisation: str
    respondent: str
    answers: tuple[Answer, ...]
    shown: str


class OrganisationsReminded(Event, frozen=True, kw_only=True):
    """`moment` is the reminder's planned time; None when a person reminded by hand."""

    TOPIC: ClassVar[str] = "concept.organisations-reminded"
    round: int
    organisations: tuple[str, ...]
    moment: datetime | None = None


class ConsultationEscalated(Event, frozen=True, kw_only=True):
    """The deadline passed and these organisations had not answered."""

    TOPIC: ClassVar[str] = "concept.consultation-escalated"
    round: int
    missing: tuple[str, ...]


class ConsultationClosed(Event, frozen=True, kw_only=True):
    """`positions` counts organisations by what they said over all their sections."""

    TOPIC: ClassVar[str] = "concept.consultation-closed"
    round: int
    outcome: Outcome
    positions: Mapping[Position, int]
    missing: tuple[str, ...]


class ConceptAdopted(Event, frozen=True, kw_only=True):
    """`resolution` names the steering group's resolution if there is one."""

    TOPIC: ClassVar[str] = "concept.adopted"
    digest: str
    adopter: str
    resolution: str | None = None


class ConceptPublished(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.published"
    valid_from: date
    review_at: datetime


class ReviewFellDue(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.review-fell-due"


class ConceptSuperseded(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.superseded"
    successor: UUID


class ConceptWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "concept.withdrawn"
    reason: str


class ConceptReopened(Event, frozen=True, kw_only=True):
    """A withdrawal is undone: drafting goes on with the texts as they were."""

    TOPIC: ClassVar[str] = "concept.reopened"
    reason: str


ConceptEvent: TypeAlias = (
    ConceptOpened
    | SectionDrafted
    | DraftSubmitted
    | DraftReturned
    | ConsultationOpened
    | ConsultationExtended
    | ResponseGiven
    | OrganisationsReminded
    | ConsultationEscalated
    | ConsultationClosed
    | ConceptAdopted
    | ConceptPublished
    | ReviewFellDue
    | ConceptSuperseded
    | ConceptWithdrawn
    | ConceptReopened
)
