"""Funded against filled, where the county employs, and of what somebody is reminded when."""

from datetime import date

import msgspec
import pytest

from domain.posts.course import Phase, PostCourse, course
from domain.posts.decide import POST
from domain.posts.employing import Employment, as_employed, employment_by_posts
from domain.posts.events import (
    FundingExtended,
    PostChanged,
    PostEvent,
    PostReminded,
    ProofDueSet,
    ProofSubmitted,
)
from domain.posts.post import Ended, Established, Existing
from domain.posts.staffing import Group, Staffing, by_month, groups_on, staffing_on
from domain.posts.terms import Lead, Matter, Part
from tests.domain.county import NRW, SALZKOTTEN, berlin
from tests.domain.posts.example import (
    ENDED,
    ENDS,
    ESTABLISHED,
    FILLED,
    HERE,
    PROLONGED,
    VACATED,
)

AGS = "05774036"
BY_COUNTY, BY_NOBODY = (Employment(county_is_employer=is_so) for is_so in (True, False))
HALVED = PostChanged(post=HERE, share=50, effective_from=date(2025, 7, 1), reason="Elternzeit")
FURTHER = FundingExtended(post=HERE, funding=PROLONGED)
DUE_SET = ProofDueSet(post=HERE, year=2025, due=date(2026, 3, 31))
SUBMITTED = ProofSubmitted(post=HERE, year=2025, submitted_on=date(2026, 3, 2))


def post_after(*events: PostEvent) -> Existing:
    state = POST.replay(events)
    assert isinstance(state, Established | Ended)
    return state


def test_a_post_counts_as_filled_as_far_as_it_is_funded() -> None:
    post = post_after(ESTABLISHED, FILLED, HALVED, VACATED)
    counted = [
        staffing_on([post], day)
        for day in (date(2024, 12, 31), date(2025, 2, 1), date(2025, 3, 1), date(2025, 8, 1))
    ]
    assert counted == [
        Staffing(),
        Staffing(funded=100),
        Staffing(funded=100, filled=100),
        Staffing(funded=50, filled=50),
    ]
    assert staffing_on([post], date(2025, 9, 1)).vacant == 50


def test_whoever_works_without_a_grant_is_paid_by_the_employer_alone() -> None:
    post = post_after(ESTABLISHED, FILLED)
    assert staffing_on([post], date(2027, 1, 1)) == Staffing(uncovered=100)


def test_posts_are_grouped_by_part_and_municipality() -> None:
    other = msgspec.structs.replace(ESTABLISHED, part=Part.COORDINATION, municipality="", share=50)
    posts = [post_after(ESTABLISHED, FILLED), post_after(ESTABLISHED), post_after(other)]
    assert groups_on(posts, date(2025, 4, 1)) == [
        Group(part=Part.COORDINATION, municipality="", staffing=Staffing(funded=50)),
        Group(
            part=Part.CASE_MANAGEMENT,
            municipality=AGS,
            staffing=Staffing(funded=200, filled=100),
        ),
    ]


def test_months_stand_as_on_their_last_day_and_this_one_as_today() -> None:
    post = post_after(ESTABLISHED, FILLED)
    months = by_month([post], date(2024, 12, 5), date(2025, 3, 1), today=date(2025, 2, 10))
    assert [(one.month.month, one.counted_on.day, one.staffing.funded) for one in months] == [
        (12, 31, 0),
        (1, 31, 100),
        (2, 10, 100),
        (3, 31, 100),
    ]


def test_from_the_first_post_on_the_posts_decide_who_employs() -> None:
    here = SALZKOTTEN
    assert as_employed(here, [], date(2025, 4, 1)) == here
    posts = [post_after(ESTABLISHED, FILLED)]
    assert employment_by_posts(posts, AGS, date(2024, 12, 31)) is None
    assert employment_by_posts(posts, "05774020", date(2025, 4, 1)) is None
    assert employment_by_posts(posts, AGS, date(2025, 4, 1)) == BY_COUNTY
    of_town = post_after(msgspec.structs.replace(ESTABLISHED, is_of_county=False), FILLED)
    decided = as_employed(here, [of_town], date(2025, 4, 1))
    assert decided.county_is_employer is False
    assert employment_by_posts([of_town, *posts], AGS, date(2025, 4, 1)) == BY_COUNTY


