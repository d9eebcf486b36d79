"""Findings and themes at a glance follow from the log alone."""

from domain.findings.events_theme import ThemeMerged, ThemeOpened, ThemeReopened
from services.projections.findings import GOES_ON, Findings
from services.projections.runner import ProjectionRunner
from services.runtime import Runtime
from tests.domain.findings.example import (
    CLOSED,
    DISCUSSED,
    FINDING_ID,
    FROM_ELSEWHERE,
    OTHER_OPENED,
    OTHER_THEME_ID,
    REPORTED,
    RESOLUTION,
    SUMMARISED,
    TAKEN,
    THEME_ID,
    handed_over,
    reported,
)
from tests.support.steering_log import SteeringLog


async def test_rebuilding_gives_the_same_rows_without_what_a_finding_says(
    unfollowed: Runtime,
) -> None:
    log = SteeringLog(unfollowed.store)
    await log.record(FINDING_ID, REPORTED, TAKEN)
    waiting = reported("wohnungen")
    await log.record(waiting.finding, waiting)
    await log.record(THEME_ID, FROM_ELSEWHERE, SUMMARISED, handed_over(), DISCUSSED, CLOSED)
    await log.record(OTHER_THEME_ID, OTHER_OPENED)
    await unfollowed.read_models.catch_up()
    before = await _rows(unfollowed)
    runner = ProjectionRunner(unfollowed.pool, unfollowed.store, Findings())
    await runner.rebuild()
    assert await _rows(unfollowed) == before
    assert str(REPORTED.description) not in str(before)
    theme = await unfollowed.pool.fetchrow("select * from theme where id = $1", THEME_ID)
    assert theme is not None
    assert (theme["stage"], theme["outcome"], theme["presented"]) == ("closed", "settled", True)
    assert theme["resolutions"] == [RESOLUTION]
    assert theme["version"] == 5


async def test_a_theme_goes_on_through_all_mergings_until_they_are_undone(
    unfollowed: Runtime,
) -> None:
    log = SteeringLog(unfollowed.store)
    third = ThemeOpened(theme=RESOLUTION, key="drittes", title="Drittes")
    for opened in (FROM_ELSEWHERE, OTHER_OPENED, third):
        await log.record(opened.theme, opened)
    merged = ThemeMerged(theme=THEME_ID, into=OTHER_THEME_ID, reason="Dasselbe.")
    await log.record(THEME_ID, merged)
    again = ThemeMerged(theme=OTHER_THEME_ID, into=third.theme, reason="Dasselbe.")
    await log.record(OTHER_THEME_ID, again)
    assert await _where(unfollowed) == {
        THEME_ID: third.theme,
        OTHER_THEME_ID: third.theme,
        third.theme: third.theme,
    }
    await log.record(OTHER_THEME_ID, ThemeReopened(theme=OTHER_THEME_ID, reason="Doch nicht."))
    assert (await _where(unfollowed))[THEME_ID] == OTHER_THEME_ID


async def _where(runtime: Runtime) -> dict[object, object]:
    await runtime.read_models.catch_up()
    rows = await runtime.pool.fetch(f"with {GOES_ON} select start, id from going_on")  # noqa: S608 (our own words)
    return {row["start"]: row["id"] for row in rows}


async def _rows(runtime: Runtime) -> list[str]:
    """Every row of both tables as text."""
    tables = [f"select t::text from {table} t order by 1" for table in Findings.tables]  # noqa: S608 (our own tables)
    return [row[0] for query in tables for row in await runtime.pool.fetch(query)]
