"""The library's recorders over our log: events get their place, their leaf and their ring."""

import time
from collections.abc import Sequence
from typing import Any

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProcessRecorder,
    ProgrammingError,
    StoredEvent,
    Subscription,
)
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.utils import retry
from psycopg import Cursor
from psycopg.rows import DictRow

from services.eventstore.library.streams import (
    ATTEMPTS,
    CONNECTION_LOST,
    LAST,
    PAUSE,
    StreamReader,
)
from services.eventstore.library.subscription import LogSubscription
from services.eventstore.library.tracking import LogTrackingRecorder

APPEND = """
    with appended as (
        select size_before from append_to_log(
            '{}', '{}', '{}', '{}', '{}', '{}',
            %(streams)s::uuid[], %(versions)s::bigint[], %(topics)s::text[], %(states)s::bytea[]
        )
    ), noted as (
        insert into library_event
        select %(collection)s, size_before + place
        from appended, generate_series(1, %(count)s) as counted (place)
    )
    select size_before from appended
"""
"""Without commands: the library has no command ids. A version that exists is refused."""

ONWARDS = """
    select event.* from library_event join event using (position)
    where collection = %(collection)s and position >= %(start)s and position <= %(stop)s
    order by position limit %(limit)s
"""

ONWARDS_OF_TOPICS = """
    select event.* from (
        select found.position
        from (select distinct unnest(%(topics)s::text[])) as wanted (topic), lateral (
            select position from event
            where event.topic = wanted.topic
            and position >= %(start)s and position <= %(stop)s
            and exists (
                select from library_event as own
                where own.collection = %(collection)s and own.position = event.position
            )
            order by position limit %(limit)s
        ) as found
        order by found.position limit %(limit)s
    ) as onwards join event using (position) order by position
"""
"""Each topic by its own part of the index, so that a rare one is found without looking far."""


class LogWriter(StreamReader):
    """Appends events of any streams to the log: all of them, or none."""

    KEPT = "select * from event where true"

    def __init__(self, datastore: PostgresDatastore, *, events_table_name: str) -> None:
        """The name of the table the library would use tells its events from others in our log."""
        super().__init__(datastore)
        self.collection = events_table_name
        self._may_append = False

    def append(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """The positions of the events in the log.

        Tried again when the connection is lost, without recording anything twice: what was
        recorded before the answer was lost is recognised. `kwargs` are those of `insert_events`.
        Raises IntegrityError if a stream has an event of such a version.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._append_once(stored_events, **kwargs)
            except CONNECTION_LOST:
                if attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE)
            except IntegrityError:
                recorded = self._positions(stored_events) if attempt > 1 else ()
                if not recorded:
                    raise
                return recorded
        raise AssertionError("the last attempt returns or raises")

    def _append_once(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        with self.datastore.cursor() as cursor:
            return self._append_with(cursor, stored_events)

    def _append_with(
        self, cursor: Cursor[DictRow], stored_events: Sequence[StoredEvent]
    ) -> Sequence[int]:
        if not stored_events:
            return ()
        self._refuse_the_record_of_kreislauf(cursor)
        given = _columns(stored_events)
        given |= {"collection": self.collection, "count": len(stored_events)}
        cursor.execute(APPEND, given, prepare=True)
        row = cursor.fetchone()
        assert row is not None, "the function answers with one row"
        first: int = row["size_before"] + 1
        return list(range(first, first + len(stored_events)))

    def _refuse_the_record_of_kreislauf(self, cursor: Cursor[DictRow]) -> None:
        """What the service cannot read would stop everything that follows its log, for ever."""
        if self._may_append:
            return
        cursor.execute("select exists (select from receipt) as is_kreislauf")
        row = cursor.fetchone()
        if row is not None and row["is_kreislauf"]:
            raise ProgrammingError(
                "This database holds the record of Kreislauf, which could not read the events of "
                "another application. Give the application a database of its own."
            )
        self._may_append = True

    def _positions(self, stored_events: Sequence[StoredEvent]) -> Sequence[int]:
        """Where exactly these events are in the log; nothing if not all of them are there."""
        with self.datastore.cursor() as cursor:
            cursor.execute(
                "select position from event join unnest("
                " %(streams)s::uuid[], %(versions)s::bigint[], %(topics)s::text[],"
                " %(states)s::bytea[]) as given (stream, version, topic, state)"
                " on originator_id = stream and originator_version = version"
                " and event.topic = given.topic and event.state = given.state"
                " order by position",
                _columns(stored_events),
            )
            positions = [row["position"] for row in cursor.fetchall()]
        return positions if len(positions) == len(stored_events) else ()


class LogAggregateRecorder(LogWriter):
    """Writes and reads streams, for who does not ask for places in the log."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        self.append(stored_events, **kwargs)


class LogApplicationRecorder(LogWriter, ApplicationRecorder):
    """Writes and reads streams, and its own part of the log. Notifications have log positions."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        return self.append(stored_events, **kwargs)

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = 0 if start is None else start if inclusive_of_start else start + 1
        asked = {
            "start": first,
            "stop": LAST if stop is None else stop,
            "limit": limit,
            "topics": list(topics),
            "collection": self.collection,
        }
        with self.datastore.cursor() as cursor:
            cursor.execute(ONWARDS_OF_TOPICS if topics else ONWARDS, asked, prepare=True)
            return [_notification(row) for row in cursor.fetchall()]

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def max_notification_id(self) -> int | None:
        with self.datastore.cursor() as cursor:
            cursor.execute(
                "select max(position) as position from library_event where collection = %s",
                (self.collection,),
                prepare=True,
            )
            row = cursor.fetchone()
        assert row is not None, "a maximum is one row"
        return row["position"]

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        return LogSubscription(recorder=self, gt=gt, topics=topics)


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """Writes events together with how far the log that caused them was read."""

    def _append_once(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_events(cursor, stored_events, **kwargs)
            # Last, because it takes the lock on the head of the log.
            return self._append_with(cursor, stored_events)

    def _insert_events(
        self,
        cursor: Cursor[DictRow],
        stored_events: Sequence[StoredEvent],  # noqa: ARG002 (the library's recorders pass it)
        **kwargs: Any,
    ) -> None:
        """What goes into the transaction besides; extended by recorders that keep a view."""
        if (tracking := kwargs.get("tracking")) is not None:
            self._insert_tracking(cursor, tracking)


def _columns(stored_events: Sequence[StoredEvent]) -> dict[str, Any]:
    return {
        "streams": [event.originator_id for event in stored_events],
        "versions": [event.originator_version for event in stored_events],
        "topics": [event.topic for event in stored_events],
        "states": [event.state for event in stored_events],
    }


def _notification(row: DictRow) -> Notification:
    return Notification(
        id=row["position"],
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=row["state"],
    )
