"""What can be asked of a body."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Rules


def body_id(key: str) -> UUID:
    """The stream of the body with this key."""
    return stream_id("body", key)


class AboutBody(Command, frozen=True, kw_only=True):
    """`body` is its key."""

    body: str

    @property
    def subject(self) -> UUID:
        return body_id(self.body)


class EstablishBody(AboutBody, frozen=True, kw_only=True):
    title: str
    since: date


class RenameBody(AboutBody, frozen=True, kw_only=True):
    title: str


class CreateSeat(AboutBody, frozen=True, kw_only=True):
    seat: str
    organisation: str
    kind: SeatKind
    since: date
    until: date | None = None


class EndSeat(AboutBody, frozen=True, kw_only=True):
    """`until` is its last day; a day before its first one if it was created by mistake."""

    seat: str
    until: date
    reason: str


class AppointPerson(AboutBody, frozen=True, kw_only=True):
    """`person` is an account."""

    seat: str
    person: str
    capacity: Capacity
    since: date
    until: date | None = None


class EndAppointment(AboutBody, frozen=True, kw_only=True):
    """The one that began on `since`; `until` before that if it was a mistake."""

    seat: str
    person: str
    capacity: Capacity
    since: date
    until: date


class AdoptRules(AboutBody, frozen=True, kw_only=True):
    """The next edition, from a day on. Only the first one may be from the past."""

    valid_from: date
    rules: Rules
    basis: str
    resolution: UUID | None = None


class AllowNaming(AboutBody, frozen=True, kw_only=True):
    """By the person themself, who agrees to be named in public."""


class WithdrawNaming(AboutBody, frozen=True, kw_only=True):
    """By the person themself."""


BodyCommand: TypeAlias = (
    EstablishBody
    | RenameBody
    | CreateSeat
    | EndSeat
    | AppointPerson
    | EndAppointment
    | AdoptRules
    | AllowNaming
    | WithdrawNaming
)
