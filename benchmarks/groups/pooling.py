"""The learner groups of 2,000 open reports, pooled into courses, against the plain way to do it."""

import time
from collections.abc import Sequence

from benchmarks.bench import Bench
from benchmarks.figure import Figure, alone, compared
from benchmarks.pooling_county import county
from domain.pooling.plan import Plan, learners_in, score
from domain.pooling.problem import Problem
from services.catalogues.places import distances
from services.pooling.solver import plainly, solve

REPORTS = 2_000
OFFERS = 300
SECONDS = 30.0


async def measure(bench: Bench) -> Sequence[Figure]:
    """The same question to both: first the plain way, then the solver with 30 seconds."""
    problem = county(REPORTS, OFFERS, distances())
    plain = plainly(problem)
    started = time.perf_counter()
    solution = solve(problem, SECONDS)
    took = time.perf_counter() - started
    bench.note(_counted("plainly", problem, plain))
    bench.note(_counted("solved", problem, solution.plan) + f"; {solution.proof}")
    of = f"{REPORTS:,} reports, {OFFERS} offers"
    return [
        alone(
            f"pool {of}: what is left to the bound",
            "%",
            solution.gap_permyriad / 100,
            goal=("at most", 2),
        ),
        alone(f"pool {of}: time", "s", took, goal=("at most", 31)),
        compared(
            f"pool {of}: learners served",
            "",
            _served(problem, solution.plan),
            _served(problem, plain),
            "greedy",
            goal=("at least", 1),
        ),
        compared(
            f"pool {of}: worth",
            "",
            solution.worth,
            score(problem, plain),
            "greedy",
            goal=("at least", 1),
        ),
    ]


def _served(problem: Problem, plan: Plan) -> int:
    courses = [index for course in plan.courses for index in course.members]
    return learners_in(problem, [*courses, *(seating.demand for seating in plan.seatings)])


def _counted(how: str, problem: Problem, plan: Plan) -> str:
    everybody = sum(demand.learners for demand in problem.demands)
    return (
        f"{how}: {_served(problem, plan):,} of {everybody:,} learners, "
        f"{len(plan.courses)} new courses, {len(plan.seatings)} groups in offers"
    )
