"""Any aggregate as it was at a moment: replayed from its stream, and its history in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from litestar.response import Response

from domain.kernel import Aggregate, NotFound
from services.api.access import SignedIn
from services.api.bounds import checked
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.reading import Reader
from services.eventstore.record import LogEntry
from services.eventstore.store import NOW, EventStore, Moment
from services.history import HistoryEntry, history

S = TypeVar("S")


class At(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """An aggregate as it was, and the entries it follows from."""

    state: S
    entries: Sequence[LogEntry]

    @property
    def version(self) -> int:
        return len(self.entries)

    @property
    def position(self) -> int:
        """The log position it was last changed at."""
        return self.entries[-1].position


def moment_of(position: int | None, as_of: datetime | None) -> Moment:
    """What the query asks for. Raises EdgeProblem if `as_of` lies beyond calendars."""
    return Moment(position=position, recorded_by=checked(as_of, parameter="as_of"))


async def replayed(
    store: EventStore,
    aggregate: Aggregate[Any, Any, S, Any],
    stream: UUID,
    unknown: NotFound,
    moment: Moment = NOW,
) -> At[S]:
    """The aggregate at a moment. Raises `unknown` if nothing of it was there.

    Another aggregate's stream leaves it as it is at first, so that is unknown too.
    """
    entries = await store.load(stream, moment)
    state = aggregate.replay(entry.event for entry in entries)
    if not entries or state == aggregate.initial:
        raise unknown
    return At(state=state, entries=entries)


async def told(
    request: SignedIn,
    reader: Reader,
    entries: Sequence[LogEntry],
    cursor: str | None,
    limit: int,
) -> Response[Page[HistoryEntry]]:
    """A page of the history of one thing, in the language asked for."""
    after = read_cursor(cursor, int, 0)
    left = [entry for entry in entries if entry.position > after]
    shown, language = left[:limit], language_of(request)
    page = Page(
        items=history(shown, language, await reader.names(shown), entries),
        next=write_cursor(shown[-1].position) if len(left) > limit else None,
    )
    return spoken(page, language)
