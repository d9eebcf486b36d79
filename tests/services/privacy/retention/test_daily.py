"""Nobody starts the daily run: it is there as soon as the service works, once."""

import asyncio
from pathlib import Path

from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.engine import running
from tests.support.retention import left_long_ago, topics
from tests.support.stack import temporal_in, working


async def test_a_service_that_works_proposes_what_is_due_by_itself(
    runtime: Runtime, settings: Settings, tmp_path: Path
) -> None:
    person = await left_long_ago(runtime)
    async with temporal_in(tmp_path) as temporal:
        async with working(runtime, settings, temporal.address), asyncio.timeout(60):
            while not await topics(runtime, person):  # noqa: ASYNC110 (the log has no event for it)
                await asyncio.sleep(0.1)
        async with working(runtime, settings, temporal.address):
            client = await connect(settings, temporal.address)
            assert await running(client, "retention") == {"retention/run"}
    assert await topics(runtime, person) == ["retention.erasure-proposed"]
