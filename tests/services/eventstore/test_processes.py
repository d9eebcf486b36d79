"""Several processes write at once; some are killed, some of their transactions are rolled back."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from services.eventstore.following import Bell
from services.eventstore.record import LogEntry
from services.runtime import Runtime
from tests.support.log import append
from tests.support.tailing import Tail, listening, tailing

ROOT = Path(__file__).parents[3]
APPENDS = 40
KILL_AFTER = 25
SOON = timedelta(milliseconds=50)

FAIL_SOME_COMMITS = """
    create function fail_sometimes() returns trigger language plpgsql as $$
    begin
        if random() < 0.1 then raise exception 'a commit fails'; end if;
        return null;
    end $$;
    create constraint trigger fails_sometimes after insert on receipt
        deferrable initially deferred for each row execute function fail_sometimes();
"""


async def test_processes_that_write_at_once_leave_no_hole_no_reorder_and_no_duplicate(
    unfollowed: Runtime, database_url: str
) -> None:
    await unfollowed.pool.execute(FAIL_SOME_COMMITS)
    store = unfollowed.store
    bell, deaf = Bell(database_url, SOON), Bell(database_url, SOON / 10)
    async with (
        listening(bell),
        tailing(store, bell) as woken,
        tailing(store, deaf) as looking,
    ):
        writers = [await _writer(database_url, seed) for seed in range(4)]
        recorded = await asyncio.gather(
            *(_finish(writer) for writer in writers[:2]), *(_kill(w) for w in writers[2:])
        )
        # A process that was killed starts again with the same commands.
        again = [await _writer(database_url, seed) for seed in (2, 3)]
        recorded += await asyncio.gather(*map(_finish, again))
        head = await store.head()
        for tail in (woken, looking):
            await tail.until(head)
            _assert_in_order(tail, head)
        assert await _count_of_log(unfollowed) == (head, head)
        _assert_each_once(woken.seen, recorded)
        _assert_streams_are_whole(woken.seen)


async def test_a_command_sent_by_several_processes_is_recorded_once(
    unfollowed: Runtime, database_url: str
) -> None:
    writers = [await _writer(database_url, 7) for _ in range(3)]
    receipts = await asyncio.gather(*map(_finish, writers))
    assert receipts[0] == receipts[1] == receipts[2]
    _assert_each_once(await _whole_log(unfollowed), receipts[:1])


async def test_a_killed_process_does_not_hold_up_the_others(
    unfollowed: Runtime, database_url: str
) -> None:
    await _kill(await _writer(database_url, 11))
    async with asyncio.timeout(5):
        await append(unfollowed.store, "jobcenter", "a", version=0)


Acknowledged = dict[UUID, tuple[int, int]]
"""The commands that got their receipt, with the positions it names."""


async def _writer(database_url: str, seed: int) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.log_writer",
        database_url,
        str(seed),
        str(APPENDS),
        stdout=PIPE,
        cwd=ROOT,
    )


async def _finish(writer: Process) -> Acknowledged:
    output, _ = await writer.communicate()
    assert writer.returncode == 0
    return _acknowledged(output)


async def _kill(writer: Process) -> Acknowledged:
    """Kill it in the middle of its work."""
    assert writer.stdout is not None
    lines = [await writer.stdout.readline() for _ in range(KILL_AFTER)]
    writer.kill()
    rest, _ = await writer.communicate()
    assert writer.returncode == -9
    whole = rest[: rest.rfind(b"\n") + 1]
    return _acknowledged(b"".join(lines) + whole)


def _acknowledged(output: bytes) -> Acknowledged:
    rows = [line.split() for line in output.decode().splitlines()]
    return {UUID(command): (int(first), int(last)) for command, first, last in rows}


def _assert_in_order(tail: Tail, head: int) -> None:
    assert tail.positions == list(range(1, head + 1))
    assert all(one.recorded_at <= next_.recorded_at for one, next_ in pairwise(tail.seen))


def _assert_each_once(log: Sequence[LogEntry], recorded: Sequence[Acknowledged]) -> None:
    """Every command that got a receipt is where the receipt says, and nowhere else."""
    places: dict[UUID, list[int]] = {}
    for entry in log:
        places.setdefault(entry.metadata.command, []).append(entry.position)
    for acknowledged in recorded:
        for command, (first, last) in acknowledged.items():
            assert places[command] == list(range(first, last + 1))


def _assert_streams_are_whole(log: Sequence[LogEntry]) -> None:
    seen: Counter[UUID] = Counter()
    for entry in log:
        seen[entry.originator_id] += 1
        assert entry.originator_version == seen[entry.originator_id]


async def _count_of_log(runtime: Runtime) -> tuple[int, int]:
    row = await runtime.pool.fetchrow("select max(position), count(*) from event")
    assert row is not None
    return row[0], row[1]


async def _whole_log(runtime: Runtime) -> list[LogEntry]:
    return await runtime.store.read(0, limit=10_000)
