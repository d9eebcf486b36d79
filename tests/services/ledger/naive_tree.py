"""The tree as RFC 6962 defines it, recursion for recursion: slow, and easy to compare with it."""

from collections.abc import Sequence
from hashlib import sha256


def leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def tree_hash(data: Sequence[bytes]) -> bytes:
    """MTH (2.1)."""
    if not data:
        return sha256(b"").digest()
    if len(data) == 1:
        return leaf(data[0])
    k = split(len(data))
    return sha256(b"\x01" + tree_hash(data[:k]) + tree_hash(data[k:])).digest()


def path(index: int, data: Sequence[bytes]) -> list[bytes]:
    """PATH (2.1.1)."""
    if len(data) == 1:
        return []
    k = split(len(data))
    if index < k:
        return [*path(index, data[:k]), tree_hash(data[k:])]
    return [*path(index - k, data[k:]), tree_hash(data[:k])]


def proof(old: int, data: Sequence[bytes]) -> list[bytes]:
    """PROOF (2.1.2)."""
    return _subproof(old, data, whole=True)


def split(size: int) -> int:
    k = 1
    while k * 2 < size:
        k *= 2
    return k


def _subproof(old: int, data: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if old == len(data):
        return [] if whole else [tree_hash(data)]
    k = split(len(data))
    if old <= k:
        return [*_subproof(old, data[:k], whole=whole), tree_hash(data[k:])]
    return [*_subproof(old - k, data[k:], whole=False), tree_hash(data[:k])]
