"""Who has read how far: the table `tracking`, one row for each reader by name."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from services.eventstore.database import Connection, Pool

LOOK_AGAIN = 0.01

# Locked in the order of the names, so that two who do this never wait for one another.
MOVE_ALL = """
    with ready as materialized (
        select name from tracking where name = any($1) and position >= $2 order by name for update
    )
    update tracking set position = greatest(tracking.position, $3)
    from ready where tracking.name = ready.name returning tracking.name
"""


async def positions(pool: Pool, names: Sequence[str]) -> Mapping[str, int]:
    """The position of each; 0 for who has not begun."""
    rows = await pool.fetch("select name, position from tracking where name = any($1)", names)
    return dict.fromkeys(names, 0) | {row["name"]: row["position"] for row in rows}


async def reached(pool: Pool, names: Sequence[str], position: int, patience: float) -> bool:
    """Wait until all have read up to the position; False if it takes more seconds than that."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience):
            # It may be another process that reads, so the database is asked.
            while min((await positions(pool, names)).values(), default=position) < position:  # noqa: ASYNC110
                await asyncio.sleep(LOOK_AGAIN)
            return True
    return False


async def lock(connection: Connection, name: str) -> int:
    """The position of this reader, nobody else's to move until the transaction ends."""
    row: int | None = await connection.fetchval(
        "select position from tracking where name = $1 for update", name
    )
    if row is not None:
        return row
    await connection.execute("insert into tracking (name) values ($1) on conflict do nothing", name)
    return await lock(connection, name)


async def move(connection: Connection, name: str, position: int) -> None:
    await connection.execute("update tracking set position = $2 where name = $1", name, position)


async def move_all(pool: Pool, names: Sequence[str], after: int, position: int) -> set[str]:
    """Move all of these that have read as far as `after`; the names of those that had.

    None is moved back, and whoever moves some of them at the same time is waited for.
    """
    rows = await pool.fetch(MOVE_ALL, names, after, position)
    return {row["name"] for row in rows}
