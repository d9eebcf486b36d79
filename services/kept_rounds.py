"""Assessment rounds as they stand now: kept, and only what came since is read."""

from collections.abc import Collection, Mapping
from uuid import UUID

import asyncpg
import msgspec
from eventsourcing.persistence import IntegrityError

from domain.assessments.decide_round import ROUND
from domain.assessments.round import Round, Unknown
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.together import Together

KEPT = 16
"""A county has two rounds a year; what is no longer asked for need not be kept."""

SINCE = """
    select position, originator_version, topic, state from event
    where originator_id = $1 and originator_version >= $2
        and left(topic, 17) = 'assessment-round.' order by originator_version
"""
"""`left`, because for `starts_with` the planner may read the topics' index, with all rounds."""


class Known(msgspec.Struct, frozen=True):
    """A round as it was folded last, and the event up to which that goes."""

    state: Round = Unknown()
    version: int = 0
    position: int = 0


class KeptRounds:
    """Every class asks for its round, a morning's thousands for the same one.

    Its events name hundreds of classes: it is kept. A log that was set back is noticed by the
    last known event.
    """

    def __init__(self, pool: Pool, store: EventStore) -> None:
        self._pool = pool
        self._store = store
        self._known: dict[UUID, Known] = {}
        self._since: Together[tuple[UUID, int], list[asyncpg.Record]] = Together(self._look_up)

    async def now(self, stream: UUID) -> Round:
        """The round as it stands now."""
        known = self._known.get(stream, Known())
        rows = await self._since.ask((stream, known.version)) or ()
        if known.version and (not rows or rows[0]["position"] != known.position):
            known = Known()
            rows = await self._since.ask((stream, 0)) or ()
        new = [row for row in rows if row["originator_version"] > known.version]
        if not new:
            return known.state
        state = known.state
        for event in self._store.events(stream, new):
            state = ROUND.evolve(state, event)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        self._keep(stream, Known(state, new[-1]["originator_version"], new[-1]["position"]))
        return state

    def last(self, stream: UUID) -> Known:
        """The round as it was known last, without asking anybody."""
        return self._known.get(stream, Known())

    async def check(self, stream: UUID, known: Known) -> None:
        """Raises IntegrityError if the round has gone on since, or the log was set back."""
        rows = await self._since.ask((stream, known.version)) or ()
        if [row["position"] for row in rows] != [known.position]:
            raise IntegrityError(f"round {stream} has gone on")

    async def _look_up(
        self, wanted: Collection[tuple[UUID, int]]
    ) -> Mapping[tuple[UUID, int], list[asyncpg.Record]]:
        """The events of rounds from a version on. It is the same one that nearly all ask for."""
        return {key: await self._pool.fetch(SINCE, *key) for key in wanted}

    def _keep(self, stream: UUID, known: Known) -> None:
        self._known.pop(stream, None)
        self._known[stream] = known
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
