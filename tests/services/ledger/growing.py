"""A log that grows and is sealed, for the tests of what is built on checkpoints."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

from services.ledger.sealing import Sealer
from services.runtime import Runtime
from tests.support.log import append


async def grow(runtime: Runtime, *names: str) -> int:
    """Record an event for each name and seal the log; its size."""
    if names:
        await append(runtime.store, uuid4().hex, *names, version=0)
    sealer = Sealer(runtime.pool, runtime.master, origin="log.example", pause=timedelta())
    sealed = await sealer.seal(at_once=True)
    assert sealed is not None
    return sealed.checkpoint.size


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Wait until it does: others are at work. Fails after half a minute."""
    async with asyncio.timeout(30):
        while not await holds():  # noqa: ASYNC110 (what is waited for has no bell)
            await asyncio.sleep(0.02)
