"""What the minutes say as they stand: from the version drafted last, before it from the session."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.steering.agenda import ItemKind
from domain.steering.body_events import Capacity
from domain.steering.minutes import GuestsAttended
from services.api.agenda_views import VoteView
from services.api.minutes_views import MinutesView
from services.api.session_views import GuestsView, SessionView


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody on a seat; still there if `until` is missing."""

    seat: str
    person: str
    capacity: Capacity
    since: datetime
    until: datetime | None = None


class MinutedText(msgspec.Struct, frozen=True, kw_only=True):
    """What the minutes say to an item."""

    number: int
    item: UUID
    kind: ItemKind
    title: str
    text: str
    deferred: str
    votes: Sequence[VoteView]


class MinutesText(msgspec.Struct, frozen=True, kw_only=True):
    """The minutes to read. `absent` are seats."""

    opened_at: datetime
    closed_at: datetime | None
    chair: str
    keeper: str
    attended: Sequence[Sitting]
    guests: Sequence[GuestsAttended | GuestsView]
    absent: Sequence[str]
    items: Sequence[MinutedText]
    remark: str


def text_of(session: SessionView, minutes: MinutesView | None) -> MinutesText | None:
    """None before the session has begun."""
    if minutes is not None:
        return _drafted(minutes)
    return None if session.opened_at is None else _recorded(session, session.opened_at)


def _drafted(minutes: MinutesView) -> MinutesText:
    return MinutesText(
        opened_at=minutes.opened_at,
        closed_at=minutes.closed_at,
        chair=minutes.chair,
        keeper=minutes.keeper,
        attended=[
            Sitting(
                seat=one.seat,
                person=one.person,
                capacity=one.capacity,
                since=one.since,
                until=one.until,
            )
            for one in minutes.attended
        ],
        guests=minutes.guests,
        absent=[one.seat for one in minutes.absent],
        items=[
            MinutedText(
                number=item.number,
                item=item.item,
                kind=item.kind,
                title=item.title,
                text=item.text,
                deferred=item.deferred,
                votes=item.votes,
            )
            for item in minutes.items
        ],
        remark=minutes.remark,
    )


def _recorded(session: SessionView, opened_at: datetime) -> MinutesText:
    """From what was recorded so far."""
    return MinutesText(
        opened_at=opened_at,
        closed_at=session.closed_at,
        chair=session.chair,
        keeper=session.keeper,
        attended=[
            Sitting(
                seat=one.seat,
                person=one.person,
                capacity=one.capacity,
                since=one.since,
                until=one.until,
            )
            for one in session.presences
        ],
        guests=session.guests,
        absent=[],
        items=[
            MinutedText(
                number=item.number,
                item=item.item,
                kind=item.kind,
                title=item.title,
                text=item.note,
                deferred=item.deferred,
                votes=[vote for vote in session.votes if vote.item == item.item],
            )
            for item in session.items
        ],
        remark="",
    )
