"""The forms and sizes of what comes in: what does not fit is refused with a pointer to it."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, TypeAlias

import msgspec
from litestar.connection import Request
from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from services.api.problems import EdgeProblem

LARGEST_POSITION = 2**62
LONGEST_TEXT = 100_000
FIRST_YEAR = 1900
LAST_YEAR = 2200
NO_NUL = r"^[^\x00]*$"
END = r"(?!\n)$"
"""The end indeed: in Python, `$` also matches before a last line break."""

KEY = rf"^[a-z0-9][a-z0-9-]{{0,63}}{END}"
EDITION = rf"^[0-9A-Za-z][0-9A-Za-z._-]{{0,31}}{END}"
AGS = rf"^[0-9]{{6,8}}{END}"

Key: TypeAlias = Annotated[str, msgspec.Meta(pattern=KEY, examples=["jobcenter"])]
Edition: TypeAlias = Annotated[str, msgspec.Meta(pattern=EDITION, examples=["2025"])]
Ags: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=AGS,
        examples=["05774020"],
        description="The official municipality key; the school register's form without the"
        " land (774020) is taken too.",
    ),
]
Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=NO_NUL)]
Remark: TypeAlias = Annotated[str, msgspec.Meta(max_length=5_000, pattern=NO_NUL)]
Reason: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        min_length=1,
        max_length=2_000,
        pattern=NO_NUL,
        examples=["Die Ferien lagen in der Frist."],
    ),
]
Text: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        max_length=LONGEST_TEXT,
        pattern=NO_NUL,
        examples=["In Delbrück leben rund 32.000 Menschen."],
    ),
]
WorkingDays: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=250, examples=[15])]
Digest: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[0-9a-f]{{64}}{END}",
        description="SHA-256 of the text that was shown, as the request gave it.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]
Instant: TypeAlias = Annotated[
    datetime, msgspec.Meta(tz=True, examples=["2026-11-27T18:00:00+01:00"])
]

SectionKey: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="zielgruppe")])
]
OrganisationKey: TypeAlias = Annotated[
    str, PathParameter(pattern=KEY, examples=[Example(value="jobcenter")])
]
RoundNumber: TypeAlias = Annotated[int, PathParameter(ge=1, le=10_000, examples=[Example(value=1)])]
VersionNumber: TypeAlias = Annotated[
    int, PathParameter(ge=1, le=1_000_000, examples=[Example(value=1)])
]
Position: TypeAlias = Annotated[
    int | None,
    QueryParameter(
        ge=0,
        le=LARGEST_POSITION,
        required=False,
        description="A log position: the state right after that entry.",
        examples=[Example(value=120)],
    ),
]
AsOf: TypeAlias = Annotated[
    datetime | None,
    QueryParameter(
        required=False,
        description="A moment with its offset: what was recorded by then.",
        examples=[Example(value="2026-11-20T12:00:00+01:00")],
    ),
]
AtLeast: TypeAlias = Annotated[
    int | None,
    QueryParameter(
        ge=0,
        le=LARGEST_POSITION,
        required=False,
        description="Wait until what is read contains the log up to this position.",
        examples=[Example(value=120)],
    ),
]
Cursor: TypeAlias = Annotated[
    str | None,
    QueryParameter(max_length=300, required=False, description="The `next` of the page before."),
]
Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=200, description="The size of the page.")]
PAGE = 50


async def bodies_are_json(request: Request[Any, Any, Any]) -> None:
    """Before a body is read: it says that it is JSON. Raises EdgeProblem otherwise.

    Not a guard: for each of those the framework copies the handler, at each request.
    """
    if "data" not in request.route_handler.parsed_fn_signature.parameters:
        return
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_json = sent == "application/json" or (
        sent.startswith("application/") and sent.endswith("+json")
    )
    if not is_json:
        raise EdgeProblem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "request.media-type")


def checked(
    moment: datetime | None, *, parameter: str | None = None, pointer: str | None = None
) -> datetime | None:
    """The moment if it has an offset and lies in a year people plan for.

    Raises EdgeProblem otherwise: PostgreSQL and time zones end where calendars do.
    """
    if moment is not None and (moment.tzinfo is None or not is_in_bounds(moment)):
        raise EdgeProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "request.moment-malformed",
            facts={"value": moment.isoformat()},
            parameter=parameter,
            pointer=pointer,
        )
    return moment


def checked_day(
    day: date | None, *, parameter: str | None = None, pointer: str | None = None
) -> date | None:
    """The day if it lies in a year people plan for. Raises EdgeProblem otherwise."""
    if day is not None and not is_in_bounds(day):
        raise EdgeProblem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "request.moment-malformed",
            facts={"value": day.isoformat()},
            parameter=parameter,
            pointer=pointer,
        )
    return day


def is_in_bounds(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
