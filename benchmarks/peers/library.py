"""`eventsourcing` 9.5 with its own PostgreSQL recorder."""

from collections.abc import Mapping, Sequence
from typing import Self, cast
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from eventsourcing.persistence import InfrastructureFactory, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresFactory

from benchmarks.material import state
from domain.concepts.events import SectionDrafted

SAFE = "eventsourcing"
UNSAFE = "eventsourcing, functions"


def environment(url: str, connections: int, *, functions: bool = False) -> Mapping[str, str]:
    """What configures the library for a database, with a pool of so many connections."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.removeprefix("/"),
        "POSTGRES_HOST": query["host"][0],
        "POSTGRES_PORT": query["port"][0],
        "POSTGRES_USER": parts.netloc.removesuffix("@"),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_POOL_SIZE": str(connections),
        "POSTGRES_MAX_OVERFLOW": "0",
        "POSTGRES_ENABLE_DB_FUNCTIONS": "y" if functions else "n",
    }


class LibraryRecorder:
    """The library's recorder on a database, and clients that append through it."""

    def __init__(self, url: str, connections: int, *, functions: bool) -> None:
        settings = environment(url, connections, functions=functions)
        self._factory = cast("PostgresFactory", InfrastructureFactory.construct(settings))
        recorder = self._factory.application_recorder()
        self.recorder = cast("PostgresApplicationRecorder", recorder)
        self.recorder.datastore.pool.wait()

    def clients(self, count: int, size: int) -> Sequence["LibraryClient"]:
        return [LibraryClient(self.recorder, size) for _ in range(count)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._factory.close()


class LibraryClient:
    """Appends to a stream of its own; the primary key checks the version."""

    def __init__(self, recorder: PostgresApplicationRecorder, size: int) -> None:
        self._recorder = recorder
        self._size = size
        self._id = uuid4()
        self._version = 0
        self._state = state()

    def append(self) -> object:
        events = [
            StoredEvent(
                originator_id=self._id,
                originator_version=self._version + number,
                topic=SectionDrafted.TOPIC,
                state=self._state,
            )
            for number in range(1, self._size + 1)
        ]
        self._version += self._size
        return self._recorder.insert_events(events)
