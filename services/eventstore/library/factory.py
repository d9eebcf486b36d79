"""Makes the recorders for an application of the library, as its environment says."""

from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    InfrastructureFactory,
    ProcessRecorder,
)
from eventsourcing.postgres import BasePostgresFactory
from eventsourcing.utils import Environment, EnvType, resolve_topic

from services.eventstore.library.log import (
    LogAggregateRecorder,
    LogApplicationRecorder,
    LogProcessRecorder,
)
from services.eventstore.library.streams import SnapshotRecorder
from services.eventstore.library.tracking import LogTrackingRecorder
from services.eventstore.migrate import migrate

T = TypeVar("T")

ONLY = {
    "ORIGINATOR_ID_TYPE": ("uuid", "streams are named by UUIDs"),
    "POSTGRES_SCHEMA": ("public", "an application has its own database instead of its own schema"),
}
"""What the library lets one choose and our tables do not."""


class LogFactory(
    BasePostgresFactory[LogTrackingRecorder], InfrastructureFactory[LogTrackingRecorder]
):
    """Reads the same variables as `eventsourcing.postgres`: POSTGRES_DBNAME and so on.

    CREATE_TABLE brings the database up to date first; it is on unless switched off, as there.
    Raises OSError if a variable is missing or asks for what this store does not have.
    """

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        for variable, (only, because) in ONLY.items():
            if (self.env.get(variable) or only).lower() != only:
                raise OSError(f"{variable} must be {only!r} or left out: {because}")
        self._is_migrated = not self.env_create_table()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """The log for the purpose `events`; for others, which is snapshots, what lies beside it."""
        self._migrate()
        if purpose == "events":
            return LogAggregateRecorder(self.datastore, events_table_name=self._events)
        return SnapshotRecorder(self.datastore, collection=self._name("stored", purpose))

    def application_recorder(self) -> ApplicationRecorder:
        return self._made(
            self._class(self.APPLICATION_RECORDER_TOPIC, LogApplicationRecorder),
            events_table_name=self._events,
        )

    def tracking_recorder(
        self, tracking_recorder_class: type[LogTrackingRecorder] | None = None
    ) -> LogTrackingRecorder:
        """A view is made by its class, which extends LogTrackingRecorder."""
        return self._made(
            tracking_recorder_class
            or self._class(self.TRACKING_RECORDER_TOPIC, LogTrackingRecorder),
            tracking_table_name=self._tracking,
        )

    def process_recorder(self) -> ProcessRecorder:
        return self._made(
            self._class(self.PROCESS_RECORDER_TOPIC, LogProcessRecorder),
            events_table_name=self._events,
            tracking_table_name=self._tracking,
        )

    @property
    def _events(self) -> str:
        return self._name("stored", "events")

    @property
    def _tracking(self) -> str:
        return self._name("notification", "tracking")

    def _class(self, variable: str, usual: type[T]) -> type[T]:
        topic = self.env.get(variable)
        chosen: type[T] = resolve_topic(topic) if topic else usual
        if not issubclass(chosen, usual):
            raise OSError(f"{variable} must name a class that extends {usual.__qualname__}")
        return chosen

    def _made(self, recorder_class: Any, **parameters: str) -> Any:
        self._migrate()
        recorder = recorder_class(datastore=self.datastore, **parameters)
        if self.env_create_table():
            recorder.create_table()
        return recorder

    def _name(self, otherwise: str, purpose: str) -> str:
        return f"{self.env.name.lower() or otherwise}_{purpose}"

    def _migrate(self) -> None:
        if self._is_migrated:
            return
        with self.datastore.get_connection() as connection:
            about = connection.info
            person = f"{quote(about.user, safe='')}:{quote(about.password, safe='')}@"
            where = urlencode({"host": about.host, "port": about.port})
        migrate(f"postgresql://{person}/{quote(about.dbname, safe='')}?{where}")
        self._is_migrated = True
