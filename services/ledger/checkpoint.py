"""Checkpoints: the log's size and the root of its tree, as https://c2sp.org/tlog-checkpoint."""

import re
from base64 import b64decode, b64encode

import msgspec

from services.ledger.note import NoteError

BODY = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)")


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True):
    """The log called `origin` has `size` events, and the root of their tree is `root`, 32 bytes.

    `extensions` are further lines, which we write none of and keep if others do.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text to sign."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def read_checkpoint(text: str) -> Checkpoint:
    """Read the text of a note as a checkpoint. Raises NoteError if it is none."""
    match = BODY.fullmatch(text)
    # Base64 of 32 bytes has two bits to spare, which must be zero for there to be one way to
    # write a root.
    if match is None or b64encode(b64decode(match[3])).decode() != match[3]:
        raise NoteError("a checkpoint has an origin, a size and a root, each on its line")
    return Checkpoint(
        origin=match[1],
        size=int(match[2]),
        root=b64decode(match[3]),
        extensions=tuple(match[4].split("\n")[:-1]),
    )
