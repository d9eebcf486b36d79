"""What the process of a working group needs, fulfilled by the store and the desk."""

from uuid import UUID

from domain.working_groups.course import GroupCourse, course
from domain.working_groups.decide import WORKING_GROUP
from services.commissions import hand_in
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.store import EventStore
from workflows.commissions import Commission


class LoggedGroups:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._streams = Streams(store)
        self._desk = desk

    async def course(self, group: UUID) -> tuple[GroupCourse, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        return course(await self._streams.state(WORKING_GROUP, group)), head

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)
