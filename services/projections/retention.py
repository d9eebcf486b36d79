"""The cases of the retention plan at a glance, and the holds there are."""

from collections.abc import Sequence
from typing import assert_never, get_args
from uuid import UUID

from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased, SubjectEvent
from domain.retention.events import (
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
    RetentionEvent,
)
from domain.retention.file import FileEvent
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

STAGE_AFTER: dict[type[FileEvent], str] = {
    ArchiveOffered: "offered",
    ArchiveAnswered: "answered",
    ErasureConfirmed: "confirmed",
    SubjectErased: "erased",
}


class Retention:
    """One row for each person with a proposal or a hold, and one for each hold."""

    name = "retention"
    tables = ("retention_case", "legal_hold")
    topics = tuple(event.TOPIC for event in get_args(SubjectEvent | RetentionEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            event = entry.event
            if isinstance(event, SubjectEvent | RetentionEvent):
                await _apply(connection, entry, event)
                await _mark(connection, entry, event.subject)


async def _apply(connection: Connection, entry: LogEntry, event: FileEvent) -> None:
    person = event.subject
    match event:
        case ErasureProposed():
            await _propose(connection, entry, event)
        case HoldPlaced():
            await _place_hold(connection, entry, event)
        case HoldLifted(hold=hold):
            await connection.execute(
                "delete from legal_hold where person = $1 and hold = $2", person, hold
            )
        case ErasurePostponed(until=until):
            await connection.execute(
                "update retention_case set postponed_until = $2 where person = $1", person, until
            )
        case ProposalWithdrawn(is_not_due=is_not_due):
            await connection.execute(
                "update retention_case set stage = $2, postponed_until = null, answer_due = null,"
                " answer = null where person = $1",
                person,
                "not-proposed" if is_not_due else "withdrawn",
            )
        case ArchiveOffered() | ArchiveAnswered() | ErasureConfirmed() | SubjectErased():
            await _enter(connection, event)
        case _:
            assert_never(event)


async def _propose(connection: Connection, entry: LogEntry, event: ErasureProposed) -> None:
    await connection.execute(
        "insert into retention_case"
        " (person, stage, retention_class, closed_on, due, version, position, changed_at)"
        " values ($1, 'proposed', $2, $3, $4, 0, 0, $5)"
        " on conflict (person) do update set stage = 'proposed', retention_class = $2,"
        " closed_on = $3, due = $4, postponed_until = null, answer_due = null, answer = null",
        event.subject,
        event.retention_class.key,
        event.closed_on,
        event.due,
        entry.recorded_at,
    )


async def _place_hold(connection: Connection, entry: LogEntry, event: HoldPlaced) -> None:
    await connection.execute(
        "insert into retention_case (person, stage, version, position, changed_at)"
        " values ($1, 'not-proposed', 0, 0, $2) on conflict do nothing",
        event.subject,
        entry.recorded_at,
    )
    await connection.execute(
        "insert into legal_hold (person, hold, position, placed_at) values ($1, $2, $3, $4)",
        event.subject,
        event.hold,
        entry.position,
        entry.recorded_at,
    )


async def _enter(
    connection: Connection,
    event: ArchiveOffered | ArchiveAnswered | ErasureConfirmed | SubjectErased,
) -> None:
    """The next stage. Whoever is erased outside the plan has no row, and none is made."""
    await connection.execute(
        "update retention_case set stage = $2, answer_due = coalesce($3, answer_due),"
        " answer = coalesce($4, answer) where person = $1",
        event.subject,
        STAGE_AFTER[type(event)],
        event.answer_due if isinstance(event, ArchiveOffered) else None,
        event.answer if isinstance(event, ArchiveAnswered) else None,
    )


async def _mark(connection: Connection, entry: LogEntry, person: UUID) -> None:
    await connection.execute(
        "update retention_case set version = $2, position = $3, changed_at = $4 where person = $1",
        person,
        entry.originator_version,
        entry.position,
        entry.recorded_at,
    )
