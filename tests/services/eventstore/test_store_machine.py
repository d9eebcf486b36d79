"""The store beside a model of it: whatever is asked in whatever order, both say the same."""

import asyncio
from collections.abc import Coroutine
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

from domain.directory.commands import organisation_id
from services.eventstore.catalogue import EVENTS
from services.eventstore.record import EventMapper
from services.eventstore.store import EventStore, Moment, Receipt
from tests.support.log import append, name_of

T = TypeVar("T")

keys = st.sampled_from(["jobcenter", "caritas", "kammer"])
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


async def test_the_store_and_its_model_agree(database_url: str) -> None:
    class Machine(StoreMachine):
        pass

    Machine.database_url = database_url
    short = settings(max_examples=15, stateful_step_count=20, deadline=None)
    await asyncio.to_thread(run_state_machine_as_test, Machine, settings=short)


async def _pool(database_url: str) -> "asyncpg.Pool[asyncpg.Record]":
    return await asyncpg.create_pool(database_url, min_size=1, max_size=1)
