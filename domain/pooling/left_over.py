"""Why a group is in no course of a distribution, in what it would take."""

from collections import defaultdict
from enum import StrEnum

import msgspec

from domain.pooling.meeting import ENOUGH, WORKING_WEEK, settings_with
from domain.pooling.plan import Plan, learners_in
from domain.pooling.problem import Demand, Problem, Setting, most_in


class WhyLeft(StrEnum):
    """Why a group was left over."""

    NO_COURSE = "no-course"
    """No course is held at this level for learners of this status."""
    NO_TIME = "no-time"
    TOO_FEW_DAYS = "too-few-days"
    """They can on one weekday only, and a course takes more of them."""
    NO_PLACE = "no-place"
    NO_START = "no-start"
    NO_ROOM = "no-room"
    """The course is to be in the company's own room, which is smaller than any course."""
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
    meeting = _Meeting(problem)
    return [
        _why(problem, index, meeting)
        for index in range(len(problem.demands))
        if index not in served
    ]


def _why(problem: Problem, index: int, meeting: "_Meeting") -> LeftOver:
    demand = problem.demands[index]
    for missing, because in (
        (not demand.shapes, WhyLeft.NO_COURSE),
        (not demand.times and _has_one_day(demand), WhyLeft.TOO_FEW_DAYS),
        (not demand.times, WhyLeft.NO_TIME),
        (not demand.reach, WhyLeft.NO_PLACE),
        (not demand.starts, WhyLeft.NO_START),
        (not meeting.where[index], WhyLeft.NO_PLACE),
    ):
        if missing:
            return LeftOver(demand=index, because=because)
    held = [each for each in meeting.where[index] if meeting.has_room(each)]
    if not held:
        return LeftOver(demand=index, because=WhyLeft.NO_ROOM)
    best = min(held, key=lambda each: meeting.needed(each) - meeting.learners[each])
    most, least = meeting.learners[best], meeting.needed(best)
    if most >= least:
        return LeftOver(demand=index, because=WhyLeft.OTHERS_FIRST)
    because = WhyLeft.TOO_FEW if demand.shares else WhyLeft.TOO_FEW_ALONE
    return LeftOver(demand=index, because=because, learners=most, needed=least)


def _has_one_day(demand: Demand) -> bool:
    return bool(demand.weekdays) and len(demand.weekdays.intersection(WORKING_WEEK)) < ENOUGH


class _Meeting:
    """Where each could sit, and how many learners could sit there if none of them sat elsewhere."""

    def __init__(self, problem: Problem) -> None:
        self._shapes = {shape.key: shape for shape in problem.shapes}
        self.where: defaultdict[int, list[Setting]] = defaultdict(list)
        self.learners: dict[Setting, int] = {}
        for setting, members in settings_with(problem.demands).items():
            self.learners[setting] = learners_in(problem, members)
            for index in members:
                self.where[index].append(setting)

    def needed(self, setting: Setting) -> int:
        return self._shapes[setting.shape].smallest

    def has_room(self, setting: Setting) -> bool:
        return most_in(self._shapes[setting.shape], setting) >= self.needed(setting)
