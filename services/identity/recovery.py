"""Links that are mailed: to somebody invited, for a forgotten password, in place of an old link.

Whoever asks is answered the same and after the same time, whether anything was mailed or not.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

import msgspec

from domain.directory.address import same_address
from domain.directory.errors import UnknownAccount
from domain.kernel import Refused
from services.eventstore.database import Pool
from services.identity.addresses import AddressBook
from services.identity.links import LIFETIMES, Links, Purpose
from services.identity.lockout import (
    FORGOTTEN_PER_NAME,
    FORGOTTEN_PER_ORIGIN,
    INVITATION,
    NEW_LINK,
    NEW_LINK_PER_ORIGIN,
    RateLimits,
)
from services.identity.security_log import Happening, SecurityLog, Visitor
from services.mail.outbox import Outbox

FIRST_PAGE = "/konto/passwort"
ANSWERED_AFTER = 0.4
"""Seconds. To queue a mail takes a few hundredths, and those must not be seen from outside."""

MAILED = {
    Purpose.INVITATION: "invitation",
    Purpose.CONSULTATION: "sign-in",
    Purpose.SIGN_IN: "sign-in",
    Purpose.PASSWORD_RESET: "password-reset",
}
"""By what mail a link goes out when somebody asks for another one."""


@dataclass(eq=False)
class NoAddress(Refused):
    """A link can only be mailed to whoever has an address."""

    code: ClassVar[str] = "account.no-address"
    account: str


@dataclass(eq=False)
class InvitedTooOften(Refused):
    """The person was invited several times just now."""

    code: ClassVar[str] = "account.invited-too-often"
    account: str


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation on its way: the link is good until then."""

    account: UUID
    expires_at: datetime


class Recovery:
    """Mails links. What is in them is made here, and known to nobody but the addressee."""

    def __init__(self, pool: Pool, addresses: AddressBook, outbox: Outbox) -> None:
        self._pool = pool
        self._addresses = addresses
        self._outbox = outbox
        self._links = Links(pool)
        self._limits = RateLimits(pool)
        self._log = SecurityLog(pool)

    async def invite(self, account: UUID, by: str, visitor: Visitor, *, key: str) -> Invited:
        """Mail the person their first link. The same key again mails nothing more.

        Raises UnknownAccount, NoAddress or InvitedTooOften.
        """
        if not await self._pool.fetchval(
            "select exists (select from account where id = $1)", account
        ):
            raise UnknownAccount(str(account))
        if await self._addresses.address_of(account) is None:
            raise NoAddress(str(account))
        if not await self._limits.allows("invitation", str(account), INVITATION, visitor.at):
            raise InvitedTooOften(str(account))
        await self._mail(account, Purpose.INVITATION, FIRST_PAGE, visitor.at, f"invitation {key}")
        await self._log.note(Happening.INVITED, visitor, account=account, by=by)
        return Invited(account=account, expires_at=visitor.at + LIFETIMES[Purpose.INVITATION])

    async def forgotten(self, address: str, visitor: Visitor) -> None:
        """Mail a link to whoever has this address, if anybody has."""
        done = asyncio.get_running_loop().time() + ANSWERED_AFTER
        name = same_address(address)
        if await self._may_forget(name, visitor):
            account = await self._addresses.account_of(address)
            if account is not None:
                await self._mail(account, Purpose.PASSWORD_RESET, "/", visitor.at, str(uuid4()))
            await self._log.note(Happening.PASSWORD_RESET_ASKED, visitor, account=account)
        await asyncio.sleep(done - asyncio.get_running_loop().time())

    async def again(self, token: str, visitor: Visitor) -> None:
        """Mail another link in place of one that is no longer good, to the same person."""
        done = asyncio.get_running_loop().time() + ANSWERED_AFTER
        link = await self._links.look(token, visitor.at)
        if link is not None and link.purpose in MAILED and await self._may_again(token, visitor):
            await self._mail(link.account, link.purpose, link.target, visitor.at, str(uuid4()))
            await self._log.note(Happening.LINK_SENT_AGAIN, visitor, account=link.account)
        await asyncio.sleep(done - asyncio.get_running_loop().time())

    async def _may_forget(self, name: str, visitor: Visitor) -> bool:
        per_origin = await self._limits.allows(
            "forgotten from", visitor.source, FORGOTTEN_PER_ORIGIN, visitor.at
        )
        return per_origin and await self._limits.allows(
            "forgotten", name, FORGOTTEN_PER_NAME, visitor.at
        )

    async def _may_again(self, token: str, visitor: Visitor) -> bool:
        per_origin = await self._limits.allows(
            "link from", visitor.source, NEW_LINK_PER_ORIGIN, visitor.at
        )
        return per_origin and await self._limits.allows("link", token, NEW_LINK, visitor.at)

    async def _mail(
        self, account: UUID, purpose: Purpose, target: str, at: datetime, key: str
    ) -> None:
        token = await self._links.create(account, purpose=purpose, target=target, at=at)
        await self._outbox.queue(
            account=account,
            template=MAILED[purpose],
            facts={"token": token, "target": target},
            key=f"{purpose.value} {account} {key}",
            at=at,
        )
