"""The way to the mail server: a connection, and the two steps that carry a mail over it."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Literal

import aiosmtplib
import msgspec

REFUSED_FOR_GOOD = 500
"""Replies from here on stay the same however often it is tried (RFC 5321, 4.2.1)."""


class WayClosed(Exception):
    """The server cannot be reached, or does not let us in: no mail's own fault."""


class Refused(Exception):
    """The server does not take this mail.

    `answer` is its code, never its text, which may repeat the address.
    """

    def __init__(self, code: int, text: str) -> None:
        self.is_final = code >= REFUSED_FOR_GOOD
        enhanced = text.split(" ", 1)[0]
        is_code = enhanced.count(".") == 2 and enhanced.replace(".", "").isdigit()  # noqa: PLR2004
        self.answer = f"{code} {enhanced}" if is_code else str(code)
        super().__init__(self.answer)


class Lost(Exception):
    """The connection was lost, or the server does not answer any more."""


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is, how the way is encrypted, and who we are there."""

    host: str
    port: int
    tls: Literal["starttls", "tls", "none"]
    authority: Path | None = None
    user: str | None = None
    password: str | None = None
    patience: float = 30.0

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Carrier"]:
        """A connection that is ready to take mails. Raises WayClosed."""
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            timeout=self.patience,
            use_tls=self.tls == "tls",
            start_tls=self.tls == "starttls",
            username=self.user,
            password=self.password,
            tls_context=self._context(),
        )
        try:
            await client.connect()
        except aiosmtplib.SMTPAuthenticationError as error:
            raise WayClosed(f"sign-in refused ({error.code})") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise WayClosed(type(error).__name__) from None
        try:
            yield Carrier(client)
        finally:
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=2)
            client.close()

    def _context(self) -> ssl.SSLContext | None:
        if self.tls == "none":
            return None
        try:
            return ssl.create_default_context(cafile=self.authority)
        except OSError as error:
            raise WayClosed(f"no certificates in {self.authority}") from error

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Show what `__repr__` shows: msgspec's own form would tell rich the password."""
        return [("host", self.host), ("port", self.port)]


class Carrier:
    """An open connection. After Refused it takes the next mail; after Lost it is of no use."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    async def announce(self, sender: str, recipient: str) -> None:
        """Say from whom to whom. Until here nothing was sent. Raises Refused or Lost."""
        try:
            await self._client.mail(sender)
            await self._client.rcpt(recipient)
        except aiosmtplib.SMTPResponseException as error:
            await self._start_again()
            raise Refused(error.code, error.message) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Lost(type(error).__name__) from None

    async def hand_over(self, message: bytes) -> None:
        """Give it to the server. Raises Refused; or Lost, and then it may have arrived."""
        try:
            await self._client.data(message)
        except aiosmtplib.SMTPResponseException as error:
            await self._start_again()
            raise Refused(error.code, error.message) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Lost(type(error).__name__) from None

    async def _start_again(self) -> None:
        try:
            await self._client.rset()
        except (aiosmtplib.SMTPException, OSError):
            self._client.close()  # the next mail finds it lost
