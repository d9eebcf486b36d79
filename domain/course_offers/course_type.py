"""A type of course as it is on a day: for whom, from when on, and who grants the entitlement."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

import msgspec

from domain.course_offers.levels import Level


class Status(StrEnum):
    """What a learner is to the company; the entitlement depends on it."""

    EMPLOYED = "employed"
    APPRENTICE = "apprentice"
    PROSPECTIVE = "prospective"


class Grantor(StrEnum):
    """Who decides on the entitlement to a course, or on the obligation to attend it."""

    AGENTUR = "agentur"
    JOBCENTER = "jobcenter"
    BAMF = "bamf"


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """Days from the first to the last, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class CourseType(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of a type. Units are lessons of 45 minutes; None where no source gives a figure.

    No `to_levels`: it leads to no certified level, as a Job-BSK does not.
    `grantors`: who decides for learners of each status; a status without an entry has no access.
    `offered`: when courses of it are held; none is never. `as_of`: the day of the source.
    """

    key: str
    from_levels: frozenset[Level]
    to_levels: frozenset[Level]
    least_units: int | None
    most_units: int | None
    least_participants: int | None
    most_participants: int | None
    grantors: Mapping[Status, tuple[Grantor, ...]]
    offered: tuple[Span, ...]
    as_of: date

    def is_offered_on(self, day: date) -> bool:
        return any(span.holds_on(day) for span in self.offered)

    def suits(self, present: Level, wanted: Level) -> bool:
        """Whether it starts at the present level and gets nearer to the wanted one."""
        if present not in self.from_levels:
            return False
        if not self.to_levels:
            return wanted.rank > present.rank
        return any(present.rank < level.rank <= wanted.rank for level in self.to_levels)

    def grantors_of(self, status: Status) -> tuple[Grantor, ...]:
        """Who decides for this learner; nobody if the course is not for them."""
        return self.grantors.get(status, ())


def offered_on(types: Iterable[CourseType], day: date) -> tuple[CourseType, ...]:
    """Those of which courses are held on this day."""
    return tuple(each for each in types if each.is_offered_on(day))
