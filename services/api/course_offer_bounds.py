"""The forms and sizes of what is said of a course offer, and what a list of them asks for."""

from datetime import date
from typing import Annotated, TypeAlias

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from domain.course_offers.checking import LONGEST, LONGEST_KEY, MOST
from domain.course_offers.details import Details, Form, Source
from domain.course_offers.levels import Level
from domain.course_offers.offer import Standing
from domain.directory.municipality import normal_ags
from services.api import bounds

CLOCK = rf"^([01][0-9]|2[0-3]):[0-5][0-9]{bounds.END}"
MUNICIPALITY = rf"^([0-9]{{6,8}})?{bounds.END}"

TypeKey: TypeAlias = Annotated[
    str, msgspec.Meta(pattern=bounds.KEY, examples=["job-bsk"], description="Of the catalogue.")
]
OfferKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=LONGEST_KEY,
        pattern=bounds.NO_NUL,
        examples=["26-117"],
        description="The number it has at its source; made from the request if it is empty.",
    ),
]
Provider: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=LONGEST["provider"],
        pattern=bounds.NO_NUL,
        examples=["Volkshochschule Salzkotten"],
    ),
]
ShortText: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=LONGEST["title"], pattern=bounds.NO_NUL)
]
Address: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=LONGEST["url"],
        pattern=bounds.NO_NUL,
        examples=["https://vhs.example/kurse/26-117"],
        description="Where it is described, by https alone.",
    ),
]
AnyAgs: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=MUNICIPALITY, examples=["05774036"], description="Of the county, or empty."
    ),
]
Clock: TypeAlias = Annotated[str, msgspec.Meta(pattern=CLOCK, examples=["17:30"])]
Weekday: TypeAlias = Annotated[
    int, msgspec.Meta(ge=1, le=7, description="From 1, Monday, to 7, Sunday.", examples=[2])
]
Weekdays: TypeAlias = Annotated[tuple[Weekday, ...], msgspec.Meta(max_length=7)]
Units: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST["units"], examples=[120])]
Seats: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST["seats"], examples=[15])]
Booked: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST["booked"], examples=[11])]
Price: TypeAlias = Annotated[
    int,
    msgspec.Meta(
        ge=0, le=MOST["price"], examples=[256], description="Cents for a lesson of 45 minutes."
    ),
]

TypeOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        name="type",
        pattern=bounds.KEY,
        required=False,
        description="Only this type of course.",
        examples=[Example(value="job-bsk")],
    ),
]
MunicipalityOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.AGS,
        required=False,
        description="Only what is held in this municipality.",
        examples=[Example(value="05774036")],
    ),
]
SourceOnly: TypeAlias = Annotated[
    Source | None, QueryParameter(required=False, description="Only what comes from there.")
]
StandingOnly: TypeAlias = Annotated[
    Standing | None,
    QueryParameter(required=False, description="Only what stands like this today."),
]
LevelOnly: TypeAlias = Annotated[
    Level | None,
    QueryParameter(required=False, description="Only what starts at this level."),
]
StartsFrom: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="Only what begins on this day or later.",
        examples=[Example(value="2026-09-01")],
    ),
]

OnDay: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="The day to speak of; today if it is left out.",
        examples=[Example(value="2026-09-01")],
    ),
]


class DetailsEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a course. What nobody knows is left out."""

    course_type: TypeKey
    provider: Provider
    starts_on: date
    form: Form = Form.PRESENCE
    title: ShortText = ""
    municipality: AnyAgs = ""
    place: ShortText = ""
    ends_on: date | None = None
    apply_until: date | None = None
    weekdays: Weekdays = ()
    begins: Clock | None = None
    ends: Clock | None = None
    units: Units | None = None
    seats: Seats | None = None
    booked: Booked | None = None
    price: Price | None = None
    url: Address = ""
    from_level: Level | None = None
    to_level: Level | None = None

    def details(self) -> Details:
        """As the domain has it. Raises EdgeProblem for days beyond calendars."""
        for field in ("starts_on", "ends_on", "apply_until"):
            bounds.checked_day(getattr(self, field), pointer=f"/{field}")
        said = {field: getattr(self, field) for field in Details.__struct_fields__}
        said["begins"], said["ends"] = self.begins or "", self.ends or ""
        said["weekdays"] = tuple(sorted(set(self.weekdays)))
        said["municipality"] = normal_ags(self.municipality) if self.municipality else ""
        return Details(**said)


class OfferEntry(DetailsEntry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course entered by hand. `as_of` is the day it was checked, today if it is left out."""

    key: OfferKey = ""
    as_of: date | None = None
    expires: date | None = None


class OfferChange(DetailsEntry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything as it shall be, also what stays the same."""

    as_of: date | None = None
    expires: date | None = None


class OfferCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """It is still so, as of today or of another day."""

    as_of: date | None = None
    expires: date | None = None
