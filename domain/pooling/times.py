"""When learners can sit in a course, as their shifts and their working time leave it."""

from collections.abc import Sequence

from domain.language_needs.need import Shift, Times, WorkingTime
from domain.pooling.problem import TimeClass

MORNING, AFTERNOON, EVENING = TimeClass.MORNING, TimeClass.AFTERNOON, TimeClass.EVENING

OUTSIDE: dict[Shift, frozenset[TimeClass]] = {
    Shift.NONE: frozenset({AFTERNOON, EVENING}),
    Shift.EARLY: frozenset({AFTERNOON, EVENING}),
    Shift.LATE: frozenset({MORNING}),
    Shift.NIGHT: frozenset({AFTERNOON, EVENING}),
    Shift.ROTATING: frozenset({TimeClass.ALTERNATING}),
}
"""Beside work. Who works early, late, early … can in no hour of every week: only in turn."""
WITHIN: dict[Shift, frozenset[TimeClass]] = {
    Shift.NONE: frozenset({MORNING, AFTERNOON}),
    Shift.EARLY: frozenset({MORNING}),
    Shift.LATE: frozenset({AFTERNOON, EVENING}),
    Shift.NIGHT: frozenset(),
    Shift.ROTATING: frozenset({TimeClass.ALTERNATING}),
}
"""Within work: at night no course is held."""
HOURS = {
    MORNING: ("08:00", "12:00"),
    AFTERNOON: ("13:00", "17:00"),
    EVENING: ("17:00", "21:00"),
}
"""Between these hours courses of a class are held; one takes two hours at least."""
LEAST = 120
SATURDAY = 6
NONE: frozenset[TimeClass] = frozenset()
FULL_DAY = ("00:00", "24:00")


def classes_of(times: Times) -> frozenset[TimeClass]:
    """All the classes in which learners with these times can sit."""
    shift = times.shift
    found = NONE
    if times.working_time in {WorkingTime.OUTSIDE, WorkingTime.BOTH}:
        found |= OUTSIDE[shift]
    if times.working_time in {WorkingTime.WITHIN, WorkingTime.BOTH}:
        found |= WITHIN[shift]
    found = frozenset(each for each in found if _has_hours(each, times))
    if not times.weekdays:
        return found
    if all(day >= SATURDAY for day in times.weekdays):
        found = NONE
    return found | {TimeClass.SATURDAY} if SATURDAY in times.weekdays else found


def class_of(weekdays: Sequence[int], begins: str) -> TimeClass | None:
    """The class of a course that begins at this hour (`17:30`); None if nobody says when."""
    if weekdays and min(weekdays) >= SATURDAY:
        return TimeClass.SATURDAY
    if not begins:
        return None
    if begins < HOURS[MORNING][1]:
        return MORNING
    return AFTERNOON if begins < HOURS[EVENING][0] else EVENING


def _has_hours(time: TimeClass, times: Times) -> bool:
    """Whether enough of the class lies between the earliest and the latest hour."""
    first, last = HOURS.get(time, FULL_DAY)
    begins = max(_minutes(first), _minutes(times.earliest or first))
    ends = min(_minutes(last), _minutes(times.latest or last))
    return ends - begins >= LEAST


def _minutes(hour: str) -> int:
    return 60 * int(hour[:2]) + int(hour[3:])
