"""The sessions somebody may read, and which of them comes next."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.api.session_views import SessionSummary
from services.identity.authorisation import has_one
from services.identity.body_readers import READS_BODIES
from services.web.inside import Inside, Visit

ALL = 200
UNDER_WAY = frozenset({"open", "circulating"})
TO_COME = frozenset({"scheduled", "frozen"}) | UNDER_WAY


async def sessions_seen(
    request: Visit, inside: Inside, at_least: int | None = None
) -> list[SessionSummary]:
    """All of them, the latest first."""
    listed = inside.items(request, "/sessions", SessionSummary, limit=ALL, at_least=at_least)
    return [one async for one in listed]


async def sessions_led_to(request: Visit, inside: Inside) -> frozenset[UUID]:
    """The ids of those this person may open: not everybody sits on a body."""
    if not has_one(request.user, READS_BODIES, datetime.now(UTC)):
        return frozenset()
    return frozenset(one.id for one in await sessions_seen(request, inside))


def to_come(sessions: Sequence[SessionSummary]) -> list[SessionSummary]:
    """Those that are not over, the next first."""
    ahead = (one for one in sessions if one.stage in TO_COME)
    return sorted(ahead, key=lambda one: one.starts_at)
