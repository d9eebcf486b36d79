"""The forms and sizes of what comes in about bodies and their sessions."""

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from services.api.assessment_bounds import SCHOOL_YEAR
from services.api.bounds import KEY, NO_NUL

MOST_ALTERNATIVES = 20
MOST_THEMES = 50
MOST_ITEMS = 200
MOST_SEATS = 500
MOST_PEOPLE = 1_000
MOST_REMINDERS = 10
MOST_VERSIONS = 10_000

STAGES = (
    "scheduled",
    "frozen",
    "open",
    "circulating",
    "held",
    "drafted",
    "approved",
    "released",
    "cancelled",
)

BodyKey: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="lenkungsgruppe-kim")])
]
SeatKey: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="jobcenter-1")])
]
VoteNumber: TypeAlias = Annotated[
    int, PathParameter(ge=1, le=MOST_VERSIONS, examples=[Example(value=1)])
]
MinutesVersion: TypeAlias = Annotated[
    int, PathParameter(ge=1, le=MOST_VERSIONS, examples=[Example(value=1)])
]
Day: TypeAlias = Annotated[date, msgspec.Meta(examples=["2026-09-01"])]
Account: TypeAlias = Annotated[UUID, msgspec.Meta(description="The id of an account.")]
Title: TypeAlias = Annotated[
    str,
    msgspec.Meta(max_length=200, pattern=NO_NUL, examples=["Erste Sitzung im Schuljahr 2026/27"]),
]
Place: TypeAlias = Annotated[
    str, msgspec.Meta(max_length=500, pattern=NO_NUL, examples=["Kreishaus, Raum 1"])
]
Urgency: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=2_000,
        pattern=NO_NUL,
        examples=["Die Mittel verfallen zum Monatsende."],
        description="Why the invitation is later than the rules want; empty if it is not.",
    ),
]
ItemText: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=20_000,
        pattern=NO_NUL,
        examples=["Auszubildende brechen ab, weil ihnen die Fachsprache fehlt."],
    ),
]
Reminders: TypeAlias = Annotated[
    tuple[Annotated[int, msgspec.Meta(ge=1, le=60)], ...],
    msgspec.Meta(
        max_length=MOST_REMINDERS,
        description="Reminders go out so many working days before.",
        examples=[[5, 2]],
    ),
]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_SEATS, examples=[7])]
Version: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST_VERSIONS, examples=[1])]

BodyOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        name="body",
        pattern=KEY,
        required=False,
        description="Only sessions of this body.",
        examples=[Example(value="lenkungsgruppe-kim")],
    ),
]
YearOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=SCHOOL_YEAR,
        required=False,
        description="Only sessions of this school year.",
        examples=[Example(value="2026/27")],
    ),
]
StageOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$",
        required=False,
        description="Only sessions that stand there.",
        examples=[Example(value="scheduled")],
    ),
]
OnDay: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="Who sits where, and which rules hold, on this day; otherwise today.",
        examples=[Example(value="2026-09-01")],
    ),
]
WhichVersion: TypeAlias = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=MOST_VERSIONS,
        required=False,
        description="This version of the minutes; otherwise the latest.",
        examples=[Example(value=1)],
    ),
]
