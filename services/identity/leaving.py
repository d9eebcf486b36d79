"""What goes when a person's data are erased, and what goes by itself in time."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from domain.privacy.events import SubjectErased
from services.eventstore.database import Connection, Pool
from services.eventstore.outage import Outage, is_outage
from services.eventstore.record import LogEntry
from services.identity.security_log import KEPT

OF_A_PERSON = (
    "credential",
    "second_factor",
    "recovery_code",
    "one_time_link",
    "oidc_identity",
    "web_session",
)

AN_HOUR = 3600.0
LINKS_KEPT = timedelta(days=90)
"""Whoever clicks on an old link is told that it has expired, and gets another one."""

SESSIONS_KEPT = timedelta(days=30)
PAUSES_KEPT = timedelta(days=1)
AT_ITS_END = timedelta()


class Leaving:
    """Follows the log like a view: with an erasure, every way in and trace of it at the door goes.

    The security log keeps that there was a sign-in, but no longer from where.
    """

    name = "leaving"
    tables: Sequence[str] = ()
    topics: Sequence[str] | None = (SubjectErased.TOPIC,)

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(entry.event, SubjectErased):
                for table in OF_A_PERSON:
                    await connection.execute(
                        f"delete from {table} where account = $1",  # noqa: S608 (our own names)
                        entry.event.subject,
                    )
                await connection.execute(
                    "update security_log set origin = '' where account = $1", entry.event.subject
                )


class Tidying:
    """Throws away what has served its time. Several processes may do it at once."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def run(self) -> None:
        """Tidy every hour until cancelled. A lost database is waited for."""
        outage = Outage("tidying interrupted")
        while True:
            try:
                await self.tidy(datetime.now(UTC))
            except Exception as error:
                if not is_outage(error):
                    raise
                await outage.wait(error)
                continue
            outage.is_over()
            await asyncio.sleep(AN_HOUR)

    async def tidy(self, at: datetime) -> None:
        """Throw away what is old at this moment."""
        for statement, kept in (
            ("delete from one_time_link where expires_at < $1", LINKS_KEPT),
            ("delete from web_session where last_seen_at < $1", SESSIONS_KEPT),
            ("delete from attempt where last_at < $1", PAUSES_KEPT),
            ("delete from rate_limit where empty_at < $1", PAUSES_KEPT),
            ("delete from security_log where at < $1", KEPT),
            ("delete from report_intake where expires_at < $1", AT_ITS_END),
            ("delete from report_link where expires_at < $1", AT_ITS_END),
        ):
            await self._pool.execute(statement, at - kept)
