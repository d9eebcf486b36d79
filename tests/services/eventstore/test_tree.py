"""The tree in the database is that of RFC 6962 over the lines of the events, however it grew."""

import asyncio
import random
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from uuid import uuid4

import asyncpg
import psycopg
import pytest
from yoyo import get_backend, read_migrations  # pyright: ignore[reportUnknownVariableType]

from services.eventstore.database import Pool
from services.eventstore.lanes import Lanes
from services.eventstore.migrate import for_psycopg, migrate
from services.eventstore.store import EventStore
from services.ledger.record_line import record_line
from services.runtime import Runtime
from tests.services.ledger.naive_tree import leaf, tree_hash
from tests.support.drafts import drafted
from tests.support.log import append


async def lines(pool: Pool) -> list[bytes]:
    rows = await pool.fetch("select * from event order by position")
    return [
        record_line(
            position=row["position"],
            stream=row["originator_id"],
            version=row["originator_version"],
            recorded_at=row["recorded_at"],
            state=row["state"],
            topic=row["topic"],
        )
        for row in rows
    ]


async def check_the_tree(pool: Pool) -> None:
    expected = await lines(pool)
    leaves = [leaf(entry) for entry in expected]
    stored = await pool.fetch("select leaf from event order by position")
    assert [row["leaf"] for row in stored] == leaves
    peaks = await pool.fetchval("select peaks from log_head")
    assert peaks == b"".join(peaks_of(expected))
    tiles = await pool.fetch("select * from tile order by level, index")
    assert [(row["level"], row["index"]) for row in tiles] == [
        *((0, index) for index in range(len(leaves) // 256)),
        *((1, index) for index in range(len(leaves) // 256**2)),
    ]
    for tile in tiles:
        width = 256 ** tile["level"]
        first = tile["index"] * 256 * width
        parts = [expected[first + n * width : first + (n + 1) * width] for n in range(256)]
        assert tile["hashes"] == b"".join(map(tree_hash, parts))
        assert tile["root"] == tree_hash(expected[first : first + 256 * width])


def peaks_of(expected: list[bytes]) -> list[bytes]:
    peaks: list[bytes] = []
    first = 0
    for height in reversed(range(len(expected).bit_length())):
        if len(expected) >> height & 1:
            peaks.append(tree_hash(expected[first : first + 2**height]))
            first += 2**height
    return peaks


async def test_however_the_log_grows_its_tree_is_that_of_its_lines(
    unfollowed: Runtime, store: EventStore
) -> None:
    chance = random.Random(6962)
    for round_ in range(12):
        await asyncio.gather(
            *(
                append(store, f"{round_}-{n}", *"abc"[: chance.randint(0, 3)], version=0)
                for n in range(chance.choice([1, 2, 5, 90]))
            )
        )
        await check_the_tree(unfollowed.pool)


async def test_one_append_may_fill_several_tiles(unfollowed: Runtime, store: EventStore) -> None:
    await append(store, "some", *("a" for _ in range(100)), version=0)
    await append(store, "many", *(str(n) for n in range(900)), version=0)
    await append(store, "exact", *(str(n) for n in range(24)), version=0)
    await check_the_tree(unfollowed.pool)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("crossing", [1, 2])
async def test_a_second_level_of_tiles_is_the_roots_of_the_first(
    unfollowed: Runtime, crossing: int
) -> None:
    """65,536 leaves and some more, in uneven steps, by the function itself, and by a process."""
    chance = random.Random(9162)
    left = 256 * 256 - 20
    while left:
        count = min(left, chance.choice([7, 256, 511, 9000]))
        left -= count
        await unfollowed.pool.execute(
            "select append_to_log('{}','{}','{}','{}','{}','{}', $1, $2, $3, $4)",
            [uuid4() for _ in range(count)],
            [1] * count,
            ["topic with spaces"] * count,
            [b"\x00\xff" + bytes([n % 256]) for n in range(count)],
        )
    process = Lanes()
    async with unfollowed.pool.acquire() as connection:
        for count in (3, 1, 15, crossing, 300):
            await process.append(connection, [drafted(b"state") for _ in range(count)])
    await check_the_tree(unfollowed.pool)


async def test_the_same_event_elsewhere_in_the_log_is_another_leaf(
    unfollowed: Runtime, store: EventStore
) -> None:
    for key in ("one", "two"):
        await append(store, key, "same", version=0)
    leaves = await unfollowed.pool.fetch("select leaf from event")
    assert len({row["leaf"] for row in leaves}) == 2


@pytest.mark.parametrize("statement", ["update tile set index = 9", "delete from tile"])
async def test_whole_tiles_are_not_changed(unfollowed: Runtime, statement: str) -> None:
    with pytest.raises(asyncpg.RaiseError, match="only ever appended"):
        await unfollowed.pool.execute(statement)


async def test_a_log_that_was_begun_before_there_was_a_tree_gets_it(
    empty_database: str, tmp_path: Path
) -> None:
    await asyncio.to_thread(_fill_as_it_was_before, empty_database, tmp_path, 600)
    await asyncio.to_thread(migrate, empty_database)
    async with asyncpg.create_pool(empty_database, min_size=1) as pool:
        assert await pool.fetchval("select position from log_head") == 600
        await check_the_tree(pool)
        with pytest.raises(asyncpg.RaiseError):
            await pool.execute("delete from event")


def _fill_as_it_was_before(url: str, tmp_path: Path, count: int) -> None:
    released = tmp_path / "released"
    released.mkdir()
    with as_file(files("services.eventstore") / "migrations") as folder:
        for number in ("0001", "0002"):
            (file,) = folder.glob(f"{number}.*.sql")
            shutil.copy(file, released)
    backend = get_backend(for_psycopg(url))
    backend.apply_migrations(backend.to_apply(read_migrations(str(released))))
    backend.connection.close()
    with psycopg.connect(url) as connection:
        connection.execute(
            "insert into event select n, gen_random_uuid(), 1, 'account.registered', '{}',"
            " '2026-11-20'::timestamptz + n * interval '1 microsecond'"
            " from generate_series(1, %s) as n",
            (count,),
        )
        connection.execute("update log_head set position = %s", (count,))
