"""A view is built again beside the live one, which answers until the new one is in its place."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest

from services.eventstore.database import Connection
from services.eventstore.following import Bell
from services.eventstore.record import LogEntry
from services.projections.projection import Projection
from services.projections.read_models import ReadModels
from services.projections.rebuild import Rebuild, RebuildRunning
from services.projections.record import Trail
from services.projections.runner import ProjectionRunner
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.background import in_background
from tests.support.log import append

ROOT = Path(__file__).parents[3]
SOON = timedelta(milliseconds=20)

REBUILD = """
import asyncio, sys
import asyncpg
from services.eventstore.catalogue import EVENTS
from services.eventstore.mapper import EventMapper
from services.eventstore.store import EventStore
from services.projections.record import Trail
from services.projections.runner import ProjectionRunner

def far(projection, position, head):
    print(position, flush=True)

async def main():
    async with asyncpg.create_pool(sys.argv[1], min_size=3, max_size=3) as pool:
        store = EventStore(pool, EventMapper(EVENTS))
        await ProjectionRunner(pool, store, Trail()).rebuild(far)

asyncio.run(main())
"""


class Gate:
    """A trail that waits in the middle of its rebuild until it is let through."""

    name = "trail"
    tables = Trail.tables
    topics = None

    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.opened = asyncio.Event()

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        self.arrived.set()
        await self.opened.wait()
        await Trail().apply(connection, entries)


async def test_the_live_view_answers_and_goes_on_while_the_new_one_is_built(
    unfollowed: Runtime,
) -> None:
    await append(unfollowed.store, "jobcenter", "a", "b", version=0)
    live = _runner(unfollowed, Trail())
    await live.catch_up()
    gate = Gate()
    async with in_background(_runner(unfollowed, gate).rebuild()) as rebuilding:
        await gate.arrived.wait()
        await append(unfollowed.store, "jobcenter", "c", version=2)
        await live.catch_up()
        assert await _positions(unfollowed) == [1, 2, 3]
        gate.opened.set()
        assert await rebuilding == 3
    assert await _positions(unfollowed) == [1, 2, 3]
    assert await live.position() == 3
    assert await _leftovers(unfollowed) == []


async def test_readers_and_writers_notice_nothing_of_a_swap(
    unfollowed: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, SOON)
    live = _runner(unfollowed, Trail())
    ended = asyncio.Event()

    async def read_again_and_again() -> int:
        times, least = 0, 0
        while not ended.is_set():
            rows = await unfollowed.pool.fetch(
                "select position from trail left join chronicle using (position) order by 1"
            )
            positions = [row["position"] for row in rows]
            # Neither a hole nor a step back.
            assert positions == list(range(1, len(positions) + 1))
            assert len(positions) >= least
            least = len(positions)
            times += 1
        return times

    async def append_again_and_again() -> int:
        version = 0
        while not ended.is_set():
            await append(unfollowed.store, "jobcenter", "a", version=version)
            version += 1
            # Without a pause the log grows until each read is longer than a rebuild waits.
            await asyncio.sleep(0.002)
        return version

    models = ReadModels(unfollowed.pool, unfollowed.store, [live], bell, patience=5)
    async with in_background(bell.listen()), in_background(models.run()):
        readers = [asyncio.create_task(read_again_and_again()) for _ in range(3)]
        writer = asyncio.create_task(append_again_and_again())
        for _ in range(5):
            await asyncio.sleep(0.05)
            await _runner(unfollowed, Trail()).rebuild()
        ended.set()
        assert all(await asyncio.gather(*readers))
        written = await writer
        async with asyncio.timeout(20):
            while await live.position() < written:  # noqa: ASYNC110 (the view has no event for it)
                await asyncio.sleep(0.01)
        assert live.stuck is None
    assert await _positions(unfollowed) == list(range(1, written + 1))


async def test_a_reader_that_holds_the_live_view_is_waited_for(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    async with unfollowed.pool.acquire() as connection, connection.transaction():
        await connection.fetch("select * from trail")
        rebuilding = asyncio.create_task(_runner(unfollowed, Trail()).rebuild())
        await append(unfollowed.store, "jobcenter", "b", version=1)
        await asyncio.sleep(1)
        assert not rebuilding.done()
        # Others do not queue behind the one who waits, or not for long.
        async with asyncio.timeout(1):
            await unfollowed.pool.fetch("select * from trail")
    assert await rebuilding == 2
    assert await _positions(unfollowed) == [1, 2]


async def test_a_second_rebuild_says_that_one_is_running(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    gate = Gate()
    async with in_background(_runner(unfollowed, gate).rebuild()) as rebuilding:
        await gate.arrived.wait()
        with pytest.raises(RebuildRunning):
            await _runner(unfollowed, Trail()).rebuild()
        gate.opened.set()
        assert await rebuilding == 1


async def test_a_rebuild_that_breaks_leaves_the_live_view_and_nothing_else(
    unfollowed: Runtime,
) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    await _runner(unfollowed, Trail()).catch_up()

    class Broken(Trail):
        async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
            await super().apply(connection, entries)
            raise LookupError(entries[0].position)

    with pytest.raises(LookupError):
        await _runner(unfollowed, Broken()).rebuild()
    gate = Gate()
    stopped = asyncio.create_task(_runner(unfollowed, gate).rebuild())
    await gate.arrived.wait()
    stopped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopped
    assert await _positions(unfollowed) == [1]
    assert await _leftovers(unfollowed) == []


async def test_a_rebuild_whose_connection_is_cut_leaves_the_live_view_and_can_begin_again(
    unfollowed: Runtime,
) -> None:
    await append(unfollowed.store, "jobcenter", "a", "b", version=0)
    await _runner(unfollowed, Trail()).catch_up()
    gate = Gate()
    cut = asyncio.create_task(_runner(unfollowed, gate).rebuild())
    await gate.arrived.wait()
    await unfollowed.pool.execute(
        "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    gate.opened.set()
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await cut
    assert await _positions(unfollowed) == [1, 2]
    assert await _runner(unfollowed, Trail()).rebuild() == 2
    assert await _positions(unfollowed) == [1, 2]
    assert await _leftovers(unfollowed) == []


async def test_a_killed_rebuild_leaves_the_live_view_and_can_begin_again(
    unfollowed: Runtime, database_url: str
) -> None:
    for version in range(0, 6000, 500):
        await append(unfollowed.store, "jobcenter", *["a"] * 500, version=version)
    await _runner(unfollowed, Trail()).catch_up()
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", REBUILD, database_url, stdout=PIPE, cwd=ROOT
    )
    assert killed.stdout is not None
    assert int(await killed.stdout.readline()) < 6000
    os.kill(killed.pid, signal.SIGKILL)
    await killed.wait()
    assert await _positions(unfollowed) == list(range(1, 6001))
    # The server notices soon that nobody is there any more.
    async with asyncio.timeout(10):
        while True:
            try:
                assert await _runner(unfollowed, Trail()).rebuild() == 6000
            except RebuildRunning:
                await asyncio.sleep(0.05)
            else:
                break
    assert await _positions(unfollowed) == list(range(1, 6001))
    assert await _leftovers(unfollowed) == []


async def test_the_new_tables_have_the_form_of_the_old_ones_also_after_several_rebuilds(
    unfollowed: Runtime,
) -> None:
    await unfollowed.pool.execute(f"grant select on trail to {READER}, public")
    before = await _form(unfollowed)
    for _ in range(2):
        await unfollowed.read_models.rebuild()
    assert await _form(unfollowed) == before


async def test_a_rebuild_leaves_no_setting_and_no_lock_in_the_connections_of_others(
    settings: Settings, database_url: str
) -> None:
    small = msgspec.structs.replace(settings, database_pool_size=2)
    async with running(small, database_url) as runtime:
        await append(runtime.store, "jobcenter", "a", version=0)
        await runtime.read_models.rebuild()
        for _ in range(2):
            async with runtime.pool.acquire() as one, runtime.pool.acquire() as other:
                for connection in (one, other):
                    assert await connection.fetchval("show synchronous_commit") == "on"
                    assert "rebuild" not in await connection.fetchval("show search_path")
        held = "select count(*) from pg_locks where locktype = 'advisory' and database ="
        here = "(select oid from pg_database where datname = current_database())"
        assert await runtime.pool.fetchval(f"{held} {here}") == 0


async def test_progress_is_told_up_to_the_head(unfollowed: Runtime) -> None:
    for version in range(0, 1500, 500):
        await append(unfollowed.store, "jobcenter", *["a"] * 500, version=version)
    told: list[tuple[str, int, int]] = []

    def note(projection: str, position: int, head: int) -> None:
        told.append((projection, position, head))

    await Rebuild(unfollowed.pool, unfollowed.store, Trail()).run(note)
    assert told == [("trail", position, 1500) for position in (500, 1000, 1500)]


READER = "pg_monitor"
"""Some role that is not the owner and always there."""


def _runner(runtime: Runtime, projection: Projection) -> ProjectionRunner:
    return ProjectionRunner(runtime.pool, runtime.store, projection)


async def _positions(runtime: Runtime) -> list[int]:
    rows = await runtime.pool.fetch("select position from trail order by position")
    return [row["position"] for row in rows]


async def _leftovers(runtime: Runtime) -> list[str]:
    rows = await runtime.pool.fetch(
        "select nspname as name from pg_namespace where nspname like 'rebuild%'"
        " union all select name from tracking where name like '%rebuild%'"
    )
    return [row["name"] for row in rows]


async def _form(runtime: Runtime) -> list[str]:
    """Columns, constraints, indexes and grants, all by their names."""
    rows = await runtime.pool.fetch(
        "select format('%s %s %s %s %s', table_name, column_name, data_type, is_nullable,"
        " column_default) as form from information_schema.columns where table_schema = 'public'"
        " union all select format('%s %s %s', conrelid::regclass, conname,"
        " pg_get_constraintdef(oid)) from pg_constraint where conrelid <> 0"
        " and connamespace = 'public'::regnamespace"
        " union all select indexdef from pg_indexes where schemaname = 'public'"
        " union all select format('%s %s', oid::regclass, relacl) from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind = 'r'"
        " order by 1"
    )
    return [row["form"] for row in rows]
