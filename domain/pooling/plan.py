"""A distribution of learners over courses: what it is worth, and whether it keeps the rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.pooling.meeting import can_host, have_enough_in_common
from domain.pooling.problem import (
    Demand,
    Problem,
    Setting,
    TimeClass,
    settings_of,
    worth,
)


class PlannedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """`members` are places in the problem's demands."""

    setting: Setting
    members: tuple[int, ...]


class Seating(msgspec.Struct, frozen=True, kw_only=True):
    """A demand that takes free seats of an offer."""

    offer: UUID
    demand: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    courses: tuple[PlannedCourse, ...] = ()
    seatings: tuple[Seating, ...] = ()


class Breach(StrEnum):
    """A rule that a distribution does not keep."""

    SERVED_TWICE = "served-twice"
    NOT_SUITED = "not-suited"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    NO_SEATS = "no-seats"
    NO_COMMON_DAYS = "no-common-days"
    NO_ROOM = "no-room"


def learners_in(problem: Problem, members: Sequence[int]) -> int:
    return sum(problem.demands[index].learners for index in members)


def score(problem: Problem, plan: Plan) -> int:
    """What the plan is worth in the weights of the problem."""
    demands = problem.demands
    seated = sum(
        worth(problem, demands[s.demand], demands[s.demand].openings[s.offer])
        for s in plan.seatings
    )
    pooled = sum(
        worth(problem, demands[index], demands[index].reach[course.setting.place])
        for course in plan.courses
        for index in course.members
    )
    return seated + pooled - problem.weights.course * len(plan.courses)


def breaches(problem: Problem, plan: Plan) -> list[Breach]:
    """The rules the plan does not keep; none of a plan that may be proposed.

    Written without the solver: what it found is checked with this before anybody sees it.
    """
    return [
        *_served_twice(plan),
        *(breach for course in plan.courses for breach in _of_course(problem, course)),
        *_of_seatings(problem, plan.seatings),
    ]


def _served_twice(plan: Plan) -> Iterator[Breach]:
    served = Counter([index for course in plan.courses for index in course.members])
    served.update(seating.demand for seating in plan.seatings)
    yield from (Breach.SERVED_TWICE for times in served.values() if times > 1)


def _of_course(problem: Problem, course: PlannedCourse) -> Iterator[Breach]:
    shape = next(shape for shape in problem.shapes if shape.key == course.setting.shape)
    learners = learners_in(problem, course.members)
    if learners < shape.smallest:
        yield Breach.TOO_FEW
    if learners > shape.largest:
        yield Breach.TOO_MANY
    demands = [problem.demands[index] for index in course.members]
    yield from (Breach.NOT_SUITED for demand in demands if not _suits(demand, course.setting))
    if len({demand.report for demand in demands}) > 1:
        yield from (Breach.NOT_SUITED for demand in demands if not demand.shares)
    for host in (demand for demand in demands if demand.in_house):
        if host.room and learners > host.room:
            yield Breach.NO_ROOM
        yield from (Breach.NOT_SUITED for guest in demands if not can_host(host, guest))
    is_weekly = course.setting.time is not TimeClass.SATURDAY
    if is_weekly and not have_enough_in_common(demand.weekdays for demand in demands):
        yield Breach.NO_COMMON_DAYS


def _suits(demand: Demand, setting: Setting) -> bool:
    """Whether it is one of the courses for the group, as far as that is to be seen from it."""
    return any(
        (each.shape, each.place, each.time, each.start)
        == (setting.shape, setting.place, setting.time, setting.start)
        for each in settings_of(demand)
    )


def _of_seatings(problem: Problem, seatings: Sequence[Seating]) -> Iterator[Breach]:
    free = {opening.offer: opening.seats for opening in problem.openings}
    taken = Counter[UUID]()
    for seating in seatings:
        demand = problem.demands[seating.demand]
        taken[seating.offer] += demand.learners
        if seating.offer not in demand.openings:
            yield Breach.NOT_SUITED
    yield from (Breach.NO_SEATS for offer, seats in taken.items() if seats > free.get(offer, 0))
