"""The event store: append with expected version and command id, load, and read the log in order."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec

from domain.kernel import Erased, Event
from services.eventstore.database import Connection, Pool
from services.eventstore.group_commit import GroupCommit, Receipt, earlier_receipts
from services.eventstore.mapper import EventMapper
from services.eventstore.record import LogEntry, Recorded
from services.privacy.box import NO_KEYS, Keys
from services.privacy.master import MasterKeyTrouble
from services.privacy.subject_keys import SubjectKeys, check_not_erased
from services.together import Together

CHANNEL = "kreislauf_log"
"""NOTIFY goes here with every append; the payload is the new head."""

BATCH = 500

ONWARDS = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where position > $1 order by position limit $2
"""

OF_A_STREAM = """
    select position, originator_id, originator_version, topic, state, recorded_at from event
    where originator_id = $1 and position <= coalesce($2, position)
        and recorded_at <= coalesce($3, recorded_at)
    order by originator_version
"""

ONWARDS_OF_TOPICS = """
    select entry.* from (
        select found.position
        from (select distinct unnest($3::text[])) as wanted (topic), lateral (
            select position from event
            where (event.topic, position) > (wanted.topic, $1)
                and (event.topic, position) <= (wanted.topic, 9223372036854775807)
            order by event.topic, position limit $2
        ) as found
        order by found.position limit $2
    ) as onwards, lateral (
        select * from event where event.position = onwards.position offset 0
    ) as entry
    order by entry.position
"""
"""Each topic by its own part of the index, so that a rare one is found without looking far.

Comparing rows and `offset 0` leave the planner no other way, whatever it thinks of the topics.
"""


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Up to where to look: a log position, a time of recording, a time of happening; or all."""

    position: int | None = None
    recorded_by: datetime | None = None
    occurred_by: datetime | None = None

    def has(self, entry: LogEntry) -> bool:
        """Whether the entry was there by then."""
        return (
            (self.position is None or entry.position <= self.position)
            and (self.recorded_by is None or entry.recorded_at <= self.recorded_by)
            and (self.occurred_by is None or entry.metadata.occurred_at <= self.occurred_by)
        )


NOW = Moment()


class EventStore:
    """One ordered log without holes in PostgreSQL, written by any number of processes.

    An append takes the lock on the head of the log, so positions are given in the order of
    commits and a rolled back append leaves no hole. Appends that come together share it.
    """

    def __init__(self, pool: Pool, mapper: EventMapper, people: SubjectKeys | None = None) -> None:
        """Without `people` nothing personal is written or read."""
        self._pool = pool
        self._mapper = mapper
        self._people = people
        self._group = GroupCommit(pool)
        self._keys: Together[UUID, bytes | Erased] = Together(self._make_keys)

    async def append(
        self,
        events: Sequence[Recorded],
        *,
        command: UUID,
        digest: bytes,
        stream: UUID,
        version: int,
        still_so: Callable[[], Awaitable[None]] | None = None,
    ) -> Receipt:
        """Record the events of one command on its stream, which has this version, and its receipt.

        `still_so` is asked while keys are looked for, and raises if nothing is to be recorded.
        A command id that was seen before gives its earlier receipt and records nothing.
        Raises IntegrityError if the stream has gone on in the meantime, SubjectIsErased if the
        events say something personal about someone whose data were erased.
        """
        people = self._mapper.about(events)
        asked = self._ask_for_keys(people) if people else None
        if still_so is not None:
            try:
                await still_so()
            except BaseException:
                if asked is not None:
                    asked.cancel()
                raise
        keys = NO_KEYS
        if asked is not None:
            keys = await asked
            check_not_erased(people, keys)
        stored = [self._mapper.to_stored_event(event, keys) for event in events]  # pyright: ignore[reportArgumentType]  (the protocol asks for writable attributes)
        return await self._group.append(
            stored, command=command, digest=digest, stream=stream, version=version
        )

    async def receipt(self, command: UUID) -> Receipt | None:
        """The outcome of a command if it was seen before."""
        async with self._pool.acquire() as connection:
            return (await earlier_receipts(connection, [command])).get(command)

    async def load(self, stream: UUID, until: Moment = NOW) -> list[LogEntry]:
        """The events of a stream in order, as far as they were there at the moment."""
        rows = await self._pool.fetch(OF_A_STREAM, stream, until.position, until.recorded_by)
        entries = await self.entries(rows)
        if until.occurred_by is None:
            return entries
        return [entry for entry in entries if entry.metadata.occurred_at <= until.occurred_by]

    async def read(
        self,
        after: int,
        *,
        topics: Sequence[str] | None = None,
        limit: int = BATCH,
        connection: Connection | None = None,
    ) -> list[LogEntry]:
        """The log in order after a position, so many entries at most, of these topics if named.

        Whoever reads inside a transaction passes its connection: waiting for a second one while
        holding the first could wait for ever.
        """
        asked = connection or self._pool
        if topics is None:
            rows = await asked.fetch(ONWARDS, after, limit)
        else:
            rows = await asked.fetch(ONWARDS_OF_TOPICS, after, limit, topics)
        return await self.entries(rows, connection)

    async def at(self, positions: Sequence[int]) -> list[LogEntry]:
        """The entries at these positions, in order."""
        rows = await self._pool.fetch(
            "select * from event where position = any($1) order by position", positions
        )
        return await self.entries(rows)

    async def of_topics(self, streams: Sequence[UUID], topics: Sequence[str]) -> list[LogEntry]:
        """The entries of these streams that are of these topics, in order."""
        rows = await self._pool.fetch(
            "select position, originator_id, originator_version, topic, state, recorded_at"
            " from event where originator_id = any($1) and topic = any($2) order by position",
            streams,
            topics,
        )
        return await self.entries(rows)

    async def head(self, *, connection: Connection | None = None) -> int:
        """The position of the last event; 0 for an empty log."""
        asked = connection or self._pool
        head: int = await asked.fetchval("select position from log_head")
        return head

    async def knows(self, person: UUID) -> bool:
        """Whether something personal is or was kept under this id."""
        known: bool = await self._pool.fetchval(
            "select exists (select from subject_key where subject = $1)"
            # What was recorded before there were keys is in the person's own stream.
            " or exists (select from event where originator_id = $1 and topic = any($2))",
            person,
            self._mapper.personal_topics,
        )
        return known

    def _ask_for_keys(self, people: set[UUID]) -> asyncio.Future[Keys]:
        if self._people is None:
            raise MasterKeyTrouble("What is personal cannot be recorded without a master key.")
        return self._keys.ask_all(people)

    async def _make_keys(self, people: Collection[UUID]) -> Keys:
        assert self._people is not None, "just looked"
        return await self._people.made(self._pool, people)

    async def entries(
        self, rows: Sequence[asyncpg.Record], connection: Connection | None = None
    ) -> list[LogEntry]:
        """Rows of the table `event` as entries."""
        keys: dict[UUID, bytes | Erased] = {}
        people: set[UUID] = set()
        entries = [self._mapper.to_entry(row, keys, people) for row in rows]
        if people and self._people is not None:
            keys.update(await self._people.to_read(connection or self._pool, people))
        return entries

    def events(self, stream: UUID, rows: Iterable[asyncpg.Record]) -> Iterator[Event]:
        """Only the events of a stream in which nothing is personal, which is all a fold needs.

        Rows: `originator_version`, `topic`, `state`.
        """
        return (self._mapper.to_event(stream, row) for row in rows)

    def closed_events(self, stream: UUID, rows: Iterable[asyncpg.Record]) -> Iterator[Event]:
        """The same without anybody's key: what is encrypted reads as if it were erased."""
        return (self._mapper.to_closed_event(stream, row) for row in rows)
