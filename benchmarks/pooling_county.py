"""A county full of invented demands for German courses, the same at each run."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeAlias
from uuid import UUID

from domain.pooling.problem import ONLINE, Demand, Opening, Problem, Shape, TimeClass

FIRST = date(2027, 1, 11)
SHAPES = (
    Shape(key="job-a2-b1", smallest=3, largest=15),
    Shape(key="job-b1-b2", smallest=3, largest=15),
    Shape(key="apprentices-b1-b2", smallest=7, largest=25),
    Shape(key="employees-a2-b1", smallest=7, largest=25),
    Shape(key="employees-b1-b2", smallest=7, largest=25),
    Shape(key="employees-b2-c1", smallest=7, largest=25),
    Shape(key="all-a0-a1", smallest=15, largest=25),
    Shape(key="all-a1-a2", smallest=15, largest=25),
    Shape(key="all-a2-b1", smallest=15, largest=25),
    Shape(key="all-b1-b2", smallest=15, largest=25),
)
LEVELS = (("a0-a1", 15), ("a1-a2", 20), ("a2-b1", 30), ("b1-b2", 25), ("b2-c1", 10))
Held: TypeAlias = tuple[Opening, str, str, TimeClass, date]
"""An offer: its seats, course, place, time and start."""
STATUSES = (("job", 60), ("apprentices", 20), ("prospective", 20))


def county(reports: int, offers: int, distances: Mapping[str, Mapping[str, int]]) -> Problem:
    """So many open reports, each of one to three groups, and so many offers with free seats."""
    chance = Random(11)  # noqa: S311 (not a secret)
    places = sorted(distances)
    openings = [
        (
            Opening(offer=UUID(int=10_000 + number), seats=chance.choice((0, 1, 2, 4, 6, 9))),
            chance.choice(SHAPES).key,
            chance.choice(places),
            chance.choice(list(TimeClass)[:3]),
            FIRST + timedelta(weeks=chance.randrange(26)),
        )
        for number in range(offers)
    ]
    demands: list[Demand] = []
    for number in range(reports):
        demands.extend(_report(chance, UUID(int=number + 1), places, distances, openings))
    return Problem(
        demands=tuple(demands), shapes=SHAPES, openings=tuple(opening for opening, *_ in openings)
    )


def _report(
    chance: Random,
    report: UUID,
    places: Sequence[str],
    distances: Mapping[str, Mapping[str, int]],
    openings: Sequence[Held],
) -> Iterator[Demand]:
    home = chance.choices(places, [8 if place == "05774032" else 1 for place in places])[0]
    far = chance.choice((0, 10, 15, 20, 30))
    reach = {place: km for place, km in distances[home].items() if km <= far}
    if chance.random() < 0.25:
        reach[ONLINE] = 0
    earliest = FIRST + timedelta(days=chance.randrange(140))
    grid = [FIRST + timedelta(weeks=4 * n) for n in range(1, 9)]
    starts = tuple(day for day in grid if earliest <= day <= earliest + timedelta(weeks=8))
    shares, is_urgent = chance.random() < 0.8, chance.random() < 0.1
    for group in range(chance.choices((1, 2, 3), (6, 3, 1))[0]):
        status = chance.choices([s for s, _ in STATUSES], [w for _, w in STATUSES])[0]
        step = chance.choices([s for s, _ in LEVELS], [w for _, w in LEVELS])[0]
        kinds = {f"{status}-{step}", f"all-{step}"}
        if status != "prospective":
            kinds.add(f"employees-{step}")
        shapes = frozenset(shape.key for shape in SHAPES if shape.key in kinds)
        times = frozenset(
            chance.choices(
                (
                    {TimeClass.MORNING},
                    {TimeClass.AFTERNOON},
                    {TimeClass.EVENING},
                    {TimeClass.AFTERNOON, TimeClass.EVENING},
                    {TimeClass.MORNING, TimeClass.AFTERNOON, TimeClass.EVENING},
                    {TimeClass.ALTERNATING},
                    {TimeClass.SATURDAY},
                ),
                (15, 10, 15, 25, 10, 15, 10),
            )[0]
        )
        yield Demand(
            report=report,
            group=group,
            learners=chance.choices(range(1, 13), range(12, 0, -1))[0],
            shapes=shapes,
            times=times,
            reach=reach,
            starts=starts,
            home=home,
            shares=shares,
            is_urgent=is_urgent,
            openings={
                opening.offer: reach[place]
                for opening, shape, place, time, start in openings
                if shape in shapes
                and place in reach
                and time in times
                and earliest <= start <= earliest + timedelta(weeks=8)
            },
        )
