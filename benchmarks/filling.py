"""A long log in short time: valid events, receipts and tree, written with SQL beneath the store.

What the store would have written is written here: rows, indexes, leaves, tiles and peaks. So the
measured log is as large, and as scattered, as one that has grown.
"""

import asyncio
from uuid import UUID

import asyncpg

from benchmarks.material import state_of
from domain.concepts.events import SectionDrafted
from services.eventstore.database import Connection, Pool
from services.ledger.merkle import HASH_SIZE, Peaks, perfect_root

AT_ONCE = 20_000
TILE = 256
TILES_AT_ONCE = 512

# In the order in which 64 clients with a stream of 50 events each would have written.
# The state is made of a template, in which the command's id takes the place of another.
EVENTS = """
with given as materialized (
    select place,
        md5('stream ' || (place - 1) / 3200 * 64 + (place - 1) % 64)::uuid as stream,
        (place - 1) / 64 % 50 + 1 as version,
        md5('command ' || place)::uuid as command,
        timestamptz '2026-01-01Z' + place * interval '1 millisecond' as recorded_at
    from generate_series($1::bigint, $2::bigint) as place
), stated as materialized (
    select *, convert_to(replace($3, $4, command::text), 'UTF8') as state from given
), kept as (
    insert into receipt
    select command, sha256(uuid_send(command)), stream, version, place, place, recorded_at
    from stated
)
insert into event (position, originator_id, originator_version, topic, state, recorded_at, leaf)
select place, stream, version, $5, state, recorded_at,
    event_leaf(place, stream, version, microseconds(recorded_at), state, $5)
from stated
"""
LEAVES = """
select string_agg(leaf, ''::bytea order by position) as hashes from event
where position > $1 and position <= $2
group by (position - 1) / 256 order by (position - 1) / 256
"""
PLACEHOLDER = UUID(int=1)


async def fill(url: str, count: int) -> None:
    """Write so many events into the empty log of this database."""
    # Half a log that a crash left behind would be thrown away, so nothing waits for the disk.
    hasty = {"synchronous_commit": "off"}
    async with asyncpg.create_pool(url, min_size=2, max_size=2, server_settings=hasty) as pool:
        starts = iter(range(1, count + 1, AT_ONCE))

        async def work() -> None:
            for start in starts:
                await _events(pool, start, min(start + AT_ONCE - 1, count))

        await asyncio.gather(work(), work())
        async with pool.acquire() as connection:
            await _tree(connection, count)
            await connection.execute("vacuum (analyze) event, receipt, tile")
            await connection.execute("checkpoint")


async def _events(pool: Pool, first: int, last: int) -> None:
    template = state_of(PLACEHOLDER).decode()
    await pool.execute(EVENTS, first, last, template, str(PLACEHOLDER), SectionDrafted.TOPIC)


async def _tree(connection: Connection, count: int) -> None:
    peaks, below = Peaks(), list[bytes]()
    step = TILE * TILES_AT_ONCE
    for start in range(0, count, step):
        rows = await connection.fetch(LEAVES, start, min(start + step, count))
        tiles = [row["hashes"] for row in rows]
        rest = tiles.pop() if len(tiles[-1]) < TILE * HASH_SIZE else b""
        roots = await _tiles(connection, 0, start // TILE, tiles)
        for root in roots:
            peaks = peaks.merge(Peaks(size=TILE, hashes=(root,)))
        peaks = peaks.append(*_hashes(rest))
        below += roots
    level = 1
    while len(below) >= TILE:
        whole = len(below) - len(below) % TILE
        joined = [b"".join(below[at : at + TILE]) for at in range(0, whole, TILE)]
        below = await _tiles(connection, level, 0, joined)
        level += 1
    await connection.execute(
        "update log_head set position = $1, peaks = $2,"
        " recorded_at = (select max(recorded_at) from event)",
        count,
        peaks.packed,
    )


async def _tiles(connection: Connection, level: int, first: int, tiles: list[bytes]) -> list[bytes]:
    """Write whole tiles of a level from this index on; their roots."""
    roots = [perfect_root(_hashes(tile)) for tile in tiles]
    records = [
        (level, first + index, tile, root)
        for index, (tile, root) in enumerate(zip(tiles, roots, strict=True))
    ]
    await connection.copy_records_to_table("tile", records=records)
    return roots


def _hashes(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH_SIZE] for at in range(0, len(joined), HASH_SIZE)]
