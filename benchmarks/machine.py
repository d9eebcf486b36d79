"""The machine the figures were taken on, as far as it explains them."""

import os
import platform
import statistics
import time
from pathlib import Path
from tempfile import NamedTemporaryFile

import asyncpg
import msgspec


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """`flush_ms`: the median time to write 8 KiB and flush it, where PostgreSQL keeps its data."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    postgresql: str
    settings: dict[str, str]
    flush_ms: float


SHOWN = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "wal_sync_method")


async def this_machine(database_url: str, folder: Path) -> Machine:
    """Describe the machine, and the PostgreSQL at this url with its data in this folder."""
    connection = await asyncpg.connect(database_url)
    try:
        settings = {name: await connection.fetchval(f"show {name}") for name in SHOWN}
        version = await connection.fetchval("show server_version")
    finally:
        await connection.close()
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        postgresql=version,
        settings=settings,
        flush_ms=round(_flush_ms(folder), 3),
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _flush_ms(folder: Path) -> float:
    page, times = b"\0" * 8192, list[float]()
    with NamedTemporaryFile(dir=folder) as file:
        for _ in range(100):
            start = time.perf_counter()
            os.pwrite(file.fileno(), page, 0)
            os.fsync(file.fileno())
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000
