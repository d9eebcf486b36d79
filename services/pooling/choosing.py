"""The choice itself, with CP-SAT: who sits where, and how many courses of each setting there are.

Courses of one setting are alike, so only their number is chosen, and their groups are put into
each of them afterwards. If that cannot be, which is rare, they are told apart and it is chosen
again.
"""

import time
from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

import msgspec
from ortools.sat.python import cp_model

from domain.pooling.plan import Plan, PlannedCourse, Seating, learners_in
from domain.pooling.problem import Problem, Setting, most_in, worth
from services.pooling.packing import at_least_some, packed
from services.pooling.parts import Part

Key: TypeAlias = Setting | UUID
WORKERS = 2
SEED = 7


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """`bound` is of the pairs that were allowed."""

    plan: Plan
    bound: int


def chosen(
    problem: Problem,
    part: Part,
    pairs: Collection[tuple[int, Key]] | None,
    hint: Plan,
    until: float,
) -> Chosen | None:
    """The best distribution that was found until then; None if none was.

    `pairs` are the demands and where they may sit; None allows all. `until` is a moment of the
    monotonic clock.
    """
    apart: set[Setting] = set()
    found: Chosen | None = None
    while (left := until - time.monotonic()) > 0:
        choice = _Choice(problem, part, pairs, hint, apart)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = WORKERS
        solver.parameters.random_seed = SEED
        solver.parameters.max_time_in_seconds = left
        if solver.solve(choice.model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            break
        plan, failed = choice.read(solver)
        found = Chosen(plan=plan, bound=int(solver.best_objective_bound + 0.5))
        if not failed:
            break
        apart |= failed
    return found


class _Choice:
    """The model of a part, and what its variables mean."""

    def __init__(
        self,
        problem: Problem,
        part: Part,
        pairs: Collection[tuple[int, Key]] | None,
        hint: Plan,
        apart: Collection[Setting],
    ) -> None:
        self.model = cp_model.CpModel()
        self._problem = problem
        self._shapes = {shape.key: shape for shape in problem.shapes}
        self._seats = {opening.offer: opening.seats for opening in problem.openings}
        self._hinted = _places(hint)
        self._worth: list[tuple[cp_model.IntVar, int]] = []
        self._sits: dict[Key, dict[int, cp_model.IntVar]] = {}
        self._courses: dict[Setting, cp_model.IntVar] = {}
        self._split: dict[Setting, list[dict[int, cp_model.IntVar]]] = {}
        for setting, members in part.settings.items():
            self._setting(setting, self._allowed(setting, members, pairs), setting in apart)
        for offer, members in part.openings.items():
            self._opening(offer, self._allowed(offer, members, pairs))
        for demand in part.demands:
            places = [sits[demand] for sits in self._sits.values() if demand in sits]
            self.model.add_at_most_one(places)
        variables, worths = [v for v, _ in self._worth], [w for _, w in self._worth]
        self.model.maximize(cp_model.LinearExpr.weighted_sum(variables, worths))

    def read(self, solver: cp_model.CpSolver) -> tuple[Plan, set[Setting]]:
        """The distribution, and the settings whose groups did not all fit into their courses."""
        courses: list[PlannedCourse] = []
        failed: set[Setting] = set()
        for setting, number in self._courses.items():
            seated = _seated(solver, self._sits[setting])
            if not seated:
                continue
            shape = self._shapes[setting.shape]
            sizes = {index: self._problem.demands[index].learners for index in seated}
            if setting in self._split:
                bags = [tuple(_seated(solver, course)) for course in self._split[setting]]
            else:
                count = solver.value(number)
                most = most_in(shape, setting)
                bags = packed(sizes, count, shape.smallest, most)
                if bags is None:
                    failed.add(setting)
                    bags = at_least_some(sizes, count, shape.smallest, most)
            courses += [PlannedCourse(setting=setting, members=bag) for bag in bags if bag]
        seatings = [
            Seating(offer=key, demand=index)
            for key, sits in self._sits.items()
            if not isinstance(key, Setting)
            for index in _seated(solver, sits)
        ]
        return Plan(courses=tuple(courses), seatings=tuple(seatings)), failed

    def _allowed(
        self,
        key: Key,
        members: Iterable[int],
        pairs: Collection[tuple[int, Key]] | None,
    ) -> list[int]:
        if pairs is None:
            return list(members)
        return [i for i in members if (i, key) in pairs or self._hinted.get(i) == key]

    def _setting(self, setting: Setting, members: list[int], is_apart: bool) -> None:  # noqa: FBT001
        shape = self._shapes[setting.shape]
        courses = learners_in(self._problem, members) // shape.smallest
        if not courses:
            return
        room = (shape.smallest, most_in(shape, setting))
        number = self.model.new_int_var(0, courses, "")
        sits = self._may_sit(setting, members)
        for variable in sits.values():
            self.model.add(variable <= number)
        learners = self._learners(sits)
        self.model.add(learners >= room[0] * number)
        self.model.add(learners <= room[1] * number)
        self._courses[setting] = number
        self._worth.append((number, -self._problem.weights.course))
        if is_apart:
            self._split[setting] = self._told_apart(sits, number, courses, room)

    def _told_apart(
        self,
        sits: Mapping[int, cp_model.IntVar],
        number: cp_model.IntVar,
        most: int,
        room: tuple[int, int],
    ) -> list[dict[int, cp_model.IntVar]]:
        """Each course with its own groups; those that are held come before those that are not."""
        held = [self.model.new_bool_var("") for _ in range(most)]
        self.model.add(sum(held) == number)
        for one, next_one in pairwise(held):
            self.model.add_implication(next_one, one)
        courses = [{index: self.model.new_bool_var("") for index in sits} for _ in held]
        for index, variable in sits.items():
            self.model.add(sum(course[index] for course in courses) == variable)
        for course, is_held in zip(courses, held, strict=True):
            learners = self._learners(course)
            self.model.add(learners >= room[0] * is_held)
            self.model.add(learners <= room[1] * is_held)
        return courses

    def _opening(self, offer: UUID, members: list[int]) -> None:
        if members:
            self.model.add(self._learners(self._may_sit(offer, members)) <= self._seats[offer])

    def _may_sit(self, key: Key, members: Iterable[int]) -> dict[int, cp_model.IntVar]:
        sits = {index: self.model.new_bool_var("") for index in members}
        self._sits[key] = sits
        for index, variable in sits.items():
            demand = self._problem.demands[index]
            km = demand.reach[key.place] if isinstance(key, Setting) else demand.openings[key]
            self._worth.append((variable, worth(self._problem, demand, km)))
            self.model.add_hint(variable, self._hinted.get(index) == key)
        return sits

    def _learners(self, sits: Mapping[int, cp_model.IntVar]) -> cp_model.LinearExprT:
        learners = [self._problem.demands[index].learners for index in sits]
        return cp_model.LinearExpr.weighted_sum(list(sits.values()), learners)


def _seated(solver: cp_model.CpSolver, sits: Mapping[int, cp_model.IntVar]) -> list[int]:
    return [index for index, variable in sits.items() if solver.boolean_value(variable)]


def _places(plan: Plan) -> Mapping[int, Key]:
    """Where each demand sits in the plan."""
    courses = {index: course.setting for course in plan.courses for index in course.members}
    return {**courses, **{seating.demand: seating.offer for seating in plan.seatings}}
