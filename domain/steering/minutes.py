"""The minutes of a session as data: what is printed, approved, released and corrected."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import msgspec

from domain.steering.agenda import ItemKind
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.vote import Vote


class Attended(msgspec.Struct, frozen=True, kw_only=True):
    """A person on a seat from one moment to another. They may come and go several times."""

    seat: str
    organisation: str
    kind: SeatKind
    person: str
    capacity: Capacity
    since: datetime
    until: datetime


class GuestsAttended(msgspec.Struct, frozen=True, kw_only=True):
    """So many people of an organisation that has no seat."""

    organisation: str
    people: int
    since: datetime
    until: datetime


class Absent(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that nobody sat on. `was_announced`: the body knew before."""

    seat: str
    organisation: str
    kind: SeatKind
    was_announced: bool


class Decided(StrEnum):
    """What came of a count. Without a quorum nothing is decided, only recommended."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    RECOMMENDED = "recommended"
    NOT_RECOMMENDED = "not-recommended"


class MinutedVote(msgspec.Struct, frozen=True, kw_only=True):
    vote: Vote
    decided: Decided


class MinutedItem(msgspec.Struct, frozen=True, kw_only=True):
    """`text` is what was noted; `deferred` why it was put off; `votes` in their order."""

    number: int
    item: UUID
    kind: ItemKind
    title: str
    text: str
    deferred: str
    votes: tuple[MinutedVote, ...]


class ItemNote(msgspec.Struct, frozen=True, kw_only=True):
    """What the minutes say to an item, in place of what was noted in the session."""

    item: UUID
    text: str


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """`urgency` says why the invitation was late, if so. Moments are those of the session."""

    body: str
    title: str
    place: str
    opened_at: datetime
    closed_at: datetime
    chair: str
    keeper: str
    urgency: str
    attended: tuple[Attended, ...]
    guests: tuple[GuestsAttended, ...]
    absent: tuple[Absent, ...]
    items: tuple[MinutedItem, ...]
    remark: str


def minutes_digest(minutes: Minutes) -> str:
    """SHA-256 over the minutes as JSON: what exactly was approved."""
    return sha256(msgspec.json.encode(minutes)).hexdigest()
