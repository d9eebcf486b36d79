"""What speaks for a group's seat in a new course, and what has to be asked before."""

from collections.abc import Iterator
from datetime import date

import msgspec

from domain.course_offers.course_type import CourseType
from domain.language_needs.need import LearnerGroup, Need
from domain.pooling.matching import Reason, Speaks, Topic, entitlement, level_facts
from domain.pooling.problem import ONLINE, Setting, TimeClass
from domain.pooling.times import classes_of


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A group of a report in a course that is not held yet, and its way there."""

    need: Need
    group: LearnerGroup
    setting: Setting
    km: int


def reasons_for(seat: Seat, course_type: CourseType) -> tuple[Reason, ...]:
    """Every reason, in the order in which people ask; none speaks against it."""
    return (
        *_level(seat.group),
        entitlement(seat.group, course_type),
        _start(seat.setting.start),
        _time(seat.need, seat.setting),
        *_weekdays(seat),
        _place(seat),
    )


def _level(group: LearnerGroup) -> Iterator[Reason]:
    yield Reason(topic=Topic.LEVEL, speaks=Speaks.FOR, facts=level_facts(group))
    if not group.is_proven:
        present: dict[str, str | int] = {"present": group.present.value}
        yield Reason(topic=Topic.PROOF, speaks=Speaks.OPEN, facts=present)


def _start(day: date) -> Reason:
    return Reason(topic=Topic.START, speaks=Speaks.FOR, facts={"starts_on": day.isoformat()})


def _time(need: Need, setting: Setting) -> Reason:
    possible = classes_of(need.times)
    facts: dict[str, str | int] = {
        "shift": need.times.shift.value,
        "possible": ", ".join(time.value for time in TimeClass if time in possible),
        "held": setting.time.value,
    }
    return Reason(topic=Topic.TIME, speaks=Speaks.FOR, facts=facts)


def _weekdays(seat: Seat) -> Iterator[Reason]:
    if seat.need.times.weekdays and seat.setting.time is not TimeClass.SATURDAY:
        yield Reason(topic=Topic.WEEKDAYS, speaks=Speaks.FOR, facts={"missing": ""})


def _place(seat: Seat) -> Reason:
    wanted = seat.need.place.kind.value
    if seat.setting.place == ONLINE:
        facts: dict[str, str | int] = {"wanted": wanted, "form": "online"}
        return Reason(topic=Topic.PLACE, speaks=Speaks.FOR, facts=facts)
    furthest = seat.need.place.max_km
    return Reason(
        topic=Topic.DISTANCE,
        speaks=Speaks.FOR,
        facts={"furthest": "" if furthest is None else furthest, "km": seat.km},
    )
