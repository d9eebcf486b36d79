"""The test cases for recorders that the library ships, against our store: none is changed."""

from collections.abc import Iterator

import pytest
from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
    TrackingRecorder,
)
from eventsourcing.tests import application, persistence
from eventsourcing.utils import Environment

from services.eventstore.library import LogFactory
from services.eventstore.library.log import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
)
from services.eventstore.library.streams import SnapshotRecorder
from services.eventstore.library.tracking import LogTrackingRecorder
from tests.support.library import environment


class OnFreshDatabase:
    """Gives each test of the library a database of its own, by the way an application takes."""

    factory: LogFactory

    @pytest.fixture(autouse=True)
    def _fresh_database(self, database_url: str) -> Iterator[None]:
        env = Environment(env=environment(database_url))
        factory = InfrastructureFactory.construct(env)
        assert isinstance(factory, LogFactory)
        self.factory = factory
        yield
        factory.close()


class TestAggregates(OnFreshDatabase, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory.aggregate_recorder()


class TestSnapshots(OnFreshDatabase, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return self.factory.aggregate_recorder("snapshots")


class TestApplication(OnFreshDatabase, persistence.ApplicationRecorderTestCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory.application_recorder()

    def test_insert_subscribe(self) -> None:
        """The library leaves it to each recorder with subscriptions to name this a test."""
        self.optional_test_insert_subscribe()


class TestTracking(OnFreshDatabase, persistence.TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return self.factory.tracking_recorder()


class TestProcess(OnFreshDatabase, persistence.ProcessRecorderTestCase):
    def create_recorder(self) -> ProcessRecorder:
        return self.factory.process_recorder()


class TestProcessAsApplication(OnFreshDatabase, persistence.ApplicationRecorderTestCase):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory.process_recorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestProcessAsTracking(OnFreshDatabase, persistence.TrackingRecorderTestCase):
    def create_recorder(self) -> TrackingRecorder:
        return self.factory.process_recorder()


class TestIdsThatDoNotInterleave(
    OnFreshDatabase, persistence.NonInterleavingNotificationIDsBaseCase
):
    def create_recorder(self) -> ApplicationRecorder:
        return self.factory.application_recorder()


class View(LogTrackingRecorder):
    """What a projection of an application would extend."""


class TestFactory(persistence.InfrastructureFactoryTestCase[LogFactory]):
    @pytest.fixture(autouse=True)
    def _fresh_database(self, database_url: str) -> None:
        self.env = Environment(env=environment(database_url))

    def expected_factory_class(self) -> type[LogFactory]:
        return LogFactory

    def expected_aggregate_recorder_class(self) -> type[AggregateRecorder]:
        return LogAggregateRecorder

    def expected_application_recorder_class(self) -> type[ApplicationRecorder]:
        return LogApplicationRecorder

    def expected_tracking_recorder_class(self) -> type[TrackingRecorder]:
        return LogTrackingRecorder

    def tracking_recorder_subclass(self) -> type[TrackingRecorder]:
        return View

    def expected_process_recorder_class(self) -> type[ProcessRecorder]:
        return LogProcessRecorder

    def test_create_snapshot_recorder(self) -> None:
        assert type(self.factory.aggregate_recorder("snapshots")) is SnapshotRecorder


class TestExampleApplication(application.ExampleApplicationTestCase):
    expected_factory_topic = "services.eventstore.library.factory:LogFactory"

    @pytest.fixture(autouse=True)
    def _in_the_environment(self, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for variable, value in environment(database_url).items():
            monkeypatch.setenv(variable, value)
