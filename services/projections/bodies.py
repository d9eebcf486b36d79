"""Bodies at a glance: their seats, and who sits on them when."""

from collections.abc import Sequence
from typing import get_args
from uuid import UUID

from domain.steering.body_events import (
    AppointmentEnded,
    BodyEstablished,
    BodyEvent,
    BodyRenamed,
    PersonAppointed,
    SeatCreated,
    SeatEnded,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry


class Bodies:
    """One row for each body, seat and appointment. Rules are read from the log."""

    name = "bodies"
    tables = ("body", "body_seat", "body_appointment")
    topics = tuple(event.TOPIC for event in get_args(BodyEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            await _apply(connection, entry)
        latest = {entry.originator_id: entry for entry in entries}
        await connection.executemany(
            "update body set version = $2, position = $3, changed_at = $4 where id = $1",
            [
                (stream, entry.originator_version, entry.position, entry.recorded_at)
                for stream, entry in latest.items()
            ],
        )


async def _apply(connection: Connection, entry: LogEntry) -> None:
    body = entry.originator_id
    match entry.event:
        case BodyEstablished() as event:
            await connection.execute(
                "insert into body (id, key, title, since, version, position, changed_at)"
                " values ($1, $2, $3, $4, 0, 0, $5)",
                body,
                event.key,
                event.title,
                event.since,
                entry.recorded_at,
            )
        case BodyRenamed(title=title):
            await connection.execute("update body set title = $2 where id = $1", body, title)
        case SeatCreated() as event:
            await connection.execute(
                "insert into body_seat (body, seat, organisation, kind, since, until)"
                " values ($1, $2, $3, $4, $5, $6)",
                body,
                event.seat,
                event.organisation,
                event.kind,
                event.since,
                event.until,
            )
        case SeatEnded() as event:
            await connection.execute(
                "update body_seat set until = $3 where body = $1 and seat = $2",
                body,
                event.seat,
                event.until,
            )
        case PersonAppointed() as event:
            await _appoint(connection, body, event)
        case AppointmentEnded() as event:
            await _end(connection, body, event)
        case _:
            pass


async def _appoint(connection: Connection, body: UUID, event: PersonAppointed) -> None:
    await connection.execute(
        "insert into body_appointment (body, seat, person, capacity, since, until)"
        " values ($1, $2, $3, $4, $5, $6)",
        body,
        event.seat,
        event.person,
        event.capacity,
        event.since,
        event.until,
    )


async def _end(connection: Connection, body: UUID, event: AppointmentEnded) -> None:
    """What never took effect is no longer there."""
    await connection.execute(
        "update body_appointment set until = $6 where body = $1 and seat = $2 and person = $3"
        " and capacity = $4 and since = $5",
        body,
        event.seat,
        event.person,
        event.capacity,
        event.since,
        event.until,
    )
    await connection.execute(
        "delete from body_appointment where body = $1 and seat = $2 and until < since",
        body,
        event.seat,
    )
