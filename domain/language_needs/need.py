"""What a company needs: groups of learners, times and place; never a person who learns."""

from datetime import date
from enum import StrEnum

import msgspec

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level


class Size(StrEnum):
    """How many people work in the company: a band."""

    TO_9 = "1-9"
    TO_49 = "10-49"
    TO_249 = "50-249"
    FROM_250 = "250+"


class Chamber(StrEnum):
    """Which chamber the company belongs to: industry and commerce, crafts, agriculture."""

    IHK = "ihk"
    HWK = "hwk"
    LWK = "lwk"
    OTHER = "other"
    NONE = "none"


class ContactBy(StrEnum):
    """How the company wants to be reached."""

    EMAIL = "email"
    PHONE = "phone"


class Skill(StrEnum):
    SPEAKING = "speaking"
    READING = "reading"
    WRITING = "writing"
    TECHNICAL = "technical"


class Entitlement(StrEnum):
    """Whether the learners are known to be entitled to a course, as the company sees it."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


class Shift(StrEnum):
    EARLY = "early"
    LATE = "late"
    NIGHT = "night"
    ROTATING = "rotating"
    NONE = "none"


class WorkingTime(StrEnum):
    """Whether a course may be held within working hours or outside them."""

    WITHIN = "within"
    OUTSIDE = "outside"
    BOTH = "both"


class PlaceKind(StrEnum):
    COMPANY = "company"
    PROVIDER = "provider"
    ONLINE = "online"
    ANY = "any"


class Release(StrEnum):
    """For how much of the course the learners are released from work."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class CostShare(StrEnum):
    """Whether the company bears a part of the costs."""

    YES = "yes"
    NO = "no"
    OPEN = "open"


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """`municipality` is its AGS, empty outside the county; `trade` a section of WZ 2008 (`C`)."""

    name: str
    municipality: str = ""
    trade: str = ""
    size: Size
    chamber: Chamber = Chamber.NONE


class Firm(msgspec.Struct, frozen=True, kw_only=True):
    """A company without its name: what figures are counted by."""

    municipality: str
    trade: str
    size: Size
    chamber: Chamber


class Contact(msgspec.Struct, frozen=True, kw_only=True, tag="contact"):
    """Whom the county talks to in the company; `email` may be missing if told by telephone."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    channel: ContactBy = ContactBy.EMAIL


class LearnerGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Learners who have the same level and want the same; `present` is mostly a self-estimate.

    `apprenticeship` (a trade), `college` (the key of an organisation) and `year` are told of
    apprentices only. `is_proven`: there is a certificate of the present level.
    """

    number: int
    status: Status
    present: Level
    wanted: Level
    is_proven: bool = False
    skills: tuple[Skill, ...] = ()
    entitlement: Entitlement = Entitlement.UNKNOWN
    apprenticeship: str = ""
    college: str = ""
    year: int | None = None


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """`weekdays` from 1 (Monday) to 7, none is any; `earliest` and `latest` are like `07:30`."""

    weekdays: tuple[int, ...] = ()
    shift: Shift = Shift.NONE
    working_time: WorkingTime = WorkingTime.BOTH
    earliest: str = ""
    latest: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`room_for` so many learners in the company; `max_km` from `municipality` (an AGS)."""

    kind: PlaceKind = PlaceKind.ANY
    room_for: int | None = None
    municipality: str = ""
    max_km: int | None = None


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What a company needs.

    `earlier` are the organisations it spoke to before, `consent` those to which its report may be
    passed on; both by key, in order. `pooling`: it would share a course.
    """

    groups: tuple[LearnerGroup, ...]
    times: Times = Times()
    place: Place = Place()
    start: date | None = None
    weeks: int | None = None
    release: Release = Release.NONE
    cost_share: CostShare = CostShare.OPEN
    earlier: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    pooling: bool = False

    @property
    def learners(self) -> int:
        """In all groups together."""
        return sum(group.number for group in self.groups)


def firm_of(company: Company) -> Firm:
    return Firm(
        municipality=company.municipality,
        trade=company.trade,
        size=company.size,
        chamber=company.chamber,
    )


def tidy(need: Need) -> Need:
    """The same need, with what has no order of its own in order and each once."""
    groups = tuple(
        msgspec.structs.replace(group, skills=tuple(s for s in Skill if s in group.skills))
        for group in need.groups
    )
    times = msgspec.structs.replace(need.times, weekdays=tuple(sorted(set(need.times.weekdays))))
    return msgspec.structs.replace(
        need,
        groups=groups,
        times=times,
        earlier=tuple(sorted(set(need.earlier))),
        consent=tuple(sorted(set(need.consent))),
    )
