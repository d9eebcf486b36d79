"""Why pools refuse. `field` is the field that is wrong, as in `members/0/report`."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownPool(NotFound):
    code: ClassVar[str] = "course-pool.unknown"
    pool: str


@dataclass(eq=False)
class AlreadyProposed(Refused):
    """Another pool has this id."""

    code: ClassVar[str] = "course-pool.already-proposed"
    pool: str


@dataclass(eq=False)
class AlreadyFormed(Refused):
    """Its members know of each other: nobody joins or declines any more."""

    code: ClassVar[str] = "course-pool.already-formed"
    pool: str


@dataclass(eq=False)
class AlreadyDissolved(Refused):
    code: ClassVar[str] = "course-pool.already-dissolved"
    pool: str


@dataclass(eq=False)
class TooFewMembers(Invalid):
    """A pool is for two companies or more."""

    code: ClassVar[str] = "course-pool.too-few-members"
    members: int
    field: str = "members"


@dataclass(eq=False)
class NamedTwice(Invalid):
    code: ClassVar[str] = "course-pool.named-twice"
    report: str
    field: str


@dataclass(eq=False)
class AlreadyMember(Refused):
    """It is in already, with another number of learners."""

    code: ClassVar[str] = "course-pool.already-member"
    report: str
    learners: int


@dataclass(eq=False)
class NotAMember(NotFound):
    """This company is not asked."""

    code: ClassVar[str] = "course-pool.not-a-member"
    report: str


@dataclass(eq=False)
class NoRoom(Refused):
    """More learners than the course has room for."""

    code: ClassVar[str] = "course-pool.no-room"
    learners: int
    maximum: int
    field: str


@dataclass(eq=False)
class BoundsMalformed(Invalid):
    """The minimum is at least one learner and not above the maximum."""

    code: ClassVar[str] = "course-pool.bounds-malformed"
    minimum: int
    maximum: int
    field: str = "minimum"


@dataclass(eq=False)
class StartOutOfRange(Invalid):
    """A course that is filled together begins after today, and within so many days."""

    code: ClassVar[str] = "course-pool.start-out-of-range"
    starts_on: str
    last: str
    field: str = "starts_on"


@dataclass(eq=False)
class UnknownCourseType(Invalid):
    """The catalogue of course types does not have it."""

    code: ClassVar[str] = "course-pool.unknown-type"
    course_type: str
    field: str = "course_type"


@dataclass(eq=False)
class OutsideTheCounty(Invalid):
    """No municipality of the county has this key."""

    code: ClassVar[str] = "course-pool.outside-the-county"
    municipality: str
    field: str = "municipality"


@dataclass(eq=False)
class OfferNotOpen(Refused):
    """The course offer was withdrawn, or never was."""

    code: ClassVar[str] = "course-pool.offer-not-open"
    offer: str
    field: str = "offer"


@dataclass(eq=False)
class ReportUnknown(Invalid):
    code: ClassVar[str] = "course-pool.report-unknown"
    report: str
    field: str


@dataclass(eq=False)
class ReportNotReady(Refused):
    """It has ended, has its course, or nobody has acknowledged it yet."""

    code: ClassVar[str] = "course-pool.report-not-ready"
    report: str
    stage: str
    field: str


@dataclass(eq=False)
class PoolingNotWanted(Refused):
    """The company did not say that it would share a course."""

    code: ClassVar[str] = "course-pool.pooling-not-wanted"
    report: str
    field: str


@dataclass(eq=False)
class InAnotherPool(Refused):
    """A company is asked about one course at a time."""

    code: ClassVar[str] = "course-pool.in-another-pool"
    report: str
    pool: str
    field: str


@dataclass(eq=False)
class LearnersNotThere(Invalid):
    """At least one, and no more than the report has on their way to this level."""

    code: ClassVar[str] = "course-pool.learners-not-there"
    report: str
    learners: int
    there: int
    field: str


@dataclass(eq=False)
class NotTheirWord(Conflict):
    """The company answers itself; the coordination notes what it was told by telephone."""

    code: ClassVar[str] = "course-pool.not-their-word"
    field: str = "by_telephone"
