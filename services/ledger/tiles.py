"""Tiles: the tree in pieces of 256 hashes, named and laid out as C2SP tlog-tiles has them."""

import re
from collections.abc import Iterable

import msgspec

from services.ledger.merkle import HASH_SIZE

HEIGHT = 8
"""So many levels of the tree are in a tile."""
WIDTH = 1 << HEIGHT
FULL_SIZE = WIDTH * HASH_SIZE
"""The bytes of a full tile."""
HIGHEST_LEVEL = 63
LONGEST_ENTRY = 0xFFFF

_NUMBER = r"(?P<index>(?:x\d{3}/)*\d{3})"
_WIDTH = r"(?:\.p/(?P<width>[1-9]\d{0,2}))?"
_PATH = re.compile(rf"tile/(?P<level>entries|0|[1-9]\d?)/{_NUMBER}{_WIDTH}", flags=re.ASCII)


class TileName(msgspec.Struct, frozen=True):
    """Which tile: `level` is None for a bundle of entries; `width` hashes or entries are in it."""

    level: int | None
    index: int
    width: int = WIDTH


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Where a tile is found below the log's prefix, as in `tile/1/x001/234.p/17`."""
    return f"tile/{level}/{_numbered(index)}{_partial(width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Where a bundle of entries is found below the log's prefix."""
    return f"tile/entries/{_numbered(index)}{_partial(width)}"


def parse_path(path: str) -> TileName:
    """The tile a path names. Raises ValueError unless it is the one way to write that path."""
    found = _PATH.fullmatch(path)
    if found is None:
        raise ValueError(f"{path!r} is not the path of a tile")
    level = None if found["level"] == "entries" else int(found["level"])
    index = int(found["index"].replace("x", "").replace("/", ""))
    width = int(found["width"] or WIDTH)
    name = TileName(level, index, width)
    if (level or 0) > HIGHEST_LEVEL or path_of(name) != path:
        raise ValueError(f"{path!r} is not the path of a tile")
    return name


def path_of(name: TileName) -> str:
    """Where this tile is found."""
    if name.level is None:
        return entries_path(name.index, name.width)
    return tile_path(name.level, name.index, name.width)


def width_at(level: int, index: int, size: int) -> int:
    """How many hashes the tile has in a tree of this size; 0 if it is not there."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - index * WIDTH))


def partial_width(level: int, size: int) -> int:
    """How many hashes the rightmost tile of a level has if it is partial; 0 if none is."""
    return (size >> HEIGHT * level) % WIDTH


def tiles_of(size: int, since: int = 0) -> Iterable[TileName]:
    """All tiles of hashes of a tree of this size that were not full in the tree of `since`."""
    level = 0
    while size >> HEIGHT * level:
        count = size >> HEIGHT * level
        for index in range((since >> HEIGHT * level) // WIDTH, -(-count // WIDTH)):
            yield TileName(level, index, width_at(level, index, size))
        level += 1


def encode_entries(lines: Iterable[bytes]) -> bytes:
    """A bundle of entries: each with its length before it, in two bytes, big end first.

    Raises OverflowError if an entry is longer than 65,535 bytes.
    """
    return b"".join(len(line).to_bytes(2, "big") + line for line in lines)


def decode_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError if it is cut off."""
    lines: list[bytes] = []
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        line = bundle[at + 2 : at + 2 + length]
        if len(line) != length or at + 2 > len(bundle):
            raise ValueError("the bundle of entries is cut off")
        lines.append(line)
        at += 2 + length
    return lines


def _numbered(index: int) -> str:
    """In groups of three digits; an x stands before all but the last."""
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]


def _partial(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"
