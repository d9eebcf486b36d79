"""What has become of a body's resolutions, for one of its later sessions."""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from domain.steering.resolution import Existing, Unknown
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_standing import is_to_show
from domain.steering.session import Unknown as NoSession
from domain.steering.session_decide import SESSION
from domain.steering.session_errors import UnknownSession
from services.contexts.streams import Streams
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore

FollowedUp: TypeAlias = tuple[Existing, Sequence[LogEntry]]

EARLIER = """
    select id from resolution
    where body = $1 and session <> $2 and decided_at < $3 and (
        standing in ('open', 'overdue') or $2 = any(shown_to)
        or standing in ('fulfilled', 'revoked') and shown is distinct from standing
    )
    order by decided_at, place
"""


async def follow_up(pool: Pool, store: EventStore, session: UUID) -> list[FollowedUp]:
    """The earlier resolutions this session is to be shown or was shown, the first decided first.

    As of now, with the entries each follows from. Raises UnknownSession.
    """
    this = await Streams(store).state(SESSION, session)
    if isinstance(this, NoSession):
        raise UnknownSession(str(session))
    rows = await pool.fetch(EARLIER, this.record.body, session, this.record.starts_at)
    found: list[FollowedUp] = []
    for row in rows:
        entries = await store.load(row["id"])
        state = RESOLUTION.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        if not isinstance(state, Unknown) and _concerns(state, session):
            found.append((state, entries))
    return found


def _concerns(state: Existing, session: UUID) -> bool:
    was_shown = any(one.session == session for one in state.passed.shown)
    return was_shown or is_to_show(state, session)
