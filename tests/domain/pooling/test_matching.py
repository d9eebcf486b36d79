"""Offers, times and places: what speaks for a course and against it, and what is left open."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.course_offers.course_type import CourseType, Grantor, Span, Status
from domain.course_offers.details import Details, Form, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Offered, Record
from domain.language_needs.need import (
    Entitlement,
    LearnerGroup,
    Need,
    Place,
    PlaceKind,
    Shift,
    Times,
    WorkingTime,
)
from domain.pooling.demands import reach_of, starts_of
from domain.pooling.matching import Fit, Speaks, Topic, Wish, fit
from domain.pooling.problem import ONLINE, TimeClass
from domain.pooling.times import class_of, classes_of
from tests.domain.course_offers.example import OFFER_ID

TODAY = date(2026, 11, 23)
TYPE = CourseType(
    key="job-bsk",
    from_levels=frozenset({Level.A2, Level.B1}),
    to_levels=frozenset(),
    least_units=100,
    most_units=150,
    least_participants=3,
    most_participants=15,
    grantors={Status.EMPLOYED: (Grantor.BAMF,)},
    offered=(Span(),),
    as_of=TODAY,
)
DETAILS = Details(
    course_type="job-bsk",
    provider="Volkshochschule vor Ort",
    starts_on=TODAY + timedelta(weeks=4),
    municipality="05774032",
    begins="17:30",
    ends="20:00",
    seats=15,
    booked=9,
)
GROUP = LearnerGroup(
    number=4,
    status=Status.EMPLOYED,
    present=Level.A2,
    wanted=Level.B1,
    is_proven=True,
    entitlement=Entitlement.KNOWN,
)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for, and the offer it is held against."""

    group: LearnerGroup = GROUP
    times: Times = Times()
    place: Place = Place(max_km=15)
    km: int | None = 9
    start: date | None = None
    details: Details = DETAILS
    as_of: date = TODAY

    def fit(self) -> Fit:
        need = Need(groups=(self.group,), times=self.times, place=self.place, start=self.start)
        record = Record(
            offer=OFFER_ID,
            source=Source.MANUAL,
            key="26-117",
            details=self.details,
            as_of=self.as_of,
            expires=self.as_of + timedelta(days=28),
        )
        wish = Wish(need=need, group=self.group, today=TODAY, km=self.km)
        return fit(wish, Offered(record=record), TYPE)


def against(found: Fit) -> set[Topic]:
    return {reason.topic for reason in found.reasons if reason.speaks is Speaks.AGAINST}


def test_an_offer_that_suits_in_everything_fits_and_leaves_nothing_open() -> None:
    found = Asked().fit()

    assert found.fits
    assert found.open == ()


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        (Asked(as_of=TODAY - timedelta(days=40)), Topic.STANDING),
        (Asked(group=msgspec.structs.replace(GROUP, status=Status.PROSPECTIVE)), Topic.TYPE),
        (Asked(group=msgspec.structs.replace(
            GROUP, present=Level.B2, wanted=Level.C1)), Topic.LEVEL),
        (Asked(group=msgspec.structs.replace(GROUP, number=7)), Topic.SEATS),
        (Asked(start=TODAY + timedelta(weeks=5)), Topic.START),
        (Asked(start=TODAY - timedelta(weeks=30), details=msgspec.structs.replace(
            DETAILS, starts_on=TODAY + timedelta(weeks=9))), Topic.START),
        (Asked(times=Times(shift=Shift.LATE, working_time=WorkingTime.OUTSIDE)), Topic.TIME),
        (Asked(times=Times(weekdays=(1, 2)), details=msgspec.structs.replace(
            DETAILS, weekdays=(2, 4))), Topic.WEEKDAYS),
        (Asked(place=Place(kind=PlaceKind.ONLINE)), Topic.PLACE),
        (Asked(place=Place(kind=PlaceKind.PROVIDER), details=msgspec.structs.replace(
            DETAILS, form=Form.ONLINE)), Topic.PLACE),
        (Asked(km=16), Topic.DISTANCE),
    ],
)  # fmt: skip
def test_one_reason_against_it_is_enough_and_it_is_named(asked: Asked, topic: Topic) -> None:
    found = asked.fit()

    assert not found.fits
    assert against(found) == {topic}


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        (Asked(group=msgspec.structs.replace(GROUP, is_proven=False)), Topic.PROOF),
        (Asked(group=msgspec.structs.replace(GROUP, entitlement=Entitlement.UNKNOWN)),
            Topic.ENTITLEMENT),
        (Asked(details=msgspec.structs.replace(DETAILS, booked=None)), Topic.SEATS),
        (Asked(details=msgspec.structs.replace(DETAILS, begins="")), Topic.TIME),
        (Asked(km=None), Topic.DISTANCE),
    ],
)  # fmt: skip
def test_what_nobody_said_is_open_and_speaks_neither_for_nor_against(
    asked: Asked, topic: Topic
) -> None:
    found = asked.fit()

    assert found.fits
    assert found.open == (topic,)


def test_who_works_in_turn_can_only_sit_in_a_course_that_turns_too() -> None:
    assert classes_of(Times(shift=Shift.ROTATING)) == {TimeClass.ALTERNATING}


@pytest.mark.parametrize(
    ("times", "classes"),
    [
        (Times(shift=Shift.LATE, working_time=WorkingTime.OUTSIDE), {TimeClass.MORNING}),
        (Times(working_time=WorkingTime.OUTSIDE, latest="18:30"), {TimeClass.AFTERNOON}),
        (Times(weekdays=(6,)), {TimeClass.SATURDAY}),
        (Times(shift=Shift.NIGHT, working_time=WorkingTime.WITHIN), set[TimeClass]()),
        (
            Times(working_time=WorkingTime.WITHIN, weekdays=(2, 6), latest="13:00"),
            {TimeClass.MORNING, TimeClass.SATURDAY},
        ),
    ],
)
def test_shifts_and_hours_say_when_a_course_can_be(times: Times, classes: set[TimeClass]) -> None:
    assert classes_of(times) == classes


def test_a_course_is_of_the_class_it_begins_in() -> None:
    assert class_of((2, 4), "08:30") is TimeClass.MORNING
    assert class_of((2, 4), "14:00") is TimeClass.AFTERNOON
    assert class_of((6,), "09:00") is TimeClass.SATURDAY
    assert class_of((), "") is None


def test_a_place_reaches_as_far_as_was_said() -> None:
    distances = {"a": {"a": 0, "b": 9, "c": 20}}

    assert reach_of(Place(kind=PlaceKind.COMPANY), "a", distances) == {"a": 0}
    assert reach_of(Place(kind=PlaceKind.PROVIDER, max_km=10), "a", distances) == {"a": 0, "b": 9}
    assert reach_of(Place(kind=PlaceKind.ONLINE), "a", distances) == {ONLINE: 0}
    assert reach_of(Place(kind=PlaceKind.ANY, max_km=0), "a", distances) == {"a": 0, ONLINE: 0}


def test_courses_begin_on_mondays_within_eight_weeks_of_what_was_asked_for() -> None:
    starts = starts_of(date(2027, 3, 1), TODAY)

    assert starts
    assert all(day.weekday() == 0 for day in starts)
    assert all(date(2027, 3, 1) <= day <= date(2027, 4, 26) for day in starts)
    assert starts_of(None, TODAY)[0] >= TODAY + timedelta(weeks=4)
