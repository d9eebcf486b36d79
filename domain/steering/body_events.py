"""What happens to a body: its seats, who sits on them, and its rules."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event
from domain.steering.body_rules import Rules


class SeatKind(StrEnum):
    """What a seat gives its organisation: a vote, or a voice, or a place to listen."""

    MEMBER = "member"
    ADVISER = "adviser"
    GUEST = "guest"


class Capacity(StrEnum):
    """As what a person sits on a seat."""

    HOLDER = "holder"
    DEPUTY = "deputy"


class BodyEstablished(Event, frozen=True, kw_only=True):
    """`key` names the body in addresses; `since` is the day it was constituted."""

    TOPIC: ClassVar[str] = "body.established"
    body: UUID
    key: str
    title: str
    since: date


class BodyRenamed(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "body.renamed"
    title: str


class SeatCreated(Event, frozen=True, kw_only=True):
    """An organisation's seat. It exists on both days and between; None: there is no last day."""

    TOPIC: ClassVar[str] = "body.seat-created"
    seat: str
    organisation: str
    kind: SeatKind
    since: date
    until: date | None = None


class SeatEnded(Event, frozen=True, kw_only=True):
    """`until` is its last day. A day before its first one: it never existed."""

    TOPIC: ClassVar[str] = "body.seat-ended"
    seat: str
    until: date
    reason: str


class PersonAppointed(Event, frozen=True, kw_only=True):
    """`person` is an account. It holds on both days and between; None: there is no last day."""

    TOPIC: ClassVar[str] = "body.person-appointed"
    seat: str
    person: str
    capacity: Capacity
    since: date
    until: date | None = None


class AppointmentEnded(Event, frozen=True, kw_only=True):
    """The appointment that began on `since`. A last day before it: it never took effect."""

    TOPIC: ClassVar[str] = "body.appointment-ended"
    seat: str
    person: str
    capacity: Capacity
    since: date
    until: date


class RulesAdopted(Event, frozen=True, kw_only=True):
    """`edition` counts from 1. `basis` says where the rules are from, such as by-laws."""

    TOPIC: ClassVar[str] = "body.rules-adopted"
    edition: int
    valid_from: date
    rules: Rules
    basis: str
    resolution: UUID | None = None


class NamingAllowed(Event, frozen=True, kw_only=True):
    """The person agrees to be named in public as sitting on the body. Otherwise the seat is."""

    TOPIC: ClassVar[str] = "body.naming-allowed"
    person: str


class NamingWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "body.naming-withdrawn"
    person: str


BodyEvent: TypeAlias = (
    BodyEstablished
    | BodyRenamed
    | SeatCreated
    | SeatEnded
    | PersonAppointed
    | AppointmentEnded
    | RulesAdopted
    | NamingAllowed
    | NamingWithdrawn
)
