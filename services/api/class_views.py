"""How a class looks from outside: what it is, and how far it is in each round. No learners."""

from datetime import datetime
from typing import Annotated, TypeAlias
from uuid import UUID

import msgspec
from asyncpg import Record
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from domain.assessments.class_assessment import ExistingClass, Released, Submitted, stage_of
from domain.kernel import Erased
from services.api import assessment_bounds as bounds
from services.api.bounds import KEY, NO_NUL, Key
from services.api.result_views import Pseudonym
from services.catalogues.catalogue import Catalogues

MOST_LEARNERS = 60

ClassName: TypeAlias = Annotated[
    str, msgspec.Meta(min_length=1, max_length=40, pattern=NO_NUL, examples=["MB26A"])
]
Size: TypeAlias = Annotated[
    int, msgspec.Meta(ge=1, le=MOST_LEARNERS, examples=[25], description="How many learners.")
]
OfCollege: TypeAlias = Annotated[
    str | None,
    QueryParameter(
        pattern=KEY,
        required=False,
        description="The college; may be left out by whoever works at one alone.",
        examples=[Example(value="edith-stein-berufskolleg")],
    ),
]
YearOf: TypeAlias = Annotated[
    str,
    QueryParameter(
        pattern=bounds.SCHOOL_YEAR,
        description="The school year of the classes.",
        examples=[Example(value="2026/27")],
    ),
]


class NewClass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new training class. `college` may be left out by whoever works at one alone."""

    school_year: bounds.SchoolYear
    name: ClassName
    programme: bounds.ProgrammeKey
    trade: bounds.TradeKey
    size: Size
    college: Key | None = None


class ClassDetails(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may change as long as there are no results."""

    programme: bounds.ProgrammeKey
    trade: bounds.TradeKey
    size: Size


class Learners(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Learners who join a class, by their pseudonyms."""

    pseudonyms: Annotated[
        tuple[Pseudonym, ...], msgspec.Meta(min_length=1, max_length=MOST_LEARNERS)
    ]


class ClassSitting(msgspec.Struct, frozen=True, kw_only=True):
    """How far the class is in a round; counts, nothing of persons."""

    round: UUID
    stage: str
    results: int
    submitted: bool
    released: bool


class ClassRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `sittings`: the rounds in which there are results."""

    id: UUID
    college: str
    school_year: str
    name: str
    programme: str
    programme_name: str
    trade: str
    trade_name: str
    size: int
    learners: int
    withdrawn: bool
    version: int
    position: int
    changed_at: datetime
    sittings: list[ClassSitting]


class ClassView(msgspec.Struct, frozen=True, kw_only=True):
    """A class with its programme and trade in words, and how far it is in each round."""

    id: UUID
    college: str
    school_year: str
    name: str
    programme: str
    programme_name: str
    trade: str
    trade_name: str
    size: int
    learners: int
    stage: str
    sittings: list[ClassSitting]
    version: int


class EnrolledLearner(msgspec.Struct, frozen=True, kw_only=True):
    """A learner by the id that addresses use, and the pseudonym only the college can read."""

    learner: UUID
    pseudonym: str | Erased


class EnrolledLearners(msgspec.Struct, frozen=True, kw_only=True):
    """Who is in a class."""

    training_class: UUID
    learners: list[EnrolledLearner]
    version: int


def class_view(this: ExistingClass, version: int, known: Catalogues) -> ClassView:
    details = this.details
    return ClassView(
        id=details.training_class,
        college=details.college,
        school_year=details.school_year,
        name=details.name,
        programme=details.programme,
        programme_name=known.programme_name(details.programme),
        trade=details.trade,
        trade_name=known.trade_name(details.trade),
        size=details.size,
        learners=len(this.learners),
        stage=stage_of(this),
        sittings=[
            ClassSitting(
                round=round_id,
                stage=stage_of(sheet),
                results=len(sheet.standings),
                submitted=isinstance(sheet, Submitted | Released),
                released=isinstance(sheet, Released),
            )
            for round_id, sheet in this.sheets.items()
        ],
        version=version,
    )


def class_row(row: Record, known: Catalogues) -> ClassRow:
    return ClassRow(
        id=row["id"],
        college=row["college"],
        school_year=row["school_year"],
        name=row["name"],
        programme=row["programme"],
        programme_name=known.programme_name(row["programme"]),
        trade=row["trade"],
        trade_name=known.trade_name(row["trade"]),
        size=row["size"],
        learners=row["learners"],
        withdrawn=row["withdrawn"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
        sittings=[
            ClassSitting(
                round=round_id,
                stage="released" if released else "submitted" if submitted else "collecting",
                results=results,
                submitted=submitted or released,
                released=released,
            )
            for round_id, results, submitted, released in row["sittings"]
        ],
    )
