"""What the process of a session waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.steering.agenda_events import AgendaFrozen, AgendaReopened
from domain.steering.body_events import RulesAdopted
from domain.steering.minutes_events import MinutesDrafted, MinutesReleased
from domain.steering.session_events import (
    ItemsCalledFor,
    SessionCancelled,
    SessionInvited,
    SessionMoved,
    SessionScheduled,
)
from domain.steering.session_held_events import CircularOpened, SessionClosed, SessionOpened
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.relay.process import Process
from services.steering_log import sessions_going_on
from workflows.steering_session import SessionStart, workflow_id

SESSION_TOPICS = tuple(
    event.TOPIC
    for event in (
        SessionScheduled,
        SessionMoved,
        SessionCancelled,
        ItemsCalledFor,
        AgendaFrozen,
        AgendaReopened,
        SessionInvited,
        SessionOpened,
        CircularOpened,
        SessionClosed,
        MinutesDrafted,
        MinutesReleased,
    )
)
"""Only what changes the course of time. Items and ballots do not: they are asked for in time."""


def _start(session: UUID) -> SessionStart:
    return SessionStart(session=session)


def _has_ended(_: Sequence[LogEntry]) -> bool:
    """Its own stream does not tell whether it saw to the follow-up, which is harmless to repeat."""
    return False


async def _under_these_rules(
    store: EventStore, entry: LogEntry, connection: Connection | None
) -> Sequence[UUID]:
    """The sessions to come of the body whose rules these are."""
    return await sessions_going_on(store, entry.originator_id, connection)


SESSIONS = Process(
    "SteeringSession",
    SESSION_TOPICS,
    workflow_id,
    _start,
    _has_ended,
    others={RulesAdopted.TOPIC: _under_these_rules},
)
