"""What happened at the door: who signed in or failed to, when, from where; never a secret."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from uuid import UUID

import msgspec
import structlog

from services.eventstore.database import Pool
from services.identity.lockout import Rate, RateLimits

KEPT = timedelta(days=365)
FROM_ONE_PLACE = Rate(burst=60, each=timedelta(seconds=10))
V4_PREFIX = 24
V6_PREFIX = 48

log = structlog.get_logger(__name__)


class Happening(StrEnum):
    """What is noted."""

    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_IN_PAUSED = "sign-in-paused"
    CODE_FAILED = "code-failed"
    RECOVERY_CODE_USED = "recovery-code-used"
    SIGNED_OUT = "signed-out"
    SIGNED_OUT_ELSEWHERE = "signed-out-elsewhere"
    IDENTITY_LINKED = "identity-linked"
    IDENTITY_FORGOTTEN = "identity-forgotten"
    SESSION_ENDED = "session-ended"
    ALL_SESSIONS_ENDED = "all-sessions-ended"
    PASSWORD_SET = "password-set"  # noqa: S105 (a happening)
    PASSWORD_RESET_ASKED = "password-reset-asked"  # noqa: S105 (a happening)
    SECOND_FACTOR_ON = "second-factor-on"
    SECOND_FACTOR_OFF = "second-factor-off"
    RECOVERY_CODES_MADE = "recovery-codes-made"
    INVITED = "invited"
    LINK_SENT_AGAIN = "link-sent-again"
    LINK_REFUSED = "link-refused"
    ACCESS_REFUSED = "access-refused"
    FORM_REFUSED = "form-refused"


BY_ANYBODY = frozenset(
    {
        Happening.SIGN_IN_FAILED,
        Happening.CODE_FAILED,
        Happening.PASSWORD_RESET_ASKED,
        Happening.LINK_SENT_AGAIN,
    }
)
"""It is about an account, but who did it is not known."""


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """A request at the door: when, from which address, with which browser."""

    at: datetime
    address: str = ""
    device: str = ""
    correlation: str = ""

    @property
    def source(self) -> str:
        """Who pauses together: an address, or the network of a household with IPv6."""
        return _network(self.address, 32, 64)

    @property
    def origin(self) -> str:
        """The network they come from: an address without its last part says it less exactly."""
        return origin_of(self.address)


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """An entry. `account` is whom it is about, `by` who did it: an account, or `console`."""

    id: int
    at: datetime
    happening: str
    account: UUID | None
    by: str
    method: str
    origin: str
    correlation: str


class SecurityLog:
    """Written by those at the door, read by auditor and administrator."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._limits = RateLimits(pool)

    async def note(
        self,
        happening: Happening,
        visitor: Visitor,
        *,
        account: UUID | None = None,
        by: str = "",
        method: str = "",
    ) -> None:
        """Note what happened, here and in what operators watch. `by`: if not the account itself.

        Nobody fills the log by hammering at the door without a name: of what comes from one place
        so much is noted as helps to see it.
        """
        if account is None and not await self._limits.allows(
            "noting", visitor.source, FROM_ONE_PLACE, visitor.at
        ):
            return
        is_known = account is not None and happening not in BY_ANYBODY
        doer = by or (str(account) if is_known else "")
        await self._pool.execute(
            "insert into security_log (at, happening, account, by, method, origin, correlation)"
            " values ($1, $2, $3, $4, $5, $6, $7)",
            visitor.at,
            happening.value,
            account,
            doer,
            method,
            visitor.origin,
            visitor.correlation,
        )
        log.info("security", happening=happening.value, account=str(account or ""), by=doer)

    async def read(
        self,
        *,
        before: int,
        limit: int,
        account: UUID | None = None,
        happening: str | None = None,
    ) -> Sequence[Noted]:
        """The latest entries below this number, the newest first."""
        rows = await self._pool.fetch(
            "select * from security_log where id < $1 and ($2::uuid is null or account = $2)"
            " and ($3::text is null or happening = $3) order by id desc limit $4",
            before,
            account,
            happening,
            limit,
        )
        return [Noted(**row) for row in rows]


def origin_of(address: str) -> str:
    """The network of an address: 203.0.113.7 is of 203.0.113.0/24. Empty if it is none."""
    return _network(address, V4_PREFIX, V6_PREFIX)


def _network(address: str, v4_prefix: int, v6_prefix: int) -> str:
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    prefix = v4_prefix if isinstance(found, IPv4Address) else v6_prefix
    return str(ip_network(f"{found}/{prefix}", strict=False))
