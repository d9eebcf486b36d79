"""The process was away while moments of a round passed."""

from datetime import datetime, timedelta

import msgspec
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import AnnounceRound
from domain.assessments.course import retest_missed
from domain.assessments.events import (
    RetestPlan,
    RetestScheduled,
    RoundReleased,
    WindowClosed,
    WindowOpened,
)
from tests.support.assessments import A, Assessment, B, in_school_year
from tests.support.engines import working
from tests.support.workflows import to_the_minute

HOUR = timedelta(hours=1)


def on(assessment: Assessment, month: int, day: int) -> datetime:
    return in_school_year(assessment.school_year, month, day)


def planned(assessment: Assessment) -> AnnounceRound:
    """A window in September, and a retest in May."""
    plan = RetestPlan(opens_at=on(assessment, 5, 2), closes_at=on(assessment, 5, 29))
    announcing = assessment.announcement(
        opens_at=on(assessment, 9, 1), closes_at=on(assessment, 9, 29)
    )
    return msgspec.structs.replace(announcing, retest=plan)


async def submitted_while_away(unheard: Assessment) -> None:
    """Nobody opens the window; a class submits within it all the same."""
    await unheard.record(planned(unheard))
    await unheard.wait_until(on(unheard, 9, 2))
    await unheard.register(A, "A1")
    await unheard.submit(A, "A1")


async def test_results_are_taken_though_nobody_opened_the_window_which_follows_later(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    await submitted_while_away(unheard)
    async with working(environment, unheard.runtime):
        await unheard.tell()
        back = to_the_minute(await unheard.now())
        await unheard.wait_until(on(unheard, 9, 3))
        assert await unheard.dated_steps() == [(WindowOpened.TOPIC, back)]
        await unheard.register(B, "B1")
        await unheard.submit(B, "B1")
        await unheard.wait_until(on(unheard, 9, 29) + HOUR)

    assert [event.classes for event in await unheard.events(RoundReleased)] == [2]


async def test_a_retest_whose_window_has_passed_is_left_to_people_and_the_process_ends(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    await submitted_while_away(unheard)
    await unheard.wait_until(on(unheard, 6, 15))
    async with working(environment, unheard.runtime):
        await unheard.tell()
        await unheard.handle.result()

    assert len(await unheard.events(WindowClosed)) == 1
    assert [event.classes for event in await unheard.events(RoundReleased)] == [1]
    assert await unheard.events(RetestScheduled) == []
    assert await unheard.retest.entries() == []
    assert (await unheard.activities())["announce_retest"] == 1
    this = await unheard.runtime.desk.assessments.assessment_round(unheard.round)
    assert retest_missed(this, await unheard.now())


async def test_another_round_under_the_key_of_the_retest_is_not_taken_for_it(
    assessment: Assessment,
) -> None:
    await assessment.do(planned(assessment))
    await assessment.wait_until(on(assessment, 9, 1))
    await assessment.register(A, "A1")
    await assessment.submit(A, "A1")
    other = assessment.retest.announcement(
        opens_at=on(assessment, 3, 1), closes_at=on(assessment, 3, 29)
    )
    await assessment.record(other)
    await assessment.wait_until(on(assessment, 9, 29))
    await assessment.handle.result()

    assert len(await assessment.events(RoundReleased)) == 1
    assert await assessment.events(RetestScheduled) == []
    assert (await assessment.activities())["announce_retest"] == 1
