"""What a pool is about: the course, and how many learners of which report would take part."""

from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level


class PoolCourse(msgspec.Struct, frozen=True, kw_only=True):
    """The course that is filled together.

    `course_type` is a key of the catalogue, `level` the one it leads to. Held in a `municipality`
    of the county (its AGS), empty for a course online. It is held with `minimum` learners, and
    has room for `maximum`. `offer` is the course offer it is, if there is one already.
    """

    course_type: str
    level: Level
    municipality: str
    starts_on: date
    minimum: int
    maximum: int
    offer: UUID | None = None


class PoolMember(msgspec.Struct, frozen=True, kw_only=True):
    """A company, by its report, with so many of its learners."""

    report: UUID
    learners: int
