"""What becomes of classes in rounds, gathered over a batch of events and written at once."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from domain.assessments.events_class import (
    ClassReleased,
    ClassReopened,
    ClassSubmitted,
    ResultRecorded,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

SITTING_TOPICS = frozenset(
    event.TOPIC for event in (ResultRecorded, ClassSubmitted, ClassReopened, ClassReleased)
)

RECORDED = """
    insert into class_sitting (class, round, position, results)
    select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::int[])
    on conflict (class, round) do update set position = excluded.position,
        results = class_sitting.results + excluded.results
"""
SUBMITTED = """
    insert into class_sitting (class, round, position, submitted)
    select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::boolean[])
    on conflict (class, round) do update set position = excluded.position,
        submitted = excluded.submitted
"""
RELEASED = """
    insert into class_sitting (class, round, position, assessed, released)
    select *, true from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::int[])
    on conflict (class, round) do update set position = excluded.position,
        assessed = excluded.assessed, released = true
"""


class Sittings:
    """By class and round. The results of a morning come by the thousand, one event each."""

    def __init__(self) -> None:
        self._results: Counter[tuple[UUID, UUID]] = Counter()
        self._submitted: dict[tuple[UUID, UUID], bool] = {}
        self._assessed: dict[tuple[UUID, UUID], int] = {}
        self._positions: dict[tuple[UUID, UUID], int] = {}

    def note(self, entry: LogEntry) -> None:
        match event := entry.event:
            case ResultRecorded():
                self._results[event.training_class, event.round] += 1
            case ClassSubmitted() | ClassReopened():
                is_submitted = isinstance(event, ClassSubmitted)
                self._submitted[event.training_class, event.round] = is_submitted
            case ClassReleased():
                self._assessed[event.training_class, event.round] = event.assessed
            case _:
                return
        self._positions[event.training_class, event.round] = entry.position

    async def write(self, connection: Connection) -> None:
        await self._put(connection, RECORDED, self._results)
        await self._put(connection, SUBMITTED, self._submitted)
        await self._put(connection, RELEASED, self._assessed)

    async def _put(
        self, connection: Connection, statement: str, values: Mapping[tuple[UUID, UUID], int]
    ) -> None:
        if values:
            classes, rounds = zip(*values, strict=True)
            positions = [self._positions[key] for key in values]
            await connection.execute(statement, classes, rounds, positions, list(values.values()))
