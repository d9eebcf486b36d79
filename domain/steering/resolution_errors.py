"""Why a resolution refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownResolution(NotFound):
    code: ClassVar[str] = "resolution.unknown"
    resolution: str


@dataclass(eq=False)
class UnknownVote(NotFound):
    code: ClassVar[str] = "resolution.unknown-vote"
    session: str
    number: int


@dataclass(eq=False)
class OnlyRecommended(Refused):
    """Without a quorum nothing is resolved, and a recommendation carries no mandate."""

    code: ClassVar[str] = "resolution.only-recommended"
    session: str
    number: int


@dataclass(eq=False)
class NotAdopted(Refused):
    """The body voted against it."""

    code: ClassVar[str] = "resolution.not-adopted"
    session: str
    number: int


@dataclass(eq=False)
class VoteWasAnnulled(Refused):
    code: ClassVar[str] = "resolution.vote-was-annulled"
    session: str
    number: int


@dataclass(eq=False)
class VoteStands(Refused):
    """A resolution is annulled with its vote; else a later resolution revokes it."""

    code: ClassVar[str] = "resolution.vote-stands"
    session: str
    number: int


@dataclass(eq=False)
class AlreadyPassed(Refused):
    """What a vote resolved is recorded once."""

    code: ClassVar[str] = "resolution.already-passed"
    session: str
    number: int


@dataclass(eq=False)
class OwnerMissing(Invalid):
    """Whatever is to be done has an owner."""

    code: ClassVar[str] = "resolution.owner-missing"
    kind: str


@dataclass(eq=False)
class DueMissing(Invalid):
    """Whatever is to be done has a day."""

    code: ClassVar[str] = "resolution.due-missing"
    kind: str


@dataclass(eq=False)
class NothingToDo(Invalid):
    """Who takes note has no owner and no day for it."""

    code: ClassVar[str] = "resolution.nothing-to-do"
    kind: str


@dataclass(eq=False)
class MandateIncomplete(Invalid):
    """A mandate says what it is about: `field` is empty."""

    code: ClassVar[str] = "resolution.mandate-incomplete"
    kind: str
    field: str


@dataclass(eq=False)
class NamedTwice(Invalid):
    """An organisation is a member of a group or its guest."""

    code: ClassVar[str] = "resolution.named-twice"
    organisation: str


@dataclass(eq=False)
class OtherBody(Refused):
    """A body follows up, dissolves and revokes what is its own."""

    code: ClassVar[str] = "resolution.other-body"
    body: str


@dataclass(eq=False)
class NotOpen(Refused):
    """There is nothing to do, or no longer."""

    code: ClassVar[str] = "resolution.not-open"
    stage: str


@dataclass(eq=False)
class NotFulfilled(Refused):
    code: ClassVar[str] = "resolution.not-fulfilled"
    stage: str


@dataclass(eq=False)
class NotDoneYet(Refused):
    """What the mandate is about has not come about: `stage` is where it stands."""

    code: ClassVar[str] = "resolution.not-done-yet"
    kind: str
    stage: str


@dataclass(eq=False)
class LetterMissing(Refused):
    """A need is reported to the ministry by a letter."""

    code: ClassVar[str] = "resolution.letter-missing"


@dataclass(eq=False)
class NoLetterMandated(Refused):
    code: ClassVar[str] = "resolution.no-letter-mandated"
    kind: str


@dataclass(eq=False)
class LetterOutsideMandate(Invalid):
    """It was sent after it was resolved, and has been sent."""

    code: ClassVar[str] = "resolution.letter-outside-mandate"
    sent_on: str


@dataclass(eq=False)
class TextMissing(Invalid):
    """A report, an outcome and a letter say something."""

    code: ClassVar[str] = "resolution.text-missing"


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "resolution.reason-missing"


@dataclass(eq=False)
class ReportNotNext(Refused):
    """Reports are counted on without a gap."""

    code: ClassVar[str] = "resolution.report-not-next"
    report: int
    following: int


@dataclass(eq=False)
class UnknownSession(NotFound):
    code: ClassVar[str] = "resolution.unknown-session"
    session: str


@dataclass(eq=False)
class NotALaterSession(Refused):
    """What became of a resolution is shown after the session that passed it."""

    code: ClassVar[str] = "resolution.not-a-later-session"
    session: str


@dataclass(eq=False)
class NotRevokedBy(Refused):
    """The one resolution does not say so of the other, is not later, or no longer holds."""

    code: ClassVar[str] = "resolution.not-revoked-by"
    revoking: str


@dataclass(eq=False)
class NoLongerInForce(Refused):
    """A revoked or annulled resolution does not go on."""

    code: ClassVar[str] = "resolution.no-longer-in-force"
    stage: str
