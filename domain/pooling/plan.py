"""A distribution of learners over courses: what it is worth, and whether it keeps the rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.pooling.problem import Problem, Setting, settings_of, worth


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
    for index in course.members:
        if course.setting not in settings_of(problem.demands[index]):
            yield Breach.NOT_SUITED


def _of_seatings(problem: Problem, seatings: Sequence[Seating]) -> Iterator[Breach]:
    free = {opening.offer: opening.seats for opening in problem.openings}
    taken = Counter[UUID]()
    for seating in seatings:
        demand = problem.demands[seating.demand]
        taken[seating.offer] += demand.learners
        if seating.offer not in demand.openings:
            yield Breach.NOT_SUITED
    yield from (Breach.NO_SEATS for offer, seats in taken.items() if seats > free.get(offer, 0))
