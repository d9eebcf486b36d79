"""Why a session refuses: its planning, and who is there."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownSession(NotFound):
    code: ClassVar[str] = "session.unknown"
    session: str


@dataclass(eq=False)
class SessionAlreadyScheduled(Refused):
    """One session for each key of a body."""

    code: ClassVar[str] = "session.already-scheduled"
    body: str
    key: str


@dataclass(eq=False)
class MalformedSessionKey(Invalid):
    """A key is small letters, digits and dashes."""

    code: ClassVar[str] = "session.malformed-key"
    key: str


@dataclass(eq=False)
class SessionTitleMissing(Invalid):
    code: ClassVar[str] = "session.title-missing"


@dataclass(eq=False)
class SessionReasonMissing(Invalid):
    """Whoever changes what others rely on says why."""

    code: ClassVar[str] = "session.reason-missing"


@dataclass(eq=False)
class SessionInThePast(Invalid):
    code: ClassVar[str] = "session.in-the-past"
    starts_at: str


@dataclass(eq=False)
class SessionEndsBeforeItBegins(Invalid):
    code: ClassVar[str] = "session.ends-before-it-begins"
    starts_at: str
    ends_at: str


@dataclass(eq=False)
class NotBeingPlanned(Refused):
    """What was held or cancelled is not planned any more."""

    code: ClassVar[str] = "session.not-being-planned"
    stage: str


@dataclass(eq=False)
class NotAMeeting(Refused):
    """In a vote in writing nobody meets."""

    code: ClassVar[str] = "session.not-a-meeting"


@dataclass(eq=False)
class NotACircular(Refused):
    """In a meeting nobody votes in writing."""

    code: ClassVar[str] = "session.not-a-circular"


@dataclass(eq=False)
class CallNotInTime(Invalid):
    """Items are called for until a moment to come, before the session."""

    code: ClassVar[str] = "session.call-not-in-time"
    until: str


@dataclass(eq=False)
class InvitationTooLate(Refused):
    """Too late even for an urgent matter, or the body knows none."""

    code: ClassVar[str] = "session.invitation-too-late"
    due: str


@dataclass(eq=False)
class UrgencyMissing(Refused):
    """An invitation after its day says why the matter is urgent."""

    code: ClassVar[str] = "session.urgency-missing"
    due: str


@dataclass(eq=False)
class NobodyToInvite(Refused):
    """No voting seat has a person on that day."""

    code: ClassVar[str] = "session.nobody-to-invite"
    day: str


@dataclass(eq=False)
class NothingToRemindOf(Refused):
    """Nobody is asked for this now."""

    code: ClassVar[str] = "session.nothing-to-remind-of"
    occasion: str


@dataclass(eq=False)
class NotYet(Refused):
    """The time for this has not come."""

    code: ClassVar[str] = "session.not-yet"
    due: str


@dataclass(eq=False)
class SeatIsVacant(Refused):
    """Who does not sit on it cannot be absent."""

    code: ClassVar[str] = "session.seat-is-vacant"
    seat: str


@dataclass(eq=False)
class DeputyMayNotAnnounce(Forbidden):
    """A deputy does not say that the holder is away: then they could vote at will."""

    code: ClassVar[str] = "session.deputy-may-not-announce"
    seat: str


@dataclass(eq=False)
class AgendaNotFrozen(Refused):
    """Before people meet or vote, the agenda is settled."""

    code: ClassVar[str] = "session.agenda-not-frozen"
    stage: str


@dataclass(eq=False)
class NotInvited(Refused):
    """Nobody was invited for this day."""

    code: ClassVar[str] = "session.not-invited"


@dataclass(eq=False)
class OtherDay(Refused):
    """A session is held on its day; otherwise it is moved first."""

    code: ClassVar[str] = "session.other-day"
    day: str


@dataclass(eq=False)
class MomentToCome(Invalid):
    """What has not happened yet is not recorded."""

    code: ClassVar[str] = "session.moment-to-come"
    at: str


@dataclass(eq=False)
class OutsideSession(Invalid):
    """Before the session began, or after what is already recorded."""

    code: ClassVar[str] = "session.outside-session"
    at: str


@dataclass(eq=False)
class NotOpen(Refused):
    """People are not meeting."""

    code: ClassVar[str] = "session.not-open"
    stage: str


@dataclass(eq=False)
class NotOnSeat(Forbidden):
    """On that day, the person neither holds the seat nor is a deputy."""

    code: ClassVar[str] = "session.not-on-seat"
    seat: str
    person: str


@dataclass(eq=False)
class HolderIsThere(Refused):
    """A deputy sits on a seat only while its holder is away."""

    code: ClassVar[str] = "session.holder-is-there"
    seat: str


@dataclass(eq=False)
class SeatIsTaken(Refused):
    """One person at a time sits on a seat."""

    code: ClassVar[str] = "session.seat-is-taken"
    seat: str


@dataclass(eq=False)
class RepresentsAnotherSeat(Refused):
    """A person has one seat at a time, so nobody votes twice."""

    code: ClassVar[str] = "session.represents-another-seat"
    seat: str


@dataclass(eq=False)
class OwnSeatFirst(Refused):
    """Who holds a vote of their own gives that one, and no other."""

    code: ClassVar[str] = "session.own-seat-first"
    seat: str


@dataclass(eq=False)
class SeatIsEmpty(Refused):
    """Nobody sits on it."""

    code: ClassVar[str] = "session.seat-is-empty"
    seat: str


@dataclass(eq=False)
class VoteRestsOnIt(Refused):
    """A vote that stands was counted with who was there; it would have to be annulled first."""

    code: ClassVar[str] = "session.vote-rests-on-it"
    number: int


@dataclass(eq=False)
class NoGuests(Invalid):
    """Guests are one or more."""

    code: ClassVar[str] = "session.no-guests"
    organisation: str


@dataclass(eq=False)
class HasASeat(Refused):
    """Who has a seat that day is no guest."""

    code: ClassVar[str] = "session.has-a-seat"
    organisation: str
