"""What decisions and processes ask the views of the language assessment, once they are current."""

from collections.abc import Sequence
from uuid import UUID

from domain.assessments.events import Missing, Sitting
from domain.assessments.round import Plan
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.projections.assessments import Assessments
from services.projections.runner import ProjectionRunner

MISSING = """
    select invited.college, array_agg(expected.id order by expected.id)
        filter (where expected.id is not null and not is_submitted) as classes,
        bool_and(coalesce(is_submitted, false)) as is_complete
    from unnest($1::text[]) with ordinality as invited (college, number)
    left join lateral (
        select id, exists (
            select from class_sitting
            where class = training_class.id and round = $3 and (submitted or released)
        ) as is_submitted
        from training_class
        where training_class.college = invited.college and school_year = $2 and not withdrawn
            and ($4::uuid is null or exists (
                select from class_sitting
                where class = training_class.id and round = $4 and released
            ))
    ) as expected on true
    group by invited.college, invited.number
    having not bool_and(coalesce(is_submitted, false))
    order by invited.number
"""
"""In the first test each class is expected, in the retest those that were released in the first."""

PENDING = """
    from class_sitting join training_class on training_class.id = class_sitting.class
    where round = $1 and submitted and not released and not withdrawn
"""
RELEASED = "from class_sitting join training_class on training_class.id = class where released"


class AssessmentViews:
    """The views may be behind the log: whoever must not miss anything has them catch up first."""

    def __init__(self, pool: Pool, store: EventStore) -> None:
        self._pool = pool
        self._runner = ProjectionRunner(pool, store, Assessments())

    async def catch_up(self) -> None:
        """Bring the views to the head of the log; whoever does so at the same time takes turns."""
        await self._runner.catch_up()

    async def missing(self, plan: Plan) -> tuple[Missing, ...]:
        """The colleges without all their classes, in the order in which they were invited."""
        await self.catch_up()
        first = plan.first if plan.sitting is Sitting.RETEST else None
        rows = await self._pool.fetch(MISSING, plan.colleges, plan.school_year, plan.round, first)
        return tuple(
            Missing(college=row["college"], classes=tuple(row["classes"] or ())) for row in rows
        )

    async def pending(self, assessment_round: UUID) -> int:
        """How many classes are submitted and not released."""
        await self.catch_up()
        count: int = await self._pool.fetchval(f"select count(*) {PENDING}", assessment_round)
        return count

    async def pending_colleges(self, assessment_round: UUID) -> Sequence[str]:
        """Colleges with classes that are submitted and not released, in order."""
        rows = await self._pool.fetch(
            f"select distinct college {PENDING} order by college", assessment_round
        )
        return [row["college"] for row in rows]

    async def pending_classes(
        self, assessment_round: UUID, college: str, after: UUID | None, limit: int
    ) -> Sequence[UUID]:
        """Such classes of one college after this one, so many at most, in order."""
        rows = await self._pool.fetch(
            f"select class {PENDING} and college = $2 and ($3::uuid is null or class > $3)"
            " order by class limit $4",
            assessment_round,
            college,
            after,
            limit,
        )
        return [row["class"] for row in rows]

    async def released_colleges(self, assessment_round: UUID) -> Sequence[str]:
        """Colleges with released classes, in order."""
        rows = await self._pool.fetch(
            f"select distinct college {RELEASED} and round = $1 order by college", assessment_round
        )
        return [row["college"] for row in rows]

    async def released_classes(self, assessment_round: UUID, first: UUID | None = None) -> int:
        """How many classes are released in this round and, if it is named, in the first one too."""
        count: int = await self._pool.fetchval(
            "select count(*) from class_sitting as this where round = $1 and released"
            " and ($2::uuid is null or exists (select from class_sitting"
            " where class = this.class and round = $2 and released))",
            assessment_round,
            first,
        )
        return count
