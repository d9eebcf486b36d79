"""Stamps of the public form: when it was opened, signed by us, and the work done on it.

A stamp is no secret and is stored nowhere. It holds off programs in two ways: a form that comes
back within seconds was not filled in by anybody; and whoever sends many has a number searched for
that costs a browser a second and a flood of forms a machine.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime, timedelta
from math import ceil
from secrets import token_bytes
from uuid import UUID, uuid5

import msgspec

from domain.kernel import NAMESPACE
from services.intake.errors import FilledTooFast, ForeignStamp, StampOutdated
from services.intake.key import IntakeKey

USE = "stamp"
SOONEST = timedelta(seconds=5)
LATEST = timedelta(hours=48)
"""A form may wait on a desk from one day to the next."""

WORK = 16
"""So many leading zero bits: 65,536 attempts on average."""

LONGEST = 200
LONGEST_PROOF = 32
DRAWN = 16
SIGNED = 24
TIME = 6
AHEAD = timedelta(seconds=30)
"""So far may the clocks of two machines be apart."""


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """One opening of the form."""

    text: str
    opened_at: datetime

    @property
    def intake(self) -> UUID:
        """What is sent with one stamp is one form, however often it is sent."""
        return uuid5(NAMESPACE, f"report intake/{self.text}")


class Stamps:
    """Gives out stamps and knows its own again."""

    def __init__(self, key: IntakeKey) -> None:
        self._key = key

    async def give(self, at: datetime) -> str:
        """A stamp for a form that is opened now: letters, digits, `-` and `_`."""
        drawn = int(at.timestamp() * 1000).to_bytes(TIME, "big") + token_bytes(DRAWN)
        return _written(drawn + await self._signature(drawn))

    async def check(self, text: str, at: datetime) -> Stamp:
        """The stamp, if a form that carries it may be taken now.

        Raises ForeignStamp, StampOutdated or FilledTooFast.
        """
        drawn, signature = _parts(text)
        if not hmac.compare_digest(signature, await self._signature(drawn)):
            raise ForeignStamp
        opened_at = datetime.fromtimestamp(int.from_bytes(drawn[:TIME], "big") / 1000, UTC)
        passed = at - opened_at
        if passed > LATEST or passed < -AHEAD:
            raise StampOutdated
        if passed < SOONEST:
            raise FilledTooFast(ceil((SOONEST - passed).total_seconds()))
        return Stamp(text=text, opened_at=opened_at)

    async def _signature(self, drawn: bytes) -> bytes:
        return hmac.digest(await self._key.derived(USE), drawn, hashlib.sha256)[:SIGNED]


def is_proof(stamp: str, proof: str, work: int = WORK) -> bool:
    """Whether SHA-256 of `<stamp>:<proof>` begins with so many zero bits."""
    digest = hashlib.sha256(f"{stamp}:{proof}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - work) == 0


def _parts(text: str) -> tuple[bytes, bytes]:
    try:
        whole = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (Error, ValueError):
        raise ForeignStamp from None
    # There is one way to write a stamp, or one could be used as several.
    if len(whole) != TIME + DRAWN + SIGNED or _written(whole) != text:
        raise ForeignStamp
    return whole[: TIME + DRAWN], whole[TIME + DRAWN :]


def _written(whole: bytes) -> str:
    return urlsafe_b64encode(whole).decode().rstrip("=")
