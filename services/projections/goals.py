"""School years that have goals, and whether they are closed; what was counted is in the log."""

from collections.abc import Mapping, Sequence
from typing import get_args

from domain.goals.events import GoalSet, YearClosed, YearEvent, YearReopened
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

STAGE_AFTER: Mapping[type[YearEvent], str] = {
    GoalSet: "running",
    YearClosed: "closed",
    YearReopened: "running",
}

FOLLOW = """
    insert into school_year (id, school_year, stage, version, position, changed_at)
    values ($1, $2, coalesce($3, 'running'), $4, $5, $6)
    on conflict (id) do update
        set stage = coalesce($3, school_year.stage), version = excluded.version,
            position = excluded.position, changed_at = excluded.changed_at
"""


class GoalYears:
    """A row for each school year."""

    name = "goals"
    tables = ("school_year",)
    topics = tuple(event.TOPIC for event in get_args(YearEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        rows = [
            (
                entry.originator_id,
                entry.event.school_year,
                STAGE_AFTER.get(type(entry.event)),
                entry.originator_version,
                entry.position,
                entry.recorded_at,
            )
            for entry in entries
            if isinstance(entry.event, YearEvent)
        ]
        await connection.executemany(FOLLOW, rows)
