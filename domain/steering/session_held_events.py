"""What happens while people meet or vote in writing."""

from datetime import datetime
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Event
from domain.steering.agenda import Alternative
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.vote import Choice, Vote


class SeatThatDay(msgspec.Struct, frozen=True, kw_only=True):
    """A seat of the body on the day of the session, so that later changes do not rewrite it."""

    seat: str
    organisation: str
    kind: SeatKind


class SessionOpened(Event, frozen=True, kw_only=True):
    """`chair` and `keeper` of the minutes are accounts."""

    TOPIC: ClassVar[str] = "session.opened"
    at: datetime
    chair: str
    keeper: str


class SeatTaken(Event, frozen=True, kw_only=True):
    """A person sits on a seat from then on."""

    TOPIC: ClassVar[str] = "session.seat-taken"
    seat: str
    organisation: str
    kind: SeatKind
    person: str
    capacity: Capacity
    at: datetime


class SeatLeft(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.seat-left"
    seat: str
    person: str
    at: datetime


class GuestsAdmitted(Event, frozen=True, kw_only=True):
    """So many people of an organisation listen or speak; they have no seat and never vote."""

    TOPIC: ClassVar[str] = "session.guests-admitted"
    organisation: str
    people: int
    at: datetime


class GuestsLeft(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.guests-left"
    organisation: str
    at: datetime


class ConflictDeclared(Event, frozen=True, kw_only=True):
    """A conflict of interest: the seat does not vote on this item."""

    TOPIC: ClassVar[str] = "session.conflict-declared"
    item: UUID
    seat: str


class ConflictLifted(Event, frozen=True, kw_only=True):
    """It was declared by mistake."""

    TOPIC: ClassVar[str] = "session.conflict-lifted"
    item: UUID
    seat: str


class ProposalAmended(Event, frozen=True, kw_only=True):
    """In the session, another wording, or one more."""

    TOPIC: ClassVar[str] = "session.proposal-amended"
    item: UUID
    alternative: Alternative


class VoteTaken(Event, frozen=True, kw_only=True):
    """A valid vote: there was a quorum."""

    TOPIC: ClassVar[str] = "session.vote-taken"
    vote: Vote
    adopted: bool


class RecommendationMade(Event, frozen=True, kw_only=True):
    """A count without a quorum: no resolution comes of it."""

    TOPIC: ClassVar[str] = "session.recommendation-made"
    vote: Vote
    in_favour: bool


class VoteAnnulled(Event, frozen=True, kw_only=True):
    """It was not taken as it was recorded; it may be taken again."""

    TOPIC: ClassVar[str] = "session.vote-annulled"
    number: int
    reason: str


class ItemDiscussed(Event, frozen=True, kw_only=True):
    """What the minutes are to say to the item, in place of what was noted before."""

    TOPIC: ClassVar[str] = "session.item-discussed"
    item: UUID
    text: str
    author: str
    substitutes: str = ""


class ItemDeferred(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.item-deferred"
    item: UUID
    reason: str


class ItemResumed(Event, frozen=True, kw_only=True):
    """It is not put off after all."""

    TOPIC: ClassVar[str] = "session.item-resumed"
    item: UUID


class CircularOpened(Event, frozen=True, kw_only=True):
    """Ballots count until `closes_at`. `seats` are those asked; `edition` allowed it."""

    TOPIC: ClassVar[str] = "session.circular-opened"
    at: datetime
    edition: int
    closes_at: datetime
    seats: tuple[str, ...]
    reminders: tuple[datetime, ...]
    digest: str


class BallotCast(Event, frozen=True, kw_only=True):
    """A later ballot of the same seat on the item takes the place of this one.

    `shown` is the digest of the item as it was put before the person.
    """

    TOPIC: ClassVar[str] = "session.ballot-cast"
    item: UUID
    seat: str
    person: str
    choice: Choice
    shown: str


class SessionClosed(Event, frozen=True, kw_only=True):
    """`seats` are all seats of the body that day."""

    TOPIC: ClassVar[str] = "session.closed"
    at: datetime
    seats: tuple[SeatThatDay, ...]


HeldEvent: TypeAlias = (
    SessionOpened
    | SeatTaken
    | SeatLeft
    | GuestsAdmitted
    | GuestsLeft
    | ConflictDeclared
    | ConflictLifted
    | ProposalAmended
    | ItemDiscussed
    | ItemDeferred
    | ItemResumed
    | VoteTaken
    | RecommendationMade
    | VoteAnnulled
    | CircularOpened
    | BallotCast
    | SessionClosed
)
