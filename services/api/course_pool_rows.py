"""The list of courses that companies fill together, the newest first."""

from collections.abc import Sequence

from asyncpg import Record as Row

from domain.course_offers.levels import Level
from domain.course_pools.pool import PoolStanding
from services.api.course_pool_views import CoursePoolSummary, type_name
from services.eventstore.database import Pool
from services.texts import Language

ROWS = """
    select pool.*, coalesce(municipality.name, pool.municipality) as municipality_name,
        count(*) filter (where takes_part) as companies,
        count(*) filter (where member.standing = 'agreed') as agreed,
        count(*) filter (where member.standing = 'asked') as unanswered,
        coalesce(sum(learners) filter (where takes_part), 0) as learners
    from course_pool as pool left join municipality on ags = pool.municipality
    left join (select *, standing in ('asked', 'agreed') as takes_part from course_pool_member)
        as member on member.pool = pool.id
    where proposed < $1 and ($2::text is null or pool.standing = $2)
    group by pool.id, municipality.name order by proposed desc limit $3
"""

AFTER_ALL = 2**62
"""No pool has a log position as high."""


async def pool_rows(
    pool: Pool,
    standing: PoolStanding | None = None,
    before: int = AFTER_ALL,
    limit: int | None = None,
) -> Sequence[Row]:
    """Those that were proposed before a log position."""
    return await pool.fetch(ROWS, before, standing, limit)


def summary_of(row: Row, language: Language) -> CoursePoolSummary:
    return CoursePoolSummary(
        id=row["id"],
        standing=PoolStanding(row["standing"]),
        course_type=row["course_type"],
        course_type_name=type_name(row["course_type"], language),
        level=Level(row["level"]),
        municipality=row["municipality"],
        municipality_name=row["municipality_name"],
        starts_on=row["starts_on"],
        minimum=row["minimum"],
        maximum=row["maximum"],
        offer=row["offer"],
        companies=row["companies"],
        agreed=row["agreed"],
        unanswered=row["unanswered"],
        learners=row["learners"],
        is_below_minimum=row["learners"] < row["minimum"],
        proposed_at=row["proposed_at"],
        formed_at=row["formed_at"],
        dissolved_at=row["dissolved_at"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )
