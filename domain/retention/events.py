"""What happens to the file of a person on its way to erasure."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event
from domain.retention.classes import RetentionClass


class ArchiveAnswer(StrEnum):
    """What the archive said to the offer. `silent`: its period ran out without an answer."""

    TAKES_OVER = "takes-over"
    DECLINES = "declines"
    SILENT = "silent"


class ErasureProposed(Event, frozen=True, kw_only=True):
    """The period has run out. The class is kept as it was then; `due` is its first day after."""

    TOPIC: ClassVar[str] = "retention.erasure-proposed"
    subject: UUID
    retention_class: RetentionClass
    closed_on: date
    due: date


class ArchiveOffered(Event, frozen=True, kw_only=True):
    """The archive was offered the file. `digest` is the SHA-256 of what it was given to see."""

    TOPIC: ClassVar[str] = "retention.archive-offered"
    subject: UUID
    answer_due: datetime
    digest: str = ""
    reference: str = ""


class ArchiveAnswered(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "retention.archive-answered"
    subject: UUID
    answer: ArchiveAnswer
    reference: str = ""


class ErasureConfirmed(Event, frozen=True, kw_only=True):
    """`is_automatic`: the class says that nobody need be asked."""

    TOPIC: ClassVar[str] = "retention.erasure-confirmed"
    subject: UUID
    is_automatic: bool = False


class ErasurePostponed(Event, frozen=True, kw_only=True):
    """Nothing further is done before this day."""

    TOPIC: ClassVar[str] = "retention.erasure-postponed"
    subject: UUID
    until: date
    reason: str


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    """`is_not_due`: the file is open again or its class has changed; nobody decided against it."""

    TOPIC: ClassVar[str] = "retention.proposal-withdrawn"
    subject: UUID
    reason: str
    is_not_due: bool = False


RetentionEvent: TypeAlias = (
    ErasureProposed
    | ArchiveOffered
    | ArchiveAnswered
    | ErasureConfirmed
    | ErasurePostponed
    | ProposalWithdrawn
)
