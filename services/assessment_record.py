"""What the process of an assessment round needs, fulfilled by the store, the desk and the views."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.assessments.commands import AnnounceRound
from domain.assessments.course import RoundCourse, course, retest_missed
from domain.assessments.events import Sitting
from domain.assessments.round import RETEST, Unknown
from services.commissions import hand_in
from services.desk import Desk
from services.eventstore.store import EventStore
from workflows.commissions import Commission


class LoggedRounds:
    """Reads courses from the log, classes from the views, and takes commands at the desk."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._desk = desk
        self._assessments = desk.assessments
        self._views = desk.assessments.views

    async def course(self, assessment_round: UUID) -> tuple[RoundCourse, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        state = await self._assessments.assessment_round(assessment_round)
        return course(state), head

    async def pending_colleges(self, assessment_round: UUID) -> Sequence[str]:
        await self._views.catch_up()
        return await self._views.pending_colleges(assessment_round)

    async def pending_classes(
        self, assessment_round: UUID, college: str, after: UUID | None, limit: int
    ) -> Sequence[UUID]:
        # They were caught up when the colleges were listed; what was released since is harmless.
        return await self._views.pending_classes(assessment_round, college, after, limit)

    async def released_classes(self, assessment_round: UUID) -> int:
        await self._views.catch_up()
        return await self._views.released_classes(assessment_round)

    async def compared_classes(self, assessment_round: UUID) -> int:
        state = await self._assessments.assessment_round(assessment_round)
        assert not isinstance(state, Unknown), "a course was read of it"
        assert state.plan.first is not None, "a retest has its first test"
        await self._views.catch_up()
        return await self._views.released_classes(assessment_round, state.plan.first)

    async def retest(self, assessment_round: UUID, at: datetime) -> AnnounceRound | None:
        state = await self._assessments.assessment_round(assessment_round)
        assert not isinstance(state, Unknown), "a course was read of it"
        plan = state.plan
        assert plan.retest is not None, "the course says that a retest is planned"
        in_its_place = await self._assessments.assessment_round(plan.retest_id)
        if retest_missed(state, at) or not isinstance(in_its_place, Unknown):
            return None
        await self._views.catch_up()
        colleges = await self._views.released_colleges(assessment_round)
        if not colleges:
            return None
        return AnnounceRound(
            key=plan.key + RETEST,
            title=plan.title,
            school_year=plan.school_year,
            instrument=plan.instrument,
            version=plan.version,
            opens_at=plan.retest.opens_at,
            closes_at=plan.retest.closes_at,
            colleges=tuple(colleges),
            basis=plan.basis,
            sitting=Sitting.RETEST,
            reminders=plan.retest.reminders,
            first=assessment_round,
            grace_days=plan.grace_days,
        )

    async def is_announced(self, retest: UUID, assessment_round: UUID) -> bool:
        state = await self._assessments.assessment_round(retest)
        return not isinstance(state, Unknown) and state.plan.first == assessment_round

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)
