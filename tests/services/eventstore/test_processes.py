"""Several processes write at once: killed, cut off and rolled back. Readers see one whole log."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

import asyncpg
import msgspec
import pytest

from services.eventstore.database import Pool
from services.eventstore.following import Bell
from services.runtime import Runtime
from tests.support.background import in_background
from tests.support.gap_watch import Watch
from tests.support.log import append
from tests.support.log_writer import Plan
from tests.support.tailing import listening

ROOT = Path(__file__).parents[3]
SOON = timedelta(milliseconds=50)
PROCESSES = 4
AGAIN = 3
"""So many commands before the last acknowledged one are sent again by a process started again."""

FAIL_SOME_COMMITS = """
    create function fail_sometimes() returns trigger language plpgsql as $$
    begin
        if random() < {0} then raise exception 'a commit fails'; end if;
        return null;
    end $$;
    create constraint trigger fails_sometimes after insert on receipt
        deferrable initially deferred for each row execute function fail_sometimes();
"""


class Acknowledged(NamedTuple):
    """A command that got its receipt, and the positions it names."""

    command: UUID
    first: int
    last: int


class Form(NamedTuple):
    """How much is written by each process, and what is done to it."""

    writers: int
    commands: int
    streams: int
    shared: float
    impatient: float
    lives: int
    failing: float
    cut_after: float


SHORT = Form(
    writers=3, commands=40, streams=6, shared=1, impatient=0.5, lives=2, failing=0.1, cut_after=0.5
)
LONG = Form(
    writers=24,
    commands=4800,
    streams=4000,
    shared=0.01,
    impatient=0.002,
    lives=4,
    failing=0.001,
    cut_after=5,
)
"""Four processes with 24 writers each: 460,800 commands, a million events and some more."""


async def test_processes_that_write_at_once_leave_no_hole_no_reorder_and_no_duplicate(
    unfollowed: Runtime, database_url: str
) -> None:
    await _write_through_trouble(SHORT, unfollowed, database_url)


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_a_million_events_of_processes_in_trouble_leave_no_hole(
    unfollowed: Runtime, database_url: str
) -> None:
    await _write_through_trouble(LONG, unfollowed, database_url)
    assert await unfollowed.store.head() >= 1_000_000


async def test_a_command_sent_by_several_processes_is_recorded_once(
    unfollowed: Runtime, database_url: str
) -> None:
    plan = Plan(seed=7, writers=3, commands=30, streams=6, shared=1, impatient=0.5)
    processes = [await _start(database_url, plan) for _ in range(3)]
    receipts = await asyncio.gather(*(_work(process, None) for process in processes))
    assert sorted(receipts[0]) == sorted(receipts[1]) == sorted(receipts[2])
    await _assert_each_once(unfollowed.pool, receipts[0])


async def test_a_killed_process_does_not_hold_up_the_others(
    unfollowed: Runtime, database_url: str
) -> None:
    plan = Plan(seed=11, writers=3, commands=40, streams=6, shared=1, impatient=0.5)
    await _work(await _start(database_url, plan), 25)
    async with asyncio.timeout(5):
        await append(unfollowed.store, "jobcenter", "a", version=0)


async def _write_through_trouble(form: Form, runtime: Runtime, database_url: str) -> None:
    """Processes are killed and started again, connections cut, commits fail; two readers look on.

    One reader is woken by the log, the other one only looks by itself.
    """
    await runtime.pool.execute(FAIL_SOME_COMMITS.format(form.failing))
    bell, deaf = Bell(database_url, SOON), Bell(database_url, SOON / 10)
    woken, looking = Watch(), Watch()
    async with (
        listening(bell),
        in_background(woken.follow(runtime.store, bell)),
        in_background(looking.follow(runtime.store, deaf)),
    ):
        async with in_background(_cut_now_and_then(database_url, form.cut_after)):
            receipts = await asyncio.gather(
                *(_lives(database_url, seed, form) for seed in range(PROCESSES))
            )
        head = await runtime.store.head()
        for watch in (woken, looking):
            await watch.until(head)
    acknowledged = {receipt for some in receipts for receipt in some}
    assert len(acknowledged) == PROCESSES * form.writers * form.commands
    await _assert_each_once(runtime.pool, list(acknowledged))


async def _lives(database_url: str, seed: int, form: Form) -> list[Acknowledged]:
    """A process that is killed some times and started again, until all its commands are in."""
    chance = Random(seed)
    plan = Plan(
        seed=seed,
        writers=form.writers,
        commands=form.commands,
        streams=form.streams,
        shared=form.shared,
        impatient=form.impatient,
    )
    share = form.writers * form.commands // form.lives
    receipts: list[Acknowledged] = []
    sent: Counter[int] = Counter()
    for life in reversed(range(form.lives)):
        again = tuple(max(0, sent[writer] - AGAIN) for writer in range(form.writers))
        process = await _start(database_url, msgspec.structs.replace(plan, sent=again))
        kill_after = chance.randrange(share // 2, share) if life else None
        receipts += await _work(process, kill_after, sent)
    return receipts


async def _start(database_url: str, plan: Plan) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.support.log_writer",
        database_url,
        msgspec.json.encode(plan).decode(),
        stdout=PIPE,
        cwd=ROOT,
    )


async def _work(
    process: Process, kill_after: int | None, sent: Counter[int] | None = None
) -> list[Acknowledged]:
    """Let it work to its end, or kill it in the middle; what it said was recorded."""
    assert process.stdout is not None
    receipts: list[Acknowledged] = []
    async for line in process.stdout:
        if not line.endswith(b"\n"):
            break
        writer, number, command, first, last = line.split()
        receipts.append(Acknowledged(UUID(command.decode()), int(first), int(last)))
        if sent is not None:
            sent[int(writer)] = int(number) + 1
        if len(receipts) == kill_after:
            process.kill()
    assert await process.wait() == (0 if kill_after is None else -9)
    return receipts


async def _cut_now_and_then(database_url: str, longest: float) -> None:
    """Cut one connection of somebody, again and again, the readers' too."""
    chance = Random(1)
    connection = await asyncpg.connect(database_url)
    try:
        while True:
            await asyncio.sleep(chance.uniform(0, longest))
            await connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
                " order by random() limit 1"
            )
    finally:
        await connection.close()


async def _assert_each_once(pool: Pool, acknowledged: Sequence[Acknowledged]) -> None:
    """The log is dense and every command is where its receipt says, once, and nowhere else."""
    assert await pool.fetchval(
        "select max(position) = count(*) and count(*) = (select position from log_head) from event"
    )
    assert await pool.fetchval(
        "select bool_and(first_position = before + 1) from (select first_position,"
        " lag(last_position, 1, 0::bigint) over (order by first_position) as before"
        " from receipt where first_position <= last_position) as receipts"
    )
    strayed = await pool.fetch(
        "select position from receipt, generate_series(first_position, last_position) as position"
        " join event using (position)"
        " where convert_from(state, 'UTF8')::json -> 'metadata' ->> 'command' <> command_id::text"
        " limit 1"
    )
    assert strayed == []
    async with pool.acquire() as connection:
        await connection.execute(
            "create temporary table told (command_id uuid, first_position bigint,"
            " last_position bigint)"
        )
        await connection.copy_records_to_table("told", records=acknowledged)
        forgotten = await connection.fetch(
            "table told except select command_id, first_position, last_position from receipt"
        )
    assert forgotten == []
