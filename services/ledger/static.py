"""The tree as files, laid out as https://c2sp.org/tlog-tiles has it: for any web server."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import msgspec

from services.eventstore.database import Pool
from services.ledger.checkpoint import read_checkpoint
from services.ledger.checkpoints import latest_note
from services.ledger.keys import key_history
from services.ledger.note import read_note
from services.ledger.tiles import WIDTH, TileName, path_of, tiles_of
from services.ledger.tree import TreeReader

CHECKPOINT = "checkpoint"
KEYS = "keys.json"


async def publish(
    pool: Pool, folder: Path, *, entries: bool, tick: Callable[[int, int], None]
) -> int | None:
    """Write what is missing in the folder for the latest checkpoint; the log's size then.

    None if there is no checkpoint. The checkpoint is written last, so a reader of the folder finds
    everything it promises; what is interrupted goes on where it was. `tick` is told how many of
    how many files are there. Raises OSError, NoteError if the folder holds something else.
    """
    note, history = await latest_note(pool), await key_history(pool)
    if note is None or history is None:
        return None
    size = read_checkpoint(read_note(note).text).size
    published = folder / CHECKPOINT
    since = read_checkpoint(read_note(published.read_text()).text).size if published.exists() else 0
    tree = TreeReader(pool)
    names = list(tiles_of(size, since))
    if entries:
        names += [TileName(None, one.index, one.width) for one in names if one.level == 0]
    for count, name in enumerate(names, start=1):
        await _write_tile(tree, folder, name)
        tick(count, len(names))
    _write(folder / KEYS, msgspec.json.format(msgspec.json.encode(history)))
    _write(published, note.encode())
    return size


async def _write_tile(tree: TreeReader, folder: Path, name: TileName) -> None:
    path = folder / path_of(name)
    if not path.exists():
        if name.level is None:
            content = await tree.entries(name.index, name.width)
        else:
            content = await tree.tile(name.level, name.index, name.width)
        _write(path, content)
    if name.width == WIDTH:
        # The full tile serves whoever looks for a part of it.
        rmtree(path.with_name(f"{path.name}.p"), ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(content)
    draft.replace(path)
