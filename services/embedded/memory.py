"""How much of the machine's memory PostgreSQL keeps pages of its tables in."""

import os
from pathlib import Path

MIB = 2**20
LEAST = 128 * MIB
"""What PostgreSQL takes by itself."""

MOST = 1024 * MIB
"""Enough for the index of the command ids of twenty million decisions."""

SHARE = 8
LIMIT = Path("/sys/fs/cgroup/memory.max")
"""Where a container finds how much it may have."""


def shared_buffers() -> str:
    """An eighth of the memory, within bounds, as the setting is written.

    Command ids come in no order, so each looks at another page of their index, of which there are
    25,000 when the log has 5,000,000 events. Pages that are not kept are read again and again.
    """
    return f"{min(max(_memory() // SHARE, LEAST), MOST) // MIB}MB"


def _memory() -> int:
    """Bytes: those of the machine, or of the container if it may have less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = LIMIT.read_text().strip() if LIMIT.exists() else ""
    return min(machine, int(limit)) if limit.isdigit() else machine
