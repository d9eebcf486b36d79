"""The solver keeps the rules, knows how good it is, and finds on small questions what is best."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, product
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.pooling_county import county
from domain.pooling.plan import (
    Breach,
    Plan,
    PlannedCourse,
    Seating,
    breaches,
    learners_in,
    score,
)
from domain.pooling.problem import (
    Demand,
    Opening,
    Problem,
    Setting,
    Shape,
    TimeClass,
    settings_of,
)
from services.catalogues.places import distances
from services.pooling.packing import packed
from services.pooling.solution import Certainty
from services.pooling.solver import plainly, solve

SHORT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = date(2027, 2, 8)
LATER = DAY + timedelta(weeks=4)
SMALL = Shape(key="small", smallest=3, largest=6)
LARGE = Shape(key="large", smallest=7, largest=9)
OFFER = UUID(int=77)
ANY_DAY = frozenset[int]()
MO_TO_WE, TU_AND_TH, WE_TO_FR = frozenset({1, 2, 3}), frozenset({2, 4}), frozenset({3, 4, 5})


def demand(number: int, learners: int, **changes: object) -> Demand:
    """A group in Paderborn that sits in small courses in the evening."""
    told: dict[str, object] = {
        "report": UUID(int=number),
        "group": 0,
        "learners": learners,
        "shapes": frozenset({"small"}),
        "times": frozenset({TimeClass.EVENING}),
        "reach": {"05774032": 0},
        "starts": (DAY,),
        "home": "05774032",
        "shares": True,
    }
    return Demand(**{**told, **changes})  # pyright: ignore[reportArgumentType]


def problem(*demands: Demand, openings: tuple[Opening, ...] = ()) -> Problem:
    return Problem(demands=demands, shapes=(SMALL, LARGE), openings=openings)


def groups_of(members: Sequence[int]) -> Iterator[list[list[int]]]:
    """All ways to put all of the members into courses."""
    if not members:
        yield []
        return
    first, rest = members[0], members[1:]
    for groups in groups_of(rest):
        yield [[first], *groups]
        for number, group in enumerate(groups):
            yield [*groups[:number], [first, *group], *groups[number + 1 :]]


def best_of_all(asked: Problem) -> int:
    """What the best distribution is worth, by looking at every one."""
    offers = [opening.offer for opening in asked.openings]
    places = [
        [None, *courses_near(asked, demand), *(o for o in offers if o in demand.openings)]
        for demand in asked.demands
    ]
    return max(
        score(asked, plan)
        for places_taken in product(*places)
        for plan in plans_of(places_taken)
        if not breaches(asked, plan)
    )


def courses_near(asked: Problem, demand: Demand) -> Sequence[Setting]:
    """Its own courses, and those of all companies that share at the same place and time."""
    own = {(each.shape, each.place, each.time, each.start) for each in settings_of(demand)}
    hosted = {
        each
        for other in asked.demands
        if other.in_house and other.shares
        for each in settings_of(other)
        if (each.shape, each.place, each.time, each.start) in own
    }
    return sorted(hosted.union(settings_of(demand)), key=str)


def plans_of(places: Sequence[Setting | UUID | None]) -> Iterator[Plan]:
    seatings = tuple(
        Seating(offer=place, demand=index)
        for index, place in enumerate(places)
        if isinstance(place, UUID)
    )
    taken = sorted({place for place in places if isinstance(place, Setting)}, key=str)
    ways = [list(groups_of([i for i, p in enumerate(places) if p == place])) for place in taken]
    for chosen in product(*ways):
        courses = tuple(
            PlannedCourse(setting=setting, members=tuple(group))
            for setting, groups in zip(taken, chosen, strict=True)
            for group in groups
        )
        yield Plan(courses=courses, seatings=seatings)


@st.composite
def few_demands(draw: st.DrawFn) -> Problem:
    companies: dict[UUID, dict[str, object]] = {
        UUID(int=number): {
            "shares": draw(st.booleans()),
            "weekdays": draw(st.sampled_from([ANY_DAY, ANY_DAY, MO_TO_WE, WE_TO_FR, TU_AND_TH])),
            "visits": draw(st.booleans()),
            **draw(st.sampled_from([{}, {}, {"in_house": True, "room": 4}])),
        }
        for number in range(1, 4)
    }
    demands = [
        demand(
            (report := draw(st.sampled_from(sorted(companies)))).int,
            draw(st.integers(1, 6)),
            group=number,
            shapes=draw(st.sampled_from([frozenset({"small"}), frozenset({"small", "large"})])),
            times=frozenset({draw(st.sampled_from([TimeClass.EVENING, TimeClass.MORNING]))}),
            reach={"05774032": draw(st.sampled_from([0, 12]))},
            starts=draw(st.sampled_from([(DAY,), (DAY, LATER)])),
            is_urgent=draw(st.booleans()),
            openings=draw(st.sampled_from([{}, {OFFER: 5}])),
            **companies[report],
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    return problem(*demands, openings=(Opening(offer=OFFER, seats=draw(st.integers(0, 5))),))


@SHORT
@given(few_demands())
def test_on_few_groups_the_solver_finds_what_looking_at_every_distribution_finds(
    asked: Problem,
) -> None:
    solution = solve(asked, 20)

    assert not breaches(asked, solution.plan)
    assert solution.worth == score(asked, solution.plan)
    assert solution.worth == best_of_all(asked)
    assert solution.proof is Certainty.OPTIMAL


def test_the_bound_is_never_below_and_the_solver_never_behind_the_plain_way() -> None:
    asked = county(150, 30, distances())

    solution = solve(asked, 6)

    assert not breaches(asked, solution.plan)
    assert score(asked, plainly(asked)) <= solution.worth <= solution.bound


def test_without_any_time_the_answer_is_the_plain_one_with_a_bound() -> None:
    asked = county(150, 30, distances())

    solution = solve(asked, 0)

    assert not breaches(asked, solution.plan)
    assert solution.worth >= score(asked, plainly(asked))
    assert solution.worth <= solution.bound
    assert solution.proof is Certainty.BOUND


def test_companies_that_are_too_few_alone_reach_the_minimum_together() -> None:
    asked = problem(demand(1, 1), demand(2, 2))

    assert solve(asked, 5).plan.courses[0].members == (0, 1)


def test_whoever_does_not_share_is_never_put_with_others() -> None:
    asked = problem(demand(1, 2, shares=False), demand(2, 2), demand(3, 2))

    assert [course.members for course in solve(asked, 5).plan.courses] == [(1, 2)]
    alone = problem(demand(1, 2, shares=False), demand(1, 2, group=1, shares=False))
    assert [course.members for course in solve(alone, 5).plan.courses] == [(0, 1)]


def test_companies_sit_together_only_if_they_have_two_weekdays_in_common() -> None:
    asked = problem(
        demand(1, 2, weekdays=MO_TO_WE),
        demand(2, 2, weekdays=WE_TO_FR),
        demand(3, 2, weekdays=frozenset({4, 5})),
    )

    [course] = solve(asked, 5).plan.courses

    assert course.members == (1, 2)
    assert course.setting.days == (4, 5)


def test_on_saturdays_nobody_asks_for_the_days_of_the_week() -> None:
    saturday = frozenset({TimeClass.SATURDAY})
    asked = problem(
        demand(1, 2, weekdays=frozenset({1, 6}), times=saturday),
        demand(2, 2, weekdays=frozenset({6}), times=saturday),
    )

    assert [course.members for course in solve(asked, 5).plan.courses] == [(0, 1)]


def test_a_course_in_the_rooms_of_a_company_has_no_more_learners_than_the_room() -> None:
    asked = problem(
        demand(1, 2, in_house=True, room=4),
        demand(2, 2),
        demand(3, 2),
        demand(4, 2, visits=False),
    )

    solution = solve(asked, 5)

    [in_house] = [course for course in solution.plan.courses if course.setting.report]
    assert learners_in(asked, in_house.members) == 4
    assert 0 in in_house.members
    assert 3 not in in_house.members
    assert len(solution.plan.courses) == 2


def test_two_companies_that_both_want_it_in_their_own_rooms_are_not_put_together() -> None:
    asked = problem(demand(1, 2, in_house=True), demand(2, 2, in_house=True))

    assert solve(asked, 5).plan == Plan()


def test_a_free_seat_is_taken_before_a_course_is_opened() -> None:
    asked = problem(demand(1, 3, openings={OFFER: 0}), openings=(Opening(offer=OFFER, seats=3),))

    solution = solve(asked, 5)

    assert solution.plan == Plan(seatings=(Seating(offer=OFFER, demand=0),))


def test_who_is_urgent_gets_the_seat_that_is_left() -> None:
    asked = problem(
        demand(1, 2, openings={OFFER: 0}),
        demand(2, 2, openings={OFFER: 9}, is_urgent=True, times=frozenset[TimeClass]()),
        openings=(Opening(offer=OFFER, seats=2),),
    )

    assert [seating.demand for seating in solve(asked, 5).plan.seatings] == [1]


def test_groups_that_cannot_be_split_evenly_are_told_apart() -> None:
    """Eighteen learners fill three courses of six; as fives and threes they do not."""
    asked = problem(*(demand(n, size) for n, size in enumerate((5, 5, 5, 3))))

    solution = solve(asked, 10)

    assert solution.worth == best_of_all(asked)
    assert solution.proof is Certainty.OPTIMAL


def test_the_same_question_has_the_same_plain_answer() -> None:
    answers = [plainly(county(80, 20, distances())) for _ in range(3)]

    assert all(one == other for one, other in pairwise(answers))


@pytest.mark.parametrize(
    ("sizes", "courses", "fits"),
    [
        ((6, 6), 2, True),
        ((5, 5, 5, 3), 3, False),
        ((4, 4, 2, 2), 2, True),
        ((3, 3, 2, 2, 2), 2, True),
    ],
)
def test_groups_are_put_into_so_many_courses_if_that_can_be(
    sizes: Sequence[int], courses: int, *, fits: bool
) -> None:
    bags = packed(dict(enumerate(sizes)), courses, 3, 6)

    assert (bags is not None) == fits
    if bags is not None:
        assert sorted(index for bag in bags for index in bag) == list(range(len(sizes)))
        assert all(3 <= sum(sizes[index] for index in bag) <= 6 for bag in bags)


def test_a_distribution_that_breaks_a_rule_is_noticed() -> None:
    asked = problem(
        demand(1, 2), demand(2, 5, openings={OFFER: 0}), openings=(Opening(offer=OFFER, seats=4),)
    )
    [setting] = settings_of(asked.demands[0])

    too_few = Plan(courses=(PlannedCourse(setting=setting, members=(0,)),))
    too_many = Plan(courses=(PlannedCourse(setting=setting, members=(0, 1)),))
    no_seats = Plan(seatings=(Seating(offer=OFFER, demand=1), Seating(offer=OFFER, demand=0)))

    assert breaches(asked, too_few) == [Breach.TOO_FEW]
    assert breaches(asked, too_many) == [Breach.TOO_MANY]
    assert breaches(asked, no_seats) == [Breach.NOT_SUITED, Breach.NO_SEATS]
    assert learners_in(asked, (0, 1)) == 7


@pytest.mark.parametrize(
    ("one", "other", "broken"),
    [
        ({"weekdays": MO_TO_WE}, {"weekdays": WE_TO_FR}, [Breach.NO_COMMON_DAYS]),
        ({"weekdays": MO_TO_WE}, {}, []),
        ({"weekdays": MO_TO_WE}, {"weekdays": frozenset({1, 2})}, []),
        ({"in_house": True, "room": 3}, {}, [Breach.NO_ROOM]),
        ({"in_house": True, "room": 4}, {}, []),
        ({"in_house": True}, {"visits": False}, [Breach.NOT_SUITED]),
        ({"in_house": True}, {"in_house": True}, [Breach.NOT_SUITED, Breach.NOT_SUITED]),
        ({"shares": False}, {}, [Breach.NOT_SUITED]),
    ],
)
def test_the_second_rules_know_weekdays_rooms_and_who_shares(
    one: dict[str, object], other: dict[str, object], broken: list[Breach]
) -> None:
    asked = problem(demand(1, 2, **one), demand(2, 2, **other))
    [setting] = settings_of(demand(1, 2))

    found = breaches(asked, Plan(courses=(PlannedCourse(setting=setting, members=(0, 1)),)))

    assert found == broken
