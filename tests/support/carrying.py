"""A postman in a process of its own: `python -m tests.support.carrying url data port`.

It works until it is killed, with a lease of a second.
"""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from services.mail.carriage import Carriage
from services.mail.message import Sender
from services.mail.post import letters_of
from services.mail.postman import Postman
from services.mail.server import MailServer
from services.runtime import running
from services.settings import Settings

LEASE = timedelta(seconds=1)


async def main(database_url: str, data: Path, port: int) -> None:
    settings = Settings(data=data)
    async with running(settings, database_url) as runtime:
        postman = Postman(
            Carriage(runtime.pool, LEASE),
            letters_of(runtime, settings),
            MailServer(host="127.0.0.1", port=port, tls="none"),
            Sender.of("kim@kreis.example.org", None),
        )
        await postman.run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
