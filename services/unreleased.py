"""Which classes hold the release of a round up, and what is against each of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
import structlog

from domain.assessments.commands_class import ReleaseClass
from domain.assessments.decide_class import CLASS
from domain.assessments.round import Closed, Round
from domain.kernel import Actor, Context, DomainError, Role
from services.assessment_contexts import AssessmentContexts
from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.store import EventStore

FEW = 20
"""While a release is under way thousands wait for their turn; those that stay are first soon."""

BROKEN = "service.broken"

WAITING = """
    select class, college, training_class.name
    from class_sitting join training_class on training_class.id = class_sitting.class
    where round = $1 and submitted and not released and not withdrawn
        and college = any($2)
    order by college, training_class.name limit $3
"""

log = structlog.get_logger(__name__)


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A class that submitted and is not released; `code` is empty if nothing is against it."""

    training_class: UUID
    college: str
    name: str
    code: str


class Unreleased:
    """Asks the decision itself, without recording anything: so the answer is that of now."""

    def __init__(self, pool: Pool, store: EventStore, assessments: AssessmentContexts) -> None:
        self._pool = pool
        self._store = store
        self._assessments = assessments

    async def of(self, this: Round, colleges: Collection[str], at: datetime) -> Sequence[Waiting]:
        """The first few classes of these colleges in a closed round, by college and name."""
        if not isinstance(this, Closed):
            return []
        assessment_round = this.plan.round
        rows = await self._pool.fetch(WAITING, assessment_round, colleges, FEW)
        return [
            Waiting(
                training_class=row["class"],
                college=row["college"],
                name=row["name"],
                code=await self._against(row["class"], assessment_round, at),
            )
            for row in rows
        ]

    async def _against(self, training_class: UUID, assessment_round: UUID, at: datetime) -> str:
        command = ReleaseClass(training_class=training_class, round=assessment_round)
        _, further = self._assessments.table()[ReleaseClass]
        by = Actor(account="", role=Role.PROCESS)
        try:
            entries = await self._store.load(training_class)
            this = CLASS.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
            context = await further(command, Context(at=at, by=by))
            CLASS.decide(command, this, context)  # pyright: ignore[reportArgumentType]  (it is the command's)
        except DomainError as error:
            return error.code
        except DATABASE_AWAY:
            raise
        except Exception as error:  # noqa: BLE001 (a defect is what people look for here)
            # Its message may quote what was recorded, which is personal.
            kind = type(error).__name__
            log.error("class cannot be released", training_class=str(training_class), error=kind)  # noqa: TRY400
            return BROKEN
        return ""
