"""What the concept's process needs, fulfilled by the store and the desk."""

from uuid import UUID

from domain.concepts.course import Course, course
from services.commissions import hand_in
from services.desk import Desk
from services.eventstore.store import EventStore
from workflows.commissions import Commission


class LoggedConcepts:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._desk = desk

    async def course(self, concept: UUID) -> tuple[Course, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        state, _ = await self._desk.concept(concept)
        return course(state), head

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)
