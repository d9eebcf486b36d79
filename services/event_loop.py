"""How a process that runs for long runs: on the faster event loop, with a calmer collector."""

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

ALLOCATIONS = 20_000
"""Objects made before the collector looks; Python's 700 is many times for one page of the log."""


def keep_what_is_there() -> None:
    """What was imported and put together stays: the collector need not look at it ever again."""
    gc.collect()
    gc.freeze()


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run the work to its end, as `asyncio.run` does."""
    keep_what_is_there()
    gc.set_threshold(ALLOCATIONS)
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 (not there on Windows)

    return uvloop.run(work)
