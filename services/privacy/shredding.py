"""What an erasure does: the key is destroyed, and what could confirm a guess is blanked."""

import asyncio
from collections.abc import Iterable, Sequence

import asyncpg
import structlog

from domain.kernel import Event
from domain.privacy.events import SubjectErased
from services.eventstore.database import Connection, Pool, own_session
from services.eventstore.outage import Outage, is_outage
from services.eventstore.record import LogEntry
from services.privacy.box import personal_fields

LOOK_AGAIN = 2.0
PATIENCE_WITH_READERS = "1s"

log = structlog.get_logger(__name__)


class Shredding:
    """Follows the log like a view. What it destroys is not in the log, so it has no tables.

    The key's row stays without the key: it says when and why, also to whoever would write
    something about the person again. Applied twice it does nothing more.
    """

    name = "shredding"
    tables: Sequence[str] = ()
    topics: Sequence[str] | None = (SubjectErased.TOPIC,)

    def __init__(self, events: Iterable[type[Event]]) -> None:
        self._personal = [event.TOPIC for event in events if personal_fields(event)]

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(entry.event, SubjectErased):
                await _destroy_key(connection, entry, entry.event)
                await self._blank_digests(connection, entry.event)

    async def _blank_digests(self, connection: Connection, event: SubjectErased) -> None:
        """A digest of a command with a name in it would tell whether a guess of the name is right.

        Without it the command id still gives its receipt.
        """
        await connection.execute(
            "update receipt set digest = '' where digest <> '' and (originator_id = $1"
            " or command_id in (select (convert_from(state, 'UTF8')::json"
            " -> 'metadata' ->> 'command')::uuid from event"
            " where topic = any($2) and position($3 in state) > 0))",
            event.subject,
            self._personal,
            str(event.subject).encode(),
        )


async def _destroy_key(connection: Connection, entry: LogEntry, event: SubjectErased) -> None:
    await connection.execute(
        "insert into subject_key (subject, erased_at, reason, position) values ($1, $2, $3, $4)"
        " on conflict (subject) do update set wrapped = null, erased_at = $2, reason = $3,"
        " position = $4, swept = false where subject_key.wrapped is not null",
        event.subject,
        entry.recorded_at,
        event.reason,
        entry.position,
    )


class Sweep:
    """Writes the table of the keys anew after an erasure, so that the old row leaves the disk.

    PostgreSQL keeps the former version of a row until then. It waits for the transactions that
    began before, because these may still look at it.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._has_complained = False

    async def run(self) -> None:
        """Look for something to sweep until cancelled. A lost database is waited for."""
        outage = Outage("sweeping interrupted")
        while True:
            try:
                await self.sweep()
            except asyncpg.LockNotAvailableError:
                pass  # a backup reads the table, say: later
            except Exception as error:
                if not is_outage(error):
                    raise
                await outage.wait(error)
                continue
            outage.is_over()
            await asyncio.sleep(LOOK_AGAIN)

    async def sweep(self) -> int:
        """Sweep if it is possible and allowed now; after how many erasures it was.

        Raises LockNotAvailableError if somebody reads the table for long.
        """
        async with own_session(self._pool) as connection:
            rows = await connection.fetch(
                "select subject from subject_key where erased_at is not null and not swept"
                " and not exists (select from pg_stat_activity where xact_start < erased_at)"
            )
            if not rows or not await self._may(connection):
                return 0
            await connection.execute(f"set lock_timeout = '{PATIENCE_WITH_READERS}'")
            await connection.execute("vacuum full subject_key")
            await connection.execute("vacuum receipt")
            await connection.execute(
                "update subject_key set swept = true where subject = any($1)",
                [row["subject"] for row in rows],
            )
            return len(rows)

    async def _may(self, connection: Connection) -> bool:
        """PostgreSQL would only warn, and leave the table as it is."""
        may: bool = await connection.fetchval(
            "select bool_and(case when current_setting('server_version_num')::int >= 170000"
            " then has_table_privilege(name, 'MAINTAIN')"
            " else pg_has_role((select relowner from pg_class where oid = name), 'USAGE') end)"
            " from unnest(array['subject_key', 'receipt']::regclass[]) as name"
        )
        if not may and not self._has_complained:
            self._has_complained = True
            log.warning("destroyed keys stay on the disk: no right to vacuum subject_key, receipt")
        return may
