"""How often the public form is taken: from a place, from its network, for an address.

The counts are in the database, so that they hold over all processes.
"""

from datetime import timedelta
from enum import StrEnum

from domain.directory.address import same_address
from services.identity.lockout import Rate, RateLimits
from services.identity.security_log import Visitor

WITHOUT_PROOF = Rate(burst=5, each=timedelta(minutes=2))
"""More than a company has to report. From then on the browser has to work for it."""

PER_PLACE = Rate(burst=30, each=timedelta(seconds=20))
PER_NETWORK = Rate(burst=120, each=timedelta(seconds=5))
PER_ADDRESS = Rate(burst=4, each=timedelta(hours=1))
"""Whoever types in somebody else's address fills no mailbox."""

LINKS_PER_PLACE = Rate(burst=10, each=timedelta(minutes=1))
LINKS_PER_REPORT = Rate(burst=3, each=timedelta(minutes=20))


class Verdict(StrEnum):
    """Whether a form is taken."""

    TAKEN = "taken"
    WANTS_PROOF = "wants-proof"
    TOO_MANY = "too-many"


class Limits:
    """Counts what comes in."""

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits

    async def judge(self, visitor: Visitor, address: str, *, is_proven: bool) -> Verdict:
        """Whether this form is taken; if it could be, it counts."""
        if not await self._of_the_place(visitor):
            return Verdict.TOO_MANY
        if not is_proven and not await self._allows("report at ease", visitor, WITHOUT_PROOF):
            return Verdict.WANTS_PROOF
        to = same_address(address)
        may_be_written_to = await self._limits.allows("report to", to, PER_ADDRESS, visitor.at)
        return Verdict.TAKEN if may_be_written_to else Verdict.TOO_MANY

    async def may_ask_for_link(self, visitor: Visitor, reference: str) -> bool:
        """Whether the link to a report may be sent once more."""
        if not await self._allows("report link from", visitor, LINKS_PER_PLACE):
            return False
        return await self._limits.allows("report link", reference, LINKS_PER_REPORT, visitor.at)

    async def _of_the_place(self, visitor: Visitor) -> bool:
        if not await self._allows("report from", visitor, PER_PLACE):
            return False
        return await self._limits.allows("report network", visitor.origin, PER_NETWORK, visitor.at)

    async def _allows(self, what: str, visitor: Visitor, rate: Rate) -> bool:
        return await self._limits.allows(what, visitor.source, rate, visitor.at)
