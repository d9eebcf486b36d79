"""Why a body refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Forbidden, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownBody(NotFound):
    code: ClassVar[str] = "body.unknown"
    body: str


@dataclass(eq=False)
class BodyAlreadyEstablished(Refused):
    code: ClassVar[str] = "body.already-established"
    body: str


@dataclass(eq=False)
class MalformedBodyKey(Invalid):
    """Keys of bodies and seats are small letters, digits and dashes."""

    code: ClassVar[str] = "body.malformed-key"
    key: str


@dataclass(eq=False)
class BodyTitleMissing(Invalid):
    code: ClassVar[str] = "body.title-missing"


@dataclass(eq=False)
class BodyReasonMissing(Invalid):
    code: ClassVar[str] = "body.reason-missing"


@dataclass(eq=False)
class UnknownSeat(NotFound):
    """The body has no such seat, or not on that day."""

    code: ClassVar[str] = "body.unknown-seat"
    seat: str


@dataclass(eq=False)
class SeatAlreadyExists(Refused):
    """A seat's key is used once: what was done on it stays its own."""

    code: ClassVar[str] = "body.seat-already-exists"
    seat: str


@dataclass(eq=False)
class EndsBeforeItBegins(Invalid):
    code: ClassVar[str] = "body.ends-before-it-begins"
    since: str
    until: str


@dataclass(eq=False)
class EndNotEarlier(Refused):
    """Ending makes a time shorter, never longer."""

    code: ClassVar[str] = "body.end-not-earlier"
    until: str


@dataclass(eq=False)
class OutsideSeat(Refused):
    """Nobody sits on a seat before it exists, or after."""

    code: ClassVar[str] = "body.outside-seat"
    seat: str


@dataclass(eq=False)
class SeatHasHolder(Refused):
    """A seat has one holder at a time."""

    code: ClassVar[str] = "body.seat-has-holder"
    seat: str


@dataclass(eq=False)
class AlreadyAppointed(Refused):
    """A person sits on a seat once at a time: nobody is the deputy of themself."""

    code: ClassVar[str] = "body.already-appointed"
    seat: str


@dataclass(eq=False)
class HoldsAnotherVote(Refused):
    """A person holds one voting seat of a body at a time."""

    code: ClassVar[str] = "body.holds-another-vote"
    seat: str


@dataclass(eq=False)
class UnknownAppointment(NotFound):
    code: ClassVar[str] = "body.unknown-appointment"
    seat: str
    since: str


@dataclass(eq=False)
class UnsoundRules(Invalid):
    """A quorum that cannot be reached or says nothing, or a period of less than no days."""

    code: ClassVar[str] = "body.unsound-rules"


@dataclass(eq=False)
class BasisMissing(Invalid):
    """Rules name where they are from."""

    code: ClassVar[str] = "body.basis-missing"


@dataclass(eq=False)
class RulesInThePast(Refused):
    """What was decided under the rules of its day is not decided anew."""

    code: ClassVar[str] = "body.rules-in-the-past"
    valid_from: str


@dataclass(eq=False)
class RulesOutOfOrder(Refused):
    """A later edition does not hold before the one it follows."""

    code: ClassVar[str] = "body.rules-out-of-order"
    valid_from: str
    edition: int


@dataclass(eq=False)
class NoRules(Refused):
    """The body has no rules on that day, so nobody is invited and nothing is decided."""

    code: ClassVar[str] = "body.no-rules"
    body: str
    day: str


@dataclass(eq=False)
class NotOnBody(Forbidden):
    """Who has never been on a body is not named as being on it."""

    code: ClassVar[str] = "body.not-on-body"


@dataclass(eq=False)
class ConsentIsPersonal(Forbidden):
    """Nobody agrees for somebody else to be named, not even as their substitute."""

    code: ClassVar[str] = "body.consent-is-personal"
