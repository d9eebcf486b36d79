"""What happens to a need review: is a county-wide working group needed?"""

from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Event
from domain.steering.agenda import Alternative


class EvidenceKind(StrEnum):
    """What was found in a field: an offer there is, a need, a gap in what there is."""

    OFFER = "offer"
    NEED = "need"
    GAP = "gap"


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    kind: EvidenceKind
    field: str
    text: str


class NeedOutcome(StrEnum):
    """What was resolved: at least one working group, or none."""

    GROUP_NEEDED = "group-needed"
    NO_GROUP_NEEDED = "no-group-needed"


class NeedReviewOpened(Event, frozen=True, kw_only=True):
    """By a resolution, or by the coordination under a key in a school year."""

    TOPIC: ClassVar[str] = "need-review.opened"
    review: UUID
    question: str
    fields: tuple[str, ...]
    resolution: UUID | None = None
    school_year: str = ""
    key: str = ""


class EvidenceMeetingHeld(Event, frozen=True, kw_only=True):
    """People of the fields came together. `meeting` counts from 1, `attended` are organisations."""

    TOPIC: ClassVar[str] = "need-review.evidence-meeting-held"
    review: UUID
    meeting: int
    held_on: date
    fields: tuple[str, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str = ""


class EvidenceMeetingCorrected(Event, frozen=True, kw_only=True):
    """This takes the place of what was recorded of the meeting."""

    TOPIC: ClassVar[str] = "need-review.evidence-meeting-corrected"
    review: UUID
    meeting: int
    held_on: date
    fields: tuple[str, ...]
    attended: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    summary: str
    reason: str


class EvidenceMeetingWithdrawn(Event, frozen=True, kw_only=True):
    """It had been recorded by mistake."""

    TOPIC: ClassVar[str] = "need-review.evidence-meeting-withdrawn"
    review: UUID
    meeting: int
    reason: str


class ProposalWritten(Event, frozen=True, kw_only=True):
    """`proposal` counts from 1, and so does `version` in it. One wording for each alternative."""

    TOPIC: ClassVar[str] = "need-review.proposal-written"
    review: UUID
    proposal: int
    version: int
    title: str
    reasons: str
    alternatives: tuple[Alternative, ...]


class ProposalPutForward(Event, frozen=True, kw_only=True):
    """It is an item of this session."""

    TOPIC: ClassVar[str] = "need-review.proposal-put-forward"
    review: UUID
    proposal: int
    version: int
    session: UUID
    item: UUID


class ProposalTakenBack(Event, frozen=True, kw_only=True):
    """It is no longer before the body, and may be written anew."""

    TOPIC: ClassVar[str] = "need-review.proposal-taken-back"
    review: UUID
    proposal: int
    reason: str


class ProposalDropped(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "need-review.proposal-dropped"
    review: UUID
    proposal: int
    reason: str


class ProposalResolved(Event, frozen=True, kw_only=True):
    """The body took it up by this resolution, which establishes a working group or not."""

    TOPIC: ClassVar[str] = "need-review.proposal-resolved"
    review: UUID
    proposal: int
    resolution: UUID
    establishes_group: bool


class ProposalTurnedDown(Event, frozen=True, kw_only=True):
    """The body voted on it in this session, and adopted no wording of it."""

    TOPIC: ClassVar[str] = "need-review.proposal-turned-down"
    review: UUID
    proposal: int
    session: UUID
    item: UUID


class NeedReviewClosed(Event, frozen=True, kw_only=True):
    """`outcome` follows from the resolutions that decided."""

    TOPIC: ClassVar[str] = "need-review.closed"
    review: UUID
    outcome: NeedOutcome
    resolutions: tuple[UUID, ...]
    summary: str = ""


class NeedReviewAbandoned(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "need-review.abandoned"
    review: UUID
    reason: str


NeedReviewEvent: TypeAlias = (
    NeedReviewOpened
    | EvidenceMeetingHeld
    | EvidenceMeetingCorrected
    | EvidenceMeetingWithdrawn
    | ProposalWritten
    | ProposalPutForward
    | ProposalTakenBack
    | ProposalDropped
    | ProposalResolved
    | ProposalTurnedDown
    | NeedReviewClosed
    | NeedReviewAbandoned
)
