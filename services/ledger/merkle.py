"""The Merkle tree of RFC 6962 over SHA-256: leaves, nodes, roots, and the peaks it grows by."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Self

import msgspec

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of the tree without leaves (RFC 6962, section 2.1)."""


def leaf_hash(line: bytes) -> bytes:
    """The hash of an entry of the log."""
    return sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node from those below it."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes, in order."""
    return Peaks.over(leaves).root


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root of a perfect subtree: the number of hashes is a power of two.

    Written out instead of calling `node_hash`: it is most of the work of making a proof.
    """
    digest = sha256
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [digest(b"\x01" + left + next(pairs)).digest() for left in pairs]
    return hashes[0]


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root from the roots of the perfect subtrees, largest first."""
    if not peaks:
        return EMPTY_ROOT
    above = peaks[-1]
    for peak in reversed(peaks[:-1]):
        above = node_hash(peak, above)
    return above


class Peaks(msgspec.Struct, frozen=True, kw_only=True):
    """A tree as the roots of its perfect subtrees, largest first: one for each bit of its size.

    All that is needed to go on appending, and to know the root (a "compact range").
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    @classmethod
    def over(cls, leaves: Iterable[bytes]) -> Self:
        """The tree over these leaf hashes."""
        size, hashes = _grown(0, [], leaves)
        return cls(size=size, hashes=tuple(hashes))

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Self:
        """From the hashes in one piece. Raises ValueError if they do not fit the size."""
        if len(packed) != HASH_SIZE * size.bit_count():
            raise ValueError(f"{len(packed)} bytes are not the peaks of {size} leaves")
        hashes = [packed[at : at + HASH_SIZE] for at in range(0, len(packed), HASH_SIZE)]
        return cls(size=size, hashes=tuple(hashes))

    @property
    def packed(self) -> bytes:
        """The hashes in one piece."""
        return b"".join(self.hashes)

    @property
    def root(self) -> bytes:
        return fold(self.hashes)

    def append(self, *leaves: bytes) -> "Peaks":
        """The tree with these leaf hashes after its own."""
        size, hashes = _grown(self.size, list(self.hashes), leaves)
        return Peaks(size=size, hashes=tuple(hashes))

    def merge(self, other: "Peaks") -> "Peaks":
        """The tree with the leaves of the other after its own.

        Raises ValueError unless the other tree fits into the smallest of these peaks, or this
        one is empty: otherwise the other's subtrees would lie across the borders of this one's.
        """
        smallest = self.size & -self.size
        if self.size and other.size > smallest:
            raise ValueError(f"a tree of {other.size} does not continue one of {self.size}")
        size, hashes = self.size, list(self.hashes)
        weights = [1 << bit for bit in reversed(range(other.size.bit_length()))]
        for weight, peak in zip(
            [weight for weight in weights if other.size & weight], other.hashes, strict=True
        ):
            size = _joined(size, hashes, weight, peak)
        return Peaks(size=size, hashes=tuple(hashes))


def _grown(size: int, hashes: list[bytes], leaves: Iterable[bytes]) -> tuple[int, list[bytes]]:
    for leaf in leaves:
        size = _joined(size, hashes, 1, leaf)
    return size, hashes


def _joined(size: int, hashes: list[bytes], weight: int, peak: bytes) -> int:
    """Put a perfect subtree of so many leaves at the end; equal neighbours become one."""
    after = size + weight
    while size & weight:
        peak = node_hash(hashes.pop(), peak)
        weight <<= 1
    hashes.append(peak)
    return after
