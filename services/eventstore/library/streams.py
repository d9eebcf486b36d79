"""How streams of stored events are read, and what the library calls its recorder of aggregates."""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from eventsourcing.persistence import (
    AggregateRecorder,
    InterfaceError,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresDatastore, PostgresRecorder
from eventsourcing.utils import retry
from psycopg import sql
from psycopg.rows import DictRow

CONNECTION_LOST = (InterfaceError, OperationalError)
ATTEMPTS = 10
PAUSE = 0.2
"""Seconds. So often and so long the library's own recorders try again."""

LAST = 2**63 - 1


class StreamReader(PostgresRecorder, AggregateRecorder):
    """Reads the events of one stream from where a subclass keeps them."""

    KEPT: LiteralString
    """The table and the condition of what it keeps."""

    def __init__(self, datastore: PostgresDatastore, **parameters: Any) -> None:
        super().__init__(datastore)
        self.parameters = parameters

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        statement = sql.SQL(self.KEPT) + sql.SQL(
            " and originator_id = %(stream)s and originator_version > %(gt)s"
            " and originator_version <= %(lte)s order by originator_version "
        )
        statement += sql.SQL("desc limit %(limit)s" if desc else "asc limit %(limit)s")
        asked = {
            "stream": originator_id,
            "gt": -1 if gt is None else gt,
            "lte": LAST if lte is None else lte,
            "limit": limit,
        }
        with self.datastore.cursor() as cursor:
            cursor.execute(statement, self.parameters | asked, prepare=True)
            return [_stored_event(row) for row in cursor.fetchall()]


class SnapshotRecorder(StreamReader):
    """Keeps snapshots of aggregates in a table beside the log: they may be deleted at any time."""

    KEPT = "select * from library_snapshot where collection = %(collection)s"

    def __init__(self, datastore: PostgresDatastore, *, collection: str) -> None:
        super().__init__(datastore, collection=collection)

    @retry(CONNECTION_LOST, max_attempts=ATTEMPTS, wait=PAUSE)
    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> None:
        """Keep the snapshots. Raises IntegrityError if there is one of that version."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.executemany(
                "insert into library_snapshot values (%s, %s, %s, %s, %s)",
                [
                    (
                        self.parameters["collection"],
                        snapshot.originator_id,
                        snapshot.originator_version,
                        snapshot.topic,
                        snapshot.state,
                    )
                    for snapshot in stored_events
                ],
            )


def _stored_event(row: DictRow) -> StoredEvent:
    return StoredEvent(
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=row["state"],
    )
