"""The test cases for projections that the library ships, against our store: none is changed."""

import pytest
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests import projection
from psycopg.sql import SQL

from services.eventstore.library import LogFactory
from services.eventstore.library.tracking import LogTrackingRecorder
from tests.support.library import environment


class EventCounters(LogTrackingRecorder, projection.EventCountersView):
    """The view the cases ask for, in a table of its own."""

    def __init__(self, datastore: PostgresDatastore, *, tracking_table_name: str) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name)
        self.sql_create_statements.append(
            SQL("create table if not exists counted (kind text, position bigint)").format()
        )

    def get_created_event_counter(self) -> int:
        return self._counted("created")

    def get_subsequent_event_counter(self) -> int:
        return self._counted("subsequent")

    def incr_created_event_counter(self, tracking: Tracking) -> None:
        self._count("created", tracking)

    def incr_subsequent_event_counter(self, tracking: Tracking) -> None:
        self._count("subsequent", tracking)

    def _count(self, kind: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            # First the view, so that it is undone if the tracking is refused.
            cursor.execute("insert into counted values (%s, %s)", (kind, tracking.notification_id))
            self._insert_tracking(cursor, tracking)

    def _counted(self, kind: str) -> int:
        with self.datastore.cursor() as cursor:
            cursor.execute("select count(*) from counted where kind = %s", (kind,))
            [row] = cursor.fetchall()
            return row["count"]


class TestView(projection.EventCountersViewTestCase):
    @pytest.fixture(autouse=True)
    def _fresh_database(self, database_url: str) -> None:
        self.env = environment(database_url)

    def construct_event_counters_view(self) -> projection.EventCountersView:
        factory = LogFactory(self.env)
        self.addCleanup(factory.close)
        view = factory.tracking_recorder(EventCounters)
        assert isinstance(view, EventCounters)
        return view


class TestProjection(projection.AggregateEventCountersProjectionTestCase):
    view_class = EventCounters

    @pytest.fixture(autouse=True)
    def _fresh_database(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(self), "env", environment(database_url))


class TestEventSourcedProjection(projection.EventSourcedProjectionTestCase):
    @pytest.fixture(autouse=True)
    def _fresh_database(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(self), "env", environment(database_url))
