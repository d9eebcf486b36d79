"""Sealing: signing a checkpoint over the log whenever it has grown."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import asyncpg
import msgspec
import structlog

from services.eventstore.database import DATABASE_AWAY, Connection, Pool
from services.eventstore.following import Bell
from services.eventstore.outage import Outage, is_outage
from services.ledger.checkpoint import Checkpoint
from services.ledger.keys import LOCK, hand_over, make_first_key, signing_key
from services.ledger.merkle import Peaks
from services.ledger.note import NoteError
from services.ledger.proof import check_consistency
from services.ledger.tree import TreeReader
from services.privacy.master import MasterKeys, MasterKeyTrouble

TRY_LOCK = "select pg_try_advisory_xact_lock(hashtext('kreislauf sealing'))"
SECONDS_TO_FINISH = 3
SHORTEST_PAUSE = 0.05
SECONDS_BEFORE_TRYING_AGAIN = 30

log = structlog.get_logger(__name__)


class NotTheSameLog(Exception):
    """The log does not continue what was signed before: it must not be signed."""


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint and the note that was signed; `handed_over` if it was the key's last."""

    checkpoint: Checkpoint
    note: str
    handed_over: bool


class Sealer:
    """Signs the log as it grows, at most once in a while. Any number of processes may have one.

    Who signs holds a lock, reads the head of the log, checks that it continues what was signed
    last, and writes the checkpoint in the same transaction: so nobody ever signs two trees of
    one size, or a smaller one after a larger one.
    """

    def __init__(
        self, pool: Pool, master: MasterKeys, *, origin: str | None, pause: timedelta
    ) -> None:
        self._pool = pool
        self._master = master
        self._origin = origin
        self._pause = pause

    async def run(self, bell: Bell) -> None:
        """Seal until cancelled, and once more at the end."""
        outage = Outage("sealing interrupted")
        try:
            while True:
                rings = bell.rings
                try:
                    sealed = await self.seal()
                except (NotTheSameLog, MasterKeyTrouble, NoteError) as error:
                    # Decisions are recorded all the same; operators see this.
                    log.error("sealing refused", reason=str(error))  # noqa: TRY400 (no defect)
                    await asyncio.sleep(SECONDS_BEFORE_TRYING_AGAIN)
                except Exception as error:
                    if not is_outage(error):
                        raise
                    await outage.wait(error)
                else:
                    outage.is_over()
                    await self._rest(bell, rings, sealed)
        finally:
            await self._seal_what_is_left()

    async def seal(self, *, at_once: bool = False) -> Sealed | None:
        """Sign the log if it grew since; None if it did not, or another process is at it.

        At once: also if the last signature is fresh, and after waiting for the other process.
        Raises NotTheSameLog, MasterKeyTrouble.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            if at_once:
                await connection.execute(LOCK)
            elif not await connection.fetchval(TRY_LOCK):
                return None
            last = await connection.fetchrow(
                "select size, root, signed_at + $1 > clock_timestamp() as is_fresh"
                " from checkpoint order by size desc limit 1",
                self._pause,
            )
            head = await connection.fetchrow("select position, peaks from log_head")
            assert head is not None, "the migration writes the row"
            size: int = head["position"]
            if size == (last["size"] if last else 0):
                return None
            if last and last["is_fresh"] and not at_once:
                return None
            root = _root_of(size, head["peaks"])
            await _require_continuation(connection, last, size, root)
            return await self._sign(connection, size, root)

    async def _sign(self, connection: Connection, size: int, root: bytes) -> Sealed:
        key = await signing_key(connection, self._master)
        if key is None:
            key = await make_first_key(connection, self._master, self._origin)
        checkpoint = Checkpoint(origin=key.verifier.name, size=size, root=root)
        note = str(key.sign(str(checkpoint)))
        await connection.execute(
            "insert into checkpoint (size, root, note, signed_at)"
            " values ($1, $2, $3, clock_timestamp())",
            size,
            root,
            note,
        )
        handed_over = await hand_over(connection, key.number, size)
        return Sealed(checkpoint=checkpoint, note=note, handed_over=handed_over)

    async def _rest(self, bell: Bell, rings: int, sealed: Sealed | None) -> None:
        pause = self._pause.total_seconds()
        if sealed is None:
            await bell.wait_since(rings)
            # Where another process signs, it may ring a thousand times before it is our turn.
            await asyncio.sleep(min(pause, SHORTEST_PAUSE))
        else:
            await asyncio.sleep(pause)

    async def _seal_what_is_left(self) -> None:
        with suppress(*DATABASE_AWAY, NotTheSameLog, MasterKeyTrouble, NoteError, TimeoutError):
            async with asyncio.timeout(SECONDS_TO_FINISH):
                await self.seal(at_once=True)


def _root_of(size: int, peaks: bytes) -> bytes:
    try:
        return Peaks.unpack(size, peaks).root
    except ValueError as error:
        raise NotTheSameLog(f"the head of the log is damaged: {error}") from error


async def _require_continuation(
    connection: Connection, last: asyncpg.Record | None, size: int, root: bytes
) -> None:
    """The tree must begin with the one that was signed last, and be that of the stored hashes.

    Raises NotTheSameLog.
    """
    tree = TreeReader(connection)
    try:
        if last is None:
            holds = await tree.root(size) == root
        elif size < last["size"]:
            raise NotTheSameLog(f"the log ends at {size}, but {last['size']} events were signed")
        else:
            hashes = await tree.consistency(last["size"], size)
            holds = check_consistency(last["size"], size, hashes, last["root"], root)
    except LookupError as error:
        raise NotTheSameLog(f"the tree has a hole: {error}") from error
    if not holds:
        raise NotTheSameLog(
            f"the first {last['size']} events are not those that were signed"
            if last
            else "the head of the log is not that of its events"
        )
