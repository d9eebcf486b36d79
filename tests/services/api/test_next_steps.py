"""What a running process does next by itself: the moment the clock waits for."""

from datetime import datetime, timedelta

import pytest

from domain.assessments.course import Phase as RoundPhase
from domain.assessments.course import RoundCourse
from domain.concepts.course import Course, Phase
from domain.goals.course import Phase as YearPhase
from domain.goals.course import YearCourse
from domain.steering.resolution_course import Phase as MandatePhase
from domain.steering.resolution_course import ResolutionCourse
from domain.steering.session_course import Course as SessionCourse
from domain.steering.session_course import Phase as SessionPhase
from domain.working_groups.course import AgreementCourse, Call, GroupCourse
from domain.working_groups.course import Phase as GroupPhase
from services.api.next_steps import (
    NextStep,
    coming_of_concept,
    coming_of_group,
    coming_of_mandate,
    coming_of_round,
    coming_of_session,
    coming_of_year,
)
from tests.domain.county import MONDAY

DAY = timedelta(days=1)
REMINDERS = (MONDAY + DAY, MONDAY + 3 * DAY)
DUE, CLOSES = MONDAY + 5 * DAY, MONDAY + 7 * DAY
ROUND = Course(phase=Phase.IN_CONSULTATION, round=1, reminders=REMINDERS, due=DUE, closes_at=CLOSES)
OPEN = RoundCourse(phase=RoundPhase.OPEN, reminders=REMINDERS, ends=(DUE, CLOSES), closes_at=CLOSES)


@pytest.mark.parametrize(
    ("now", "step", "at"),
    [
        (MONDAY, NextStep.REMIND, REMINDERS[0]),
        (MONDAY + 2 * DAY, NextStep.REMIND, REMINDERS[1]),
        (MONDAY + 4 * DAY, NextStep.ESCALATE, DUE),
        (MONDAY + 6 * DAY, NextStep.CLOSE_CONSULTATION, CLOSES),
        (MONDAY + 8 * DAY, NextStep.CLOSE_CONSULTATION, CLOSES),
    ],
)
def test_a_consultation_reminds_then_escalates_then_closes(
    now: datetime, step: NextStep, at: datetime
) -> None:
    assert coming_of_concept(ROUND, now) == (step, at)


@pytest.mark.parametrize(
    ("now", "step", "at"),
    [
        (MONDAY, NextStep.REMIND, REMINDERS[0]),
        (MONDAY + 4 * DAY, NextStep.ESCALATE, DUE),
        (MONDAY + 6 * DAY, NextStep.CLOSE_WINDOW, CLOSES),
    ],
)
def test_a_round_reminds_then_escalates_each_window_then_closes(
    now: datetime, step: NextStep, at: datetime
) -> None:
    assert coming_of_round(OPEN, now) == (step, at)


def test_what_waits_for_people_has_no_next_step() -> None:
    assert coming_of_concept(Course(phase=Phase.WITH_PEOPLE), MONDAY) is None
    assert coming_of_concept(Course(phase=Phase.VALID), MONDAY) is None, "its review fell due"
    assert coming_of_round(RoundCourse(phase=RoundPhase.ENDED), MONDAY) is None


def test_a_valid_concept_waits_for_its_review_and_a_closed_round_is_at_work() -> None:
    valid = Course(phase=Phase.VALID, review_at=CLOSES)
    assert coming_of_concept(valid, MONDAY) == (NextStep.DECLARE_REVIEW_DUE, CLOSES)
    assert coming_of_round(RoundCourse(phase=RoundPhase.CLOSED), MONDAY) == (NextStep.RELEASE, None)
    announced = RoundCourse(phase=RoundPhase.ANNOUNCED, opens_at=DUE)
    assert coming_of_round(announced, MONDAY) == (NextStep.OPEN_WINDOW, DUE)
    compared = RoundCourse(phase=RoundPhase.RELEASED)
    assert coming_of_round(compared, MONDAY) == (NextStep.COMPARE, None)


def test_a_group_waits_for_its_next_reminder_and_minds_an_agreement_that_is_due() -> None:
    call = Call(school_year="2025/26", moment=MONDAY + 2 * DAY)
    agreement = AgreementCourse(agreement=1, reminders=REMINDERS, due=DUE)
    group = GroupCourse(phase=GroupPhase.WORKING, calls=(call,), agreements=(agreement,))
    steps = [coming_of_group(group, MONDAY + days * DAY) for days in (0, 1, 2, 4, 6)]
    assert steps == [
        (NextStep.REMIND, REMINDERS[0]),
        (NextStep.REMIND, call.moment),
        (NextStep.REMIND, REMINDERS[1]),
        (NextStep.ESCALATE, DUE),
        (NextStep.ESCALATE, DUE),
    ]
    assert coming_of_group(GroupCourse(phase=GroupPhase.WORKING), MONDAY) is None


def test_a_session_calls_freezes_invites_reminds_and_minds_its_minutes() -> None:
    planned = SessionCourse(
        phase=SessionPhase.PLANNED,
        call_at=MONDAY + DAY,
        items_until=MONDAY + 3 * DAY / 2,
        freeze_at=MONDAY + 3 * DAY,
        invite_at=MONDAY + 2 * DAY,
        session_reminders=(MONDAY + DAY / 2,),
        starts_at=MONDAY + 9 * DAY,
    )
    assert coming_of_session(planned, MONDAY) == (NextStep.REMIND, MONDAY + DAY / 2)
    assert coming_of_session(planned, MONDAY + DAY) == (NextStep.CALL_FOR_ITEMS, MONDAY + DAY)
    over = coming_of_session(planned, MONDAY + 3 * DAY / 2)
    assert over == (NextStep.INVITE, MONDAY + 2 * DAY), "no items would be taken any more"
    assert coming_of_session(planned, MONDAY + 9 * DAY) is None, "it has begun"
    written = SessionCourse(
        phase=SessionPhase.IN_WRITING, ballot_reminders=REMINDERS, closes_at=CLOSES
    )
    assert coming_of_session(written, MONDAY) == (NextStep.REMIND, REMINDERS[0])
    assert coming_of_session(written, MONDAY + 4 * DAY) == (NextStep.CLOSE_VOTING, CLOSES)
    held = SessionCourse(phase=SessionPhase.MINUTES, minutes_due=DUE)
    assert coming_of_session(held, MONDAY) == (NextStep.ESCALATE, DUE)
    assert coming_of_session(SessionCourse(phase=SessionPhase.MEETING), MONDAY) is None


def test_a_mandate_waits_for_its_reminders_and_its_day_and_then_for_people() -> None:
    given = ResolutionCourse(phase=MandatePhase.FOLLOWED_UP, reminders=REMINDERS, due=DUE)
    assert coming_of_mandate(given, MONDAY) == (NextStep.REMIND, REMINDERS[0])
    assert coming_of_mandate(given, MONDAY + 4 * DAY) == (NextStep.ESCALATE, DUE)
    assert coming_of_mandate(ResolutionCourse(phase=MandatePhase.FOLLOWED_UP), MONDAY) is None


def test_a_school_year_is_counted_and_at_the_last_time_closed() -> None:
    counting = YearCourse(phase=YearPhase.RUNNING, school_year="2025/26", counted_at=DUE)
    assert coming_of_year(counting) == (NextStep.COUNT_GOALS, DUE)
    closing = YearCourse(phase=YearPhase.RUNNING, counted_at=DUE, is_over=True)
    assert coming_of_year(closing) == (NextStep.CLOSE_YEAR, DUE)
    assert coming_of_year(YearCourse(phase=YearPhase.ENDED)) is None
