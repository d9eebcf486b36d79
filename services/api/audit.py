"""The record: who decided what, when, on the basis of which text, under which rule."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.response import Response, ServerSentEvent, ServerSentEventMessage

from domain.concepts.concept import Unknown
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING
from services.api.reading import Reader
from services.comparison import Comparison, compare
from services.eventstore.following import Bell
from services.eventstore.store import EventStore
from services.history import HistoryEntry, history
from services.identity.authorisation import READS_EVERY_CONCEPT, require, require_record_reader

LastEventId = Annotated[
    str | None,
    HeaderParameter(name="Last-Event-ID", pattern=r"^[0-9]{1,18}$", required=False),
]
Seconds = Annotated[
    int,
    QueryParameter(ge=0, le=3600, description="How long to stay; a browser connects again."),
]


class News(msgspec.Struct, frozen=True, kw_only=True):
    """That something happened, not what: it is read where one may read it."""

    position: int
    topic: str
    stream: UUID


class ConceptHistoryController(Controller):
    """The history of one concept."""

    path = "/concepts/{concept_id:uuid}"
    tags = ("Audit",)

    @get("/history", operation_id="readHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the concept up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        after = read_cursor(cursor, int, 0)
        found = await reader.concept(request, concept_id, position=position, as_of=as_of)
        language = language_of(request)
        told = history(found.entries, language, await reader.names(found.entries))
        left = [entry for entry in told if entry.position > after]
        return spoken(_page(left, limit), language)

    @get("/comparison", operation_id="compareVersions", responses=READING)
    async def compare_versions(
        self,
        request: SignedIn,
        concept_id: FromPath[UUID],
        reader: NamedDependency[Reader],
        before: Annotated[int, QueryParameter(ge=0, le=bounds.LARGEST_POSITION)],
        after: Annotated[
            int | None, QueryParameter(ge=0, le=bounds.LARGEST_POSITION, required=False)
        ] = None,
    ) -> Comparison:
        """The texts at two log positions, section by section, with what changed between them."""
        new = await reader.concept(request, concept_id, position=after)
        entries = [entry for entry in new.entries if entry.position <= before]
        old = await reader.concept(request, concept_id, position=before) if entries else None
        return compare(old.concept if old else Unknown(), new.concept)


@get(
    "/news",
    operation_id="followNews",
    tags=["Audit"],
    media_type="text/event-stream",
    responses=READING,
)
async def follow_news(
    request: SignedIn,
    store: NamedDependency[EventStore],
    bell: NamedDependency[Bell],
    clerk: NamedDependency[Clerk],
    last_event_id: LastEventId = None,
    seconds: Seconds = 300,
) -> ServerSentEvent:
    """That the log goes on, as server-sent events; `Last-Event-ID` goes on where one was."""
    require(request.user, READS_EVERY_CONCEPT, clerk.now())
    after = int(last_event_id) if last_event_id is not None else await store.head()
    return ServerSentEvent(_news(store, bell, after, seconds))


async def _news(
    store: EventStore, bell: Bell, after: int, seconds: int
) -> AsyncIterator[ServerSentEventMessage]:
    # A comment at once, so that proxies and readers know the stream is open.
    yield ServerSentEventMessage(comment="open", data=None)
    clock = asyncio.get_running_loop().time
    until = clock() + seconds
    while clock() < until:
        rings = bell.rings
        batch = await store.read(after)
        for entry in batch:
            after = entry.position
            news = News(position=after, topic=entry.topic, stream=entry.originator_id)
            yield ServerSentEventMessage(
                id=str(after), event="news", data=msgspec.json.encode(news)
            )
        if not batch:
            await bell.wait_since(rings)


def _page(entries: list[HistoryEntry], limit: int) -> Page[HistoryEntry]:
    items = entries[:limit]
    more = len(entries) > limit
    return Page(items=items, next=write_cursor(items[-1].position) if more else None)
