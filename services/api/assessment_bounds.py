"""The forms and sizes of what comes in about the language assessment."""

from typing import Annotated, TypeAlias

import msgspec
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from services.api.bounds import END, KEY, NO_NUL

SCHOOL_YEAR = rf"^(19|20|21)[0-9]{{2}}/[0-9]{{2}}{END}"
PROGRAMME = rf"^[A-Za-z0-9][A-Za-z0-9._-]{{0,15}}{END}"
TRADE = rf"^[A-Za-z0-9][A-Za-z0-9._-]{{0,31}}{END}"
MOST_POINTS = 10_000
MOST_PARTS = 50
MOST_GAPS = 500
MOST_COLLEGES = 500
MOST_MOMENTS = 20

SchoolYear: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=SCHOOL_YEAR,
        examples=["2026/27"],
        description="From 1 August to 31 July, such as 2026/27.",
    ),
]
ProgrammeKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=16,
        pattern=NO_NUL,
        examples=["A01"],
        description="A Schulgliederung of the catalogue.",
    ),
]
TradeKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=32,
        pattern=NO_NUL,
        examples=["10-10104"],
        description="A Fachklasse of the catalogue.",
    ),
]
OwnKey: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=64,
        pattern=NO_NUL,
        examples=["werkstatt"],
        description="Lower-case letters, digits and hyphens. The domain says if it is not.",
    ),
]
Points: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_POINTS, examples=[17])]
Maximum: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST_POINTS, examples=[20])]
VersionOf: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000, examples=[1])]
Answer: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=NO_NUL, examples=["Werkstatt"])
]
PassageText: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=20_000,
        pattern=NO_NUL,
        examples=["In der Werk{1} wird gearbeitet."],
        description="With `{1}`, `{2}`, … where its gaps are.",
    ),
]
Percent: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=100, examples=[20])]

InstrumentKey: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="c-test-fachsprache")])
]
Words: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        name="query",
        max_length=100,
        pattern=NO_NUL,
        required=False,
        description="Only what has these letters in its key or name.",
        examples=[Example(value="anlagenmechanik")],
    ),
]
CollegeOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=KEY,
        required=False,
        description="Only this college.",
        examples=[Example(value="edith-stein-berufskolleg")],
    ),
]
ProgrammeOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=PROGRAMME,
        required=False,
        description="Only this programme (Schulgliederung).",
        examples=[Example(value="A01")],
    ),
]
TradeOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=TRADE,
        required=False,
        description="Only this trade (Fachklasse).",
        examples=[Example(value="10-10104")],
    ),
]
YearOnly: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=SCHOOL_YEAR,
        required=False,
        description="Only this school year.",
        examples=[Example(value="2026/27")],
    ),
]
