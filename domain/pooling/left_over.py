"""Why a group is in no course of a distribution, in what it would take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from domain.pooling.plan import Plan
from domain.pooling.problem import Demand, Problem, Setting, settings_of


class WhyLeft(StrEnum):
    """Why a group was left over."""

    NO_COURSE = "no-course"
    """No course is held at this level for learners of this status."""
    NO_TIME = "no-time"
    NO_PLACE = "no-place"
    NO_START = "no-start"
    TOO_FEW_ALONE = "too-few-alone"
    """The company does not share, and has too few learners of its own."""
    TOO_FEW = "too-few"
    """All that could sit together are too few."""
    OTHERS_FIRST = "others-first"
    """There would be a course, but the others fill it, or reach more without this one."""


class LeftOver(msgspec.Struct, frozen=True, kw_only=True):
    """`demand` is a place in the problem's demands; `learners` of `needed` could sit together."""

    demand: int
    because: WhyLeft
    learners: int = 0
    needed: int = 0


def left_over(problem: Problem, plan: Plan) -> list[LeftOver]:
    """Everybody the plan serves with nothing, in order."""
    served = {index for course in plan.courses for index in course.members}
    served |= {seating.demand for seating in plan.seatings}
    together = _together(problem.demands)
    return [
        _why(problem, index, together)
        for index in range(len(problem.demands))
        if index not in served
    ]


def _why(problem: Problem, index: int, together: Mapping[Setting, int]) -> LeftOver:
    demand = problem.demands[index]
    for missing, because in (
        (not demand.shapes, WhyLeft.NO_COURSE),
        (not demand.times, WhyLeft.NO_TIME),
        (not demand.reach, WhyLeft.NO_PLACE),
        (not demand.starts, WhyLeft.NO_START),
    ):
        if missing:
            return LeftOver(demand=index, because=because)
    needed = {shape.key: shape.smallest for shape in problem.shapes}
    settings = settings_of(demand)
    if not settings:
        return LeftOver(demand=index, because=WhyLeft.NO_PLACE)
    best = min(settings, key=lambda setting: needed[setting.shape] - together[setting])
    most, least = together[best], needed[best.shape]
    if most >= least:
        return LeftOver(demand=index, because=WhyLeft.OTHERS_FIRST)
    because = WhyLeft.TOO_FEW if demand.shares else WhyLeft.TOO_FEW_ALONE
    return LeftOver(demand=index, because=because, learners=most, needed=least)


def _together(demands: Iterable[Demand]) -> Mapping[Setting, int]:
    """How many learners could sit in each setting if none of them sat elsewhere."""
    learners: defaultdict[Setting, int] = defaultdict(int)
    for demand in demands:
        for setting in settings_of(demand):
            learners[setting] += demand.learners
    return learners
