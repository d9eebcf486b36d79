"""Sessions at a glance: where each stands, what is on its agenda, how was voted."""

from collections.abc import Mapping, Sequence
from typing import get_args
from uuid import UUID

from domain.steering.agenda_events import (
    AgendaEvent,
    AgendaFrozen,
    AgendaOrdered,
    AgendaReopened,
    ItemProposed,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.minutes import Decided
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesApproved,
    MinutesDrafted,
    MinutesFellOverdue,
    MinutesReleased,
    MinutesReturned,
    PublicationWithdrawn,
)
from domain.steering.session import (
    Approved,
    Cancelled,
    Circulating,
    Drafted,
    Existing,
    Frozen,
    Held,
    Open,
    Released,
    Scheduled,
)
from domain.steering.session_events import (
    ItemsCalledFor,
    SessionCancelled,
    SessionEvent,
    SessionInvited,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_held_events import (
    CircularOpened,
    RecommendationMade,
    SessionClosed,
    SessionOpened,
    VoteAnnulled,
    VoteTaken,
)
from domain.steering.vote import Vote
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.projections.ballots import TABLES, BallotEvent, note_ballots

STAGES: Mapping[type[SessionEvent], type[Existing]] = {
    SessionScheduled: Scheduled,
    SessionCancelled: Cancelled,
    AgendaFrozen: Frozen,
    AgendaReopened: Scheduled,
    SessionOpened: Open,
    CircularOpened: Circulating,
    SessionClosed: Held,
    MinutesDrafted: Drafted,
    MinutesReturned: Held,
    MinutesApproved: Approved,
    MinutesReleased: Released,
}
STAGE_AFTER = {event: stage.__name__.lower() for event, stage in STAGES.items()}


class SteeringSessions:
    """One row for each session, item of its agenda, vote that stands, and ballot asked for."""

    name = "sessions"
    tables = ("steering_session", "agenda_item", "session_vote", *TABLES)
    topics = tuple(event.TOPIC for event in get_args(SessionEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            await _apply(connection, entry)
        latest = {entry.originator_id: entry for entry in entries}
        await connection.executemany(
            "update steering_session set version = $2, position = $3, changed_at = $4"
            " where id = $1",
            [
                (stream, entry.originator_version, entry.position, entry.recorded_at)
                for stream, entry in latest.items()
            ],
        )


async def _apply(connection: Connection, entry: LogEntry) -> None:
    session, event = entry.originator_id, entry.event
    if isinstance(event, SessionScheduled):
        await _schedule(connection, entry, event)
        return
    if (stage := STAGE_AFTER.get(type(event))) is not None:  # pyright: ignore[reportArgumentType]  (an event of another kind has none)
        await connection.execute(
            "update steering_session set stage = $2 where id = $1", session, stage
        )
    if isinstance(event, BallotEvent):
        await note_ballots(connection, session, event)
    if isinstance(event, AgendaEvent):
        await _set_agenda(connection, session, event)
    elif isinstance(event, VoteTaken | RecommendationMade | VoteAnnulled):
        await _count(connection, session, event)
    elif isinstance(event, SessionEvent):
        await _follow(connection, session, event)


async def _schedule(connection: Connection, entry: LogEntry, event: SessionScheduled) -> None:
    await connection.execute(
        "insert into steering_session (id, body, key, title, kind, stage, starts_at, ends_at,"
        " place, scheduled_position, version, position, changed_at)"
        " values ($1, $2, $3, $4, $5, 'scheduled', $6, $7, $8, $9, 0, 0, $10)",
        event.session,
        event.body,
        event.key,
        event.title,
        event.kind,
        event.starts_at,
        event.ends_at,
        event.place,
        entry.position,
        entry.recorded_at,
    )


async def _follow(connection: Connection, session: UUID, event: SessionEvent) -> None:
    match event:
        case SessionMoved():
            await connection.execute(
                "update steering_session set starts_at = $2, ends_at = $3, place = $4,"
                " is_invited = is_invited and $5 where id = $1",
                session,
                event.starts_at,
                event.ends_at,
                event.place,
                event.invitation_stands,
            )
        case ItemsCalledFor(until=until):
            await _set(connection, session, "called_until", until)
        case SessionInvited():
            await _set(connection, session, "is_invited", value=True)
        case CircularOpened(closes_at=closes_at):
            await _set(connection, session, "closes_at", closes_at)
        case MinutesDrafted(version=version):
            await _set(connection, session, "minutes", version)
        case MinutesReleased(version=version):
            await _set(connection, session, "released", version)
        case MinutesFellOverdue():
            await _set(connection, session, "minutes_overdue", value=True)
        case ItemPublished(item=item):
            await _publish(connection, session, item, is_published=True)
        case PublicationWithdrawn(item=item):
            await _publish(connection, session, item, is_published=False)
        case _:
            pass


async def _set(connection: Connection, session: UUID, column: str, value: object) -> None:
    await connection.execute(
        f"update steering_session set {column} = $2 where id = $1",  # noqa: S608 (see above)
        session,
        value,
    )


async def _publish(
    connection: Connection, session: UUID, item: UUID, *, is_published: bool
) -> None:
    await connection.execute(
        "update agenda_item set is_published = $3 where session = $1 and item = $2",
        session,
        item,
        is_published,
    )


async def _set_agenda(connection: Connection, session: UUID, event: AgendaEvent) -> None:
    match event:
        case ItemProposed(item=item):
            await connection.execute(
                "insert into agenda_item (session, item, number, kind, title, themes, about)"
                " select $1, $2, coalesce(max(number), 0) + 1, $3, $4, $5, $6"
                " from agenda_item where session = $1",
                session,
                item.item,
                item.kind,
                item.title,
                item.themes,
                item.about,
            )
        case ItemRevised(item=item):
            await connection.execute(
                "update agenda_item set kind = $3, title = $4, themes = $5, about = $6"
                " where session = $1 and item = $2",
                session,
                item.item,
                item.kind,
                item.title,
                item.themes,
                item.about,
            )
        case ItemWithdrawn(item=item):
            await connection.execute(
                "delete from agenda_item where session = $1 and item = $2", session, item
            )
        case AgendaOrdered(items=items):
            await connection.execute(
                "update agenda_item set number = place from unnest($2::uuid[])"
                " with ordinality as ordered (id, place) where session = $1 and item = id",
                session,
                items,
            )
        case AgendaFrozen() | AgendaReopened():
            pass


async def _count(
    connection: Connection, session: UUID, event: VoteTaken | RecommendationMade | VoteAnnulled
) -> None:
    match event:
        case VoteTaken(vote=vote, adopted=adopted):
            decided = Decided.ADOPTED if adopted else Decided.REJECTED
            await _note(connection, session, vote, decided)
        case RecommendationMade(vote=vote, in_favour=in_favour):
            decided = Decided.RECOMMENDED if in_favour else Decided.NOT_RECOMMENDED
            await _note(connection, session, vote, decided)
        case VoteAnnulled(number=number):
            await connection.execute(
                "delete from session_vote where session = $1 and number = $2", session, number
            )


async def _note(connection: Connection, session: UUID, vote: Vote, decided: Decided) -> None:
    await connection.execute(
        "insert into session_vote (session, number, item, alternative, decided, edition, at)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        session,
        vote.number,
        vote.item,
        vote.alternative,
        decided,
        vote.edition,
        vote.at,
    )
