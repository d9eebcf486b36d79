"""Searches beside the requests: one at a time, ended with all they started, and said to be lost."""

import asyncio
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from services.pooling.asking import Solver
from services.pooling.searches import MOST_WAITING, SILENCE, PoolSearches, Search, SearchState
from tests.support.company_reports import triaged
from tests.support.days import today
from tests.support.stack import Stack

WHO = "koordination"
FOR_EVER = "import os, sys, time; open(sys.argv[1], 'w').write(str(os.getpid())); time.sleep(3600)"


@pytest.fixture
def said(tmp_path: Path) -> Path:
    """Where a solver that never ends says which process it is."""
    return tmp_path / "process"


@pytest.fixture
async def searches(stack: Stack, said: Path) -> PoolSearches:
    """Of a county in which one company waits, with a solver that never ends."""
    await triaged(stack)
    return searches_with(stack, Solver((sys.executable, "-c", FOR_EVER, str(said))))


def searches_with(stack: Stack, solver: Solver) -> PoolSearches:
    return PoolSearches(stack.runtime.pool, stack.runtime.store, solver)


async def begun(searches: PoolSearches) -> UUID:
    search = uuid4()
    await searches.start(search, WHO, today())
    return search


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.02)


async def until_state(searches: PoolSearches, search: UUID, state: SearchState) -> Search:
    async with asyncio.timeout(30):
        while True:
            found = await searches.read(search, WHO)
            if found is not None and found.state is state:
                return found
            await asyncio.sleep(0.02)


async def process_in(said: Path, other_than: int = 0) -> int:
    """The process of the solver that runs now."""
    await until(lambda: _number_in(said) not in {0, other_than})
    return _number_in(said)


def _number_in(said: Path) -> int:
    return int(said.read_text() or 0) if said.exists() else 0


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


async def test_who_cancels_a_search_ends_its_process(searches: PoolSearches, said: Path) -> None:
    search = await begun(searches)
    process = await process_in(said)
    assert not is_gone(process)

    await searches.cancel(search, WHO)

    assert is_gone(process)
    await until_state(searches, search, SearchState.CANCELLED)


async def test_a_search_is_cancelled_from_another_process_too(
    searches: PoolSearches, stack: Stack, said: Path
) -> None:
    search = await begun(searches)
    process = await process_in(said)

    await searches_with(stack, Solver()).cancel(search, WHO)

    await until(lambda: is_gone(process))
    await until_state(searches, search, SearchState.CANCELLED)


async def test_nobody_cancels_the_search_of_somebody_else(
    searches: PoolSearches, said: Path
) -> None:
    search = await begun(searches)
    process = await process_in(said)

    await searches.cancel(search, "somebody else")

    assert not is_gone(process)
    await until_state(searches, search, SearchState.RUNNING)
    await searches.dismiss()


async def test_a_service_that_stops_leaves_no_process_behind(
    searches: PoolSearches, said: Path
) -> None:
    search = await begun(searches)
    process = await process_in(said)

    await searches.dismiss()

    assert is_gone(process)
    await until_state(searches, search, SearchState.INTERRUPTED)


async def test_a_second_search_waits_for_its_turn_and_a_fifth_is_too_many(
    searches: PoolSearches, said: Path
) -> None:
    first = await begun(searches)
    process = await process_in(said)
    second = await begun(searches)
    await until_state(searches, second, SearchState.WAITING)
    assert not searches.is_busy
    others = [await begun(searches) for _ in range(MOST_WAITING - 2)]
    assert searches.is_busy

    await searches.cancel(first, WHO)

    await process_in(said, other_than=process)
    await until_state(searches, second, SearchState.RUNNING)
    await until_state(searches, others[0], SearchState.WAITING)
    await searches.dismiss()


async def test_a_search_whose_process_is_gone_is_interrupted_and_starts_anew(
    searches: PoolSearches, stack: Stack, said: Path
) -> None:
    search = await begun(searches)
    await process_in(said)
    await searches.dismiss()
    long_ago = datetime.now(UTC) - SILENCE - timedelta(seconds=1)
    await stack.runtime.pool.execute(
        "update pool_search set state = 'running', alive_at = $1", long_ago
    )
    await until_state(searches, search, SearchState.INTERRUPTED)

    again = searches_with(stack, Solver())
    await again.start(search, WHO, today())

    found = await until_state(again, search, SearchState.DONE)
    assert found.found is not None
    assert found.found.waiting > 0
