"""Why course offers refuse. `field` is the field of the details that is wrong."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownOffer(NotFound):
    code: ClassVar[str] = "course-offer.unknown"
    offer: str


@dataclass(eq=False)
class AlreadyEntered(Refused):
    """Another offer has this key at this source."""

    code: ClassVar[str] = "course-offer.already-entered"
    source: str
    key: str


@dataclass(eq=False)
class AlreadyWithdrawn(Refused):
    """A withdrawn offer does not go on; it can be entered again."""

    code: ClassVar[str] = "course-offer.already-withdrawn"
    offer: str


@dataclass(eq=False)
class OlderThanKnown(Refused):
    """What is recorded is as of a later day."""

    code: ClassVar[str] = "course-offer.older-than-known"
    as_of: str
    known: str
    field: str = "as_of"


@dataclass(eq=False)
class KeyMalformed(Invalid):
    """The key of the source has 1 to 80 characters that can be printed."""

    code: ClassVar[str] = "course-offer.key-malformed"
    field: str = "key"


@dataclass(eq=False)
class UnknownCourseType(Invalid):
    """The catalogue of course types does not have it."""

    code: ClassVar[str] = "course-offer.unknown-type"
    course_type: str
    field: str = "course_type"


@dataclass(eq=False)
class OutsideTheCounty(Invalid):
    """A place that is no municipality of the county is named in words."""

    code: ClassVar[str] = "course-offer.outside-the-county"
    municipality: str
    field: str = "municipality"


@dataclass(eq=False)
class TextMissing(Invalid):
    code: ClassVar[str] = "course-offer.text-missing"
    field: str


@dataclass(eq=False)
class TextTooLong(Invalid):
    code: ClassVar[str] = "course-offer.text-too-long"
    field: str
    limit: int


@dataclass(eq=False)
class NumberOutOfRange(Invalid):
    code: ClassVar[str] = "course-offer.number-out-of-range"
    field: str
    number: int
    least: int
    most: int


@dataclass(eq=False)
class DatesOutOfOrder(Invalid):
    """`field` is before the day it has to follow, `first`, or after the one it has to precede."""

    code: ClassVar[str] = "course-offer.dates-out-of-order"
    field: str
    day: str
    other: str


@dataclass(eq=False)
class TimesMalformed(Invalid):
    """Times are `17:30`, both or none, the first before the second; weekdays are 1 to 7, once."""

    code: ClassVar[str] = "course-offer.times-malformed"
    field: str


@dataclass(eq=False)
class LevelsOutOfOrder(Invalid):
    code: ClassVar[str] = "course-offer.levels-out-of-order"
    from_level: str
    to_level: str
    field: str = "to_level"


@dataclass(eq=False)
class MoreBookedThanSeats(Invalid):
    code: ClassVar[str] = "course-offer.more-booked-than-seats"
    booked: int
    seats: int
    field: str = "booked"


@dataclass(eq=False)
class AddressNotSafe(Invalid):
    """Only an address that begins with https:// and names a host is linked."""

    code: ClassVar[str] = "course-offer.address-not-safe"
    field: str = "url"


@dataclass(eq=False)
class AsOfInTheFuture(Invalid):
    code: ClassVar[str] = "course-offer.as-of-in-the-future"
    as_of: str
    field: str = "as_of"


@dataclass(eq=False)
class ReasonMissing(Invalid):
    code: ClassVar[str] = "course-offer.reason-missing"
