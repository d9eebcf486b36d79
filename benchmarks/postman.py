"""Carries mails in a process of its own, as `kreislauf work` does: `… -m benchmarks.postman`."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from benchmarks.bench import settings_in
from services import event_loop
from services.crew import Crew
from services.mail.post import postman_of
from services.runtime import running


@asynccontextmanager
async def carrying(url: str, folder: Path, port: int) -> AsyncIterator[None]:
    """A postman at work, who hands over what is queued to the mail server at this port."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.postman", url, str(folder), str(port)),
        cwd=Path(__file__).parents[1],
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


async def _carry(url: str, folder: Path, port: int) -> None:
    settings = msgspec.structs.replace(
        settings_in(folder),
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls="none",
        mail_from="kim@kreis.example.org",
    )
    crew = Crew()
    async with running(settings, url) as runtime:
        postman = postman_of(runtime, settings)
        assert postman is not None, "there is a mail server"
        crew.start(postman.run(), "postman")
        await crew.watch()


if __name__ == "__main__":
    event_loop.run(_carry(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
