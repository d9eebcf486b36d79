"""What a distribution of learners over courses is looked for: who needs one, what may be held.

It knows levels, statuses and kilometres only as far as they were already decided (`demands.py`):
a demand names the courses it may sit in, the places it reaches and the days it may begin.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.kernel import stream_id

ONLINE = "online"
"""Stands for a place where nobody has to travel to."""


class TimeClass(StrEnum):
    """When a course is held. Alternating: morning and evening change, as shifts do."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    SATURDAY = "saturday"
    ALTERNATING = "alternating"


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """A group of learners that sits in one course together, or in none.

    `group` counts from 0 within the report; a group larger than any course is cut beforehand into
    parts, which `part` counts. `shapes` are the keys of the courses it may sit in, `reach` the
    kilometres to each place it would go to, `openings` those to the offers that fit it.
    Whoever does not share sits in new courses only with groups of the same report. `weekdays` are
    those on which the group can, none are all. Courses of a group that is `in_house` are held
    in the rooms of its company, for `room` learners at most (0: nobody said); `visits` says that
    it would go to those of another company.
    """

    report: UUID
    group: int
    part: int = 0
    learners: int
    shapes: frozenset[str]
    times: frozenset[TimeClass]
    reach: Mapping[str, int]
    starts: tuple[date, ...]
    home: str
    shares: bool
    is_urgent: bool = False
    openings: Mapping[UUID, int] = {}
    weekdays: frozenset[int] = frozenset()
    in_house: bool = False
    room: int = 0
    visits: bool = True


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A course that may be opened: a type and a step of levels, and how many learners it takes."""

    key: str
    smallest: int
    largest: int


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that is held anyway, and its free seats."""

    offer: UUID
    seats: int


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What a distribution is worth.

    Each learner served, and besides each who is urgent; less the way of each learner in
    kilometres, less each course that has to be opened. One learner more
    outweighs a thousand kilometres of others, and ten courses.
    """

    learner: int = 1000
    urgent: int = 500
    kilometre: int = 1
    course: int = 100


def pool_id(setting: "Setting", reports: Iterable[UUID]) -> UUID:
    """The same for the same companies in the same course, however often it is looked for."""
    told = [setting.shape, setting.place, setting.time, setting.start.isoformat()]
    return stream_id("pool", "/".join([*told, *sorted(map(str, set(reports)))]))


def seats_id(offer: UUID, reports: Iterable[UUID]) -> UUID:
    """The same for the same companies on the free seats of the same offer."""
    return stream_id("pool", "/".join([str(offer), *sorted(map(str, set(reports)))]))


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    demands: tuple[Demand, ...]
    shapes: tuple[Shape, ...]
    openings: tuple[Opening, ...] = ()
    weights: Weights = Weights()


class Setting(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """What all of a new course have in common.

    `report` is set if it is of one company alone or held in its rooms, which have `room` for so
    many (0: for as many as the course takes). `days` are weekdays on which all can, set where not
    everybody who might sit here can on the same.
    """

    shape: str
    place: str
    time: TimeClass
    start: date
    report: UUID | None = None
    room: int = 0
    days: tuple[int, ...] = ()


def most_in(shape: Shape, setting: Setting) -> int:
    """The learners that the course takes there."""
    return min(shape.largest, setting.room or shape.largest)


def worth(problem: Problem, demand: Demand, km: int) -> int:
    """What it is worth that the demand is served, this far from where it is."""
    weights = problem.weights
    urgent = weights.urgent if demand.is_urgent else 0
    return demand.learners * (weights.learner + urgent - weights.kilometre * km)


def settings_of(demand: Demand) -> list[Setting]:
    """The new courses the demand may sit in, whatever the weekdays: `meeting.py` knows those.

    Whoever shares with nobody needs no place but their own and no day but the first: their groups
    are all at home there, and nobody else has to be waited for.
    """
    if demand.shares:
        report = demand.report if demand.in_house else None
        room = _room(demand)
        return [
            Setting(shape=shape, place=place, time=time, start=start, report=report, room=room)
            for shape in sorted(demand.shapes)
            for place in sorted(demand.reach)
            for time in sorted(demand.times)
            for start in demand.starts
        ]
    at_home = demand.home if demand.home in demand.reach else ONLINE
    return [
        Setting(
            shape=shape,
            place=at_home,
            time=time,
            start=demand.starts[0],
            report=demand.report,
            room=_room(demand),
        )
        for shape in sorted(demand.shapes)
        for time in sorted(demand.times)
        if at_home in demand.reach and demand.starts
    ]


def _room(demand: Demand) -> int:
    return demand.room if demand.in_house else 0
