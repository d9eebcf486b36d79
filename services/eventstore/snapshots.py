"""The present state of an aggregate: from its events, or for a long stream from a snapshot on."""

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple, TypeAlias, get_args
from uuid import UUID

import asyncpg
import msgspec
import structlog

from domain.kernel import Aggregate
from services.eventstore.database import DATABASE_AWAY, Pool
from services.eventstore.store import EventStore
from services.privacy.box import personal_fields
from services.privacy.master import MasterKeys, MasterKeyTrouble

EVERY = 200
"""Events. From there on a snapshot saves more than half a millisecond (docs/decisions)."""

SINCE = """
    with kept as (select version, sealed from snapshot where stream = $1 and fold = $2)
    select version as originator_version, null as topic, sealed as state from kept
    union all
    select originator_version, topic, state from event
    where originator_id = $1
    and originator_version > coalesce((select version from kept), 0)
    order by originator_version
"""
"""The snapshot, if there is one, and what came after it, in one moment.

Of an event only what folding needs: decoding the times of a thousand takes half a millisecond.
"""

KEEP = """
    insert into snapshot (stream, version, fold, sealed) values ($1, $2, $3, $4)
    on conflict (stream) do update set version = excluded.version, fold = excluded.fold,
        sealed = excluded.sealed, taken_at = excluded.taken_at
"""

log = structlog.get_logger(__name__)

AnyAggregate: TypeAlias = Aggregate[Any, Any, Any, Any]


class Long(NamedTuple):
    """An aggregate whose streams grow long: the type of its state and of its events."""

    aggregate: AnyAggregate
    state: Any
    events: Any


class Loaded(NamedTuple):
    """A state with its version, and the version of the snapshot it was folded from, or 0."""

    state: Any
    version: int
    snapshot: int


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed: the state with where it belongs, so that no other passes for it."""

    version: int
    fold: str
    state: msgspec.Raw


class Snapshots:
    """Loads aggregates. A snapshot only saves time: without it, or if it is damaged, all is folded.

    Only aggregates without personal fields have them, so erasing a person leaves nothing here.
    """

    def __init__(
        self,
        pool: Pool,
        store: EventStore,
        master: MasterKeys,
        longs: Sequence[Long],
        *,
        every: int = EVERY,
    ) -> None:
        """Raises ValueError if an event of these aggregates has personal fields."""
        self._pool = pool
        self._store = store
        self._master = master
        self._every = every
        for long in longs:
            for event in get_args(long.events):
                if personal_fields(event):
                    raise ValueError(
                        f"{event.TOPIC} is personal: {long.aggregate.name} stays whole"
                    )
        self._decoders: Mapping[str, msgspec.json.Decoder[Any]] = {
            long.aggregate.name: msgspec.json.Decoder(long.state) for long in longs
        }

    async def load(self, aggregate: AnyAggregate, stream: UUID) -> Loaded:
        """The present state."""
        if aggregate.name not in self._decoders:
            return await self._whole(aggregate, stream)
        rows = await self._pool.fetch(SINCE, stream, fold_of_today())
        if not rows or rows[0]["topic"] is not None:
            state, version = aggregate.initial, 0
        else:
            snapshot, *rows = rows
            version = snapshot["originator_version"]
            try:
                state = self._opened(aggregate, stream, snapshot)
            except (MasterKeyTrouble, msgspec.MsgspecError, OSError) as error:
                log.warning("snapshot not used", stream=str(stream), error=str(error))
                return await self._whole(aggregate, stream)
        for event in self._store.events(stream, rows):
            state = aggregate.evolve(state, event)
        return Loaded(state, version + len(rows), version)

    async def keep(self, aggregate: AnyAggregate, stream: UUID, loaded: Loaded) -> None:
        """Take a snapshot of what was loaded if the stream has grown long since the last one."""
        if aggregate.name not in self._decoders or loaded.version - loaded.snapshot < self._every:
            return
        fold = fold_of_today()
        state = msgspec.Raw(msgspec.json.encode(loaded.state))
        kept = msgspec.json.encode(Kept(version=loaded.version, fold=fold, state=state))
        try:
            sealed = self._master.wrap(kept, f"snapshot {stream}")
            await self._pool.execute(KEEP, stream, loaded.version, fold, sealed)
        except (*DATABASE_AWAY, MasterKeyTrouble) as error:
            # What was decided is recorded; the next command on the stream tries again.
            log.warning("snapshot not taken", stream=str(stream), error=type(error).__name__)

    async def _whole(self, aggregate: AnyAggregate, stream: UUID) -> Loaded:
        entries = await self._store.load(stream)
        return Loaded(aggregate.replay(entry.event for entry in entries), len(entries), 0)

    def _opened(self, aggregate: AnyAggregate, stream: UUID, row: asyncpg.Record) -> Any:
        sealed = self._master.unwrap(row["state"], f"snapshot {stream}")
        kept = msgspec.json.decode(sealed, type=Kept)
        if (kept.version, kept.fold) != (row["originator_version"], fold_of_today()):
            raise MasterKeyTrouble("The snapshot was taken at another version.")
        return self._decoders[aggregate.name].decode(kept.state)


@cache
def fold_of_today() -> str:
    """The digest of all the code that decides how events are folded."""
    digest = sha256()
    folders = [files("domain")]
    while folders:
        for item in sorted(folders.pop().iterdir(), key=lambda item: item.name):
            if item.is_dir():
                folders.append(item)
            elif item.name.endswith(".py"):
                digest.update(item.read_bytes())
    return digest.hexdigest()
