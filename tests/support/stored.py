"""All that the database holds, as bytes, to look for what must not be in it."""

from services.eventstore.database import Pool


async def everything_stored(pool: Pool) -> bytes:
    """Every value of every row."""
    tables = await pool.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    )
    found: list[bytes] = []
    for table in tables:
        rows = await pool.fetch(f'select * from "{table["relname"]}"')  # noqa: S608 (its own names)
        for row in rows:
            found += [v if isinstance(v, bytes) else str(v).encode() for v in row.values()]
    return b"\n".join(found)
