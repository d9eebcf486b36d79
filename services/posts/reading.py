"""All funded posts, read from the log: as they are, or were at a moment."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import get_args
from uuid import UUID

import msgspec

from domain.posts.decide import POST
from domain.posts.events import PostEvent
from domain.posts.post import Existing, Unknown
from services.eventstore.record import LogEntry
from services.eventstore.store import BATCH, NOW, EventStore, Moment

TOPICS = [event.TOPIC for event in get_args(PostEvent)]


class PostAt(msgspec.Struct, frozen=True, kw_only=True):
    """A post at a moment, and the entries it follows from."""

    post: Existing
    entries: Sequence[LogEntry]

    @property
    def version(self) -> int:
        return len(self.entries)

    @property
    def is_imported(self) -> bool:
        """Whether its first entry was carried over from elsewhere."""
        return bool(self.entries[0].metadata.source)


async def posts_at(store: EventStore, until: Moment = NOW) -> Sequence[PostAt]:
    """In the order in which they were established. There are dozens of them, not thousands."""
    streams: Mapping[UUID, list[LogEntry]] = defaultdict(list)
    async for entry in _entries(store, until):
        streams[entry.originator_id].append(entry)
    found = [(post_of(entries), entries) for entries in streams.values()]
    return [
        PostAt(post=post, entries=entries)
        for post, entries in found
        if not isinstance(post, Unknown)
    ]


def post_of(entries: Sequence[LogEntry]) -> Existing | Unknown:
    return POST.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)


async def _entries(store: EventStore, until: Moment) -> AsyncIterator[LogEntry]:
    after = 0
    while entries := await store.read(after, topics=TOPICS, limit=BATCH):
        after = entries[-1].position
        for entry in entries:
            if until.has(entry):
                yield entry
        if until.position is not None and after > until.position:
            return
