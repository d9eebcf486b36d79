"""What happens to a resolution: passed, followed up, fulfilled or revoked, and shown again."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event
from domain.steering.body_rules import Tally
from domain.steering.mandate import Mandate
from domain.steering.vote import Manner


class Standing(StrEnum):
    """What has become of a resolution."""

    OPEN = "open"
    OVERDUE = "overdue"
    FULFILLED = "fulfilled"
    SETTLED = "settled"
    """It asked for nothing more."""
    REVOKED = "revoked"
    ANNULLED = "annulled"


class ResolutionPassed(Event, frozen=True, kw_only=True):
    """A valid vote of the body adopted this text: the vote `number` of the session on the item.

    `edition` of the body's rules decided. `owner` is the organisation that sees to the mandate
    until `due`; both are empty if nothing is to be done. `reference` is how people cite it.
    """

    TOPIC: ClassVar[str] = "resolution.passed"
    resolution: UUID
    body: str
    session: UUID
    number: int
    item: UUID
    alternative: str
    themes: tuple[UUID, ...]
    title: str
    text: str
    decided_at: datetime
    manner: Manner
    edition: int
    tally: Tally
    mandate: Mandate
    owner: str = ""
    due: datetime | None = None
    reminders: tuple[datetime, ...] = ()
    reference: str = ""


class MandateReminded(Event, frozen=True, kw_only=True):
    """`moment` is the planned one; None if a person reminded the owner by hand."""

    TOPIC: ClassVar[str] = "resolution.mandate-reminded"
    resolution: UUID
    owner: str
    moment: datetime | None = None


class ProgressReported(Event, frozen=True, kw_only=True):
    """`report` counts from 1."""

    TOPIC: ClassVar[str] = "resolution.progress-reported"
    resolution: UUID
    report: int
    text: str


class LetterSent(Event, frozen=True, kw_only=True):
    """The letter about a supra-regional need. `reference` is how its file is found."""

    TOPIC: ClassVar[str] = "resolution.letter-sent"
    resolution: UUID
    addressee: str
    subject_line: str
    text: str
    sent_on: date
    reference: str = ""


class MandateFellOverdue(Event, frozen=True, kw_only=True):
    """Nothing came by this moment."""

    TOPIC: ClassVar[str] = "resolution.mandate-fell-overdue"
    resolution: UUID
    owner: str
    due: datetime


class MandateExtended(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "resolution.mandate-extended"
    resolution: UUID
    due: datetime
    reminders: tuple[datetime, ...]
    reason: str


class MandateHandedOver(Event, frozen=True, kw_only=True):
    """Another organisation sees to it."""

    TOPIC: ClassVar[str] = "resolution.mandate-handed-over"
    resolution: UUID
    owner: str
    reason: str


class MandateFulfilled(Event, frozen=True, kw_only=True):
    """`result` is what came of it, of the mandate's kind: a group, a concept, a need review."""

    TOPIC: ClassVar[str] = "resolution.mandate-fulfilled"
    resolution: UUID
    outcome: str
    result: UUID | None = None


class MandateReopened(Event, frozen=True, kw_only=True):
    """It was not fulfilled after all."""

    TOPIC: ClassVar[str] = "resolution.mandate-reopened"
    resolution: UUID
    due: datetime
    reminders: tuple[datetime, ...]
    reason: str


class ProgressShown(Event, frozen=True, kw_only=True):
    """A later session of the body was shown what had become of it by then."""

    TOPIC: ClassVar[str] = "resolution.progress-shown"
    resolution: UUID
    session: UUID
    standing: Standing
    reports: int


class ResolutionRevoked(Event, frozen=True, kw_only=True):
    """`revoking` is the later resolution that says so."""

    TOPIC: ClassVar[str] = "resolution.revoked"
    resolution: UUID
    revoking: UUID


class ResolutionAnnulled(Event, frozen=True, kw_only=True):
    """The vote it came of was annulled: it never was a resolution."""

    TOPIC: ClassVar[str] = "resolution.annulled"
    resolution: UUID
    reason: str


ResolutionEvent: TypeAlias = (
    ResolutionPassed
    | MandateReminded
    | ProgressReported
    | LetterSent
    | MandateFellOverdue
    | MandateExtended
    | MandateHandedOver
    | MandateFulfilled
    | MandateReopened
    | ProgressShown
    | ResolutionRevoked
    | ResolutionAnnulled
)
