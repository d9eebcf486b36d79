"""What companies need, and the courses there may be, as a problem of distribution."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from domain.course_offers.course_type import CourseType
from domain.course_offers.levels import Level
from domain.course_offers.offer import Existing
from domain.language_needs.need import LearnerGroup, Need, Place, PlaceKind, Times
from domain.pooling.matching import WINDOW, Wish, fits
from domain.pooling.meeting import ENOUGH, WORKING_WEEK
from domain.pooling.problem import ONLINE, Demand, Opening, Problem, Shape, TimeClass
from domain.pooling.times import classes_of

LARGEST = 25
"""Learners in a course, where its type does not say (§ 13 DeuFöV)."""
LEAD = timedelta(weeks=4)
"""What a course needs from its idea to its first lesson, and how far days of start are apart."""
STARTS = 26

Distances = Mapping[str, Mapping[str, int]]


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A report an answer is looked for; `home` is where its company looks for a course."""

    report: UUID
    need: Need
    home: str
    is_urgent: bool = False


def problem_of(
    reports: Iterable[Waiting],
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
    for waiting in reports:
        home, need = waiting.home, waiting.need
        reach = reach_of(need.place, home, distances)
        times = times_of(need.times)
        starts = starts_of(need.start, today)
        in_house = need.place.kind is PlaceKind.COMPANY
        room = need.place.room_for or 0
        for number, group in enumerate(need.groups):
            suited = frozenset(_suited(group, held, shapes))
            openings = {
                offer.record.offer: distances.get(home, {}).get(
                    offer.record.details.municipality, 0
                )
                for offer in offers
                if offer.record.details.course_type in known
                and _fits(waiting, group, offer, known, distances, today)
            }
            demands += [
                Demand(
                    report=waiting.report,
                    group=number,
                    part=part,
                    learners=learners,
                    shapes=suited,
                    times=times,
                    reach=reach,
                    starts=starts,
                    home=home,
                    shares=need.pooling,
                    is_urgent=waiting.is_urgent,
                    openings=openings,
                    weekdays=frozenset(need.times.weekdays),
                    in_house=in_house,
                    room=room,
                    visits=need.place.kind is PlaceKind.ANY,
                )
                for part, learners in enumerate(
                    _parts(group.number, suited, shapes, room if in_house else 0)
                )
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


def times_of(times: Times) -> frozenset[TimeClass]:
    """When a new course may be; on one working day alone none is held."""
    classes = classes_of(times)
    if times.weekdays and len(set(times.weekdays).intersection(WORKING_WEEK)) < ENOUGH:
        return classes & {TimeClass.SATURDAY}
    return classes


def starts_of(wanted: date | None, today: date) -> tuple[date, ...]:
    """The Mondays, four weeks apart, on which a course may begin that is not too late for them."""
    soonest = today + LEAD
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    earliest = max(wanted or soonest, soonest)
    days = (monday + number * LEAD for number in range(STARTS))
    return tuple(day for day in days if earliest <= day <= earliest + WINDOW)


def shape_key(course_type: str, present: Level, target: Level) -> str:
    return f"{course_type}/{present}-{target}"


def steps_of(key: str) -> tuple[str, Level, Level]:
    """The type of course, and the levels it leads from and to, of a key like this."""
    course_type, _, levels = key.rpartition("/")
    present, _, target = levels.partition("-")
    return course_type, Level(present), Level(target)


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
    waiting: Waiting,
    group: LearnerGroup,
    offer: Existing,
    types: Mapping[str, CourseType],
    distances: Distances,
    today: date,
) -> bool:
    details = offer.record.details
    if details.free is None:
        return False
    km = distances.get(waiting.home, {}).get(details.municipality)
    wish = Wish(need=waiting.need, group=group, today=today, km=km)
    return fits(wish, offer, types[details.course_type])


def _parts(
    learners: int, suited: Iterable[str], shapes: Mapping[str, Shape], room: int
) -> list[int]:
    """As evenly as can be, none larger than the smallest of the courses that suit takes.

    If that has to be in a room of theirs, none is larger than the room either.
    """
    most = min((shapes[key].largest for key in suited), default=LARGEST)
    courses = -(-learners // min(most, room or most))
    return [learners // courses + (part < learners % courses) for part in range(courses)]
