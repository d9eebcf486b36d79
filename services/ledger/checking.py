"""Checking the live log: every event against its hash, the tiles, the checkpoints, the receipts."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

import asyncpg
import msgspec

from services.eventstore.database import Connection
from services.ledger.checked_receipts import ReceiptsInOrder
from services.ledger.checked_tiles import TilesInOrder, differing_peak
from services.ledger.checkpoint import read_checkpoint
from services.ledger.keys import KeyHistory, key_for, key_history
from services.ledger.merkle import Peaks, leaf_hash
from services.ledger.note import read_note
from services.ledger.record_line import EPOCH
from services.ledger.sealed import SealedEvent, sealed_events
from services.ledger.tiles import WIDTH
from services.ledger.verifier import (
    KEY_ADOPTED,
    Checkpoint,
    Finding,
    Key,
    Note,
    check_succession,
)

EVERYTHING = 2**63 - 1


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was found to be as it was recorded; `covered` is the size of the last checkpoint."""

    events: int
    checkpoints: int
    covered: int
    kept: int
    receipts: int
    keys: tuple[str, ...]


async def check_log(
    connection: Connection,
    kept: Sequence[Checkpoint] = (),
    tick: Callable[[int], None] = lambda _: None,
) -> Report:
    """Check the whole log, also against checkpoints somebody kept.

    The connection is in a transaction that sees one state of the log; `tick` is told each
    position reached. Raises Finding, which names the first bad position.
    """
    history = await key_history(connection) or KeyHistory(origin="", keys=())
    own = [_stated(row) for row in await connection.fetch("select * from checkpoint order by size")]
    walk = LogWalk(connection, [*own, *kept])
    async for portion in sealed_events(connection, EVERYTHING):
        await walk.on(portion)
        tick(walk.position)
    receipts = await walk.finish()
    for checkpoint in (*own, *kept):
        if not _is_signed(checkpoint, history):
            raise Finding("signature", size=checkpoint.size, source=checkpoint.source)
    keys = [Key(k.vkey, k.from_size, k.until_size, k.announced_at) for k in history.keys]
    try:
        check_succession(own, keys, walk.noted)
    except (LookupError, ValueError) as error:
        raise Finding("succession") from error
    return Report(
        events=walk.position,
        checkpoints=len(own),
        covered=max((one.size for one in own), default=0),
        kept=len(kept),
        receipts=receipts,
        keys=tuple(key.text for key in keys),
    )


class LogWalk:
    """Goes through the events once, in order, and stops at each tile and each checkpoint."""

    def __init__(self, connection: Connection, checkpoints: Iterable[Checkpoint]) -> None:
        self.position = 0
        self.noted: list[tuple[int, bytes, bytes]] = []
        self._connection = connection
        self._checkpoints = sorted(checkpoints, key=lambda one: one.size, reverse=True)
        self._good = 0
        self._peaks = Peaks()
        self._tiles = TilesInOrder(connection)
        self._receipts = ReceiptsInOrder(connection)
        self._versions: dict[UUID, int] = {}
        self._latest = EPOCH

    async def on(self, events: Sequence[SealedEvent]) -> None:
        """Check the next events. Raises Finding."""
        await self._tiles.fetch(self.position, self.position + len(events))
        start = 0
        while start < len(events):
            self._meet_checkpoints()
            length = min(len(events) - start, WIDTH - self.position % WIDTH)
            if self._checkpoints:
                length = min(length, self._checkpoints[-1].size - self.position)
            leaves: list[bytes] = []
            for event in events[start : start + length]:
                leaves.append(self._checked(event, self.position + len(leaves) + 1))
                await self._receipts.check(event)
            await self._tiles.add(leaves)
            self._peaks = self._peaks.append(*leaves)
            self.position += length
            start += length

    async def finish(self) -> int:
        """Check what holds for the log as a whole; how many receipts there are. Raises Finding."""
        self._meet_checkpoints()
        if self._checkpoints:
            beyond = self._checkpoints[-1]
            raise Finding("missing", self.position + 1, size=beyond.size, source=beyond.source)
        await self._check_head()
        await self._tiles.finish()
        return await self._receipts.finish(self.position)

    def _checked(self, event: SealedEvent, position: int) -> bytes:
        """The hash of the event, which fits those before it. Raises Finding."""
        if event.position != position:
            raise Finding("position", position, found=event.position)
        leaf = leaf_hash(event.line)
        if leaf != event.leaf:
            raise Finding("leaf", position)
        before = self._versions.get(event.stream, 0)
        if event.version != before + 1:
            raise Finding("version", position, before=before)
        self._versions[event.stream] = event.version
        if event.recorded_at < self._latest:
            raise Finding("time", position)
        self._latest = event.recorded_at
        if event.topic == KEY_ADOPTED.decode():
            self.noted.append((position, KEY_ADOPTED, event.state))
        return leaf

    def _meet_checkpoints(self) -> None:
        while self._checkpoints and self._checkpoints[-1].size <= self.position:
            _, size, root, _, source = self._checkpoints.pop()
            if root != self._peaks.root:
                raise Finding("root", min(self._good + 1, size), size, size=size, source=source)
            self._good = size

    async def _check_head(self) -> None:
        heads = await self._connection.fetch("select position, recorded_at, peaks from log_head")
        if len(heads) != 1:
            raise Finding("head", self.position, stated=f"{len(heads)} rows")
        [head] = heads
        if head["position"] != self.position:
            first = max(0, min(self.position, head["position"])) + 1
            raise Finding("head", first, stated=head["position"])
        if self.position and head["recorded_at"] != self._latest:
            raise Finding("head", self.position, stated=head["recorded_at"])
        if head["peaks"] != self._peaks.packed:
            raise Finding("peaks", *differing_peak(self._peaks, head["peaks"]))


def kept_checkpoints(text: str, source: str) -> list[Checkpoint]:
    """The checkpoints of a file that somebody kept. Raises ValueError."""
    notes = text.replace("\r\n", "\n").strip("\n").split("\n\n")
    pairs = zip(notes[::2], notes[1::2], strict=True)
    return [_read(f"{body}\n\n{lines}\n", source) for body, lines in pairs]


def _stated(row: asyncpg.Record) -> Checkpoint:
    size: int = row["size"]
    try:
        checkpoint = _read(row["note"], "checkpoint")
    except ValueError as error:
        raise Finding("note", size, size=size) from error
    if (checkpoint.size, checkpoint.root) != (size, row["root"]):
        raise Finding("note", size, size=size)
    return checkpoint


def _read(text: str, source: str) -> Checkpoint:
    note = read_note(text)
    stated = read_checkpoint(note.text)
    signatures = [(line.name, line.key_id + line.signature) for line in note.signatures]
    signed = Note(note.text.encode(), signatures)
    return Checkpoint(stated.origin, stated.size, stated.root, signed, source)


def _is_signed(checkpoint: Checkpoint, history: KeyHistory) -> bool:
    """Whether the key in force for trees of this size signed it."""
    key = key_for(history, checkpoint.size)
    return key is not None and any(
        key.holds(signed[4:], checkpoint.note.text)
        for name, signed in checkpoint.note.signatures
        if (name, signed[:4]) == (key.name, key.id)
    )
