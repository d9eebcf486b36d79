"""The whole service: PostgreSQL, Temporal, worker, relay and HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.runtime import Runtime
from services.settings import Settings
from tests.support.stack import Stack, serving, temporal_in, working


@pytest.fixture
async def stack(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> AsyncIterator[Stack]:
    async with (
        temporal_in(tmp_path) as temporal,
        working(runtime, settings, temporal.address),
        serving(runtime, settings, county, temporal.address) as stack,
    ):
        yield stack
