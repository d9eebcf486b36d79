"""What a funded post's process needs, fulfilled by the store and the desk."""

from datetime import datetime
from uuid import UUID

from domain.calendar import Calendar
from domain.posts.course import PostCourse, course
from domain.posts.decide import POST
from services.commissions import hand_in
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.store import EventStore
from workflows.commissions import Commission


class LoggedPosts:
    """Reads courses from the log and takes the process's commands through the same door."""

    def __init__(self, store: EventStore, desk: Desk, calendar: Calendar) -> None:
        self._store = store
        self._streams = Streams(store)
        self._desk = desk
        self._calendar = calendar

    async def course(self, post: UUID, now: datetime) -> tuple[PostCourse, int]:
        # The head is read first: what comes after it is noted again, never missed.
        head = await self._store.head()
        state = await self._streams.state(POST, post)
        return course(state, now, self._calendar), head

    async def commission(self, commission: Commission) -> None:
        await hand_in(self._desk, commission)
