"""What people report about the pages: barriers above all. Open to everybody, so within limits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import asyncpg
import msgspec

from services.eventstore.database import Pool
from services.identity.lockout import PUBLIC_FORM, RateLimits
from services.identity.security_log import Happening, SecurityLog, Visitor

KEPT = timedelta(days=180)
"""So long a report is kept after it is done."""


class FeedbackKind(StrEnum):
    """What is reported."""

    BARRIER = "barrier"
    OTHER = "other"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody sends in. `address` is for an answer; it may be empty."""

    id: UUID
    kind: FeedbackKind
    page: str
    text: str
    address: str


class KeptReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as administrators read it."""

    id: UUID
    at: datetime
    kind: FeedbackKind
    page: str
    text: str
    address: str
    done_at: datetime | None = None


class Feedback:
    """Takes reports in, shows them, and forgets them when they are done."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._limits = RateLimits(pool)
        self._security = SecurityLog(pool)

    async def take(self, report: Report, visitor: Visitor) -> bool:
        """Keep the report, once; False if too many came from that network just now."""
        if not await self._limits.allows("feedback", visitor.origin, PUBLIC_FORM, visitor.at):
            await self._security.note(Happening.FORM_REFUSED, visitor)
            return False
        await self._pool.execute(
            "insert into feedback (id, at, kind, page, text, address)"
            " values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            report.id,
            visitor.at,
            report.kind,
            report.page,
            report.text,
            report.address,
        )
        return True

    async def kept(self, before: datetime | None, limit: int) -> Sequence[KeptReport]:
        """The reports, the newest first; `before` is where the page before ended."""
        rows = await self._pool.fetch(
            "select * from feedback where at < coalesce($1::timestamptz, 'infinity')"
            " order by at desc, id limit $2",
            before,
            limit,
        )
        return [_report(row) for row in rows]

    async def complete(self, report: UUID, account: str, at: datetime) -> bool:
        """Mark a report as done and forget the address; False if there is no such report.

        Those that were done long ago go altogether.
        """
        await self._pool.execute("delete from feedback where done_at < $1", at - KEPT)
        done = await self._pool.fetchval(
            "update feedback set done_at = coalesce(done_at, $2), done_by = coalesce(done_by, $3),"
            " address = '' where id = $1 returning true",
            report,
            at,
            account,
        )
        return bool(done)


def _report(row: asyncpg.Record) -> KeptReport:
    return KeptReport(
        id=row["id"],
        at=row["at"],
        kind=FeedbackKind(row["kind"]),
        page=row["page"],
        text=row["text"],
        address=row["address"],
        done_at=row["done_at"],
    )
