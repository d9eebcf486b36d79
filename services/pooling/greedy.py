"""The plain way to distribute: what fills most comes first, and nothing is taken back.

It is the measure for the solver, the hint it starts from, and the answer if its time is over
before it found any.
"""

import heapq
from collections.abc import Sequence

from domain.pooling.plan import Plan, PlannedCourse, Seating
from domain.pooling.problem import Problem, Setting, Shape, most_in, worth
from services.pooling.parts import Part

NOTHING = Plan()


def greedy(problem: Problem, part: Part, start: Plan = NOTHING) -> Plan:
    """Free seats first, for they cost no course; then the course that serves most, again and again.

    What `start` holds stays as it is.
    """
    waiting = set(part.demands) - {i for course in start.courses for i in course.members}
    waiting -= {seating.demand for seating in start.seatings}
    seatings = [*start.seatings, *_seat(problem, part, waiting, start.seatings)]
    shapes = {shape.key: shape for shape in problem.shapes}
    order = {setting: number for number, setting in enumerate(part.settings)}
    heap: list[tuple[int, int, Setting]] = []

    def look(setting: Setting) -> None:
        members = _fill(problem, shapes[setting.shape], part.settings[setting], setting, waiting)
        if members:
            gained = sum(
                worth(problem, problem.demands[i], problem.demands[i].reach[setting.place])
                for i in members
            )
            heapq.heappush(heap, (-gained, order[setting], setting))

    for setting in part.settings:
        look(setting)
    courses = list(start.courses)
    while heap:
        promised, _, setting = heapq.heappop(heap)
        members = _fill(problem, shapes[setting.shape], part.settings[setting], setting, waiting)
        gained = sum(
            worth(problem, problem.demands[i], problem.demands[i].reach[setting.place])
            for i in members
        )
        if members and gained == -promised:
            courses.append(PlannedCourse(setting=setting, members=tuple(sorted(members))))
            waiting -= set(members)
        if members:
            look(setting)
    return Plan(courses=tuple(courses), seatings=tuple(seatings))


def _seat(
    problem: Problem, part: Part, waiting: set[int], taken: Sequence[Seating]
) -> list[Seating]:
    """Each demand, the urgent and the large ones first, in the nearest offer with room."""
    free = {opening.offer: opening.seats for opening in problem.openings}
    for seating in taken:
        free[seating.offer] -= problem.demands[seating.demand].learners
    seatings: list[Seating] = []
    for index in sorted(
        waiting,
        key=lambda i: (not problem.demands[i].is_urgent, -problem.demands[i].learners, i),
    ):
        demand = problem.demands[index]
        fitting = [
            (km, offer)
            for offer, km in demand.openings.items()
            if offer in part.openings and demand.learners <= free.get(offer, 0)
        ]
        if fitting:
            _, offer = min(fitting)
            free[offer] -= demand.learners
            waiting.discard(index)
            seatings.append(Seating(offer=offer, demand=index))
    return seatings


def _fill(
    problem: Problem, shape: Shape, suited: Sequence[int], setting: Setting, waiting: set[int]
) -> list[int]:
    """Who sits in the next course here: urgent, then near, then large; none if too few are left."""
    demands = problem.demands
    candidates = sorted(
        (i for i in suited if i in waiting),
        key=lambda i: (
            not demands[i].is_urgent,
            demands[i].reach[setting.place],
            -demands[i].learners,
            i,
        ),
    )
    members: list[int] = []
    room = most = most_in(shape, setting)
    for index in candidates:
        if demands[index].learners <= room:
            members.append(index)
            room -= demands[index].learners
    return members if most - room >= shape.smallest else []
