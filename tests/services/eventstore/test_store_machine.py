"""The store beside a model of it: whatever is asked in whatever order, both say the same."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple, TypeVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from eventsourcing.persistence import IntegrityError
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,  # pyright: ignore[reportUnknownVariableType]
)

from domain.concepts.events import ConceptWithdrawn
from domain.directory.commands import organisation_id
from domain.directory.events import OrganisationRenamed
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import DATABASE_AWAY
from services.eventstore.following import Bell, Subscription
from services.eventstore.group_commit import Receipt
from services.eventstore.mapper import EventMapper
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from tests.support.log import append, name_of

T = TypeVar("T")

BELL = Bell("postgresql://127.0.0.1:1/nowhere", timedelta(milliseconds=10))
KEYS = ["jobcenter", "caritas", "kammer"]

keys = st.sampled_from(KEYS)
names = st.lists(st.text("abc", min_size=1, max_size=3), max_size=3)
away = st.sampled_from([-2, -1, 1, 2])


class Done(NamedTuple):
    """A command that got its receipt."""

    key: str
    names: list[str]
    receipt: Receipt


class StoreMachine(RuleBasedStateMachine):
    """Each run writes to streams of its own, in a log that the runs before have written to."""

    database_url: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.Runner()
        self._pool = self._do(_pool(self.database_url))
        self._store = EventStore(self._pool, EventMapper(EVENTS))
        self._run = uuid4().hex
        self._start = self._do(self._store.head())
        self._subscription = Subscription(self._store, BELL, self._start)
        self._log: list[tuple[str, str]] = []
        self._done: list[Done] = []

    def teardown(self) -> None:
        self._do(self._pool.close())
        self._loop.close()

    @rule(key=keys, names=names)
    def append(self, key: str, names: list[str]) -> None:
        head, version = self._head(), self._version(key)
        receipt = self._append(key, names, version)
        assert (receipt.first, receipt.last) == (head + 1, head + len(names))
        assert receipt.version == version + len(names)
        self._log += [(key, name) for name in names]
        self._done.append(Done(key, names, receipt))

    @rule(key=keys, names=names, by=away)
    def append_to_another_version(self, key: str, names: list[str], by: int) -> None:
        with pytest.raises(IntegrityError):
            self._append(key, names, self._version(key) + by)

    @precondition(lambda self: self._done)
    @rule(data=st.data(), version=st.integers(0, 9))
    def send_again(self, data: st.DataObject, version: int) -> None:
        done = data.draw(st.sampled_from(self._done))
        command = done.receipt.command
        assert self._append(done.key, done.names, version, command) == done.receipt
        assert self._do(self._store.receipt(command)) == done.receipt

    @rule(key=keys, data=st.data())
    def load_as_of_a_position(self, key: str, data: st.DataObject) -> None:
        length = data.draw(st.integers(0, len(self._log)))
        until = Moment(position=self._start + length)
        entries = self._do(self._store.load(self._stream(key), until))
        assert [name_of(entry) for entry in entries] == self._names(key, length)

    @rule(data=st.data(), limit=st.integers(1, 5))
    def read_a_piece(self, data: st.DataObject, limit: int) -> None:
        skipped = data.draw(st.integers(0, len(self._log)))
        entries = self._do(self._store.read(self._start + skipped, limit=limit))
        expected = [name for _, name in self._log[skipped : skipped + limit]]
        assert [name_of(entry) for entry in entries] == expected

    @rule(key=keys, names=names, moment=st.floats(0, 0.003))
    def crash_while_appending(self, key: str, names: list[str], moment: float) -> None:
        """Whether it was recorded nobody knows; sent again, it is, and only once."""
        head, version, command = self._head(), self._version(key), uuid4()
        self._do(self._append_and_crash(key, names, version, command, moment))
        receipt = self._append(key, names, version, command)
        assert (receipt.first, receipt.last) == (head + 1, head + len(names))
        self._log += [(key, name) for name in names]
        self._done.append(Done(key, names, receipt))

    @rule(data=st.data(), limit=st.integers(1, 4))
    def subscribe(self, data: st.DataObject, limit: int) -> None:
        skipped = data.draw(st.integers(0, len(self._log)))
        topics = data.draw(st.sampled_from([None, [OrganisationRenamed.TOPIC]]))
        after = self._start + skipped
        subscription = Subscription(self._store, BELL, after, topics, limit=limit)
        assert self._read_on(subscription) == self._log[skipped:]

    @rule()
    def read_on(self) -> None:
        """One subscription goes through the whole run, whatever happens in between."""
        read = self._subscription.position - self._start
        assert self._read_on(self._subscription) == self._log[read:]

    @rule()
    def look_for_a_topic_that_is_not_there(self) -> None:
        subscription = Subscription(self._store, BELL, self._start, [ConceptWithdrawn.TOPIC])
        assert self._read_on(subscription) == []
        assert subscription.position == self._head()

    @invariant()
    def the_log_is_what_was_appended(self) -> None:
        entries = self._do(self._store.read(self._start))
        streams = [self._stream(key) for key, _ in self._log]
        assert [entry.originator_id for entry in entries] == streams
        assert [name_of(entry) for entry in entries] == [name for _, name in self._log]
        assert [e.position for e in entries] == list(range(self._start + 1, self._head() + 1))
        assert self._do(self._store.head()) == self._head()

    def _append(
        self, key: str, names: list[str], version: int, command: UUID | None = None
    ) -> Receipt:
        key = self._run + key
        return self._do(append(self._store, key, *names, version=version, command=command))

    async def _append_and_crash(
        self, key: str, names: list[str], version: int, command: UUID, moment: float
    ) -> None:
        """Cut the store's connections at some moment of the append."""
        appending = asyncio.create_task(
            append(self._store, self._run + key, *names, version=version, command=command)
        )
        await asyncio.sleep(moment)
        await _cut_all_connections(self.database_url)
        with suppress(*DATABASE_AWAY):
            await appending
        await _until_back(self._store)

    def _read_on(self, subscription: Subscription) -> list[tuple[str, str]]:
        """What the subscription gives up to the head: of each entry the key and the name."""
        keys = {self._stream(key): key for key in KEYS}
        entries: list[LogEntry] = []
        while subscription.position < self._head():
            entries += self._do(subscription.next())
        return [(keys[entry.originator_id], name_of(entry)) for entry in entries]

    def _head(self) -> int:
        return self._start + len(self._log)

    def _version(self, key: str) -> int:
        return len(self._names(key, len(self._log)))

    def _names(self, key: str, length: int) -> list[str]:
        return [name for stream, name in self._log[:length] if stream == key]

    def _stream(self, key: str) -> UUID:
        return organisation_id(self._run + key)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(work)


@pytest.mark.usefixtures("head")
async def test_the_store_and_its_model_agree(database_url: str) -> None:
    class Machine(StoreMachine):
        pass

    Machine.database_url = database_url
    short = settings(max_examples=15, stateful_step_count=20, deadline=None)
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=short)


async def _pool(database_url: str) -> "asyncpg.Pool[asyncpg.Record]":
    return await asyncpg.create_pool(database_url, min_size=1, max_size=1)


async def _cut_all_connections(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "select pg_terminate_backend(pid, 1000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


async def _until_back(store: EventStore) -> None:
    """A cut connection is noticed when it is used."""
    while True:
        try:
            await store.head()
        except DATABASE_AWAY:
            await asyncio.sleep(0.001)
        else:
            return
