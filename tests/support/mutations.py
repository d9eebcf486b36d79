"""Ways to change a recorded log behind the back of everything that guards it."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import NamedTuple

from services.eventstore.database import Connection
from tests.support.rewriting import flipped, grow_again, seal_again

HAS_EVENTS = "select * from receipt where first_position <= last_position"


class Mutation(NamedTuple):
    """What was done, and the positions of which one has to be named as the first bad one.

    It is one position wherever what is left allows to know it.
    """

    name: str
    first: int
    last: int


async def mutate(connection: Connection, chance: Random, head: int) -> Mutation:
    """Change something at random, as a superuser whom no trigger stops."""
    await connection.execute("set local session_replication_role = replica")
    return await chance.choice(MUTATIONS)(connection, chance, head)


async def flip_a_bit_of_the_content(c: Connection, chance: Random, head: int) -> Mutation:
    at = chance.randint(1, head)
    state = await c.fetchval("select state from event where position = $1", at)
    await c.execute("update event set state = $2 where position = $1", at, flipped(state, chance))
    return Mutation("bit of event.state", at, at)


async def flip_a_bit_of_a_leaf(c: Connection, chance: Random, head: int) -> Mutation:
    at = chance.randint(1, head)
    leaf = await c.fetchval("select leaf from event where position = $1", at)
    await c.execute("update event set leaf = $2 where position = $1", at, flipped(leaf, chance))
    return Mutation("bit of event.leaf", at, at)


async def flip_a_bit_of_a_tile(c: Connection, chance: Random, _: int) -> Mutation:
    tiles = await c.fetch("select * from tile order by level, index")
    tile = chance.choice(tiles)
    at = chance.randrange(256)
    hashes = bytearray(tile["hashes"])
    hashes[at * 32 + chance.randrange(32)] ^= 1 << chance.randrange(8)
    await c.execute(
        "update tile set hashes = $3 where level = $1 and index = $2",
        tile["level"],
        tile["index"],
        bytes(hashes),
    )
    first = tile["index"] * 256 + at + 1
    return Mutation("bit of tile.hashes", first, first)


async def flip_a_bit_of_a_tiles_root(c: Connection, chance: Random, _: int) -> Mutation:
    tile = chance.choice(await c.fetch("select * from tile"))
    await c.execute(
        "update tile set root = $3 where level = $1 and index = $2",
        tile["level"],
        tile["index"],
        flipped(tile["root"], chance),
    )
    return Mutation("bit of tile.root", tile["index"] * 256 + 1, tile["index"] * 256 + 256)


async def delete_a_tile(c: Connection, chance: Random, _: int) -> Mutation:
    tile = chance.choice(await c.fetch("select * from tile"))
    await c.execute(
        "delete from tile where level = $1 and index = $2", tile["level"], tile["index"]
    )
    return Mutation("tile deleted", tile["index"] * 256 + 1, tile["index"] * 256 + 256)


async def add_a_tile(c: Connection, chance: Random, head: int) -> Mutation:
    level = chance.randrange(3)
    index = (head >> 8 * (level + 1)) + chance.randrange(3)
    await c.execute(
        "insert into tile values ($1, $2, $3, $4)",
        level,
        index,
        chance.randbytes(8192),
        chance.randbytes(32),
    )
    first = (index << 8 * (level + 1)) + 1
    return Mutation("tile added", first, first)


async def flip_a_bit_of_the_peaks(c: Connection, chance: Random, head: int) -> Mutation:
    peaks = await c.fetchval("select peaks from log_head")
    await c.execute("update log_head set peaks = $1", flipped(peaks, chance))
    return Mutation("bit of log_head.peaks", 1, head)


async def move_the_head(c: Connection, chance: Random, head: int) -> Mutation:
    by = chance.choice([-head, -3, -1, 1, 2, 1000])
    await c.execute("update log_head set position = position + $1", by)
    first = min(head, head + by) + 1
    return Mutation("log_head.position", first, first)


async def change_the_time_of_the_head(c: Connection, chance: Random, head: int) -> Mutation:
    by = f"{chance.choice([-1, 1])} microsecond"
    await c.execute("update log_head set recorded_at = recorded_at + $1::text::interval", by)
    return Mutation("log_head.recorded_at", head, head)


async def edit_a_column(c: Connection, chance: Random, head: int) -> Mutation:
    at = chance.randint(1, head)
    column, change = chance.choice(
        [
            ("topic", "topic || '.'"),
            ("topic", "upper(topic)"),
            ("originator_id", "gen_random_uuid()"),
            ("originator_version", "originator_version + 100000"),
            ("recorded_at", "recorded_at + '1 microsecond'::interval"),
            ("recorded_at", "recorded_at - '1 day'::interval"),
            ("state", "state || ' '::bytea"),
            ("state", "''::bytea"),
            ("leaf", "sha256(leaf)"),
        ]
    )
    await c.execute(f"update event set {column} = {change} where position = $1", at)  # noqa: S608 (our own words)
    return Mutation(f"event.{column}", at, at)


async def edit_an_event_and_its_leaf(c: Connection, chance: Random, head: int) -> Mutation:
    """A better liar: the hash is made to fit."""
    at = chance.randint(1, head)
    await c.execute("update event set state = state || ' '::bytea where position = $1", at)
    await seal_again(c, at)
    # In a tile that is complete the position is known; else it is one of those below a peak.
    if at <= head // 256 * 256:
        return Mutation("event and leaf", at, at)
    covered = await c.fetchval("select max(size) from checkpoint where size < $1", at)
    return Mutation("event and leaf", min(head // 256 * 256, covered) + 1, at)


async def delete_events(c: Connection, chance: Random, head: int) -> Mutation:
    at = chance.randint(1, head - 1)
    count = chance.choice([1, 1, 2, 30])
    last = min(at + count - 1, head - 1)
    await c.execute("delete from event where position between $1 and $2", at, last)
    return Mutation("events deleted", at, at)


async def swap_two_events(c: Connection, chance: Random, head: int) -> Mutation:
    one, two = sorted(chance.sample(range(1, head + 1), 2))
    await c.execute("update event set position = 0 where position = $1", one)
    await c.execute("update event set position = $1 where position = $2", one, two)
    await c.execute("update event set position = $1 where position = 0", two)
    return Mutation("two events swapped", one, one)


async def insert_an_event(c: Connection, chance: Random, head: int) -> Mutation:
    """Between two others, which move on; or before the first; or behind the last."""
    at = chance.choice([chance.randint(1, head), 0, head + 1])
    if 0 < at <= head:
        await c.execute("update event set position = -position where position >= $1", at)
        await c.execute("update event set position = 1 - position where position < 0")
    await c.execute(
        "insert into event select $1, gen_random_uuid(), 1, topic, state, recorded_at, leaf"
        " from event where position = $2",
        at,
        min(max(1, at - 1), head - 1) if at != 1 else 2,
    )
    return Mutation("event inserted", max(1, at), max(1, at))


async def truncate_the_tail(c: Connection, chance: Random, _: int) -> Mutation:
    """Events and receipts go, tiles and head are made to fit: a checkpoint knows of more."""
    keep = chance.randrange(await c.fetchval("select max(size) from checkpoint"))
    await c.execute("delete from event where position > $1", keep)
    await c.execute("delete from receipt where first_position > $1", keep)
    await grow_again(c)
    return Mutation("tail truncated", keep + 1, keep + 1)


async def cut_off_the_tail(c: Connection, chance: Random, head: int) -> Mutation:
    keep = chance.randrange(head)
    await c.execute("delete from event where position > $1", keep)
    return Mutation("tail cut off", keep + 1, keep + 1)


async def rewrite_and_chain_again(c: Connection, chance: Random, _: int) -> Mutation:
    """The best liar without the key: leaves, tiles and head all fit. A checkpoint does not."""
    at = chance.randint(1, await c.fetchval("select max(size) from checkpoint"))
    await c.execute("update event set state = state || ' '::bytea where position = $1", at)
    await seal_again(c, at)
    await grow_again(c)
    before = await c.fetchval("select max(size) from checkpoint where size < $1", at)
    return Mutation("rewritten and chained again", (before or 0) + 1, at)


async def edit_a_checkpoint(c: Connection, chance: Random, head: int) -> Mutation:
    size = chance.choice(await c.fetch("select size from checkpoint"))["size"]
    change = chance.choice(
        [
            "root = sha256(root)",
            "note = replace(note, '=', 'A')",
            "note = overlay(note placing 'x' from 1)",
            "note = overlay(note placing 'AAAA' from length(note) - 30)",
            "size = size + 1",
        ]
    )
    await c.execute(f"update checkpoint set {change} where size = $1", size)  # noqa: S608 (our own words)
    return Mutation(f"checkpoint {change}", 0, head + 1)


async def edit_a_receipt(c: Connection, chance: Random, head: int) -> Mutation:
    receipt = chance.choice(await c.fetch(HAS_EVENTS))
    change = chance.choice(
        [
            "originator_id = gen_random_uuid()",
            "originator_version = originator_version + 1",
            "recorded_at = recorded_at + '1 second'::interval",
            "first_position = first_position + 1",
            "first_position = first_position - 1",
            "last_position = last_position + 1",
            "last_position = last_position - 1",
            "command_id = gen_random_uuid()",
        ]
    )
    await c.execute(
        f"update receipt set {change} where command_id = $1",  # noqa: S608 (our own words)
        receipt["command_id"],
    )
    first = max(1, receipt["first_position"] - 1)
    return Mutation(f"receipt {change}", first, min(head + 1, receipt["last_position"] + 1))


async def delete_a_receipt(c: Connection, chance: Random, _: int) -> Mutation:
    receipt = chance.choice(await c.fetch(HAS_EVENTS))
    await c.execute("delete from receipt where command_id = $1", receipt["command_id"])
    return Mutation("receipt deleted", receipt["first_position"], receipt["first_position"])


MUTATIONS: list[Callable[[Connection, Random, int], Awaitable[Mutation]]] = [
    flip_a_bit_of_the_content,
    flip_a_bit_of_a_leaf,
    flip_a_bit_of_a_tile,
    flip_a_bit_of_a_tiles_root,
    delete_a_tile,
    add_a_tile,
    flip_a_bit_of_the_peaks,
    move_the_head,
    change_the_time_of_the_head,
    edit_a_column,
    edit_an_event_and_its_leaf,
    delete_events,
    swap_two_events,
    insert_an_event,
    truncate_the_tail,
    cut_off_the_tail,
    rewrite_and_chain_again,
    edit_a_checkpoint,
    edit_a_receipt,
    delete_a_receipt,
]
