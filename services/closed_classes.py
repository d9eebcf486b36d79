"""Classes as far as they can be known without anybody's key, which is enough for most decisions."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.assessments.class_assessment import ClassAssessment, Unknown, sheet_of
from domain.assessments.commands import learner_id
from domain.assessments.commands_class import RecordResults, SubmitClass
from domain.assessments.decide_class import CLASS
from domain.assessments.events_class import ClassEvent, LearnerEnrolled
from domain.kernel import Command, Event
from services.eventstore.database import Pool
from services.eventstore.group_commit import Receipt
from services.eventstore.snapshots import Loaded
from services.eventstore.store import EventStore
from services.privacy.box import UNEXPLAINED, personal_fields

KEPT = 1_024
"""Classes. A county has ten times as many, but not all of them type at the same moment."""

WHOLE = """
    select originator_version, topic, state from event
    where originator_id = $1 and left(topic, 17) = 'class-assessment.'
    order by originator_version
"""
"""`left`, because for `starts_with` the planner may read the topics' index, with all classes."""


class ClosedClasses:
    """Keeps who has a result and who has not, but no result, no pseudonym and no key.

    What is kept may be old. If it is, the append says so, because the stream has gone on; and what
    is refused by it is to be decided anew on all there is.
    """

    def __init__(self, pool: Pool, store: EventStore, most: int = KEPT) -> None:
        self._pool = pool
        self._store = store
        self._most = most
        self._kept: dict[UUID, Loaded] = {}

    async def enough_for(self, command: Command) -> Loaded | None:
        """The class, if it can be decided without opening anything; otherwise None."""
        if not isinstance(command, RecordResults | SubmitClass):
            return None
        loaded = self._kept.get(command.subject) or await self._load(command.subject)
        return loaded if _is_enough(command, loaded.state) else None

    def go_on(
        self, stream: UUID, loaded: Loaded, events: Sequence[Event], receipt: Receipt
    ) -> None:
        """Keep what the class is after these events, if it is these that the receipt is of."""
        version = loaded.version + len(events)
        if (receipt.stream, receipt.version) != (stream, version):
            self.forget(stream)
            return
        state = loaded.state
        for event in events:
            state = CLASS.evolve(state, _closed(event))
        self._keep(stream, Loaded(state, version, 0))

    def forget(self, stream: UUID) -> None:
        self._kept.pop(stream, None)

    async def _load(self, stream: UUID) -> Loaded:
        rows = await self._pool.fetch(WHOLE, stream)
        events = self._store.closed_events(stream, rows)
        loaded = Loaded(CLASS.replay(_closed(event) for event in events), len(rows), 0)
        if loaded.version:
            self._keep(stream, loaded)
        return loaded

    def _keep(self, stream: UUID, loaded: Loaded) -> None:
        self._kept.pop(stream, None)
        self._kept[stream] = loaded
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]


def _is_enough(command: RecordResults | SubmitClass, this: ClassAssessment) -> bool:
    """What stands for a learner must be opened to see whether a result changes it.

    Closed it passes for erased, so the result would be refused first. Whether somebody's data
    were erased indeed is seen when their key is asked for to write.
    """
    if isinstance(this, Unknown) or isinstance(command, SubmitClass):
        return True
    standings = sheet_of(this, command.round).standings
    college = this.details.college
    return not standings or all(
        learner_id(college, row.pseudonym) not in standings for row in command.rows
    )


def _closed(event: Event) -> ClassEvent:
    """Without what is personal in it. Nobody is taken for erased who may not be."""
    if isinstance(event, LearnerEnrolled):
        return msgspec.structs.replace(event, pseudonym="")
    fields = personal_fields(type(event))
    return msgspec.structs.replace(event, **dict.fromkeys(fields, UNEXPLAINED)) if fields else event  # pyright: ignore[reportReturnType]  (the stream has its own events)
