"""Small servers of the tests, each a process of its own that prints its address first."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def started(module: str, *arguments: str) -> AsyncIterator[str]:
    """Run `python -m module arguments`; the address it prints. Ended whatever happens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            address = (await process.stdout.readline()).decode().strip()
        assert address, f"{module} did not start"
        yield address
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
