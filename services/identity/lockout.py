"""Pauses after failed attempts, and how often something may be asked: the same in all processes.

Whom a pause concerns is a digest of what was typed, whether there is such an account or not: what
is answered says nothing about who exists.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from services.eventstore.database import Pool


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """So many failures are free; then a pause, which doubles with each further one."""

    free: int
    pause: timedelta
    longest: timedelta
    forgotten_after: timedelta


OF_ACCOUNT = Patience(
    free=5,
    pause=timedelta(seconds=30),
    longest=timedelta(minutes=15),
    forgotten_after=timedelta(hours=24),
)
OF_ORIGIN = Patience(
    free=30,
    pause=timedelta(seconds=30),
    longest=timedelta(minutes=15),
    forgotten_after=timedelta(hours=1),
)

COUNT = """
    insert into attempt as known (key, failures, last_at, blocked_until)
    values ($1, 1, $2, null)
    on conflict (key) do update set
        failures = case when known.last_at < $3 then 1 else known.failures + 1 end,
        last_at = $2,
        blocked_until = case
            when known.last_at < $3 or known.failures + 1 < $4 then null
            else $2::timestamptz + least(
                $6::interval, $5::interval * power(2::float8, least(known.failures + 1 - $4, 30))
            )
        end
    where known.blocked_until is null or known.blocked_until <= $2
    returning failures
"""
"""Counts before it is known how the attempt ends, so many at once are not more than one by one."""


class Someone(msgspec.Struct, frozen=True):
    """Who tries: under which name or from which address, and with how much patience."""

    key: str
    patience: Patience


def named(name: str) -> Someone:
    """Whoever signs in under this name."""
    return Someone(f"account {name}", OF_ACCOUNT)


def from_origin(origin: str) -> Someone:
    """Whoever comes from this network."""
    return Someone(f"origin {origin}", OF_ORIGIN)


class Lockout:
    """Counts failed attempts, and says how long nothing more is taken."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def attempt(self, at: datetime, who: Sequence[Someone]) -> timedelta | None:
        """Count an attempt of each; the pause that is left if one of them has to wait."""
        for someone in who:
            patience = someone.patience
            counted = await self._pool.fetchval(
                COUNT,
                _digest(someone.key),
                at,
                at - patience.forgotten_after,
                patience.free,
                patience.pause,
                patience.longest,
            )
            if counted is None:
                return await self._left(someone, at)
        return None

    async def succeeded(self, name: Someone, origin: Someone) -> None:
        """Forget the failures of the name; take back the one just counted of the network."""
        await self._pool.execute("delete from attempt where key = $1", _digest(name.key))
        await self._pool.execute(
            "update attempt set failures = greatest(failures - 1, 0), blocked_until = null"
            " where key = $1",
            _digest(origin.key),
        )

    async def forget(self, name: Someone) -> None:
        """Let somebody in again at once, who has shown in another way who they are."""
        await self._pool.execute("delete from attempt where key = $1", _digest(name.key))

    async def _left(self, someone: Someone, at: datetime) -> timedelta:
        until: datetime | None = await self._pool.fetchval(
            "select blocked_until from attempt where key = $1", _digest(someone.key)
        )
        return max(until - at, timedelta(seconds=1)) if until else timedelta(seconds=1)


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """So many at once, and then one more each time this span has passed."""

    burst: int
    each: timedelta


FORGOTTEN_PER_NAME = Rate(burst=3, each=timedelta(minutes=20))
FORGOTTEN_PER_ORIGIN = Rate(burst=10, each=timedelta(minutes=1))
NEW_LINK_PER_ORIGIN = Rate(burst=10, each=timedelta(minutes=1))
NEW_LINK = Rate(burst=3, each=timedelta(minutes=20))
INVITATION = Rate(burst=3, each=timedelta(minutes=5))
PUBLIC_FORM = Rate(burst=5, each=timedelta(minutes=2))

POUR = """
    insert into rate_limit as known (key, empty_at) values ($1, $2::timestamptz + $3::interval)
    on conflict (key) do update set empty_at = greatest(known.empty_at, $2) + $3::interval
    where known.empty_at <= $2::timestamptz + $4::interval
    returning true
"""
"""A bucket that runs dry at a steady pace and overflows when too much is poured in at once."""


class RateLimits:
    """How often the same one may ask the same thing."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def allows(self, what: str, who: str, rate: Rate, at: datetime) -> bool:
        """Whether they may once more; if so, it counts."""
        room = rate.each * (rate.burst - 1)
        taken = await self._pool.fetchval(POUR, _digest(f"{what} {who}"), at, rate.each, room)
        return bool(taken)


def _digest(key: str) -> bytes:
    return sha256(key.encode()).digest()
