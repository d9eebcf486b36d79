"""The library's record of how far an application's log was read: only ever further."""

from typing import Any

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresDatastore, PostgresRecorder
from eventsourcing.utils import retry
from psycopg import Cursor
from psycopg.rows import DictRow

from services.eventstore.library.streams import ATTEMPTS, CONNECTION_LOST, PAUSE

MOVE = """
    insert into library_tracking as known values (%(reader)s, %(application)s, %(position)s)
    on conflict (reader, application_name)
    do update set notification_id = excluded.notification_id
    where known.notification_id < excluded.notification_id
    returning notification_id
"""


class LogTrackingRecorder(PostgresRecorder, TrackingRecorder):
    """Extend it to keep a view: in one transaction, `_insert_tracking` and what changes in it.

    The statements that make the view's own tables go into `sql_create_statements`.
    """

    def __init__(
        self, datastore: PostgresDatastore, *, tracking_table_name: str, **further: Any
    ) -> None:
        """The name of the table the library would use is the name of the reader in ours."""
        super().__init__(datastore, **further)
        self._reader = tracking_table_name

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def insert_tracking(self, tracking: Tracking) -> None:
        with self.datastore.cursor() as cursor:
            self._insert_tracking(cursor, tracking)

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def max_tracking_id(self, application_name: str) -> int | None:
        with self.datastore.cursor() as cursor:
            cursor.execute(
                "select notification_id from library_tracking"
                " where reader = %s and application_name = %s",
                (self._reader, application_name),
                prepare=True,
            )
            row = cursor.fetchone()
        return None if row is None else row["notification_id"]

    def _insert_tracking(self, cursor: Cursor[DictRow], tracking: Tracking) -> None:
        cursor.execute(
            MOVE,
            {
                "reader": self._reader,
                "application": tracking.application_name,
                "position": tracking.notification_id,
            },
            prepare=True,
        )
        if cursor.fetchone() is None:
            raise IntegrityError(
                f"{self._reader} has read {tracking.application_name} beyond"
                f" {tracking.notification_id} already"
            )
