"""Distributes learners over courses so that most are served: with a bound on what is possible.

For each part that shares nothing with another: a plain distribution, the bound on all there could
be with the courses that reach it, the best choice among those, and in the time that is left the
best choice among all.
"""

import time
from collections.abc import Iterable

from domain.pooling.plan import Plan, PlannedCourse, Seating, breaches, score
from domain.pooling.problem import Problem, Setting
from services.pooling.choosing import Key, chosen
from services.pooling.greedy import greedy
from services.pooling.parts import Part, parts_of
from services.pooling.pricing import Column, Families
from services.pooling.relaxing import relaxed
from services.pooling.solution import Solution

ON_TIME = 0.97
"""Of the time asked for: CP-SAT needs a moment to stop, and the models to be laid out."""
FOR_THE_BOUND = 0.5
"""Of the time of a part, if it needs so much."""
FOR_THE_NEAR = 0.8
"""Of what is left then, for the choice among the courses near the bound."""
SLACK = 100
"""How much less such a course may be worth by the prices of the bound: one course more."""


class Unsound(AssertionError):
    """The solver's distribution does not keep the rules; it is shown to nobody."""


def solve(problem: Problem, seconds: float) -> Solution:
    """The best distribution that was found in this time. Raises Unsound."""
    ends = time.monotonic() + seconds * ON_TIME
    parts = parts_of(problem)
    left = sum(_effort(part) for part in parts)
    found: list[Solution] = []
    for part in reversed(parts):
        now = time.monotonic()
        share = (ends - now) * _effort(part) / left
        found.append(_solve_part(problem, part, now + share))
        left -= _effort(part)
    solution = Solution(
        plan=_together(each.plan for each in found),
        worth=sum(each.worth for each in found),
        bound=sum(each.bound for each in found),
    )
    if broken := breaches(problem, solution.plan):
        raise Unsound(broken)
    return solution


def plainly(problem: Problem) -> Plan:
    """The plain distribution alone, to compare with."""
    return _together(greedy(problem, part) for part in parts_of(problem))


def _together(plans: Iterable[Plan]) -> Plan:
    known = list(plans)
    return Plan(
        courses=tuple(course for plan in known for course in plan.courses),
        seatings=tuple(seating for plan in known for seating in plan.seatings),
    )


def _solve_part(problem: Problem, part: Part, ends: float) -> Solution:
    plain = greedy(problem, part)
    best = Solution(plan=plain, worth=score(problem, plain), bound=0)
    families = Families(problem, part)
    begun = time.monotonic()
    until = begun + (ends - begun) * FOR_THE_BOUND
    limit = relaxed(problem, part, best.plan, families, until, SLACK)
    bound = limit.bound
    pairs: set[tuple[int, Key]] = {
        (families.demands[member], families.keys[column.family])
        for column in limit.near
        for member in column.members
    }
    best = _better(problem, best, greedy(problem, part, _without_conflicts(families, limit.near)))
    now = time.monotonic()
    for allowed, until in ((pairs, now + (ends - now) * FOR_THE_NEAR), (None, ends)):
        if best.worth >= bound:
            break
        choice = chosen(problem, part, allowed, best.plan, until)
        if choice is None:
            continue
        best = _better(problem, best, choice.plan)
        if allowed is None:
            bound = min(bound, choice.bound)
    return Solution(plan=best.plan, worth=best.worth, bound=bound)


def _better(problem: Problem, best: Solution, plan: Plan) -> Solution:
    value = score(problem, plan)
    return Solution(plan=plan, worth=value, bound=0) if value > best.worth else best


def _without_conflicts(families: Families, columns: Iterable[Column]) -> Plan:
    """Of these courses each that shares nothing with one before it."""
    taken: set[int] = set()
    used: set[Key] = set()
    courses: list[PlannedCourse] = []
    seatings: list[Seating] = []
    for column in columns:
        key = families.keys[column.family]
        members = [families.demands[member] for member in column.members]
        if not taken.isdisjoint(members) or key in used:
            continue
        taken |= set(members)
        if isinstance(key, Setting):
            courses.append(PlannedCourse(setting=key, members=tuple(members)))
        else:
            used.add(key)
            seatings += [Seating(offer=key, demand=index) for index in members]
    return Plan(courses=tuple(courses), seatings=tuple(seatings))


def _effort(part: Part) -> int:
    """What share of the time a part gets."""
    return len(part.demands)
