"""Which process waits for which events."""

from collections.abc import Sequence

from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.relay.concepts import CONCEPTS
from services.relay.funded_posts import FUNDED_POSTS
from services.relay.language_needs import LANGUAGE_NEEDS
from services.relay.mandates import MANDATES
from services.relay.process import Process, Route
from services.relay.rounds import ROUNDS
from services.relay.school_years import SCHOOL_YEARS
from services.relay.sessions import SESSIONS
from services.relay.working_groups import WORKING_GROUPS

PROCESSES: Sequence[Process] = (
    CONCEPTS,
    ROUNDS,
    WORKING_GROUPS,
    SESSIONS,
    MANDATES,
    SCHOOL_YEARS,
    FUNDED_POSTS,
    LANGUAGE_NEEDS,
)
"""All kinds of processes that the log tells about itself."""

TOPICS: Sequence[str] = sorted(
    {topic for process in PROCESSES for topic in (*process.topics, *process.others)}
)
"""Every event that a process waits for."""

OWN_TOPICS: Sequence[str] = sorted({topic for process in PROCESSES for topic in process.topics})
"""Those of the thing itself that a process is about."""


async def routes(
    store: EventStore, entry: LogEntry, connection: Connection | None = None
) -> Sequence[Route]:
    """The processes that wait for this event."""
    return [
        process.route(thing)
        for process in PROCESSES
        for thing in await process.waiting(store, entry, connection)
    ]


def own_process(entry: LogEntry) -> Process:
    """The process about the thing itself to which this happened."""
    return next(process for process in PROCESSES if entry.topic in process.topics)
