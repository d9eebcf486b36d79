"""The run over all files, for the workflow each day and for the command line by hand."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

import structlog

from domain.kernel import NAMESPACE, Context, DomainError
from domain.privacy.commands import subject_stream
from domain.retention.commands import ProposeErasure
from domain.retention.decide import FILE
from domain.retention.run import next_step
from services.desk import Contended, Desk
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import authorise
from services.identity.principal import process
from services.orders import Order
from services.privacy.retention.files import RetainedFiles
from workflows.retention_activities import Look, Looked
from workflows.retention_run import WORKFLOW_ID

BEGIN = time(4)
"""The run begins at this local time: whatever fell due at midnight is there in the morning."""

PEOPLE = 100
"""So many at a time."""

MOST_STEPS = 5
"""The longest way of one file in one run, and one to spare."""

PRINCIPAL = process(WORKFLOW_ID)

log = structlog.get_logger(__name__)


class RetentionLog:
    """Asks the domain for the next step of each file and hands it in at the desk."""

    def __init__(
        self, pool: Pool, store: EventStore, desk: Desk, files: RetainedFiles, zone: ZoneInfo
    ) -> None:
        self._pool = pool
        self._store = store
        self._desk = desk
        self._files = files
        self._zone = zone

    async def look(self, look: Look) -> Looked:
        waiting = [
            person
            for person in await self._people(look.at)
            if look.after is None or person > look.after
        ]
        taken = refused = 0
        for person in waiting[:PEOPLE]:
            try:
                taken += await self._go_on(person, look)
            except (DomainError, Contended) as error:
                # One file that does not go on stops none of the others; tomorrow is another run.
                refused += 1
                log.warning("retention step refused", person=str(person), error=str(error))
        return Looked(
            taken=taken,
            refused=refused,
            again_at=next_run(look.at, self._zone),
            after=waiting[PEOPLE - 1] if len(waiting) > PEOPLE else None,
        )

    async def look_at_all(self, at: datetime) -> tuple[int, int]:
        """The whole run now; how many steps were taken, and how many files refused."""
        look = Look(at=at, correlation=str(uuid4()))
        taken = refused = 0
        while True:
            looked = await self.look(look)
            taken += looked.taken
            refused += looked.refused
            if looked.after is None:
                return taken, refused
            look = Look(at=at, correlation=look.correlation, after=looked.after)

    async def _people(self, at: datetime) -> Sequence[UUID]:
        """Whose file is closed, and whose case is open: their file may be open again."""
        rows = await self._pool.fetch(
            "select person from retention_case where stage in ('proposed', 'offered', 'answered')"
        )
        return sorted({*await self._files.closed(at), *(row["person"] for row in rows)})

    async def _go_on(self, person: UUID, look: Look) -> int:
        """Take the steps that are due for this person now; how many."""
        for taken in range(MOST_STEPS):
            entries = await self._store.load(subject_stream(person))
            file = FILE.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
            proposing = ProposeErasure(person=person)
            actor = authorise(PRINCIPAL, proposing, file, look.at)
            context = await self._desk.file_context(proposing, Context(at=look.at, by=actor))
            step = next_step(person, file, context)
            if step is None:
                return taken
            name = f"{WORKFLOW_ID}/{person}/{type(step).__name__}/{len(entries)}"
            await self._desk.handle(
                Order(
                    command=step,
                    command_id=uuid5(NAMESPACE, name),
                    principal=PRINCIPAL,
                    at=look.at,
                    correlation=look.correlation,
                    expected_version=len(entries),
                )
            )
        return MOST_STEPS


def next_run(at: datetime, zone: ZoneInfo) -> datetime:
    """When the run begins next."""
    local = at.astimezone(zone)
    today = datetime.combine(local.date(), BEGIN, zone)
    if local < today:
        return today
    return datetime.combine(local.date() + timedelta(days=1), BEGIN, zone)
