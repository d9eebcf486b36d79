"""Proofs: that an entry is in the tree, that one tree continues another; and the file of a proof.

The algorithms are those of RFC 6962 (2.1.1, 2.1.2) for making and of RFC 9162 (2.1.3.2, 2.1.4.2)
for checking; the file is C2SP tlog-proof.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from hmac import compare_digest
from typing import Self, TypeAlias

import msgspec

from services.ledger.merkle import HASH_SIZE, fold, node_hash, perfect_root
from services.ledger.tiles import FULL_SIZE, HEIGHT, WIDTH

PROOF_HEADER = "c2sp.org/tlog-proof@v1"

Span: TypeAlias = tuple[int, int]
"""From the first leaf to the one behind the last."""
TileKey: TypeAlias = tuple[int, int]
"""The level of a tile and its index in it."""


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The subtrees whose roots prove the leaf with this index, from its sibling up.

    Raises ValueError if there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    spans: list[Span] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """The subtrees whose roots prove that the tree of `new` leaves continues that of `old`.

    Raises ValueError if it cannot.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} does not continue one of {old}")
    if old == 0:
        return []
    spans: list[Span] = []
    start, end = 0, new
    while end != old:
        middle = start + _left_size(end - start)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    # The old tree itself needs no proof if it is one perfect subtree: the checker has its root.
    return ([(start, end)] if start else []) + spans[::-1]


def tiles_for(spans: Iterable[Span]) -> set[TileKey]:
    """The tiles that hold what the roots of these subtrees are made of."""
    keys: set[TileKey] = set()
    for span in spans:
        for height, index in _nodes(span):
            level, below = divmod(height, HEIGHT)
            keys.add((level, (index << below) // WIDTH))
    return keys


def roots_from(tiles: Mapping[TileKey, bytes], spans: Iterable[Span]) -> list[bytes]:
    """The roots of these subtrees from the tiles `tiles_for` names.

    Raises LookupError if a tile is missing or too short.
    """
    return [fold([_node(tiles, height, index) for height, index in _nodes(s)]) for s in spans]


def check_inclusion(
    leaf: bytes, index: int, size: int, hashes: Sequence[bytes], root: bytes
) -> bool:
    """Whether the hashes prove that the tree with this root has the leaf at this index."""
    if not 0 <= index < size:
        return False
    place, last, here = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            return False
        if place & 1 or place == last:
            here = node_hash(sibling, here)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            here = node_hash(here, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(here, root)


def check_consistency(
    old: int, new: int, hashes: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the hashes prove that the tree of `new` leaves begins with that of `old`."""
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not hashes and (old == 0 or compare_digest(old_root, new_root))
    path = [old_root, *hashes] if old & (old - 1) == 0 else list(hashes)
    if not path:
        return False
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(before, old_root) and compare_digest(after, new_root)


class TlogProof(msgspec.Struct, frozen=True, kw_only=True):
    """What a person keeps: an entry's place, its way to the root, and the signed checkpoint.

    `extra` is the record line, so that the leaf follows from the file alone; `index` counts from
    0, one less than the log position; `checkpoint` is the signed note, verbatim.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def text(self) -> str:
        """As a `.tlog-proof` file."""
        extra = [] if self.extra is None else [f"extra {b64encode(self.extra).decode()}"]
        hashes = [b64encode(one).decode() for one in self.hashes]
        lines = [PROOF_HEADER, *extra, f"index {self.index}", *hashes, "", self.checkpoint]
        return "\n".join(lines)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From a `.tlog-proof` file. Raises ValueError if it is none."""
        head, _, checkpoint = text.partition("\n\n")
        lines = head.split("\n")[::-1]
        if not checkpoint or lines.pop() != PROOF_HEADER or not lines:
            raise ValueError("this is not a proof of a transparency log")
        extra = None
        if lines[-1].startswith("extra "):
            extra = _from_base64(lines.pop().removeprefix("extra "))
        word, _, number = (lines.pop() if lines else "").partition(" ")
        if word != "index" or not _is_decimal(number):
            raise ValueError("the proof does not say which entry it is about")
        hashes = tuple(_from_base64(line) for line in reversed(lines))
        if any(len(one) != HASH_SIZE for one in hashes):
            raise ValueError("a hash of the proof is not of 32 bytes")
        return cls(index=int(number), hashes=hashes, checkpoint=checkpoint, extra=extra)


def _left_size(size: int) -> int:
    """The leaves left of the root: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def _nodes(span: Span) -> Iterable[tuple[int, int]]:
    """The perfect subtrees of a span, largest first: the height of each and its index there."""
    start, end = span
    while start < end:
        height = (end - start).bit_length() - 1
        yield height, start >> height
        start += 1 << height


def _node(tiles: Mapping[TileKey, bytes], height: int, index: int) -> bytes:
    level, below = divmod(height, HEIGHT)
    number, first = divmod(index << below, WIDTH)
    tile = tiles[level, number]
    start, end = first * HASH_SIZE, (first + (1 << below)) * HASH_SIZE
    if len(tile) < end or len(tile) > FULL_SIZE:
        raise LookupError(f"tile {level}/{number} has {len(tile)} bytes, {end} are needed")
    return perfect_root([tile[at : at + HASH_SIZE] for at in range(start, end, HASH_SIZE)])


def _from_base64(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"{text!r} is not base64") from error


def _is_decimal(text: str) -> bool:
    return text.isascii() and text.isdecimal() and str(int(text)) == text
