"""What is said of a course that is offered."""

from datetime import date
from enum import StrEnum

import msgspec

from domain.course_offers.levels import Level


class Source(StrEnum):
    """Where an offer comes from: entered by hand, from a provider's list, from KURSNET or NAvI."""

    MANUAL = "manual"
    LIST = "csv"
    KURSNET = "kursnet"


class Form(StrEnum):
    PRESENCE = "presence"
    ONLINE = "online"
    HYBRID = "hybrid"


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """One course. What is not known is empty or None, and never taken for nought.

    `course_type` is a key of the catalogue, `provider` the name of an organisation. Held in a
    `municipality` of the county (its AGS) or at another `place`, both empty for a course online.
    `weekdays` from 1 (Monday) to 7, `begins` and `ends` as `17:30`; `units` are lessons of 45
    minutes, `price` is in cents for one of them. `url` is where it is described.
    """

    course_type: str
    provider: str
    starts_on: date
    form: Form = Form.PRESENCE
    title: str = ""
    municipality: str = ""
    place: str = ""
    ends_on: date | None = None
    apply_until: date | None = None
    weekdays: tuple[int, ...] = ()
    begins: str = ""
    ends: str = ""
    units: int | None = None
    seats: int | None = None
    booked: int | None = None
    price: int | None = None
    url: str = ""
    from_level: Level | None = None
    to_level: Level | None = None

    @property
    def free(self) -> int | None:
        """The seats that are left; None if nobody says."""
        if self.seats is None or self.booked is None:
            return None
        return max(0, self.seats - self.booked)
