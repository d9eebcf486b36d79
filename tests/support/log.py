"""Writing to the log beneath the desk: events without a meaning, one stream for each key."""

from datetime import datetime
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from domain.directory.commands import organisation_id
from domain.directory.events import OrganisationRenamed
from domain.kernel import Role
from services.eventstore.group_commit import Receipt
from services.eventstore.record import LogEntry, Metadata, Recorded
from services.eventstore.store import EventStore
from tests.domain.county import MONDAY


def renamed(
    key: str,
    version: int,
    name: str = "Jobcenter",
    *,
    command: UUID | None = None,
    occurred_at: datetime = MONDAY,
) -> Recorded:
    """An event with its place in the stream of this organisation."""
    return Recorded(
        originator_id=organisation_id(key),
        originator_version=version,
        event=OrganisationRenamed(key=key, name=name),
        metadata=Metadata(
            command=command or uuid4(),
            correlation="test",
            account="ada",
            role=Role.COORDINATOR,
            occurred_at=occurred_at,
        ),
    )


async def append(
    store: EventStore,
    key: str,
    *names: str,
    version: int,
    command: UUID | None = None,
    digest: bytes = b"digest",
    occurred_at: datetime = MONDAY,
) -> Receipt:
    """One command on the stream of this key, which has this version: an event for each name."""
    command = command or uuid4()
    return await store.append(
        [
            renamed(key, version + index, name, command=command, occurred_at=occurred_at)
            for index, name in enumerate(names, start=1)
        ],
        command=command,
        digest=digest,
        stream=organisation_id(key),
        version=version,
    )


def row_of(stored: StoredEvent, position: int = 1) -> dict[str, object]:
    """As it would be read from the table `event`."""
    return {
        "position": position,
        "originator_id": stored.originator_id,
        "originator_version": stored.originator_version,
        "topic": stored.topic,
        "state": stored.state,
        "recorded_at": MONDAY,
    }


def name_of(entry: LogEntry) -> str:
    assert isinstance(entry.event, OrganisationRenamed)
    return entry.event.name
