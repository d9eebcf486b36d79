"""Votes in writing at a glance: which seats were asked, have voted, or will not."""

from typing import TypeAlias
from uuid import UUID

from domain.steering.session_events import AbsenceAnnounced, AbsenceWithdrawn, SessionMoved
from domain.steering.session_held_events import (
    BallotCast,
    CircularOpened,
    ConflictDeclared,
    ConflictLifted,
    SessionClosed,
)
from services.eventstore.database import Connection

BallotEvent: TypeAlias = (
    AbsenceAnnounced
    | AbsenceWithdrawn
    | SessionMoved
    | CircularOpened
    | ConflictDeclared
    | ConflictLifted
    | BallotCast
    | SessionClosed
)

TABLES = ("ballot_asked", "announced_absence")


async def note_ballots(connection: Connection, session: UUID, event: BallotEvent) -> None:
    """Keep up who still has to vote on what."""
    match event:
        case CircularOpened(seats=seats):
            await connection.execute(
                "insert into ballot_asked (session, item, seat) select session, item, seat"
                " from agenda_item cross join unnest($2::text[]) as asked (seat)"
                " where session = $1",
                session,
                seats,
            )
        case ConflictDeclared() | ConflictLifted():
            await connection.execute(
                "update ballot_asked set is_conflicted = $4"
                " where session = $1 and item = $2 and seat = $3",
                session,
                event.item,
                event.seat,
                isinstance(event, ConflictDeclared),
            )
        case BallotCast():
            await connection.execute(
                "update ballot_asked set has_voted = true"
                " where session = $1 and item = $2 and seat = $3",
                session,
                event.item,
                event.seat,
            )
        case SessionClosed():
            await connection.execute("delete from ballot_asked where session = $1", session)
        case _:
            await _note_absence(connection, session, event)


async def _note_absence(
    connection: Connection, session: UUID, event: AbsenceAnnounced | AbsenceWithdrawn | SessionMoved
) -> None:
    match event:
        case AbsenceAnnounced(seat=seat):
            await connection.execute(
                "insert into announced_absence (session, seat) values ($1, $2)"
                " on conflict do nothing",
                session,
                seat,
            )
        case AbsenceWithdrawn(seat=seat):
            await connection.execute(
                "delete from announced_absence where session = $1 and seat = $2", session, seat
            )
        case SessionMoved(invitation_stands=stands):
            await connection.execute(
                "delete from announced_absence where session = $1 and not $2", session, stands
            )
