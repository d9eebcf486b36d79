"""How much can be reached at all: the bound, and the courses it is reached with.

The choice among all courses there could be, where a course may also be held in part, is solved by
generating courses as long as one is worth more than its members elsewhere (Gilmore and Gomory,
1961). With each set of prices comes a bound that holds, also if the time ends before the last.
"""

import time
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import numpy as np
from ortools.math_opt.python import mathopt

from domain.pooling.plan import Plan
from domain.pooling.problem import Problem, worth
from services.pooling.parts import Part
from services.pooling.pricing import Column, Families, Floats, Pricing

STEADY = 0.7
"""How much of the best prices so far stays in the next: prices that jump about cost rounds."""
AT_ONCE = 100
"""Courses taken in each round: more make the next solution slower than the rounds they save."""
NOUGHT = 1e-4
FROM_SCRATCH = mathopt.SolveParameters(presolve=mathopt.Emphasis.OFF)
"""Presolving would begin anew each time, instead of where the last solution ended."""


class Relaxed(msgspec.Struct, frozen=True, kw_only=True):
    """No distribution is worth more than `bound`.

    `near` are the courses that lose next to nothing by it, those first of which it holds the
    largest part.
    """

    bound: int
    near: tuple[Column, ...]


def relaxed(
    problem: Problem, part: Part, start: Plan, families: Families, until: float, slack: int
) -> Relaxed:
    """The bound and the courses that lose at most `slack` by it.

    `until` is a moment of the monotonic clock.
    """
    master = _Master(families)
    for column in _columns_of(start, families):
        master.add(column)
    pricing = Pricing(families)
    kept = _everybody_served(problem, part)
    best = float(kept[0].sum())
    prices = master.solve(until)
    while prices is not None:
        value, values, offers = prices
        added = 0
        for steady in (STEADY, 0.0):
            asked = _between(kept, (values, offers), steady)
            gain, bags = pricing.best(*asked)
            bound = families.bound(*asked, gain)
            if bound < best:
                best, kept = bound, asked
            for family in np.argsort(-gain)[:AT_ONCE]:
                if gain[family] > NOUGHT:
                    members = bags.members(int(family))
                    added += master.add(families.column(int(family), members))
            if added:
                break
        if not added or best - value < 1 or time.monotonic() > until:
            break
        prices = master.solve(until)
    near = _near(master.by_part(), families, kept, slack)
    return Relaxed(bound=int(np.floor(best + 0.01)), near=tuple(near))


def _everybody_served(problem: Problem, part: Part) -> tuple[Floats, Floats]:
    """The prices of whoever knows nothing: all are served next door, in courses for nothing."""
    values = [worth(problem, problem.demands[index], 0) for index in part.demands]
    return np.array(values, dtype=np.float64), np.zeros(len(part.openings))


def _between(
    kept: tuple[Floats, Floats], new: tuple[Floats, Floats], steady: float
) -> tuple[Floats, Floats]:
    return (
        steady * kept[0] + (1 - steady) * new[0],
        steady * kept[1] + (1 - steady) * new[1],
    )


def _columns_of(plan: Plan, families: Families) -> list[Column]:
    family = {key: number for number, key in enumerate(families.keys)}
    courses = [
        families.column(family[course.setting], [families.place[i] for i in course.members])
        for course in plan.courses
    ]
    seats = [
        families.column(family[seating.offer], [families.place[seating.demand]])
        for seating in plan.seatings
    ]
    return [*courses, *seats]


def _near(
    columns: Sequence[Column], families: Families, prices: tuple[Floats, Floats], slack: int
) -> list[Column]:
    values, offers = prices

    def lost(column: Column) -> float:
        paid = float(values[list(column.members)].sum())
        if column.family >= families.settings:
            paid += float(offers[column.family - families.settings])
        return paid - column.worth

    return [column for column in columns if lost(column) <= slack]


class _Master:
    """The choice among the courses known so far, solved again from where it was."""

    def __init__(self, families: Families) -> None:
        self.columns: list[Column] = []
        self.parts: list[float] = []
        self._variables: list[mathopt.Variable] = []
        self._known: set[tuple[int, tuple[int, ...]]] = set()
        self._first_offer = families.settings
        self._model = mathopt.Model()
        self._demands = [self._model.add_linear_constraint(ub=1.0) for _ in families.demands]
        self._offers = [
            self._model.add_linear_constraint(ub=1.0)
            for _ in range(len(families.keys) - families.settings)
        ]
        self._model.objective.is_maximize = True
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def add(self, column: Column) -> bool:
        """Whether it was not known yet."""
        key = (column.family, column.members)
        if key in self._known:
            return False
        self._known.add(key)
        self.columns.append(column)
        variable = self._model.add_variable(lb=0.0)
        self._variables.append(variable)
        self._model.objective.set_linear_coefficient(variable, float(column.worth))
        for member in column.members:
            self._demands[member].set_coefficient(variable, 1.0)
        if column.family >= self._first_offer:
            self._offers[column.family - self._first_offer].set_coefficient(variable, 1.0)
        return True

    def by_part(self) -> list[Column]:
        """Those first that the last solution held the largest part of."""
        parts = {number: part for number, part in enumerate(self.parts) if part > NOUGHT}
        order = sorted(range(len(self.columns)), key=lambda number: -parts.get(number, 0.0))
        return [self.columns[number] for number in order]

    def solve(self, until: float) -> tuple[float, Floats, Floats] | None:
        """The worth, and the prices of demands and offers; None if the time was over before."""
        left = until - time.monotonic()
        if left <= 0:
            return None
        parameters = mathopt.SolveParameters(
            presolve=FROM_SCRATCH.presolve, time_limit=timedelta(seconds=left)
        )
        result = self._solver.solve(params=parameters)
        if result.termination.reason is not mathopt.TerminationReason.OPTIMAL:
            return None
        held = result.variable_values()
        self.parts = [held[variable] for variable in self._variables]
        prices = result.dual_values()
        return (
            result.objective_value(),
            np.array([max(0.0, prices[row]) for row in self._demands]),
            np.array([max(0.0, prices[row]) for row in self._offers]),
        )
