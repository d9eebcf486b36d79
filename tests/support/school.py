"""A small application of the library `eventsourcing`, what follows it, and a view of it."""

from typing import ClassVar
from uuid import UUID

from eventsourcing.application import Application, ProcessingEvent
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, DomainEventProtocol, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.projection import Projection
from eventsourcing.system import ProcessApplication
from eventsourcing.utils import get_topic
from psycopg.sql import SQL

from services.eventstore.library.tracking import LogTrackingRecorder


class Course(Aggregate):
    """A language course, and who learns in it."""

    @event("Opened")
    def __init__(self, title: str) -> None:
        self.title = title
        self.learners: list[str] = []

    @event("Joined")
    def join(self, learner: str) -> None:
        self.learners.append(learner)


class School(Application[UUID]):
    """Keeps a snapshot of a course for every five events."""

    snapshotting_intervals: ClassVar = {Course: 5}

    def open(self, title: str) -> UUID:
        course = Course(title)
        self.save(course)
        return course.id

    def join(self, course_id: UUID, *learners: str) -> int:
        """The last position in the log."""
        course: Course = self.repository.get(course_id)
        for learner in learners:
            course.join(learner)
        return self.save(course)[-1].notification.id


class Shelf(Aggregate):
    """The books for one course."""

    @event("Filled")
    def __init__(self, title: str) -> None:
        self.title = title


class Library(ProcessApplication[UUID]):
    """Fills a shelf when a course opens. It must not see its own shelves as news."""

    seen: ClassVar[list[str]] = []

    @singledispatchmethod
    def policy(
        self, domain_event: DomainEventProtocol[UUID], processing_event: ProcessingEvent[UUID]
    ) -> None:
        self.seen.append(type(domain_event).__qualname__)
        if isinstance(domain_event, Course.Opened):  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  (the decorator makes the class)
            processing_event.collect_events(Shelf(domain_event.title))  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType, reportAttributeAccessIssue]


class Attendance(LogTrackingRecorder):
    """A view: how many joined."""

    def __init__(self, datastore: PostgresDatastore, *, tracking_table_name: str) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name)
        self.sql_create_statements.append(
            SQL("create table if not exists attendance (joined bigint not null)").format()
        )

    def count(self, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute("insert into attendance values (%s)", (tracking.notification_id,))

    @property
    def joined(self) -> int:
        with self.datastore.cursor() as cursor:
            [row] = cursor.execute("select count(*) from attendance").fetchall()
            return row["count"]


class Attending(Projection[Attendance]):
    """Keeps the view."""

    topics = (get_topic(Course.Joined),)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]

    @singledispatchmethod
    def process_event(self, _: DomainEventProtocol[UUID], tracking: Tracking) -> None:
        self.view.count(tracking)
