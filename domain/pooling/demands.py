"""What companies need, and the courses there may be, as a problem of distribution."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from domain.course_offers.course_type import CourseType
from domain.course_offers.levels import Level
from domain.course_offers.offer import Existing
from domain.language_needs.events import Priority
from domain.language_needs.need import LearnerGroup, Place, PlaceKind
from domain.language_needs.record import Record
from domain.pooling.matching import WINDOW, Wish, fit
from domain.pooling.problem import ONLINE, Demand, Opening, Problem, Shape
from domain.pooling.times import classes_of

LARGEST = 25
"""Learners in a course, where its type does not say (§ 13 DeuFöV)."""
LEAD = timedelta(weeks=4)
"""What a course needs from its idea to its first lesson, and how far days of start are apart."""
STARTS = 26

Distances = Mapping[str, Mapping[str, int]]


def problem_of(
    records: Iterable[Record],
    offers: Sequence[Existing],
    types: Iterable[CourseType],
    distances: Distances,
    today: date,
) -> Problem:
    """The groups of these reports, each with the courses and offers that suit it.

    Of the types, those count that are held and of which a source says how many it takes to open a
    course.
    """
    known = {each.key: each for each in types}
    held = [each for each in known.values() if each.is_offered_on(today)]
    shapes = {shape.key: shape for each in held for shape in _shapes(each)}
    free = {offer.record.offer: offer.record.details.free or 0 for offer in offers}
    demands: list[Demand] = []
    for record in records:
        home = record.need.place.municipality or record.company.municipality
        reach = reach_of(record.need.place, home, distances)
        for number, group in enumerate(record.need.groups):
            suited = frozenset(_suited(group, held, shapes))
            openings = {
                offer.record.offer: distances.get(home, {}).get(
                    offer.record.details.municipality, 0
                )
                for offer in offers
                if offer.record.details.course_type in known
                and _fits(record, group, offer, known, distances, today)
            }
            demands += [
                Demand(
                    report=record.report,
                    group=number,
                    part=part,
                    learners=learners,
                    shapes=suited,
                    times=classes_of(record.need.times),
                    reach=reach,
                    starts=starts_of(record.need.start, today),
                    home=home,
                    shares=record.need.pooling,
                    is_urgent=record.priority is Priority.URGENT,
                    openings=openings,
                )
                for part, learners in enumerate(_parts(group.number, suited, shapes))
            ]
    return Problem(
        demands=tuple(demands),
        shapes=tuple(shapes.values()),
        openings=tuple(Opening(offer=offer, seats=seats) for offer, seats in free.items()),
    )


def reach_of(place: Place, home: str, distances: Distances) -> Mapping[str, int]:
    """Where learners would go, and how far it is; a room of the company is where it is."""
    near = distances.get(home, {})
    reach: dict[str, int] = {}
    match place.kind:
        case PlaceKind.COMPANY:
            reach = {home: 0} if home in near else {}
        case PlaceKind.PROVIDER | PlaceKind.ANY:
            reach = {
                key: km for key, km in near.items() if place.max_km is None or km <= place.max_km
            }
        case PlaceKind.ONLINE:
            pass
    if place.kind in {PlaceKind.ONLINE, PlaceKind.ANY}:
        reach[ONLINE] = 0
    return reach


def starts_of(wanted: date | None, today: date) -> tuple[date, ...]:
    """The Mondays, four weeks apart, on which a course may begin that is not too late for them."""
    soonest = today + LEAD
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    earliest = max(wanted or soonest, soonest)
    days = (monday + number * LEAD for number in range(STARTS))
    return tuple(day for day in days if earliest <= day <= earliest + WINDOW)


def shape_key(course_type: str, present: Level, target: Level) -> str:
    return f"{course_type}/{present}-{target}"


def _shapes(course_type: CourseType) -> Iterator[Shape]:
    """One for each way from a level to another that the type goes."""
    if course_type.least_participants is None:
        return
    largest = course_type.most_participants or LARGEST
    for present in sorted(course_type.from_levels, key=lambda level: level.rank):
        for target in _targets(course_type, present):
            yield Shape(
                key=shape_key(course_type.key, present, target),
                smallest=course_type.least_participants,
                largest=largest,
            )


def _targets(course_type: CourseType, present: Level) -> Iterator[Level]:
    for level in Level:
        if course_type.to_levels:
            leads_there = level in course_type.to_levels and level.rank > present.rank
        else:
            leads_there = level.rank == present.rank + 1
        if leads_there:
            yield level


def _suited(
    group: LearnerGroup, held: Iterable[CourseType], shapes: Mapping[str, Shape]
) -> Iterator[str]:
    for course_type in held:
        if not course_type.grantors_of(group.status):
            continue
        for target in _targets(course_type, group.present):
            key = shape_key(course_type.key, group.present, target)
            if key in shapes and target.rank <= group.wanted.rank:
                yield key


def _fits(
    record: Record,
    group: LearnerGroup,
    offer: Existing,
    types: Mapping[str, CourseType],
    distances: Distances,
    today: date,
) -> bool:
    details = offer.record.details
    home = record.need.place.municipality or record.company.municipality
    km = distances.get(home, {}).get(details.municipality)
    wish = Wish(need=record.need, group=group, today=today, km=km)
    found = fit(wish, offer, types[details.course_type])
    return found.fits and details.free is not None


def _parts(learners: int, suited: Iterable[str], shapes: Mapping[str, Shape]) -> list[int]:
    """As evenly as can be, none larger than the smallest of the courses that suit takes."""
    room = min((shapes[key].largest for key in suited), default=LARGEST)
    courses = -(-learners // room)
    return [learners // courses + (part < learners % courses) for part in range(courses)]
