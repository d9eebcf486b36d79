"""The files of learners: closed with their last school year, due five years later."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.assessments.commands import class_id, learner_id
from domain.assessments.commands_class import EnrolLearners, RegisterClass
from domain.privacy.commands import EraseSubject
from domain.retention.classes import due_on
from services.identity.principal import CONSOLE
from services.privacy.retention.learners import Learners
from services.privacy.retention.plan import read_plan
from services.runtime import Runtime
from tests.support.assessments import A, B, ask, prepare_colleges, staff

BERLIN = ZoneInfo("Europe/Berlin")
PLAN = read_plan()
DUE = date(2033, 1, 1)


@pytest.fixture
async def learners(unfollowed: Runtime) -> Learners:
    """Ada was in two classes one after the other, Ben in the first of them."""
    await prepare_colleges(unfollowed, (A, B))
    for year, name, who in ((2026, "IK1", ("ada", "ben")), (2027, "IK2", ("ada",))):
        at = datetime(year, 9, 1, tzinfo=UTC)
        school_year = f"{year}/{(year + 1) % 100}"
        registering = RegisterClass(
            college=A,
            school_year=school_year,
            name=name,
            programme="A01",
            trade="10-10104",
            size=2,
        )
        await ask(unfollowed, registering, staff(A), at)
        enrolling = EnrolLearners(training_class=class_id(A, school_year, name), pseudonyms=who)
        await ask(unfollowed, enrolling, staff(A), at)
    await unfollowed.read_models.catch_up()
    return Learners(unfollowed.pool, unfollowed.store, PLAN, BERLIN)


ADA, BEN = (learner_id(A, name) for name in ("ada", "ben"))


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BERLIN)


async def test_a_file_is_closed_with_the_last_school_year(learners: Learners) -> None:
    closed: dict[UUID, date | None] = {}
    for learner in (ADA, BEN):
        kept = await learners.kept_of(learner)
        assert kept is not None
        assert kept.retention_class == "language-assessments"
        closed[learner] = kept.closed_on
    assert closed == {ADA: date(2028, 7, 31), BEN: date(2027, 7, 31)}


async def test_it_is_due_five_calendar_years_after_the_one_in_which_it_closed(
    learners: Learners,
) -> None:
    kept = await learners.kept_of(BEN)
    assert kept is not None
    assert due_on(kept, PLAN.classes[kept.retention_class]) == DUE


async def test_only_those_whose_period_is_over_are_named(learners: Learners) -> None:
    assert await learners.closed(midnight(date(2032, 12, 31))) == []
    assert set(await learners.closed(midnight(DUE))) == {ADA, BEN}, "rather too many than too few"


async def test_whoever_is_erased_is_named_no_more(learners: Learners, unfollowed: Runtime) -> None:
    await ask(unfollowed, EraseSubject(person=BEN, reason="Art. 17 DSGVO"), CONSOLE)
    await unfollowed.read_models.catch_up()
    assert BEN not in await learners.closed(midnight(DUE))


async def test_the_file_has_what_is_said_of_the_learner_alone(learners: Learners) -> None:
    entries = await learners.entries(ADA)
    assert [entry.topic for entry in entries] == ["class-assessment.learner-enrolled"] * 2
    assert await learners.kept_of(learner_id(B, "ada")) is None, "another college's learner"
