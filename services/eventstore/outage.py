"""Tells a lost database, which is waited for, from a defect, which is not."""

import asyncio

import asyncpg
import structlog

SHORTEST_PAUSE = 0.1
LONGEST_PAUSE = 2.0

log = structlog.get_logger(__name__)

OUTAGES = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""The connection was lost or refused, the server stops, starts, or lacks room or patience.

The last four are of the moment too: a lock that others hold, a table that changed its form, and
what asyncpg says of a connection that is cut while it is used.
"""


def is_outage(error: BaseException) -> bool:
    """Whether it may well succeed when tried again, unchanged, a little later."""
    # A value that does not fit its column is an InterfaceError too, and will never fit.
    return isinstance(error, OUTAGES) and not isinstance(error, ValueError)


class Outage:
    """Waits while the database is away: longer each time, up to two seconds."""

    def __init__(self, saying: str, **facts: str) -> None:
        self._saying = saying
        self._facts = facts
        self._pause = SHORTEST_PAUSE

    async def wait(self, error: BaseException) -> None:
        log.warning(self._saying, error=type(error).__name__, **self._facts)
        await asyncio.sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    def is_over(self) -> None:
        """The next one begins with the shortest pause."""
        self._pause = SHORTEST_PAUSE
