"""What a company reports, as it comes in: bounded on every side, and nothing in it that is unknown.

The same for the public form and for what staff enter from the telephone.
"""

from datetime import date
from typing import Annotated, TypeAlias

import msgspec

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.directory.address import checked_address
from domain.directory.municipality import normal_ags
from domain.language_needs import need as domain
from services.api import bounds

MOST_GROUPS = 10
MOST_LEARNERS = 500
MOST_PARTNERS = 20
LONGEST_REMARK = 2_000
EVERY_DAY = 7

OneLine: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=200, pattern=rf"^[^\x00-\x1f\x7f]*{bounds.END}")
]
CompanyName: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=200,
        pattern=rf"^[^\x00-\x1f\x7f]*{bounds.END}",
        examples=["Metallbau Senne GmbH"],
    ),
]
Mailbox: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=254, pattern=rf"^([^\s@]+@[^\s@]+)?{bounds.END}")
]
AgsOrNone: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^([0-9]{{6,8}})?{bounds.END}",
        examples=["05774020"],
        description="The official municipality key; empty if it does not matter.",
    ),
]
KeyOrNone: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=rf"^([a-z0-9][a-z0-9-]{{0,63}})?{bounds.END}")
]
Sector: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[A-U]?{bounds.END}",
        examples=["C"],
        description="The section of the classification of economic activities (WZ 2008).",
    ),
]
Clock: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^(([01][0-9]|2[0-3]):[0-5][0-9])?{bounds.END}",
        examples=["14:30"],
        description="A time of day; empty if there is no bound.",
    ),
]
Partners: TypeAlias = Annotated[
    tuple[bounds.Key, ...], msgspec.Meta(max_length=MOST_PARTNERS, examples=[["jobcenter"]])
]
RemarkText: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=LONGEST_REMARK,
        pattern=bounds.NO_NUL,
        description="Never about a single person: what looks like a name or a birth date of"
        " somebody is refused.",
    ),
]


class CompanyBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who reports. Only the name says which company it is."""

    name: CompanyName
    municipality: AgsOrNone
    size: domain.Size
    trade: Sector = ""
    chamber: domain.Chamber = domain.Chamber.NONE

    def company(self) -> domain.Company:
        return domain.Company(
            name=self.name.strip(),
            municipality=normal_ags(self.municipality) if self.municipality else "",
            trade=self.trade,
            size=self.size,
            chamber=self.chamber,
        )


class ContactBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to be reached, and how they would like to be."""

    name: CompanyName
    email: Mailbox
    function: OneLine = ""
    phone: Annotated[str, msgspec.Meta(max_length=40, pattern=rf"^[0-9+()/ .-]*{bounds.END}")] = ""
    channel: domain.ContactBy = domain.ContactBy.EMAIL

    def contact(self) -> domain.Contact:
        """Raises MalformedAddress."""
        return domain.Contact(
            name=self.name.strip(),
            function=self.function.strip(),
            email=checked_address(self.email) if self.email else "",
            phone=self.phone.strip(),
            channel=self.channel,
        )


class GroupBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many learners who need the same. `apprenticeship`, `college` and `year` of apprentices."""

    number: Annotated[int, msgspec.Meta(ge=1, le=MOST_LEARNERS)]
    status: Status
    present: Level
    wanted: Level
    is_proven: bool = False
    apprenticeship: Annotated[
        str, msgspec.Meta(max_length=100, pattern=rf"^[^\x00-\x1f\x7f]*{bounds.END}")
    ] = ""
    college: KeyOrNone = ""
    year: Annotated[int, msgspec.Meta(ge=1, le=4)] | None = None
    skills: Annotated[tuple[domain.Skill, ...], msgspec.Meta(max_length=4)] = ()
    entitlement: domain.Entitlement = domain.Entitlement.UNKNOWN

    def group(self) -> domain.LearnerGroup:
        group = domain.LearnerGroup(**msgspec.structs.asdict(self))
        return msgspec.structs.replace(group, apprenticeship=self.apprenticeship.strip())


class TimesBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When learners can come. Weekdays from 1, Monday, to 7."""

    weekdays: Annotated[
        tuple[Annotated[int, msgspec.Meta(ge=1, le=EVERY_DAY)], ...],
        msgspec.Meta(max_length=EVERY_DAY),
    ] = ()
    shift: domain.Shift = domain.Shift.NONE
    working_time: domain.WorkingTime = domain.WorkingTime.BOTH
    earliest: Clock = ""
    latest: Clock = ""

    def times(self) -> domain.Times:
        return domain.Times(**msgspec.structs.asdict(self))


class PlaceBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a course can be: `room_for` so many at the company."""

    kind: domain.PlaceKind = domain.PlaceKind.ANY
    room_for: Annotated[int, msgspec.Meta(ge=1, le=MOST_LEARNERS)] | None = None
    municipality: AgsOrNone = ""
    max_km: Annotated[int, msgspec.Meta(ge=1, le=200)] | None = None

    def place(self) -> domain.Place:
        ags = normal_ags(self.municipality) if self.municipality else ""
        return domain.Place(
            kind=self.kind, room_for=self.room_for, municipality=ags, max_km=self.max_km
        )


class NeedBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is needed, by groups of learners and never by persons."""

    groups: Annotated[tuple[GroupBody, ...], msgspec.Meta(min_length=1, max_length=MOST_GROUPS)]
    times: TimesBody = TimesBody()
    place: PlaceBody = PlaceBody()
    start: date | None = None
    weeks: Annotated[int, msgspec.Meta(ge=1, le=104)] | None = None
    release: domain.Release = domain.Release.NONE
    cost_share: domain.CostShare = domain.CostShare.OPEN
    earlier: Partners = ()
    consent: Partners = ()
    pooling: bool = False

    def need(self) -> domain.Need:
        """In order, so that the same need is always written the same."""
        return domain.tidy(
            domain.Need(
                groups=tuple(group.group() for group in self.groups),
                times=self.times.times(),
                place=self.place.place(),
                start=self.start,
                weeks=self.weeks,
                release=self.release,
                cost_share=self.cost_share,
                earlier=self.earlier,
                consent=self.consent,
                pooling=self.pooling,
            )
        )


class ReportContent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a company reports. `consent`: to which partners it may be passed on."""

    company: CompanyBody
    contact: ContactBody
    need: NeedBody
    remark: RemarkText = ""
