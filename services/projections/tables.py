"""Tables of the same form beside the live ones, and in their place."""

from collections.abc import Sequence

from services.eventstore.database import Connection

CONSTRAINTS = """
    select format('alter table %I.%I add constraint %I %s',
        $3::text, $1::text, conname, pg_get_constraintdef(oid))
    from pg_constraint
    where conrelid = format('%I.%I', $2::text, $1)::regclass and contype in ('p', 'u', 'x')
"""
"""`like` copies the rest; these it would give other names."""

INDEXES = """
    select replace(pg_get_indexdef(indexrelid),
        format(' ON %I.%I ', $2::text, $1::text), format(' ON %I.%I ', $3::text, $1))
    from pg_index
    where indrelid = format('%I.%I', $2, $1)::regclass
        and not exists (select from pg_constraint where conindid = indexrelid)
"""

GRANTS = """
    select format('grant %s on %I.%I to %s', privilege_type, $3::text, $1::text,
        case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end)
    from pg_class, aclexplode(relacl)
    where pg_class.oid = format('%I.%I', $2::text, $1)::regclass and grantee <> relowner
"""


async def copy_form(connection: Connection, table: str, live: str, schema: str) -> None:
    """An empty table like the live one: columns, constraints, indexes by name, and who may read."""
    await connection.execute(
        f"create table {schema}.{table} (like {live}.{table} including all excluding indexes)"
    )
    for what in (CONSTRAINTS, INDEXES, GRANTS):
        for row in await connection.fetch(what, table, live, schema):
            await connection.execute(row[0])


async def replace(connection: Connection, names: Sequence[str], live: str, schema: str) -> None:
    """Drop the live tables and move those of the same names from the schema to their place.

    All locks come first, so that nobody sees one new and one old.
    Raises LockNotAvailableError if the transaction's `lock_timeout` is over before.
    """
    for table in names:
        await connection.execute(f"lock table {live}.{table} in access exclusive mode")
    for table in names:
        await connection.execute(f"drop table {live}.{table}")
        await connection.execute(f"alter table {schema}.{table} set schema {live}")
