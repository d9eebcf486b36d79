"""How the minutes of a session look from outside: what they say, who wrote and approved them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.steering.agenda import ItemKind
from domain.steering.minutes import Absent, Attended, GuestsAttended, MinutedItem, Minutes
from domain.steering.minutes_events import (
    MinutesApproved,
    MinutesDrafted,
    MinutesReleased,
    MinutesReturned,
)
from services.api.agenda_views import VoteView, vote_views
from services.eventstore.record import LogEntry


class MinutesStage(StrEnum):
    """Where a version of the minutes stands. One that a later draft overtook stays as it was."""

    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"
    RELEASED = "released"


class MinutedItemView(msgspec.Struct, frozen=True, kw_only=True):
    """`text` is what was noted, `deferred` why it was put off."""

    number: int
    item: UUID
    kind: ItemKind
    title: str
    text: str
    deferred: str
    votes: list[VoteView]


class MinutesView(msgspec.Struct, frozen=True, kw_only=True):
    """A version of the minutes. `digest` is that of what it says, which is what is approved.

    `reason` says what was corrected after minutes were released, `returned_because` why this
    version was given back. `people` are the names of the accounts in it, `position` its place in
    the log.
    """

    session: UUID
    version: int
    stage: MinutesStage
    digest: str
    body: str
    title: str
    place: str
    opened_at: datetime
    closed_at: datetime
    chair: str
    keeper: str
    urgency: str
    attended: list[Attended]
    guests: list[GuestsAttended]
    absent: list[Absent]
    items: list[MinutedItemView]
    remark: str
    author: str
    drafted_at: datetime
    reason: str
    returned_because: str
    approver: str
    approved_at: datetime | None = None
    released_at: datetime | None = None
    people: Mapping[str, str | Erased]
    position: int


def minutes_view(
    entries: Sequence[LogEntry], version: int | None, people: Mapping[str, str | Erased]
) -> MinutesView | None:
    """This version of the minutes, or the latest; None if it was not drafted."""
    drafts = [entry for entry in entries if _is_draft(entry, version)]
    if not drafts:
        return None
    view = _drafted(drafts[-1], people)
    for entry in entries:
        view = _gone_on(view, entry)
    return view


def people_in_minutes(entries: Iterable[LogEntry]) -> frozenset[str]:
    """Every account that is in some version of the minutes, wrote or approved one."""
    people: set[str] = set()
    for entry in entries:
        match entry.event:
            case MinutesDrafted(minutes=minutes, author=author):
                votes = [count.vote for item in minutes.items for count in item.votes]
                people |= {author, minutes.chair, minutes.keeper}
                people |= {attended.person for attended in minutes.attended}
                people |= {one.person for vote in votes for one in vote.represented}
            case MinutesApproved(approver=approver):
                people.add(approver)
            case _:
                pass
    return frozenset(people)


def _is_draft(entry: LogEntry, version: int | None) -> bool:
    event = entry.event
    return isinstance(event, MinutesDrafted) and version in {None, event.version}


def _drafted(entry: LogEntry, people: Mapping[str, str | Erased]) -> MinutesView:
    event = entry.event
    assert isinstance(event, MinutesDrafted)
    minutes = event.minutes
    return MinutesView(
        session=entry.originator_id,
        version=event.version,
        stage=MinutesStage.DRAFTED,
        digest=event.digest,
        body=minutes.body,
        title=minutes.title,
        place=minutes.place,
        opened_at=minutes.opened_at,
        closed_at=minutes.closed_at,
        chair=minutes.chair,
        keeper=minutes.keeper,
        urgency=minutes.urgency,
        attended=list(minutes.attended),
        guests=list(minutes.guests),
        absent=list(minutes.absent),
        items=_items(minutes),
        remark=minutes.remark,
        author=event.author,
        drafted_at=entry.metadata.occurred_at,
        reason=event.reason,
        returned_because="",
        approver="",
        approved_at=None,
        released_at=None,
        people=people,
        position=entry.position,
    )


def _items(minutes: Minutes) -> list[MinutedItemView]:
    return [_item(item) for item in minutes.items]


def _item(item: MinutedItem) -> MinutedItemView:
    return MinutedItemView(
        number=item.number,
        item=item.item,
        kind=item.kind,
        title=item.title,
        text=item.text,
        deferred=item.deferred,
        votes=vote_views(item.votes),
    )


def _gone_on(view: MinutesView, entry: LogEntry) -> MinutesView:
    """What became of this version afterwards."""
    at, event = entry.metadata.occurred_at, entry.event
    if getattr(event, "version", None) != view.version:
        return view
    match event:
        case MinutesReturned(reason=reason):
            return msgspec.structs.replace(
                view, stage=MinutesStage.RETURNED, returned_because=reason
            )
        case MinutesApproved(approver=approver):
            return msgspec.structs.replace(
                view, stage=MinutesStage.APPROVED, approver=approver, approved_at=at
            )
        case MinutesReleased():
            return msgspec.structs.replace(view, stage=MinutesStage.RELEASED, released_at=at)
        case _:
            return view
