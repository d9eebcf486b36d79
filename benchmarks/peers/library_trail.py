"""The audit trail with `eventsourcing`'s ProjectionRunner on PostgreSQL: one row for each event."""

import time
from typing import Any, cast
from urllib.parse import urlsplit

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.sql import SQL

from benchmarks.material import AUTHOR, DIGEST, TEXT
from benchmarks.peers.library import environment
from benchmarks.peers.library_concept import Concept, Concepts, concepts, metadata

NAME = "eventsourcing's ProjectionRunner"
STREAM = 50
PATIENCE = 120
TABLE = """
create table if not exists trail (
    position bigint primary key,
    stream uuid not null,
    topic text not null,
    account text not null,
    organisation text not null,
    role text not null,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null
);
create index if not exists trail_by_account on trail (account, position);
create index if not exists trail_by_organisation on trail (organisation, position);
create index if not exists trail_by_stream on trail (stream, position);
"""
ROW = "insert into trail values (%s, %s, %s, %s, %s, %s, %s, %s)"


class TrailView(PostgresTrackingRecorder):
    """The table, with the indexes ours has; row and position are written together."""

    def __init__(self, datastore: PostgresDatastore, **options: Any) -> None:
        super().__init__(datastore, **options)
        self.sql_create_statements.append(SQL(TABLE).format())

    def insert(self, row: tuple[object, ...], tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(ROW, row, prepare=True)


class LibraryTrail(Projection[TrailView]):
    """Writes a row for each event, and notes when it wrote the last."""

    last_at = 0.0

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        row = (
            tracking.notification_id,
            domain_event.originator_id,
            type(domain_event).__qualname__,
            domain_event.by["account"],
            domain_event.by["organisation"],
            domain_event.by["role"],
            domain_event.by["occurred_at"],
            domain_event.timestamp,
        )
        self.view.insert(row, tracking)
        self.last_at = time.perf_counter()


def fill_library(url: str, count: int) -> None:
    """Write so many events, in streams of fifty."""
    app, by = concepts(url), metadata()
    for _ in range(count // STREAM):
        concept = Concept(municipality="05774016", edition="2025", sections=[], by=by)
        for version in range(1, STREAM):
            concept.draft("anlaufstelle", version, TEXT, DIGEST, AUTHOR, by)
        app.save(concept)
    app.close()


def library_rate(url: str, view_url: str, count: int) -> float:
    """Events a second from the first to the last, into an empty view in another database."""
    settings = dict(environment(url, 4))
    view = urlsplit(view_url).path.removeprefix("/")
    settings[f"{LibraryTrail.name.upper()}_POSTGRES_DBNAME"] = view
    start = time.perf_counter()
    with ProjectionRunner(
        application_class=Concepts,
        projection_class=LibraryTrail,
        view_class=TrailView,
        env=settings,
    ) as runner:
        runner.wait(count, timeout=PATIENCE)
        return count / (cast("LibraryTrail", runner.projection).last_at - start)
