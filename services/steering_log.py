"""What the log says about the county's steering beyond a single stream. It is little a year."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domain.findings.events_theme import ThemeHandedOver
from domain.steering.body_commands import body_id
from domain.steering.mandate import (
    AdoptionMandate,
    DissolutionMandate,
    GroupMandate,
    ReviewMandate,
)
from domain.steering.minutes_events import MinutesReleased
from domain.steering.need_review_commands import review_of
from domain.steering.need_review_events import ProposalPutForward
from domain.steering.resolution_events import ResolutionPassed
from domain.steering.session_events import SessionCancelled, SessionScheduled
from domain.working_groups.commands import group_id
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore


async def resolutions_of(store: EventStore, body: str) -> Sequence[UUID]:
    """All that a body ever passed, in the order in which they were recorded."""
    passed = await _all(store, ResolutionPassed)
    return [event.resolution for event in passed if event.body == body]


async def resolutions_of_session(store: EventStore, session: UUID) -> Sequence[ResolutionPassed]:
    passed = await _all(store, ResolutionPassed)
    return [event for event in passed if event.session == session]


async def resolutions_asking_for(
    store: EventStore, thing: UUID, connection: Connection | None = None
) -> Sequence[UUID]:
    """Those whose mandate is fulfilled by what becomes of this group, concept or need review."""
    passed = await _all(store, ResolutionPassed, connection)
    return [event.resolution for event in passed if _asked_for(event) == thing]


async def themes_handed_to(store: EventStore, session: UUID) -> Sequence[UUID]:
    """Those that were handed over for this session's agenda, also if they were taken back."""
    handed = await _all(store, ThemeHandedOver)
    return list(dict.fromkeys(event.theme for event in handed if event.session == session))


async def proposals_put_to(store: EventStore, session: UUID) -> Sequence[ProposalPutForward]:
    """The proposals of need reviews that became items of this session."""
    forward = await _all(store, ProposalPutForward)
    return [event for event in forward if event.session == session]


async def sessions_going_on(
    store: EventStore, body: UUID, connection: Connection | None = None
) -> Sequence[UUID]:
    """The body's sessions that were not cancelled, and have not got their minutes yet."""
    scheduled = await _all(store, SessionScheduled, connection)
    over = {
        entry.originator_id
        for kind in (SessionCancelled, MinutesReleased)
        for entry in await _entries(store, kind, connection)
    }
    return [e.session for e in scheduled if body_id(e.body) == body and e.session not in over]


def _asked_for(passed: ResolutionPassed) -> UUID | None:
    match passed.mandate:
        case GroupMandate():
            return group_id(passed.resolution)
        case DissolutionMandate(group=group):
            return group
        case AdoptionMandate(concept=concept):
            return concept
        case ReviewMandate():
            return review_of(passed.resolution)
        case _:
            return None


async def _all(
    store: EventStore, kind: type[Any], connection: Connection | None = None
) -> list[Any]:
    return [entry.event for entry in await _entries(store, kind, connection)]


async def _entries(
    store: EventStore, kind: type[Any], connection: Connection | None
) -> list[LogEntry]:
    found: list[LogEntry] = []
    after = 0
    while entries := await store.read(after, topics=[kind.TOPIC], connection=connection):
        found += entries
        after = entries[-1].position
    return found
