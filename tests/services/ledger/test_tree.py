import asyncio
from collections.abc import AsyncIterator
from random import Random

import asyncpg
import pytest

from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.database import Pool
from services.eventstore.migrate import migrate
from services.ledger.checking import check_log
from services.ledger.merkle import EMPTY_ROOT, Peaks, fold, leaf_hash, perfect_root, root
from services.ledger.proof import check_consistency, check_inclusion
from services.ledger.tiles import decode_entries, tiles_of
from services.ledger.tree import TreeReader
from services.ledger.verifier import Finding
from tests.support.databases import new_database
from tests.support.rewriting import undone

SIZE = 66_000
"""Enough for a tile of the second level."""


@pytest.fixture(scope="module")
async def pool(postgres: EmbeddedPostgres) -> AsyncIterator[Pool]:
    async with (
        new_database(postgres.url) as url,
        asyncpg.create_pool(url, min_size=0, max_size=2) as pool,
    ):
        await asyncio.to_thread(migrate, url)
        for first in range(0, SIZE, 6000):
            await append_bare(pool, range(first, first + 6000))
        yield pool


@pytest.fixture(scope="module")
async def leaves(pool: Pool) -> list[bytes]:
    return [row["leaf"] for row in await pool.fetch("select leaf from event order by position")]


class Roots:
    """The root of any size, quickly: over whole tiles first."""

    def __init__(self, leaves: list[bytes]) -> None:
        self._leaves = leaves
        whole = range(0, len(leaves) - 255, 256)
        self._tiles = [perfect_root(leaves[at : at + 256]) for at in whole]

    def at(self, size: int) -> bytes:
        tiles = Peaks.over(self._tiles[: size // 256])
        return fold([*tiles.hashes, *Peaks.over(self._leaves[size // 256 * 256 : size]).hashes])


async def append_bare(pool: Pool, numbers: range) -> None:
    """Events of a stream each, without a command."""
    await pool.execute(
        "select append_to_log('{}', '{}', '{}', '{}', '{}', '{}', array_agg(gen_random_uuid()),"
        " array_agg(1::bigint), array_agg('a.topic'::text), array_agg(number::text::bytea))"
        " from unnest($1::bigint[]) as given (number)",
        list(numbers),
    )


async def test_the_tree_in_the_database_is_that_over_the_lines(
    pool: Pool, leaves: list[bytes]
) -> None:
    tree = TreeReader(pool)
    assert await tree.root(0) == EMPTY_ROOT
    peaks = await pool.fetchval("select peaks from log_head")
    assert Peaks.unpack(SIZE, peaks).root == root(leaves) == await tree.root(SIZE)
    roots = Roots(leaves)
    for size in (1, 2, 255, 256, 257, 65_535, 65_536, 65_537):
        assert await tree.root(size) == roots.at(size)
    assert roots.at(1000) == root(leaves[:1000])


async def test_any_event_is_proved_at_any_size(pool: Pool, leaves: list[bytes]) -> None:
    tree, chance, roots = TreeReader(pool), Random(3), Roots(leaves)
    for _ in range(60):
        size = chance.choice([chance.randint(1, SIZE), 65_536, SIZE])
        index = chance.randrange(size)
        hashes = await tree.inclusion(index, size)
        assert check_inclusion(leaves[index], index, size, hashes, roots.at(size))


async def test_any_size_continues_any_smaller_one(pool: Pool, leaves: list[bytes]) -> None:
    tree, chance, roots = TreeReader(pool), Random(4), Roots(leaves)
    for _ in range(60):
        new = chance.choice([chance.randint(1, SIZE), 65_536, SIZE])
        old = chance.randint(0, new)
        hashes = await tree.consistency(old, new)
        assert check_consistency(old, new, hashes, roots.at(old), roots.at(new))


async def test_every_tile_is_there_and_partial_ones_stay_as_they_were(
    pool: Pool, leaves: list[bytes]
) -> None:
    tree = TreeReader(pool)
    for name in [*tiles_of(700), *tiles_of(SIZE, since=65_000)]:
        assert name.level is not None
        tile = await tree.tile(name.level, name.index, name.width)
        assert len(tile) == 32 * name.width
        if name.level == 0:
            first = name.index * 256
            assert tile == b"".join(leaves[first : first + name.width])


async def test_entries_hash_to_the_leaves(pool: Pool, leaves: list[bytes]) -> None:
    tree = TreeReader(pool)
    for index, width in ((0, 256), (3, 17), (257, SIZE - 257 * 256)):
        lines = decode_entries(await tree.entries(index, width))
        assert [leaf_hash(line) for line in lines] == leaves[index * 256 :][:width]


async def test_what_is_not_there_yet_is_not_proved(pool: Pool) -> None:
    tree = TreeReader(pool)
    with pytest.raises(LookupError):
        await tree.inclusion(SIZE, SIZE + 1)
    with pytest.raises(LookupError):
        await tree.root(SIZE + 300)
    with pytest.raises(LookupError):
        await tree.entries(SIZE // 256, 256)
    with pytest.raises(ValueError, match="no leaf"):
        await tree.inclusion(5, 5)


async def test_a_large_log_holds_and_what_is_changed_high_up_in_its_tree_is_found(
    pool: Pool,
) -> None:
    async with undone(pool) as connection:
        report = await check_log(connection)
        assert (report.events, report.receipts) == (SIZE, 0)
    for change in ("root = sha256(root)", "hashes = set_byte(hashes, 40, 7)", "level = 2"):
        async with undone(pool) as connection:
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(f"update tile set {change} where level = 1")  # noqa: S608 (our own words)
            with pytest.raises(Finding) as caught:
                await check_log(connection)
        finding = caught.value
        assert (finding.code, finding.position, finding.until) == ("tile", 1, 65_536)
