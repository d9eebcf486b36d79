"""Who has read how far: the table `tracking`, one row for each reader by name."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from services.eventstore.database import Connection, Pool

LOOK_AGAIN = 0.01


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
