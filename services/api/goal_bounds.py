"""The forms and sizes of what comes in about the goals of a school year."""

from typing import Annotated, TypeAlias

import msgspec
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from services.api.bounds import END, KEY, NO_NUL

YEAR_IN_PATH = rf"^(19|20|21)[0-9]{{2}}-[0-9]{{2}}{END}"
COUNTED = rf"^[a-z0-9][a-z0-9-]{{0,63}}(/[a-z0-9][a-z0-9-]{{0,63}})?{END}"
MOST_TARGETS = 20
MOST_TOLD = 20

YearInPath: TypeAlias = Annotated[
    str,
    PathParameter(
        pattern=YEAR_IN_PATH,
        description="The school year with a hyphen, 2025-26.",
        examples=[Example(value="2025-26")],
    ),
]
GoalInPath: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="steering-sessions")])
]
GoalText: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2_000,
        pattern=NO_NUL,
        examples=["Die Lenkungsgruppe KIM hat zweimal getagt."],
    ),
]
Origin: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=500,
        pattern=NO_NUL,
        description="Where the goal was agreed on, as in a report or by a resolution.",
        examples=["Beschluss der Lenkungsgruppe vom 6. Mai 2025"],
    ),
]
Counts: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=COUNTED,
        description="A kind of the catalogue; of one body alone with the body's key behind it.",
        examples=["session-held/lenkungsgruppe-kim"],
    ),
]
EachOf: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^([a-z0-9][a-z0-9-]{{0,63}})?{END}",
        description="A group of the catalogue of which each member counts once; else empty.",
        examples=["employed-by-county"],
    ),
]
Required: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10_000, examples=[2])]
LeadDays: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=366, examples=[14])]


def year_in_path(school_year: str) -> str:
    """`2025-26` of `2025/26`: a slash would end the part of the path."""
    return school_year.replace("/", "-")


def year_of_path(part: str) -> str:
    """`2025/26` of `2025-26`."""
    return part.replace("-", "/")
