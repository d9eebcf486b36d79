"""What changed between two texts, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
LONGEST = 4_000
"""So many words are compared one by one; longer texts line by line, which takes much less time."""

SAME, GONE, NEW = "same", "gone", "new"


class Piece(msgspec.Struct, frozen=True):
    """Some text that stayed, is gone, or is new."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order; what is gone stands before what took its place."""
    old, new = _parts(before, after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece(GONE, "".join(old[i:j])))
        if k < m:
            pieces.append(Piece(NEW, "".join(new[k:m])))
    return pieces


def _parts(before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) <= LONGEST:
        return old, new
    return before.splitlines(keepends=True), after.splitlines(keepends=True)