def test_a_post_neither_filled_nor_funded_employs_nobody() -> None:
    vacant = post_after(ESTABLISHED, FILLED, VACATED)
    assert employment_by_posts([vacant], AGS, date(2026, 12, 31)) == BY_COUNTY
    assert employment_by_posts([vacant], AGS, date(2027, 1, 1)) == BY_NOBODY
    ended = post_after(ESTABLISHED, FILLED, ENDED)
    assert employment_by_posts([ended], AGS, ENDED.effective_from) == BY_NOBODY


def reminder(day: int, month: int, year: int, what: Matter, due: date, lead: Lead) -> PostCourse:
    return PostCourse(
        phase=Phase.CARED_FOR,
        remind_at=berlin(year, month, day, 9),
        what=what,
        due=due,
        lead=lead,
    )


def test_three_months_and_one_month_before_funding_ends_somebody_is_reminded() -> None:
    post = post_after(ESTABLISHED)
    first = reminder(30, 9, 2026, Matter.FUNDING_ENDS, ENDS, Lead.THREE_MONTHS)
    assert course(post, berlin(2026, 1, 5), NRW) == first
    given = PostReminded(post=HERE, what=Matter.FUNDING_ENDS, due=ENDS, lead=Lead.THREE_MONTHS)
    second = reminder(30, 11, 2026, Matter.FUNDING_ENDS, ENDS, Lead.ONE_MONTH)
    assert course(post_after(ESTABLISHED, given), berlin(2026, 9, 30, 9), NRW) == second
    assert course(post, berlin(2026, 12, 5), NRW) == second, "the first one is made up for by it"
    assert course(post, berlin(2027, 1, 1), NRW) == PostCourse(phase=Phase.CARED_FOR)


def test_a_further_period_moves_the_reminders() -> None:
    found = course(post_after(ESTABLISHED, FURTHER), berlin(2026, 10, 5), NRW)
    assert (found.due, found.lead) == (PROLONGED.ends_on, Lead.THREE_MONTHS)


def test_eight_and_two_weeks_before_a_proof_is_due_somebody_is_reminded_until_it_is_there() -> None:
    post = post_after(ESTABLISHED, DUE_SET)
    expected = reminder(3, 2, 2026, Matter.PROOF_DUE, DUE_SET.due, Lead.EIGHT_WEEKS)
    assert course(post, berlin(2026, 1, 5), NRW) == expected
    done = course(post_after(ESTABLISHED, DUE_SET, SUBMITTED), berlin(2026, 2, 10), NRW)
    assert done.what is Matter.FUNDING_ENDS


def test_reminders_come_on_working_days_and_never_later_than_said() -> None:
    due = msgspec.structs.replace(DUE_SET, due=date(2026, 5, 15))
    given = PostReminded(post=HERE, what=Matter.PROOF_DUE, due=due.due, lead=Lead.EIGHT_WEEKS)
    found = course(post_after(ESTABLISHED, due, given), berlin(2026, 4, 20), NRW)
    assert found.remind_at == berlin(2026, 4, 30, 9), "1 May is a holiday"


@pytest.mark.parametrize("events", [(ENDED,), (DUE_SET, SUBMITTED, ENDED)])
def test_nobody_cares_for_a_post_that_has_ended_and_was_accounted_for(
    events: tuple[PostEvent, ...],
) -> None:
    found = course(post_after(ESTABLISHED, *events), berlin(2026, 1, 5), NRW)
    assert found == PostCourse(phase=Phase.ENDED)
    owing = course(post_after(ESTABLISHED, DUE_SET, ENDED), berlin(2026, 4, 10), NRW)
    assert owing == PostCourse(phase=Phase.CARED_FOR)
