"""The export an auditor takes along: events, checkpoints, keys, erasures, and the verifier."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Self
from uuid import UUID

import msgspec

from domain.privacy.events import SubjectErased
from services.eventstore.database import Connection
from services.ledger.checkpoints import StampedNote, times
from services.ledger.keys import KeyHistory, KnownKey, key_history
from services.ledger.proof import TlogProof
from services.ledger.sealed import SealedEvent, sealed_event, sealed_events
from services.ledger.tree import TreeReader

UNFINISHED = ".unfinished"
BUFFER = 1 << 20


class NotEmpty(Exception):
    """There is something in the folder already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty: an export goes into a folder of its own.")


class NotCovered(Exception):
    """No checkpoint covers an event of which a proof is asked for."""

    def __init__(self, position: int) -> None:
        super().__init__(f"No checkpoint covers position {position} yet, so nothing proves it.")


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """That the key of a person's data was destroyed, why, and which event records it."""

    subject: UUID
    at: datetime
    reason: str
    position: int


class Erasures(msgspec.Struct, frozen=True, kw_only=True):
    """What `erased.json` holds."""

    erased: tuple[Erasure, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `manifest.json` holds: the digest of each small file; entries are checked one by one."""

    format: str = "kreislauf-export-v1"
    origin: str
    events: int
    covered: int
    files: dict[str, str]


class Bundle:
    """A folder that is being written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._events = (folder / "events.log").open("wb", BUFFER)
        self._leaves = (folder / "leaves").open("wb", BUFFER)
        self._erasures: list[Erasure] = []
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def add(self, event: SealedEvent) -> None:
        """The next event, and the hash it was sealed under.

        The length of the content stands before the line and is no part of it.
        """
        state = event.state
        self._events.write(b"%d %b\n%b\n" % (len(state), event.line, state))
        self._leaves.write(event.leaf)
        self._count += 1
        if event.topic == SubjectErased.TOPIC:
            self._erasures.append(_erasure(event))

    def finish(
        self,
        history: KeyHistory,
        notes: Sequence[str],
        proofs: Sequence[TlogProof] = (),
        times: Sequence[StampedNote] = (),
    ) -> None:
        """Write everything but the events; `notes` are the signed checkpoints, in order."""
        self._close()
        texts: dict[str, bytes] = {
            "checkpoints": "\n".join(notes).encode(),
            "keys.json": msgspec.json.format(msgspec.json.encode(history)),
            "erased.json": msgspec.json.format(
                msgspec.json.encode(Erasures(erased=tuple(self._erasures)))
            ),
            "verify.py": (files("services.ledger") / "verifier.py").read_bytes(),
            "README.txt": (files("services.texts") / "export.en.txt").read_bytes(),
            "LIESMICH.txt": (files("services.texts") / "export.de.txt").read_bytes(),
        }
        texts |= {f"proofs/{p.index + 1}.tlog-proof": p.text().encode() for p in proofs}
        for stamped in times:
            texts[f"times/{stamped.size}.checkpoint"] = stamped.note.encode()
            texts[f"times/{stamped.size}.tsr"] = stamped.response
        for name, content in texts.items():
            (self._folder / name).parent.mkdir(exist_ok=True)
            (self._folder / name).write_bytes(content)
        manifest = Manifest(
            origin=history.origin,
            events=self._count,
            covered=int(notes[-1].split("\n")[1]) if notes else 0,
            files={name: sha256(content).hexdigest() for name, content in texts.items()},
        )
        written = msgspec.json.format(msgspec.json.encode(manifest))
        (self._folder / "manifest.json").write_bytes(written)

    def _close(self) -> None:
        self._events.close()
        self._leaves.close()


async def export(
    connection: Connection,
    folder: Path,
    *,
    until: int,
    proofs: Sequence[int] = (),
    tick: Callable[[int], None] = lambda _: None,
) -> None:
    """Write the log up to a position into a new folder; `tick` is told each position reached.

    The connection is in a transaction that sees one state of the log. Raises NotEmpty, OSError,
    and NotCovered if there is no proof of a position.
    """
    history = _until(await key_history(connection), until)
    rows = await connection.fetch(
        "select size, note from signed_checkpoint where size <= $1 order by size", until
    )
    notes = [str(row["note"]) for row in rows]
    stamped = [one for one in await times(connection) if one.size <= until]
    proved = [await _proof(connection, position, until) for position in proofs]
    with _taking_shape(folder) as unfinished, Bundle(unfinished) as bundle:
        async for portion in sealed_events(connection, until):
            for event in portion:
                bundle.add(event)
            tick(portion[-1].position)
        bundle.finish(history, notes, proved, stamped)


async def last_covered(connection: Connection) -> int | None:
    """The size of the last checkpoint."""
    size: int | None = await connection.fetchval("select max(size) from checkpoint")
    return size


@contextmanager
def _taking_shape(folder: Path) -> Iterator[Path]:
    """A folder beside this one that takes its place when it is complete, and goes if it fails."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(folder)
    unfinished = folder.with_name(folder.name + UNFINISHED)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        yield unfinished
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


async def _proof(connection: Connection, position: int, until: int) -> TlogProof:
    note = await connection.fetchrow(
        "select size, note from signed_checkpoint where size between $1 and $2"
        " order by size limit 1",
        position,
        until,
    )
    event = await sealed_event(connection, position)
    if note is None or event is None:
        raise NotCovered(position)
    reader = TreeReader(connection)
    return TlogProof(
        index=position - 1,
        hashes=tuple(await reader.inclusion(position - 1, note["size"])),
        checkpoint=note["note"],
        extra=event.line,
    )


def _until(history: KeyHistory | None, until: int) -> KeyHistory:
    """The keys as they were known at a position."""
    known: list[KnownKey] = []
    for key in history.keys if history else ():
        if (key.announced_at or 0) <= until:
            signs = key.from_size is not None and key.from_size <= until
            known.append(key if signs else msgspec.structs.replace(key, from_size=None))
    return KeyHistory(origin=history.origin if history else "", keys=tuple(known))


def _erasure(event: SealedEvent) -> Erasure:
    erased = msgspec.json.decode(event.state)["event"]
    return Erasure(
        subject=erased["subject"],
        at=event.recorded_at,
        reason=erased["reason"],
        position=event.position,
    )
