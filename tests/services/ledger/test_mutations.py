"""Whatever a superuser changes in the log is found, and the first bad position is named."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from typing import cast

import asyncpg
import pytest

from services.eventstore.catalogue import EVENTS
from services.eventstore.database import Connection, Pool
from services.eventstore.mapper import EventMapper
from services.eventstore.store import EventStore
from services.ledger.checking import check_log, kept_checkpoints
from services.ledger.findings import told
from services.ledger.sealing import Sealer
from services.ledger.verifier import Checkpoint, Finding
from services.privacy.master import MasterKeys
from tests.support.log import append
from tests.support.mutations import MUTATIONS, Mutation, mutate
from tests.support.rewriting import grow_again, seal_again, undone

HEAD = 600
SEALED_EVERY = 90


@pytest.fixture
async def log(database_url: str) -> AsyncIterator[Pool]:
    """A log of 600 events on a few streams, with a checkpoint now and then; the tail has none."""
    async with asyncpg.create_pool(database_url, min_size=1, max_size=4) as pool:
        await fill(pool, HEAD)
        yield pool


async def fill(pool: Pool, head: int) -> None:
    store = EventStore(pool, EventMapper(EVENTS))
    sealer = sealer_of(pool)
    chance = Random(7)
    versions: Counter[str] = Counter()
    recorded = sealed = 0
    while recorded < head:
        key = f"o{chance.randrange(6)}"
        names = ["Jobcenter"] * min(head - recorded, chance.choice([1, 1, 2, 5]))
        await append(store, key, *names, version=versions[key])
        versions[key] += len(names)
        recorded += len(names)
        if recorded - sealed >= SEALED_EVERY:
            await sealer.seal(at_once=True)
            sealed = recorded


def sealer_of(pool: Pool, key: bytes = bytes(32)) -> Sealer:
    return Sealer(pool, MasterKeys([key]), origin="kreislauf.test/log", pause=timedelta())


async def find(pool: Pool, chance: Random) -> tuple[Mutation, Finding | None]:
    """Change something at random, look for it, and undo it."""
    async with undone(pool) as connection:
        mutation = await mutate(connection, chance, HEAD)
        try:
            await check_log(connection)
        except Finding as finding:
            return mutation, finding
        return mutation, None


async def find_each(pool: Pool, seed: int, count: int) -> Counter[str]:
    """All of so many random changes are found where they are; how many there were of each kind."""
    chance = Random(seed)
    kinds: Counter[str] = Counter()
    for number in range(count):
        mutation, finding = await find(pool, chance)
        assert finding is not None, f"{mutation} was not found ({number} after seed {seed})"
        assert mutation.first <= finding.position <= mutation.last, (
            f"{mutation} was found as {finding.code} at {finding.position}, {finding.facts}"
        )
        assert told(finding, "de")
        assert told(finding, "en")
        kinds[mutation.name] += 1
    return kinds


async def test_an_untouched_log_holds(log: Pool) -> None:
    async with undone(log) as connection:
        report = await check_log(connection)
    assert report.events == HEAD
    assert report.checkpoints > 4
    assert 0 < report.covered < report.events
    assert len(report.keys) == 1


async def test_every_kind_of_change_is_found_where_it_is(log: Pool) -> None:
    kinds = await find_each(log, seed=1, count=300)
    assert len(kinds) >= len(MUTATIONS)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_ten_thousand_random_changes_are_all_found(log: Pool) -> None:
    found = await asyncio.gather(
        find_each(log, seed=2, count=5000), find_each(log, seed=3, count=5000)
    )
    assert sum(one.total() for one in found) == 10_000


async def test_a_history_rewritten_and_signed_anew_is_caught_by_a_checkpoint_kept_outside(
    log: Pool,
) -> None:
    kept = await keep_a_checkpoint(log)
    async with undone(log) as connection:
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(
            "update event set state = state || ' '::bytea where position = 200"
        )
        await seal_again(connection, 200)
        await grow_again(connection)
        await connection.execute("delete from checkpoint")
        await connection.execute("delete from ledger_key")
        await sign_anew(connection)
        report = await check_log(connection)
        assert report.covered == HEAD, "nothing in the database gives it away"
        with pytest.raises(Finding) as caught:
            await check_log(connection, kept)
    assert caught.value.code == "root"
    assert caught.value.position <= 200 <= caught.value.until
    assert caught.value.facts["source"] == "kept.txt"


async def test_a_log_cut_off_and_signed_anew_is_caught_by_a_checkpoint_kept_outside(
    log: Pool,
) -> None:
    kept = await keep_a_checkpoint(log)
    async with undone(log) as connection:
        await connection.execute("set local session_replication_role = replica")
        end = await connection.fetchval(
            "select min(last_position) from receipt where last_position > 99"
        )
        await connection.execute("delete from event where position > $1", end)
        await connection.execute("delete from receipt where last_position > $1", end)
        await grow_again(connection)
        await connection.execute("delete from checkpoint")
        await connection.execute("delete from ledger_key")
        await check_log(connection)
        with pytest.raises(Finding) as caught:
            await check_log(connection, kept)
    assert (caught.value.code, caught.value.position) == ("missing", end + 1)


async def keep_a_checkpoint(pool: Pool) -> Sequence[Checkpoint]:
    note = await pool.fetchval("select note from checkpoint order by size desc limit 1")
    return kept_checkpoints(note, "kept.txt")


async def sign_anew(connection: Connection) -> None:
    """As whoever has the database and the master key could."""
    pool = cast("Pool", SameConnection(connection))
    await sealer_of(pool).seal(at_once=True)


class SameConnection:
    """A pool that gives out one connection, so that what is done can be undone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[Connection]:
        yield self._connection
