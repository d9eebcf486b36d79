"""What the open data keep of a session: its agenda, what of it is published, what was decided."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.kernel import Event
from domain.steering.agenda import AgendaItem, Alternative
from domain.steering.agenda_events import AgendaOrdered, ItemProposed, ItemRevised, ItemWithdrawn
from domain.steering.minutes import Decided, MinutedItem, Minutes
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesDrafted,
    MinutesReleased,
    PublicationWithdrawn,
)
from domain.steering.session_events import (
    SessionCancelled,
    SessionInvited,
    SessionKind,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_held_events import ProposalAmended

TOPICS = tuple(
    event.TOPIC
    for event in (
        SessionScheduled,
        SessionMoved,
        SessionCancelled,
        SessionInvited,
        ItemProposed,
        ItemRevised,
        ItemWithdrawn,
        AgendaOrdered,
        ProposalAmended,
        MinutesDrafted,
        MinutesReleased,
        ItemPublished,
        PublicationWithdrawn,
    )
)


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it was when it was published; a later wording is not public with it."""

    item: AgendaItem
    at: datetime


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A vote without the people who voted."""

    text: str
    yes: int
    no: int
    abstain: int
    decided: Decided


class ItemResult(msgspec.Struct, frozen=True, kw_only=True):
    item: UUID
    counts: tuple[Count, ...]
    is_deferred: bool

    @property
    def adopted(self) -> Count | None:
        return next((count for count in self.counts if count.decided is Decided.ADOPTED), None)


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What the minutes of this version say was decided."""

    version: int
    opened_at: datetime
    closed_at: datetime
    items: tuple[ItemResult, ...]
    released_at: datetime | None = None

    def of(self, item: UUID) -> ItemResult | None:
        return next((one for one in self.items if one.item == item), None)


class PublicSession(msgspec.Struct, frozen=True, kw_only=True):
    """`body` is the key of the body. `drafted` is not public, `released` is with each item."""

    session: UUID
    body: str
    title: str
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""
    is_invited: bool = False
    is_cancelled: bool = False
    items: tuple[AgendaItem, ...] = ()
    published: tuple[Published, ...] = ()
    drafted: Results | None = None
    released: Results | None = None

    @property
    def public_items(self) -> tuple[Published, ...]:
        """In the order of the agenda."""
        published = {one.item.item: one for one in self.published}
        return tuple(published[item.item] for item in self.items if item.item in published)


def scheduled(event: SessionScheduled) -> PublicSession:
    return PublicSession(
        session=event.session,
        body=event.body,
        title=event.title,
        kind=event.kind,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        place=event.place,
    )


def evolve(session: PublicSession, event: Event, at: datetime) -> PublicSession:
    """What is known after the event, which happened `at`. Never refuses."""
    match event:
        case SessionMoved():
            return msgspec.structs.replace(
                session,
                starts_at=event.starts_at,
                ends_at=event.ends_at,
                place=event.place,
                is_invited=session.is_invited and event.invitation_stands,
            )
        case SessionCancelled():
            return msgspec.structs.replace(session, is_cancelled=True)
        case SessionInvited():
            return msgspec.structs.replace(session, is_invited=True)
        case ItemPublished():
            return _publish(session, event.item, at)
        case PublicationWithdrawn():
            return _withdraw(session, event.item)
        case MinutesDrafted():
            drafted = _results(event.version, event.minutes)
            return msgspec.structs.replace(session, drafted=drafted)
        case MinutesReleased():
            return _release(session, event.version, at)
        case _:
            return msgspec.structs.replace(session, items=_agenda(session.items, event))


def _publish(session: PublicSession, key: UUID, at: datetime) -> PublicSession:
    item = next((one for one in session.items if one.item == key), None)
    if item is None:
        return session
    published = Published(item=item, at=at)
    return msgspec.structs.replace(session, published=(*session.published, published))


def _withdraw(session: PublicSession, key: UUID) -> PublicSession:
    published = tuple(one for one in session.published if one.item.item != key)
    return msgspec.structs.replace(session, published=published)


def _release(session: PublicSession, version: int, at: datetime) -> PublicSession:
    drafted = session.drafted
    if drafted is None or drafted.version != version:
        return session
    released = msgspec.structs.replace(drafted, released_at=at)
    return msgspec.structs.replace(session, released=released)


def _agenda(items: tuple[AgendaItem, ...], event: Event) -> tuple[AgendaItem, ...]:
    match event:
        case ItemProposed():
            return (*items, event.item)
        case ItemRevised():
            return tuple(event.item if one.item == event.item.item else one for one in items)
        case ItemWithdrawn():
            return tuple(one for one in items if one.item != event.item)
        case AgendaOrdered():
            place = {item: number for number, item in enumerate(event.items)}
            return tuple(sorted(items, key=lambda one: place.get(one.item, len(place))))
        case ProposalAmended():
            return tuple(
                _amended(one, event.alternative) if one.item == event.item else one for one in items
            )
        case _:
            return items


def _amended(item: AgendaItem, alternative: Alternative) -> AgendaItem:
    keys = [one.key for one in item.alternatives]
    alternatives = (
        tuple(alternative if one.key == alternative.key else one for one in item.alternatives)
        if alternative.key in keys
        else (*item.alternatives, alternative)
    )
    return msgspec.structs.replace(item, alternatives=alternatives)


def _results(version: int, minutes: Minutes) -> Results:
    return Results(
        version=version,
        opened_at=minutes.opened_at,
        closed_at=minutes.closed_at,
        items=tuple(_result(item) for item in minutes.items),
    )


def _result(item: MinutedItem) -> ItemResult:
    return ItemResult(
        item=item.item,
        counts=tuple(
            Count(
                text=vote.vote.text,
                yes=vote.vote.tally.yes,
                no=vote.vote.tally.no,
                abstain=vote.vote.tally.abstain,
                decided=vote.decided,
            )
            for vote in item.votes
        ),
        is_deferred=bool(item.deferred),
    )
