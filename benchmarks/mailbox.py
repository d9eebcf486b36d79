"""A mail server in a process of its own that takes everything: `python -m benchmarks.mailbox`.

It says its port first, and what came for whom once its input ends.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from aiosmtpd.smtp import SMTP, Envelope, Session

LINK = re.compile(r"/melden/bestaetigen/([\w-]+)")


class Delivered(msgspec.Struct, frozen=True, kw_only=True):
    """A mail: for whom, its Message-ID, and the token of the link in it."""

    to: str
    message_id: str
    token: str


class Mailbox:
    """The server as the benchmark sees it."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.port = port

    async def emptied(self) -> Sequence[Delivered]:
        """End the server; all it was given."""
        told, _ = await self._process.communicate(b"")
        return msgspec.json.decode(told, type=list[Delivered])


@asynccontextmanager
async def mailbox() -> AsyncIterator[Mailbox]:
    """A server for the time of a measurement."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.mailbox"),
        cwd=Path(__file__).parents[1],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield Mailbox(process, int(await process.stdout.readline()))
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


class _Taker:
    def __init__(self) -> None:
        self.delivered: list[Delivered] = []

    async def handle_DATA(  # noqa: N802 (the server's name for it)
        self, _: SMTP, __: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        text = content.decode()
        named = re.search(r"^Message-ID: (\S+)", text, re.MULTILINE)
        # A long line is broken in quoted-printable.
        token = LINK.search(text.replace("=\r\n", ""))
        self.delivered.append(
            Delivered(
                to=envelope.rcpt_tos[0],
                message_id=named[1] if named else "",
                token=token[1] if token else "",
            )
        )
        return "250 OK"


async def _serve() -> None:
    taker, loop = _Taker(), asyncio.get_running_loop()

    def session() -> Any:
        return SMTP(taker, loop=loop)

    server = await loop.create_server(session, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    sys.stdout.write(msgspec.json.encode(taker.delivered).decode())


if __name__ == "__main__":
    asyncio.run(_serve())
