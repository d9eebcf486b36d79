"""The operator's own file of stolen passwords, searched here: no part of one goes anywhere.

A line is the SHA-1 of a password in hexadecimal, and perhaps how often it was seen, as in
`5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:10434004`; the lines are sorted. Have I Been Pwned offers
such a file for download.
"""

import os
import re
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from services.environment import SettingsError

LINE = re.compile(rb"([0-9A-Fa-f]{40})(:\d+)?\s*")
DIGITS = 40
PLACES = 64
"""At so many places a file is looked at before it is trusted to be sorted."""


class BreachedPasswords:
    """Answers by some forty reads, however large the file is; it is never in memory as a whole."""

    def __init__(self, file: Path) -> None:
        """Raises SettingsError if the file is not there, or is another kind of file."""
        self._file = file
        try:
            with file.open("rb") as opened:
                self._size = opened.seek(0, os.SEEK_END)
                hashes = [self._hash_at(opened, place) for place in self._places()]
        except OSError as error:
            raise _refused(f"cannot be read ({error.strerror})") from None
        found = [one for one in hashes if one]
        if None in hashes or not found:
            raise _refused("has other lines")
        if found != sorted(found):
            raise _refused("is not sorted by hash")

    def has(self, password: str) -> bool:
        """Whether it was stolen. Raises OSError if the file is gone."""
        sought = sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        with self._file.open("rb") as opened:
            low, high = 0, self._size
            while low < high:
                middle = (low + high) // 2
                _, line = _line_from(opened, middle)
                if line and _hash_of(line) < sought:
                    low = middle + 1
                else:
                    high = middle
            _, line = _line_from(opened, low)
        return _hash_of(line) == sought

    def _places(self) -> list[int]:
        """Evenly over the file."""
        return [self._size * place // PLACES for place in range(PLACES)]

    def _hash_at(self, opened: BinaryIO, place: int) -> bytes | None:
        """The hash in the first line from here on, empty if there is none; None if it is other."""
        start, line = _line_from(opened, place)
        if start >= self._size:
            return b""
        return _hash_of(line) if LINE.fullmatch(line) else None


def breached_passwords(file: Path | None) -> BreachedPasswords | None:
    """Those of the settings, if they name a file. Raises SettingsError."""
    return BreachedPasswords(file) if file is not None else None


def _line_from(opened: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins here or after, and where; empty at the end."""
    opened.seek(max(place - 1, 0))
    if place > 0:
        opened.readline()
    return opened.tell(), opened.readline()


def _hash_of(line: bytes) -> bytes:
    return line[:DIGITS].upper()


def _refused(why: str) -> SettingsError:
    return SettingsError(
        "KREISLAUF_BREACHED_PASSWORDS",
        f"The file that KREISLAUF_BREACHED_PASSWORDS names {why}. It must hold SHA-1 hashes in "
        "hexadecimal, one a line, sorted. Correct it, or remove the variable.",
    )
