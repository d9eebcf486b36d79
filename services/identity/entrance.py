"""How people come in, by password and code or by a link; what it costs, and what is noted.

Nothing in an answer says whether there is such an account: whoever is unknown fails like somebody
who mistyped, after the same time and with the same pauses.
"""

from datetime import timedelta
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain.directory.address import same_address
from services.eventstore.database import Pool
from services.identity.addresses import AddressBook
from services.identity.links import Link, Links, Purpose
from services.identity.lockout import Lockout, Someone, from_origin, named
from services.identity.passwords import Passwords
from services.identity.security_log import Happening, SecurityLog, Visitor
from services.identity.sessions import Sessions
from services.identity.totp import SecondFactors
from services.privacy.master import MasterKeys

START = "/"
BY_LINK = (Purpose.INVITATION, Purpose.CONSULTATION, Purpose.SIGN_IN)
"""The links that let somebody in; with the others one sets a password."""


class Admitted(msgspec.Struct, frozen=True, kw_only=True):
    """They are in: what the browser is to keep, and where they go."""

    cookie: str
    target: str


class CodeWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The first step is done; `token` goes with the code of the second one."""

    token: str


class Mistaken(msgspec.Struct, frozen=True):
    """Name, password or code do not fit."""


class Paused(msgspec.Struct, frozen=True):
    """Nothing is taken before this time has passed."""

    left: timedelta


class Outdated(msgspec.Struct, frozen=True):
    """The step before was too long ago, or was used up."""


Outcome: TypeAlias = Admitted | CodeWanted | Mistaken | Paused | Outdated


class Entrance:
    """The door for people. Every way in ends in `Sessions.start`."""

    def __init__(
        self, pool: Pool, master: MasterKeys, sessions: Sessions, addresses: AddressBook
    ) -> None:
        self.sessions = sessions
        self.passwords = Passwords(pool)
        self.factors = SecondFactors(pool, master)
        self.links = Links(pool)
        self.lockout = Lockout(pool)
        self.log = SecurityLog(pool)
        self.addresses = addresses

    async def by_password(
        self, address: str, password: str, visitor: Visitor, target: str = START
    ) -> Outcome:
        """Name and password; then the code, if the account asks for one."""
        name, origin = named(same_address(address)), from_origin(visitor.source)
        if pause := await self._pause(visitor, name, origin):
            return pause
        account = await self.addresses.account_of(address)
        if not await self.passwords.matches(account, password) or account is None:
            await self.log.note(Happening.SIGN_IN_FAILED, visitor, account=account)
            return Mistaken()
        await self.lockout.succeeded(name, origin)
        return await self._go_on(account, "password", visitor, target)

    async def by_link(self, token: str, visitor: Visitor) -> Outcome:
        """A link that was sent; then the code, if the account asks for one."""
        link = await self.links.use(token, visitor.at, *BY_LINK)
        if link is None:
            await self.log.note(Happening.LINK_REFUSED, visitor)
            return Outdated()
        return await self._go_on(link.account, "link", visitor, link.target)

    async def by_code(self, token: str, code: str, visitor: Visitor) -> Outcome:
        """The second step: a code of the app, or one of those for its loss."""
        step = await self.links.look(token, visitor.at)
        if step is None or step.purpose is not Purpose.SECOND_FACTOR or not step.is_good:
            return Outdated()
        name, origin = _coded(step.account), from_origin(visitor.source)
        if pause := await self._pause(visitor, name, origin):
            return pause
        method = await self._second_factor(step.account, code, visitor)
        if method is None:
            await self.log.note(Happening.CODE_FAILED, visitor, account=step.account)
            return Mistaken()
        if await self.links.use(token, visitor.at, Purpose.SECOND_FACTOR) is None:
            return Outdated()
        await self.lockout.succeeded(name, origin)
        return await self._admit(step.account, f"{_first(step)}-{method}", visitor, _where(step))

    async def reset_password(self, token: str, password: str, visitor: Visitor) -> bool:
        """Set a password by a link that was mailed for it; whether the link was good.

        Nobody is signed in by it, so that a second factor is asked for as always.
        """
        link = await self.links.use(token, visitor.at, Purpose.PASSWORD_RESET)
        if link is None:
            await self.log.note(Happening.LINK_REFUSED, visitor)
            return False
        await self.change_password(link.account, password, visitor)
        address = await self.addresses.address_of(link.account)
        if address is not None:
            await self.lockout.forget(named(same_address(address)))
        return True

    async def change_password(
        self,
        account: UUID,
        password: str,
        visitor: Visitor,
        *,
        staying: UUID | None = None,
        by: str = "",
    ) -> None:
        """Set the password. Sessions end but the one that stays, and links that could set another.

        `by` is who does it, if not the person.
        """
        await self.passwords.keep(account, password, visitor.at)
        await self.links.drop(account, Purpose.PASSWORD_RESET)
        await self.sessions.end_all(account, visitor.at, but=staying)
        await self.log.note(Happening.PASSWORD_SET, visitor, account=account, by=by)

    async def remove_second_factor(self, account: UUID, visitor: Visitor, *, by: str) -> int:
        """Let a password be enough again; how many sessions ended with it."""
        if await self.factors.is_on(account):
            await self.factors.remove(account)
            await self.log.note(Happening.SECOND_FACTOR_OFF, visitor, account=account, by=by)
        await self.lockout.forget(_coded(account))
        return await self.sessions.end_all(account, visitor.at)

    async def confirms(self, account: UUID, password: str, visitor: Visitor) -> Outcome | None:
        """Whether somebody who is in knows the password; None if so.

        For what nobody shall do who finds the screen unlocked.
        """
        name, origin = _confirmed(account), from_origin(visitor.source)
        if pause := await self._pause(visitor, name, origin):
            return pause
        if not await self.passwords.matches(account, password):
            await self.log.note(Happening.SIGN_IN_FAILED, visitor, account=account)
            return Mistaken()
        await self.lockout.succeeded(name, origin)
        return None

    async def _go_on(self, account: UUID, method: str, visitor: Visitor, target: str) -> Outcome:
        if not await self.factors.is_on(account):
            return await self._admit(account, method, visitor, target)
        token = await self.links.create(
            account, purpose=Purpose.SECOND_FACTOR, target=_noted(method, target), at=visitor.at
        )
        return CodeWanted(token=token)

    async def _admit(self, account: UUID, method: str, visitor: Visitor, target: str) -> Admitted:
        cookie = await self.sessions.start(
            account, method=method, at=visitor.at, device=visitor.device
        )
        await self.log.note(Happening.SIGNED_IN, visitor, account=account, method=method)
        return Admitted(cookie=cookie, target=target)

    async def _second_factor(self, account: UUID, code: str, visitor: Visitor) -> str | None:
        if await self.factors.accepts(account, code, visitor.at):
            return "code"
        if await self.factors.recovers(account, code, visitor.at):
            await self.log.note(Happening.RECOVERY_CODE_USED, visitor, account=account)
            return "recovery-code"
        return None

    async def _pause(self, visitor: Visitor, *who: Someone) -> Paused | None:
        left = await self.lockout.attempt(visitor.at, who)
        if left is None:
            return None
        await self.log.note(Happening.SIGN_IN_PAUSED, visitor)
        return Paused(left)


def _coded(account: UUID) -> Someone:
    return named(f"code {account}")


def _confirmed(account: UUID) -> Someone:
    return named(f"confirming {account}")


def _noted(method: str, target: str) -> str:
    """The page after the second step, and how the first one was done: `/password/aufgaben`."""
    return f"/{method}{target}"


def _first(step: Link) -> str:
    return step.target.split("/", 2)[1]


def _where(step: Link) -> str:
    return "/" + step.target.split("/", 2)[2]
