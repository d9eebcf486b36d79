"""Why a framework edition or a concept refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownEdition(NotFound):
    code: ClassVar[str] = "framework.unknown-edition"
    edition: str


@dataclass(eq=False)
class EditionAlreadyPublished(Refused):
    """A published edition never changes; a new text is a new edition."""

    code: ClassVar[str] = "framework.edition-already-published"
    edition: str


@dataclass(eq=False)
class MalformedEdition(Invalid):
    """An edition has a name of its own and different sections, at least one of them required."""

    code: ClassVar[str] = "framework.malformed-edition"
    edition: str


@dataclass(eq=False)
class UnknownConcept(NotFound):
    code: ClassVar[str] = "concept.unknown"
    concept: str


@dataclass(eq=False)
class CountyIsNotEmployer(Refused):
    """Concepts are for municipalities whose case managers the county employs."""

    code: ClassVar[str] = "concept.county-is-not-employer"
    municipality: str


@dataclass(eq=False)
class AlreadyOpened(Refused):
    """One concept for each municipality and edition."""

    code: ClassVar[str] = "concept.already-opened"
    municipality: str
    edition: str


@dataclass(eq=False)
class UnknownSection(NotFound):
    code: ClassVar[str] = "concept.unknown-section"
    section: str


@dataclass(eq=False)
class NotInDrafting(Refused):
    """Text changes while it is drafted or revised, never while others read it."""

    code: ClassVar[str] = "concept.not-in-drafting"
    stage: str


@dataclass(eq=False)
class SectionChanged(Conflict):
    """Somebody else saved the section in the meantime."""

    code: ClassVar[str] = "concept.section-changed"
    section: str
    based_on: int
    current: int


@dataclass(eq=False)
class SectionsMissing(Refused):
    code: ClassVar[str] = "concept.sections-missing"
    sections: str


@dataclass(eq=False)
class ObjectionUnanswered(Refused):
    """An objection is answered by another text or by a reply with its reasons."""

    code: ClassVar[str] = "concept.objection-unanswered"
    organisation: str
    section: str


@dataclass(eq=False)
class NothingToReplyTo(Invalid):
    """A reply is to an objection that stands."""

    code: ClassVar[str] = "concept.nothing-to-reply-to"
    organisation: str
    section: str


@dataclass(eq=False)
class ReplyEmpty(Invalid):
    """A reply to an objection gives its reasons."""

    code: ClassVar[str] = "concept.reply-empty"
    organisation: str
    section: str


@dataclass(eq=False)
class NotSubmitted(Refused):
    code: ClassVar[str] = "concept.not-submitted"
    stage: str


@dataclass(eq=False)
class NobodyInvited(Invalid):
    code: ClassVar[str] = "concept.nobody-invited"


@dataclass(eq=False)
class InvitedTwice(Invalid):
    code: ClassVar[str] = "concept.invited-twice"
    organisation: str


@dataclass(eq=False)
class NothingToAsk(Refused):
    """Every organisation has answered to the text as it is."""

    code: ClassVar[str] = "concept.nothing-to-ask"


@dataclass(eq=False)
class QuorumOutOfRange(Invalid):
    code: ClassVar[str] = "concept.quorum-out-of-range"
    quorum_percent: int


@dataclass(eq=False)
class NoDeadline(Invalid):
    """A round needs either working days or a moment, not both."""

    code: ClassVar[str] = "concept.no-deadline"


@dataclass(eq=False)
class DeadlineInThePast(Invalid):
    code: ClassVar[str] = "concept.deadline-in-the-past"
    due: str


@dataclass(eq=False)
class ClosesBeforeDeadline(Invalid):
    code: ClassVar[str] = "concept.closes-before-deadline"
    due: str
    closes_at: str


@dataclass(eq=False)
class DeadlineNotLater(Refused):
    """An extension gives more time, never less."""

    code: ClassVar[str] = "concept.deadline-not-later"
    due: str


@dataclass(eq=False)
class RoundNotOpen(Refused):
    """The round is closed, or it has not been opened yet."""

    code: ClassVar[str] = "concept.round-not-open"
    round: int


@dataclass(eq=False)
class AnswerTooLate(Refused):
    code: ClassVar[str] = "concept.answer-too-late"
    closed_at: str


@dataclass(eq=False)
class NotInvited(Forbidden):
    code: ClassVar[str] = "concept.not-invited"
    organisation: str


@dataclass(eq=False)
class SectionNotAsked(Refused):
    """An agreement on unchanged text stands and is not asked for again."""

    code: ClassVar[str] = "concept.section-not-asked"
    organisation: str
    section: str


@dataclass(eq=False)
class AnswersStand(Refused):
    """The organisation has answered to all its text as it is, and is not asked again."""

    code: ClassVar[str] = "concept.answers-stand"
    organisation: str


@dataclass(eq=False)
class AnsweredTwice(Invalid):
    """One position for a section: which of two would count?"""

    code: ClassVar[str] = "concept.answered-twice"
    section: str


@dataclass(eq=False)
class PositionMissing(Invalid):
    code: ClassVar[str] = "concept.position-missing"
    section: str


@dataclass(eq=False)
class RemarkMissing(Invalid):
    """An objection, and an agreement with remarks, says what it is about."""

    code: ClassVar[str] = "concept.remark-missing"
    section: str


@dataclass(eq=False)
class OtherTextShown(Conflict):
    """The answer is to another text than the one in consultation."""

    code: ClassVar[str] = "concept.other-text-shown"
    shown: str
    current: str


@dataclass(eq=False)
class TooEarly(Refused):
    """The time for this has not come."""

    code: ClassVar[str] = "concept.too-early"
    due: str


@dataclass(eq=False)
class NotAgreed(Refused):
    code: ClassVar[str] = "concept.not-agreed"
    stage: str


@dataclass(eq=False)
class AuthorMayNotAdopt(Forbidden):
    """Four eyes: whoever wrote a section does not adopt the concept."""

    code: ClassVar[str] = "concept.author-may-not-adopt"


@dataclass(eq=False)
class ResolutionMissing(Refused):
    """The round said that the steering group decides, so its resolution is named."""

    code: ClassVar[str] = "concept.resolution-missing"


@dataclass(eq=False)
class NotAdopted(Refused):
    code: ClassVar[str] = "concept.not-adopted"
    stage: str


@dataclass(eq=False)
class ReviewInThePast(Invalid):
    code: ClassVar[str] = "concept.review-in-the-past"
    review_at: str


@dataclass(eq=False)
class AlreadyEnded(Refused):
    """A superseded or withdrawn concept does not go on."""

    code: ClassVar[str] = "concept.already-ended"
    stage: str


@dataclass(eq=False)
class NotWithdrawn(Refused):
    code: ClassVar[str] = "concept.not-withdrawn"
    stage: str


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "concept.reason-missing"
