"""A whole school year of the language assessment, with every reminder counted."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from temporalio.client import WorkflowExecutionStatus

from domain.assessments.commands import AnnounceRound, ExtendWindow
from domain.assessments.events import (
    CollegesReminded,
    Missing,
    RetestPlan,
    RetestScheduled,
    RoundAnnounced,
    RoundCompared,
    RoundEscalated,
    RoundReleased,
    Sitting,
    WindowClosed,
    WindowOpened,
)
from tests.support.assessments import A, Assessment, B, C, in_school_year

OPENED = WindowOpened.TOPIC
REMINDED = CollegesReminded.TOPIC
ESCALATED = RoundEscalated.TOPIC
CLOSED = WindowClosed.TOPIC
RELEASED = RoundReleased.TOPIC
SCHEDULED = RetestScheduled.TOPIC
COMPARED = RoundCompared.TOPIC
LEARNERS = 2
"""In each class; three of them are more than the fewest that figures may be published of."""

COMPLETED = WorkflowExecutionStatus.COMPLETED


async def test_a_school_year_from_the_first_test_to_the_comparison(assessment: Assessment) -> None:
    year = Year(assessment)
    first_test = await year.first_test()
    assert await assessment.dated_steps() == [
        (OPENED, year.on(9, 1)),
        *((REMINDED, moment) for moment in year.reminders),
        (ESCALATED, year.on(9, 30, 18)),
        (CLOSED, year.later),
        (RELEASED, year.later),
        (SCHEDULED, year.later),
    ]
    assert await assessment.released() == 3

    retest = await year.retest()
    assert await retest.dated_steps() == [
        (RoundAnnounced.TOPIC, year.later),
        (OPENED, year.on(5, 2)),
        (REMINDED, year.retest_reminders[0]),
        (CLOSED, year.on(5, 29, 18)),
        (RELEASED, year.on(5, 29, 18)),
        (COMPARED, year.on(5, 29, 18)),
    ]
    assert await assessment.released() == 6
    for this in (assessment, retest):
        assert await this.figures() == [3 * LEARNERS]
        await this.handle.result()
        assert await this.status() is COMPLETED

    a2, b1, b2, c1 = (first_test[name] for name in ("A2", "B1", "B2", "C1"))
    reminded = await assessment.events(CollegesReminded)
    assert [event.moment for event in reminded] == list(year.reminders)
    assert [event.missing for event in reminded] == [
        (missing(A, a2), missing(B, b1), missing(C, c1)),
        (missing(B, b1), missing(C, c1)),
        (missing(B, b1), missing(C, c1)),
    ]
    (escalated,) = await assessment.events(RoundEscalated)
    assert escalated.missing == (missing(B, b1),), "C has more time"
    (closed,) = await assessment.events(WindowClosed)
    assert closed.missing == (missing(B, *sorted((b1, b2))),)
    (released,) = await assessment.events(RoundReleased)
    assert released.classes == 3

    (announced,) = await retest.events(RoundAnnounced)
    assert (announced.sitting, announced.first) == (Sitting.RETEST, assessment.round)
    assert announced.colleges == (A, C), "B has nothing to repeat"
    (reminded_again,) = await retest.events(CollegesReminded)
    assert reminded_again.missing == (missing(A, a2),)
    (compared,) = await retest.events(RoundCompared)
    assert (compared.first, compared.classes) == (assessment.round, 3)


async def test_after_the_window_the_coordinator_can_still_give_the_late_more_time(
    assessment: Assessment,
) -> None:
    year = Year(assessment)
    ends, later = year.on(9, 30, 18), year.on(10, 9, 18)
    await assessment.do(msgspec.structs.replace(year.announcement(), grace_days=7, retest=None))
    await assessment.wait_until(year.on(9, 1))
    for college, name in ((A, "A1"), (B, "B1"), (C, "C1")):
        await assessment.register(college, name)
    for college, name in ((A, "A1"), (C, "C1")):
        await assessment.submit(college, name, LEARNERS)
    await assessment.wait_until(ends + timedelta(days=5))
    assert (await assessment.dated_steps())[-1] == (ESCALATED, ends)
    await assessment.do(
        ExtendWindow(round=assessment.round, closes_at=later, reason="Umzug", colleges=(B,))
    )
    await assessment.submit(B, "B1", LEARNERS)
    await assessment.wait_until(later + timedelta(hours=1))
    assert (await assessment.dated_steps())[-2:] == [(CLOSED, later), (RELEASED, later)]
    assert await assessment.released() == 3


async def test_the_days_of_grace_end_with_what_is_missing_still_missing(
    assessment: Assessment,
) -> None:
    year = Year(assessment)
    ends = year.on(9, 30, 18)
    await assessment.do(msgspec.structs.replace(year.announcement(), grace_days=7, retest=None))
    await assessment.wait_until(year.on(9, 1))
    await assessment.register(A, "A1")
    await assessment.submit(A, "A1", LEARNERS)
    closes = ends + timedelta(days=7)
    await assessment.wait_until(closes + timedelta(hours=1))
    assert (await assessment.dated_steps())[-3:] == [
        (ESCALATED, ends),
        (CLOSED, closes),
        (RELEASED, closes),
    ]


class Year:
    """What people do in it. College B submits nothing, C has two weeks more."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self.reminders = (self.on(9, 10), self.on(9, 17), self.on(9, 24))
        self.retest_reminders = (self.on(5, 10), self.on(5, 17))
        self.later = self.on(10, 14, 18)

    def on(self, month: int, day: int, hour: int = 8) -> datetime:
        return in_school_year(self._assessment.school_year, month, day, hour)

    async def first_test(self) -> dict[str, UUID]:
        """Until the round is released; the classes by name."""
        this = self._assessment
        await this.do(self.announcement())
        await this.wait_until(self.on(9, 1) - timedelta(minutes=2))
        assert await this.dated_steps() == []
        await this.wait_until(self.on(9, 1))
        named = ((A, "A1"), (A, "A2"), (B, "B1"), (C, "C1"))
        classes = {name: await this.register(college, name) for college, name in named}
        await this.submit(A, "A1", LEARNERS)
        await this.wait_until(self.reminders[0])
        await this.submit(A, "A2", LEARNERS)
        await this.wait_until(self.reminders[1])
        await this.do(
            ExtendWindow(round=this.round, closes_at=self.later, reason="Praktikum", colleges=(C,))
        )
        await this.wait_until(self.on(9, 30, 18))
        classes["B2"] = await this.register(B, "B2")
        await this.submit(C, "C1", LEARNERS)
        await this.wait_until(self.later + timedelta(hours=1))
        return classes

    async def retest(self) -> Assessment:
        """Until the rounds are compared. The last class submits after the first reminder."""
        await self._assessment.tell()
        this = self._assessment.retest
        await this.wait_until(self.on(5, 2))
        for college, name in ((A, "A1"), (C, "C1")):
            await this.submit(college, name, LEARNERS, exact=18)
        await this.wait_until(self.retest_reminders[0])
        await this.submit(A, "A2", LEARNERS, exact=18)
        await this.wait_until(self.on(5, 29, 18) + timedelta(hours=1))
        return this

    def announcement(self) -> AnnounceRound:
        return self._assessment.announcement(
            opens_at=self.on(9, 1),
            closes_at=self.on(9, 30, 18),
            reminders=self.reminders,
            retest=RetestPlan(
                opens_at=self.on(5, 2),
                closes_at=self.on(5, 29, 18),
                reminders=self.retest_reminders,
            ),
        )


def missing(college: str, *classes: UUID) -> Missing:
    """A college with classes that have not submitted."""
    return Missing(college=college, classes=classes)
