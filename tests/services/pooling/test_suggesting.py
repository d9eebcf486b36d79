"""From reports and offers to a suggestion, with what speaks for each seat."""

from datetime import date, timedelta
from uuid import UUID

from domain.course_offers.course_type import Status
from domain.course_offers.details import Details, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Offered, Record
from domain.language_needs.need import LearnerGroup, Need, Place, PlaceKind, Times
from domain.pooling.demands import Waiting, problem_of
from domain.pooling.left_over import WhyLeft
from domain.pooling.matching import Speaks, Topic
from domain.pooling.problem import TimeClass
from services.catalogues.course_types import course_types
from services.catalogues.places import distances
from services.pooling.suggesting import suggest
from services.pooling.suggestion import Question, Suggestion

DAY = date(2026, 11, 24)
PADERBORN = "05774032"
OFFER = UUID(int=500)
IN_HOUSE = Place(kind=PlaceKind.COMPANY, room_for=4)
NOBODY_GOES = Place(max_km=0)


def waiting(number: int, learners: int, **need: object) -> Waiting:
    """Employees in Paderborn who want from B1 to B2 and would share."""
    group = LearnerGroup(number=learners, status=Status.EMPLOYED, present=Level.B1, wanted=Level.B2)
    told: dict[str, object] = {"groups": (group,), "pooling": True, **need}
    return Waiting(
        report=UUID(int=number),
        need=Need(**told),  # pyright: ignore[reportArgumentType]
        home=PADERBORN,
    )


def offer(free: int) -> Offered:
    """A Job-BSK from B1 on, in Paderborn."""
    details = Details(
        course_type="job-bsk",
        provider="Volkshochschule vor Ort",
        starts_on=DAY + timedelta(weeks=4),
        municipality=PADERBORN,
        weekdays=(2, 4),
        begins="17:30",
        seats=15,
        booked=15 - free,
        from_level=Level.B1,
        to_level=Level.B2,
    )
    record = Record(
        offer=OFFER,
        source=Source.MANUAL,
        key="1",
        details=details,
        as_of=DAY,
        expires=DAY + timedelta(days=28),
    )
    return Offered(record=record)


def suggested(*reports: Waiting, offers: tuple[Offered, ...] = ()) -> Suggestion:
    return suggest(Question(waiting=reports, offers=offers, day=DAY, seconds=20))


def test_a_new_course_says_what_all_have_in_common_and_why_each_fits() -> None:
    found = suggested(
        waiting(1, 1, times=Times(weekdays=(1, 2, 4))),
        waiting(2, 2, times=Times(weekdays=(2, 3, 4)), place=Place(max_km=10)),
    )

    [course] = found.courses
    assert (course.offer, course.room) == (None, None)
    assert (course.present, course.level) == (Level.B1, Level.B2)
    assert course.weekdays == (2, 4)
    assert course.minimum <= course.learners <= course.maximum
    assert [(member.report.int, member.learners) for member in course.members] == [(1, 1), (2, 2)]
    topics = {reason.topic for reason in course.members[0].reasons}
    assert {Topic.LEVEL, Topic.PROOF, Topic.START, Topic.TIME, Topic.WEEKDAYS} <= topics
    assert not any(
        reason.speaks is Speaks.AGAINST for member in course.members for reason in member.reasons
    )
    assert (found.waiting, found.unserved) == (3, ())


def test_two_companies_on_the_free_seats_of_an_offer_are_a_pool_too() -> None:
    found = suggested(waiting(1, 1), waiting(2, 1), offers=(offer(free=2),))

    [course] = found.courses
    assert (course.offer, course.course_type, course.maximum) == (OFFER, "job-bsk", 2)
    assert (course.time, course.weekdays) == (TimeClass.EVENING, (2, 4))
    assert [member.km for member in course.members] == [0, 0]
    assert Topic.SEATS in {reason.topic for reason in course.members[0].reasons}


def test_groups_of_one_report_are_one_member() -> None:
    small = LearnerGroup(number=2, status=Status.EMPLOYED, present=Level.B1, wanted=Level.B2)
    other = LearnerGroup(number=2, status=Status.EMPLOYED, present=Level.B1, wanted=Level.C1)

    [course] = suggested(waiting(1, 2, groups=(small, other))).courses

    [member] = course.members
    assert (member.groups, member.learners) == ((0, 1), 4)
    assert len(member.reasons) == len(set(map(repr, member.reasons)))


def test_a_course_in_the_rooms_of_a_company_takes_as_many_as_there_is_room_for() -> None:
    found = suggested(
        waiting(1, 2, place=IN_HOUSE),
        waiting(2, 2),
        waiting(3, 1, place=Place(kind=PlaceKind.PROVIDER)),
    )

    [course] = found.courses
    assert course.room == UUID(int=1)
    assert (course.learners, course.maximum) == (4, 4)
    [left] = found.unserved
    assert (left.report, left.because) == (UUID(int=3), WhyLeft.OTHERS_FIRST)


def test_a_group_larger_than_the_room_is_cut_to_it() -> None:
    problem = problem_of(
        [waiting(1, 9, place=IN_HOUSE)], [], course_types().types.values(), distances(), DAY
    )

    assert [demand.learners for demand in problem.demands] == [3, 3, 3]


def test_what_keeps_a_group_out_of_every_course_is_named() -> None:
    found = suggested(
        waiting(1, 3, times=Times(weekdays=(3,))),
        waiting(2, 3, place=Place(kind=PlaceKind.COMPANY, room_for=2)),
        waiting(3, 2, times=Times(weekdays=(1, 2))),
        waiting(4, 2, times=Times(weekdays=(2, 3, 4))),
        waiting(5, 2, pooling=False),
    )

    because = {left.report.int: left.because for left in found.unserved}
    assert because == {
        1: WhyLeft.TOO_FEW_DAYS,
        2: WhyLeft.NO_ROOM,
        3: WhyLeft.TOO_FEW,
        4: WhyLeft.TOO_FEW,
        5: WhyLeft.TOO_FEW_ALONE,
    }
    assert {(left.together, left.needed) for left in found.unserved if left.report.int == 4} == {
        (2, 3)
    }


def test_on_saturdays_one_day_is_enough() -> None:
    [course] = suggested(
        waiting(1, 2, times=Times(weekdays=(6,))), waiting(2, 2, times=Times(weekdays=(1, 6)))
    ).courses

    assert (course.time, course.weekdays) == (TimeClass.SATURDAY, ())


def test_a_company_may_stay_where_it_is() -> None:
    [course] = suggested(waiting(1, 3, place=NOBODY_GOES)).courses

    assert course.municipality == PADERBORN or course.is_online
