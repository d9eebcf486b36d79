"""The paths of the process of a school year that are recorded, on counts seconds apart."""

import asyncio
from collections.abc import Mapping, Sequence

from domain.goals.commands import CloseYear
from domain.goals.events import YearClosed
from services.runtime import Runtime
from tests.support.engines import in_real_time, working
from tests.support.years import LONGEST_WAIT, SESSIONS, HastyYears, Year, hasty

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
SCENARIOS: Mapping[str, tuple[str, ...]] = {
    "school-year": (),
    "school-year-in-new-runs": (EVERY_TIME,),
    "school-year-closed-too-early": (),
}
"""Each with the settings of its engine."""

SCHOOL_YEARS: Mapping[str, str] = {
    "school-year": "2022/23",
    "school-year-in-new-runs": "2023/24",
    "school-year-closed-too-early": "2099/00",
}
"""One is still to come, when its process wants to close it."""


async def year_histories(name: str, runtime: Runtime, settled: float) -> Sequence[str]:
    """Take the path on an engine of its own; what the engine recorded of each run, as JSON."""
    record = hasty(runtime)
    async with (
        await in_real_time(*SCENARIOS[name]) as engine,
        working(engine, runtime, years=record),
    ):
        year = Year(runtime, engine, SCHOOL_YEARS[name])
        await year.aim(SESSIONS, source="Bericht")
        await year.tell()
        if name == "school-year-closed-too-early":
            await _refused(record)
        else:
            await year.wait_for(YearClosed)
            await year.handle.result()
        await asyncio.sleep(settled)
        return [(await run.fetch_history()).to_json() for run in await year.runs()]


async def _refused(record: HastyYears) -> None:
    async with asyncio.timeout(LONGEST_WAIT):
        while not record.count(CloseYear):  # noqa: ASYNC110 (another process)
            await asyncio.sleep(0.05)
