"""Who did what when, over all contexts, and the chronicle of what was documented before."""

from collections.abc import Sequence
from typing import Any

from domain.chronicle.entry import EntryDocumented
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

TRAIL = (
    "position",
    "stream",
    "topic",
    "account",
    "organisation",
    "role",
    "occurred_at",
    "recorded_at",
)


class Trail:
    """One row for each event, without its content."""

    name = "trail"
    tables = ("trail", "chronicle")

    topics = None

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        await connection.copy_records_to_table("trail", columns=TRAIL, records=map(_row, entries))
        for entry in entries:
            # Only what is documented is opened: the rest is never decoded.
            if entry.topic == EntryDocumented.TOPIC and isinstance(entry.event, EntryDocumented):
                await _document(connection, entry.position, entry.event)


def _row(entry: LogEntry) -> tuple[Any, ...]:
    metadata = entry.metadata
    return (
        entry.position,
        entry.originator_id,
        entry.topic,
        metadata.account,
        metadata.organisation,
        metadata.role,
        metadata.occurred_at,
        entry.recorded_at,
    )


async def _document(connection: Connection, position: int, event: EntryDocumented) -> None:
    await connection.execute(
        "insert into chronicle"
        " (key, about, occurred_on, title, text, organisations, source, assumed, position)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " on conflict (key) do update set about = $2, occurred_on = $3, title = $4, text = $5,"
        " organisations = $6, source = $7, assumed = $8, position = $9",
        event.key,
        event.about,
        event.occurred_on,
        event.title,
        event.text,
        list(event.organisations),
        event.source,
        event.assumed,
        position,
    )
