"""The secret links by which a company sees and changes its report: only their digests are stored.

Each mail brings one of its own, so none has to be kept in readable form.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from services.eventstore.database import Connection, Pool

LIFE = timedelta(days=365)
LONGEST = 200
PAGE = "/meldung/"
CONFIRMATION_PAGE = "/melden/bestaetigen/"


class ReportLinks:
    """Makes links to reports, and says which report one is to."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def create(self, report: UUID, at: datetime) -> str:
        """The token of a new link. It is kept nowhere."""
        token = new_token()
        await self._pool.execute(MAKE, link_digest(token), report, at, at + LIFE)
        return token

    async def report_of(self, token: str, at: datetime) -> UUID | None:
        """The report that a link is to; None if it is to none, or not any more."""
        report: UUID | None = await self._pool.fetchval(FIND, link_digest(token), at)
        return report

    async def is_erased(self, token: str) -> bool:
        """Whether it once led to a report whose contact was erased since."""
        return bool(await self._pool.fetchval(ERASED, link_digest(token)))


MAKE = """
    insert into report_link (digest, report, made_at, expires_at) values ($1, $2, $3, $4)
    on conflict do nothing
"""

FIND = """
    select report from report_link where digest = $1 and expires_at > $2 and not exists (
        select from subject_key where subject = report and erased_at is not null
    )
"""

ERASED = """
    select exists (
        select from report_link join subject_key on subject = report
        where digest = $1 and erased_at is not null
    )
"""


async def keep(connection: Connection, token: str, report: UUID, at: datetime) -> None:
    """Let this token lead to the report, in the open transaction."""
    await connection.execute(MAKE, link_digest(token), report, at, at + LIFE)


def new_token() -> str:
    """A token with 256 bits of chance."""
    return token_urlsafe(32)


def status_token(confirmation: str) -> str:
    """The token of the status page that follows from that of the confirmation.

    So whoever confirms twice gets the same link, though it is kept nowhere.
    """
    return hmac.digest(confirmation.encode(), b"report status", sha256).hex()


def link_digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
