"""A postman is killed with a mail in its hands: another one sends it, and says what is known."""

import asyncio
import subprocess
import sys
from uuid import UUID

import pytest

from services.settings import Settings
from tests.services.mail.conftest import Mailroom


@pytest.mark.parametrize("in_the_middle", [False, True])
async def test_a_mail_in_the_hands_of_a_killed_postman_is_sent_by_the_next(
    mailroom: Mailroom, jule: UUID, database_url: str, settings: Settings, *, in_the_middle: bool
) -> None:
    sink = mailroom.sink
    sink.dawdles_before, sink.dawdles = (0.0, 60.0) if in_the_middle else (60.0, 0.0)
    await mailroom.queue(jule)
    killed = subprocess.Popen(  # noqa: ASYNC220 (it is started, not waited for)
        [
            sys.executable,
            "-m",
            "tests.support.carrying",
            database_url,
            settings.data,
            str(sink.port),
        ]
    )
    try:
        async with asyncio.timeout(60):
            while not sink.is_busy:  # noqa: ASYNC110 (a thread)
                await asyncio.sleep(0.05)
        [row] = await mailroom.rows()
        assert row["state"] == "sending"
        assert (row["handed_at"] is not None) is in_the_middle
    finally:
        killed.kill()
        killed.wait()
    sink.dawdles_before = sink.dawdles = 0.0
    await asyncio.sleep(1.2)
    assert await mailroom.postman().carry_all() == 1
    [row] = await mailroom.rows()
    assert (row["state"], row["attempts"]) == ("sent", 2)
    assert row["uncertain"] is in_the_middle
    assert len(sink.messages) == 1
