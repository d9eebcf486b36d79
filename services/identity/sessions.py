"""Sessions of people at the pages: kept in the database, so that they can be ended there."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

import msgspec

from services.eventstore.database import Pool
from services.identity.devices import device_of
from services.identity.principal import Principal, grants_of, read_grants
from services.page_settings import PageSettings

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
NOTED = timedelta(minutes=1)
"""Being seen is noted so often at most."""

OF_PROVIDER = "oidc"
"""The method of sessions whose second factor is the provider's matter."""

FOUND = f"""
    select web_session.*, {grants_of("web_session.account")} as grants, exists (
        select from second_factor f
        where f.account = web_session.account and f.confirmed_at is not null
    ) as has_factor
    from web_session
    where digest = $1 and ended_at is null and not exists (
        select from subject_key k where k.subject = web_session.account and k.erased_at is not null
    )
"""  # noqa: S608 (our own words)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is signed in. `csrf` is what the forms of this session carry.

    `needs_factor`: one of their roles demands a second factor; `has_factor`: they have one.
    """

    id: UUID
    principal: Principal
    csrf: str
    started_at: datetime
    method: str
    needs_factor: bool = False
    has_factor: bool = False

    @property
    def lacks_factor(self) -> bool:
        """Whether they have to set one up before anything else."""
        return self.needs_factor and not self.has_factor


class OpenSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its owner sees it in a list. `device` is browser and system."""

    id: UUID
    method: str
    device: str
    started_at: datetime
    last_seen_at: datetime


class Sessions:
    """Begins, finds and ends sessions. Only a digest of what the browser keeps is stored.

    One ends after `idle` without a request, and `absolute` after it began in any case. Whoever has
    one of the `strict` roles needs a second factor.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        idle: timedelta = IDLE,
        absolute: timedelta = ABSOLUTE,
        strict: Collection[str] = (),
    ) -> None:
        self._pool = pool
        self._strict = frozenset(strict)
        self._idle = idle
        self._absolute = absolute

    async def start(self, account: UUID, *, method: str, at: datetime, device: str = "") -> str:
        """Begin a session; what the browser is to keep.

        `method` is how they signed in, `device` what the browser says of itself.
        """
        cookie = token_urlsafe(32)
        await self._pool.execute(
            "insert into web_session"
            " (id, digest, account, csrf, method, device, started_at, last_seen_at)"
            " values ($1, $2, $3, $4, $5, $6, $7, $7)",
            uuid4(),
            _digest(cookie),
            account,
            token_urlsafe(24),
            method,
            device_of(device),
            at,
        )
        return cookie

    async def session_of(self, cookie: str, at: datetime) -> Session | None:
        """Whose session this is, if it has not ended, been idle too long or grown too old."""
        row = await self._pool.fetchrow(FOUND, _digest(cookie))
        if (
            row is None
            or at - row["last_seen_at"] > self._idle
            or at - row["started_at"] > self._absolute
        ):
            return None
        if at - row["last_seen_at"] > NOTED:
            await self._pool.execute(
                "update web_session set last_seen_at = $2 where id = $1 and last_seen_at < $2",
                row["id"],
                at,
            )
        principal = Principal(
            account=str(row["account"]),
            grants=read_grants(row["grants"]),
            signed_in=row["method"],
        )
        roles = {grant.role for grant in principal.grants_at(at)}
        return Session(
            id=row["id"],
            principal=principal,
            csrf=row["csrf"],
            started_at=row["started_at"],
            method=row["method"],
            needs_factor=row["method"] != OF_PROVIDER and not roles.isdisjoint(self._strict),
            has_factor=row["has_factor"],
        )

    async def renew(self, session: UUID) -> str:
        """The same session under another cookie, for when its rights grow: the old one ends."""
        cookie = token_urlsafe(32)
        await self._pool.execute(
            "update web_session set digest = $2, csrf = $3 where id = $1 and ended_at is null",
            session,
            _digest(cookie),
            token_urlsafe(24),
        )
        return cookie

    async def open_sessions(self, account: UUID, at: datetime) -> Sequence[OpenSession]:
        """Where the person is signed in, the latest seen first."""
        rows = await self._pool.fetch(
            "select id, method, device, started_at, last_seen_at from web_session"
            " where account = $1 and ended_at is null and last_seen_at >= $2 and started_at >= $3"
            " order by last_seen_at desc, id",
            account,
            at - self._idle,
            at - self._absolute,
        )
        return [OpenSession(**row) for row in rows]

    async def end(self, session: UUID, at: datetime) -> None:
        """End one; harmless if it has ended."""
        await self._pool.execute(
            "update web_session set ended_at = $2 where id = $1 and ended_at is null", session, at
        )

    async def end_own(self, account: UUID, session: UUID, at: datetime) -> bool:
        """End one of a person's sessions; whether there was one. That of another stays."""
        ended = await self._pool.fetchval(
            "update web_session set ended_at = $3 where account = $1 and id = $2"
            " and ended_at is null returning true",
            account,
            session,
            at,
        )
        return bool(ended)

    async def end_all(self, account: UUID, at: datetime, *, but: UUID | None = None) -> int:
        """End all of a person, or all but one; how many there were."""
        rows = await self._pool.fetch(
            "update web_session set ended_at = $2 where account = $1 and ended_at is null"
            " and id is distinct from $3 returning id",
            account,
            at,
            but,
        )
        return len(rows)


def sessions_of(pool: Pool, settings: PageSettings) -> Sessions:
    """With the limits that are set."""
    return Sessions(
        pool,
        idle=timedelta(minutes=settings.session_idle_minutes),
        absolute=timedelta(hours=settings.session_hours),
        strict=(settings.second_factor or "").split(),
    )


def _digest(cookie: str) -> bytes:
    return sha256(cookie.encode()).digest()
