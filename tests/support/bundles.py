"""Exports made without a database: as many events as a test or a benchmark needs.

`python -m tests.support.bundles FOLDER COUNT` writes one to verify.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.ledger.bundle import Bundle
from services.ledger.checkpoint import Checkpoint
from services.ledger.keys import KeyHistory, KnownKey
from services.ledger.merkle import Peaks, leaf_hash
from services.ledger.note import sign, verifier_key
from services.ledger.proof import TlogProof
from services.ledger.sealed import SealedEvent

ORIGIN = "kreislauf.test/log"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VKEY = str(verifier_key(ORIGIN, SECRET))
START = datetime(2026, 11, 2, 8, tzinfo=UTC)
STREAMS = 1000


def events(count: int) -> Iterator[SealedEvent]:
    """About 550 bytes of content each, a thousand streams."""
    for position in range(1, count + 1):
        yield sealed(position, b'{"schema":1,"event":{"text":"%b"}}' % (b"%09d " % position * 51))


def sealed(position: int, state: bytes, topic: str = "concept.section-drafted") -> SealedEvent:
    event = SealedEvent(
        position=position,
        stream=UUID(int=position % STREAMS),
        version=(position + STREAMS - 1) // STREAMS if position % STREAMS else position // STREAMS,
        recorded_at=START + timedelta(milliseconds=position),
        topic=topic,
        state=state,
        leaf=b"",
    )
    return with_leaf(event)


def with_leaf(event: SealedEvent) -> SealedEvent:
    return msgspec.structs.replace(event, leaf=leaf_hash(event.line))


def signed(peaks: Peaks, secret: Ed25519PrivateKey = SECRET) -> str:
    """A checkpoint over the tree."""
    text = str(Checkpoint(origin=ORIGIN, size=peaks.size, root=peaks.root))
    return f"{text}\n{sign(text, ORIGIN, secret)}\n"


def write_bundle(
    folder: Path,
    log: Iterator[SealedEvent],
    sizes: Sequence[int],
    proofs: Sequence[TlogProof] = (),
    tick: Callable[[], None] = lambda: None,
) -> list[str]:
    """Write an export with checkpoints at these sizes; gives the checkpoints."""
    notes: list[str] = []
    peaks = Peaks()
    folder.mkdir()
    with Bundle(folder) as bundle:
        for event in log:
            bundle.add(event)
            peaks = peaks.append(event.leaf)
            if peaks.size in sizes:
                notes.append(signed(peaks))
            tick()
        keys = (KnownKey(vkey=VKEY, from_size=1),)
        bundle.finish(KeyHistory(origin=ORIGIN, keys=keys), notes, proofs)
    return notes


def with_notes(
    folder: Path,
    log: list[SealedEvent],
    notes: list[str],
    history: KeyHistory | None = None,
) -> None:
    """Write an export of these events as they are, with these checkpoints."""
    folder.mkdir()
    with Bundle(folder) as bundle:
        for event in log:
            bundle.add(event)
        bundle.finish(history or history_of((VKEY, 1, None, None)), notes, [])


def history_of(*keys: tuple[str, int, int | None, int | None]) -> KeyHistory:
    return KeyHistory(
        origin=ORIGIN,
        keys=tuple(
            KnownKey(vkey=vkey, from_size=first, until_size=last, announced_at=position)
            for vkey, first, last, position in keys
        ),
    )


def verified(*arguments: object, folder: Path) -> tuple[int, dict[str, object]]:
    """What the export's own verifier says, isolated from everything that is installed."""
    command = [sys.executable, "-I", "-S", folder / "verify.py", "--json", *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    assert not done.stderr, done.stderr.decode()
    return done.returncode, json.loads(done.stdout)


if __name__ == "__main__":
    number = int(sys.argv[2])
    write_bundle(
        Path(sys.argv[1]), events(number), range(number // 1000, number + 1, number // 1000)
    )
