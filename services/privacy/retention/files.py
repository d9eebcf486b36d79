"""The files of all kinds of people, and of what may name one, each with its class in the plan."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from domain.retention.classes import PersonFile, RetentionClass
from services.eventstore.record import LogEntry
from services.privacy.retention.accounts import PersonFiles
from services.privacy.retention.plan import RetentionPlan


class RetainedFiles:
    """A further kind of person is a further one of `kinds`; a person has one file."""

    def __init__(self, plan: RetentionPlan, kinds: Sequence[PersonFiles]) -> None:
        self.plan = plan
        self.kinds = kinds

    async def closed(self, at: datetime) -> Sequence[UUID]:
        """Everybody whose file looks closed at this moment; rather too many than too few."""
        return sorted({person for kind in self.kinds for person in await kind.closed(at)})

    async def kept_of(self, person: UUID) -> tuple[PersonFile, RetentionClass] | None:
        """What is kept of the person, and its class as the plan has it now."""
        for kind in self.kinds:
            if (kept := await kind.kept_of(person)) is not None:
                return kept, self.plan.classes[kept.retention_class]
        return None

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        """All that is in the person's file."""
        for kind in self.kinds:
            if await kind.kept_of(person) is not None:
                return await kind.entries(person)
        return []
