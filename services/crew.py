"""The background tasks of a process: if one breaks, the process ends and says so."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any


class Crew:
    """Tasks that run until they are dismissed, the last one started first."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[Any]] = []

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = asyncio.create_task(work, name=name)
        self._tasks.append(task)
        return task

    async def watch(self) -> None:
        """Wait until a task ends by itself. Raises what broke in it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def dismiss(self) -> None:
        """Cancel all and wait until they have ended."""
        for task in reversed(self._tasks):
            await ended(task)
        self._tasks.clear()


async def ended(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait until it has ended."""
    task.cancel()
    # What broke was raised where it was watched; here only the ending counts.
    with suppress(asyncio.CancelledError, Exception):
        await task
