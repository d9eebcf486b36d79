"""What somebody who owns the database can do to an entry of the log."""

import asyncpg


async def tamper(url: str, position: int) -> None:
    """Change the content of the entry at this position, past all guards."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("alter table event disable trigger all")
            await connection.execute(
                "update event set state = state || ' '::bytea where position = $1", position
            )
            await connection.execute("alter table event enable trigger all")
    finally:
        await connection.close()
