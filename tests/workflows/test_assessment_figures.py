"""The county's figures after a release: published once, and in nobody's way."""

import msgspec
from temporalio.testing import WorkflowEnvironment

from domain.assessments.events import RetestPlan, RetestScheduled, RoundReleased
from domain.assessments.figures import PublishFigures, UnsafeFigures
from tests.support.assessments import A, Assessment, B, in_school_year
from tests.support.engines import InterruptedRounds, working
from workflows.commissions import Commission


class Unsafe(InterruptedRounds):
    """The log, where the audit finds fault with every figure."""

    async def commission(self, commission: Commission) -> None:
        if isinstance(commission.command, PublishFigures):
            self.handed_in.append(commission)
            raise UnsafeFigures("a count of 1")
        await super().commission(commission)


class Forgetful(InterruptedRounds):
    """The log, whose answer about figures is lost the first time."""

    async def commission(self, commission: Commission) -> None:
        is_first = not self.count(PublishFigures)
        await super().commission(commission)
        if is_first and isinstance(commission.command, PublishFigures):
            raise ConnectionError


async def released(assessment: Assessment, learners: int) -> None:
    """Two classes with so many learners each are released, and a retest is announced."""
    year = assessment.school_year
    plan = RetestPlan(opens_at=in_school_year(year, 5, 2), closes_at=in_school_year(year, 5, 29))
    closes_at = in_school_year(year, 9, 29)
    announcing = assessment.announcement(opens_at=in_school_year(year, 9, 1), closes_at=closes_at)
    await assessment.do(msgspec.structs.replace(announcing, retest=plan))
    await assessment.wait_until(announcing.opens_at)
    for college, name in ((A, "A1"), (B, "B1")):
        await assessment.register(college, name)
        await assessment.submit(college, name, learners)
    await assessment.wait_until(closes_at)
    await assessment.handle.result()
    assert len(await assessment.events(RoundReleased)) == 1
    assert len(await assessment.events(RetestScheduled)) == 1


async def test_too_few_people_have_no_figures_and_the_process_goes_on(
    assessment: Assessment,
) -> None:
    await released(assessment, learners=2)

    assert await assessment.figures() == []
    assert (await assessment.activities())["publish_figures"] == 1


async def test_a_publication_whose_answer_was_lost_counts_nobody_twice(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    record = Forgetful(unheard.runtime.store, unheard.runtime.desk)
    async with working(environment, unheard.runtime, rounds=record):
        await released(unheard, learners=3)

    assert record.count(PublishFigures) == 2
    assert await unheard.figures() == [6]


async def test_unsafe_figures_are_not_tried_again_and_hold_nothing_up(
    unheard: Assessment, environment: WorkflowEnvironment
) -> None:
    record = Unsafe(unheard.runtime.store, unheard.runtime.desk)
    async with working(environment, unheard.runtime, rounds=record):
        await released(unheard, learners=3)

    assert record.count(PublishFigures) == 1
    assert await unheard.figures() == []
