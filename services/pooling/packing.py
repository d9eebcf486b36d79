"""Groups that were counted together for several courses of one setting, put into each of them."""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

ENOUGH = 20_000
"""Decisions after which a packing counts as not found; none of a county's needs a hundredth."""


def packed(
    sizes: Mapping[int, int], courses: int, smallest: int, largest: int
) -> list[tuple[int, ...]] | None:
    """The groups in so many courses, each within its bounds; None if that cannot be."""
    if courses == 1:
        return [tuple(sorted(sizes))]
    simple = _evenly(sizes, courses)
    if all(_fits(members, sizes, smallest, largest) for members in simple):
        return simple
    return _searched(sizes, courses, smallest, largest)


def _evenly(sizes: Mapping[int, int], courses: int) -> list[tuple[int, ...]]:
    """The largest first, each where fewest sit."""
    members: list[list[int]] = [[] for _ in range(courses)]
    for index in sorted(sizes, key=lambda i: (-sizes[i], i)):
        emptiest = min(members, key=lambda course: sum(sizes[i] for i in course))
        emptiest.append(index)
    return [tuple(sorted(course)) for course in members]


def _fits(members: Sequence[int], sizes: Mapping[int, int], smallest: int, largest: int) -> bool:
    return smallest <= sum(sizes[i] for i in members) <= largest


def _searched(
    sizes: Mapping[int, int], courses: int, smallest: int, largest: int
) -> list[tuple[int, ...]] | None:
    model = cp_model.CpModel()
    sits = {(i, c): model.new_bool_var("") for i in sizes for c in range(courses)}
    for i in sizes:
        model.add_exactly_one([sits[i, c] for c in range(courses)])
    for c in range(courses):
        learners = sum(sizes[i] * sits[i, c] for i in sizes)
        model.add_linear_constraint(learners, smallest, largest)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_number_of_conflicts = ENOUGH
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    return [
        tuple(sorted(i for i in sizes if solver.boolean_value(sits[i, c]))) for c in range(courses)
    ]


def at_least_some(
    sizes: Mapping[int, int], courses: int, smallest: int, largest: int
) -> list[tuple[int, ...]]:
    """As many of the groups as find room if each is put where it fits, the largest first."""
    members: list[list[int]] = [[] for _ in range(courses)]
    for index in sorted(sizes, key=lambda i: (-sizes[i], i)):
        for course in members:
            if sum(sizes[i] for i in course) + sizes[index] <= largest:
                course.append(index)
                break
    return [tuple(sorted(course)) for course in members if _fits(course, sizes, smallest, largest)]
