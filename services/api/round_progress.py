"""How far the colleges of a round are, and what holds its release up."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from domain.assessments.events import Sitting
from domain.assessments.round import Existing
from services.eventstore.database import Pool
from services.texts import Language, problem
from services.unreleased import Waiting

PROGRESS = """
    select invited.college, coalesce(organisation.name, invited.college) as name,
        count(expected.id) as expected,
        count(expected.id) filter (where expected.submitted) as submitted,
        count(expected.id) filter (where expected.released) as released,
        array_agg((expected.id, expected.name) order by expected.name)
            filter (where expected.id is not null and not expected.submitted) as missing
    from unnest($1::text[]) as invited (college)
    left join organisation on organisation.key = invited.college
    left join lateral (
        select id, training_class.name, coalesce(submitted or released, false) as submitted,
            coalesce(released, false) as released
        from training_class left join class_sitting on class = id and round = $3
        where training_class.college = invited.college and school_year = $2 and not withdrawn
            and ($4::uuid is null or exists (
                select from class_sitting as before
                where before.class = training_class.id and before.round = $4 and before.released
            ))
    ) as expected on true
    group by invited.college, organisation.name
    order by invited.college
"""
"""In the first test each class is expected, in a retest those that were released in the first."""


class MissingClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class without submitted results."""

    id: UUID
    name: str


class UnreleasedClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class that submitted and is not released though the window has closed.

    `code` is of the problem that is against it; without one, its turn is to come.
    """

    id: UUID
    name: str
    code: str
    title: str


class CollegeProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a college is. `expected` are its classes, in a retest those of the first test.

    `unreleased` are those that hold the release of the round up, the first ones of all colleges.
    """

    college: str
    name: str
    closes_at: datetime
    expected: int
    submitted: int
    released: int
    missing: list[MissingClass]
    unreleased: list[UnreleasedClass]


async def progress(
    pool: Pool,
    this: Existing,
    colleges: Collection[str],
    waiting: Sequence[Waiting],
    language: Language,
) -> list[CollegeProgress]:
    """That of these colleges, in order; `waiting` are their classes that are not released."""
    plan = this.plan
    first = plan.first if plan.sitting is Sitting.RETEST else None
    rows = await pool.fetch(PROGRESS, colleges, plan.school_year, plan.round, first)
    return [_progress(row, this, waiting, language) for row in rows]


def _progress(
    row: Record, this: Existing, waiting: Sequence[Waiting], language: Language
) -> CollegeProgress:
    return CollegeProgress(
        college=row["college"],
        name=row["name"],
        closes_at=this.plan.closes_for(row["college"]),
        expected=row["expected"],
        submitted=row["submitted"],
        released=row["released"],
        missing=[MissingClass(id=id_, name=name) for id_, name in row["missing"] or ()],
        unreleased=[
            UnreleasedClass(
                id=one.training_class,
                name=one.name,
                code=one.code,
                title=problem(one.code, language, {}).title if one.code else "",
            )
            for one in waiting
            if one.college == row["college"]
        ],
    )
