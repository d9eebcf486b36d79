"""What is asked of a list of courses, and what is answered about it."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from domain.course_offers.details import Source
from services.api import bounds
from services.api.faults import Fault
from services.course_offer_lists import Vanished

MOST_COLUMNS = 40
COLUMN = rf"^[a-z_]{{2,20}}:[^\x00]{{1,100}}{bounds.END}"


class ListSource(StrEnum):
    """Whose list it is: a provider's own, or KURSNET's or NAvI's."""

    LIST = Source.LIST.value
    KURSNET = Source.KURSNET.value


OfSource = Annotated[ListSource, QueryParameter(description="Where the list comes from.")]
ListAsOf = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="The day the list speaks of, for rows that name none; today if left out.",
        examples=[Example(value="2026-11-20")],
    ),
]
OfProvider = Annotated[
    str,
    QueryParameter(
        max_length=200,
        pattern=bounds.NO_NUL,
        required=False,
        description="Who holds the courses, if the list has no column for it.",
        examples=[Example(value="Volkshochschule Salzkotten")],
    ),
]
ColumnNamed = Annotated[
    list[Annotated[str, msgspec.Meta(pattern=COLUMN)]] | None,
    QueryParameter(
        name="column",
        max_items=MOST_COLUMNS,
        required=False,
        description="A field and the heading of its column, where that is none of the usual ones.",
        examples=[Example(value=["starts_on:Los geht es am"])],
    ),
]
OnlyClean = Annotated[
    bool, QueryParameter(description="Take in the rows without faults, though others have some.")
]
WithdrawsVanished = Annotated[
    bool,
    QueryParameter(
        description="Withdraw what has not begun and is not in the list any more, of the providers"
        " that the list names. Only for a list without faults."
    ),
]


class ListedColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column that is read: its letter as spreadsheets name it, its heading, what it says."""

    letter: str
    heading: str
    field: str


class ListedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row: its number in the file, and its cells in the order of the columns."""

    number: int
    cells: list[str]


class ChangedOffer(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that the list changes, by its number, and in which fields."""

    key: str
    fields: list[str]


class CourseListPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a list would do; nothing is recorded. Offers are named by their number.

    `older` rows are as of a day before the one that is known, and change nothing. `vanished` are
    not in the list any more. `columns` and `rows` are what stands in it, for the faults' cells.
    """

    message: str
    new: list[str]
    changed: list[ChangedOffer]
    confirmed: list[str]
    same: list[str]
    older: list[str]
    vanished: list[Vanished]
    faults: list[Fault]
    columns: list[ListedColumn]
    rows: list[ListedRow]


class CourseListDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a list. `position` is the log position of the last of it.

    `recorded` is false if all was so. `left_out` are the faults of rows that stay out.
    """

    recorded: bool
    position: int
    message: str
    withdrawn: list[UUID]
    left_out: list[Fault]
