"""Why a need review refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownReview(NotFound):
    code: ClassVar[str] = "need-review.unknown"
    review: str


@dataclass(eq=False)
class ReviewAlreadyOpened(Refused):
    """A review is opened once under its key."""

    code: ClassVar[str] = "need-review.already-opened"
    school_year: str
    key: str


@dataclass(eq=False)
class MalformedReviewKey(Invalid):
    """A key is small letters, digits and single dashes between them."""

    code: ClassVar[str] = "need-review.malformed-key"
    key: str


@dataclass(eq=False)
class ReviewNotMandated(Refused):
    """The resolution does not open a need review, or it no longer holds."""

    code: ClassVar[str] = "need-review.not-mandated"
    resolution: str


@dataclass(eq=False)
class ReviewOver(Refused):
    """A closed or abandoned review does not go on."""

    code: ClassVar[str] = "need-review.over"
    stage: str


@dataclass(eq=False)
class ReviewIsMandated(Refused):
    """What the body asked for is ended by the body."""

    code: ClassVar[str] = "need-review.is-mandated"
    resolution: str


@dataclass(eq=False)
class ReviewTextMissing(Invalid):
    """A question, a proposal and what was found say something."""

    code: ClassVar[str] = "need-review.text-missing"


@dataclass(eq=False)
class ReviewReasonMissing(Invalid):
    code: ClassVar[str] = "need-review.reason-missing"


# Evidence.


@dataclass(eq=False)
class FieldMissing(Invalid):
    """An evidence meeting is about one field or more."""

    code: ClassVar[str] = "need-review.field-missing"


@dataclass(eq=False)
class NotAFieldOfMeeting(Invalid):
    """What was found in a meeting is about a field of the meeting."""

    code: ClassVar[str] = "need-review.not-a-field-of-meeting"
    field: str


@dataclass(eq=False)
class NobodyAttended(Invalid):
    code: ClassVar[str] = "need-review.nobody-attended"


@dataclass(eq=False)
class MeetingInTheFuture(Invalid):
    """What is recorded has been."""

    code: ClassVar[str] = "need-review.meeting-in-the-future"
    held_on: str


@dataclass(eq=False)
class UnknownEvidenceMeeting(NotFound):
    code: ClassVar[str] = "need-review.unknown-meeting"
    meeting: int


@dataclass(eq=False)
class EvidenceMeetingNotNext(Refused):
    """Meetings are counted on without a gap."""

    code: ClassVar[str] = "need-review.meeting-not-next"
    meeting: int
    following: int


@dataclass(eq=False)
class EvidenceAlreadyRecorded(Refused):
    """It is corrected, with a reason, rather than recorded anew."""

    code: ClassVar[str] = "need-review.evidence-already-recorded"
    meeting: int


@dataclass(eq=False)
class EvidenceWithdrawn(Refused):
    code: ClassVar[str] = "need-review.evidence-withdrawn"
    meeting: int


@dataclass(eq=False)
class EvidenceIsUsed(Refused):
    """What is before the body rests on at least one evidence meeting."""

    code: ClassVar[str] = "need-review.evidence-is-used"
    meeting: int


# Proposals.


@dataclass(eq=False)
class UnknownProposal(NotFound):
    code: ClassVar[str] = "need-review.unknown-proposal"
    proposal: int


@dataclass(eq=False)
class ProposalNotNext(Refused):
    """Proposals are counted on without a gap."""

    code: ClassVar[str] = "need-review.proposal-not-next"
    proposal: int
    following: int


@dataclass(eq=False)
class ProposalChanged(Conflict):
    """Somebody else saved the proposal in the meantime."""

    code: ClassVar[str] = "need-review.proposal-changed"
    proposal: int
    based_on: int
    current: int


@dataclass(eq=False)
class ProposalNotWritten(Refused):
    """A proposal is changed, or put before the body, while it is not there and not decided."""

    code: ClassVar[str] = "need-review.proposal-not-written"
    proposal: int
    stage: str


@dataclass(eq=False)
class ProposalNotPutForward(Refused):
    code: ClassVar[str] = "need-review.proposal-not-put-forward"
    proposal: int
    stage: str


@dataclass(eq=False)
class AdoptedByBody(Refused):
    """What the body adopted is not taken back: its resolution is noted."""

    code: ClassVar[str] = "need-review.adopted-by-body"
    proposal: int


@dataclass(eq=False)
class MalformedAlternatives(Invalid):
    """A proposal has one wording or more, each with a text and a key of its own."""

    code: ClassVar[str] = "need-review.malformed-alternatives"
    proposal: int


@dataclass(eq=False)
class NothingExamined(Refused):
    """Before a proposal is put forward there was an evidence meeting."""

    code: ClassVar[str] = "need-review.nothing-examined"


@dataclass(eq=False)
class NotOnTheAgenda(Refused):
    """The session has no such item that can be voted on."""

    code: ClassVar[str] = "need-review.not-on-the-agenda"
    session: str
    item: str


@dataclass(eq=False)
class ResolutionOfSomethingElse(Refused):
    """The resolution is not of the item that the proposal is, or no longer holds."""

    code: ClassVar[str] = "need-review.resolution-of-something-else"
    proposal: int
    resolution: str


@dataclass(eq=False)
class NotTurnedDown(Refused):
    """The body has not voted on it with a quorum, or adopted one of its wordings."""

    code: ClassVar[str] = "need-review.not-turned-down"
    proposal: int


@dataclass(eq=False)
class ProposalsOpen(Refused):
    """A review is closed once every proposal is decided or dropped."""

    code: ClassVar[str] = "need-review.proposals-open"
    proposals: str


@dataclass(eq=False)
class NothingResolved(Refused):
    """A review is decided by a resolution, also if no group is needed."""

    code: ClassVar[str] = "need-review.nothing-resolved"
