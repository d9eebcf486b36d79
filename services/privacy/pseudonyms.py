"""Pseudonyms of learners, which a college alone can make again, with a key the service never keeps.

HMAC-SHA256 (RFC 2104, FIPS 198-1) of who the learner is, as the college knows them. Without the
key nobody can try out names to find a pseudonym.
"""

import base64
import binascii
import hashlib
import hmac
import re
import unicodedata
from datetime import date
from typing import Final

import msgspec

KEY_BYTES = 32
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
"""Base32 (RFC 4648): 5 bits a character, and neither 0, 1, 8 nor 9, which look like letters."""
SINGLE = {character: code for code, character in enumerate(ALPHABET)}
DOUBLED = {c: 2 * code // len(ALPHABET) + 2 * code % len(ALPHABET) for c, code in SINGLE.items()}
"""The sum of the two digits of twice the code, in base 32."""
BODY = 16
GROUP = 4
PSEUDONYM = re.compile(r"(?:[A-Z2-7]{4}-){4}[A-Z2-7]")
IDENTITY = b"kreislauf learner 1"
FINGERPRINT = b"kreislauf pseudonym key 1"
LETTERS = frozenset({"L", "M"})
"""Unicode's letters and marks; DIN 91379 draws its letters from them."""
MARKS = frozenset(
    " '`.,/()-\N{ACUTE ACCENT}\N{MIDDLE DOT}\N{HYPHEN}\N{EN DASH}\N{NO-BREAK SPACE}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER PRIME}\N{MODIFIER LETTER DOUBLE PRIME}"
)
"""Signs that DIN 91379 allows in names of persons."""
APOSTROPHES = "\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"


class KeyMalformed(ValueError):
    """The key is not 32 bytes in hexadecimal digits or base64. Says nothing of what was given."""


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """Who a learner is: the college's own id, or else name and birth date.

    Lives as long as its pseudonym is being made. `repr` says nothing.
    """

    own_id: str = ""
    surname: str = ""
    given_name: str = ""
    born: date | None = None

    def __repr__(self) -> str:
        return "Learner(…)"

    @property
    def identity(self) -> str:
        """One text for one learner, however it was typed: NFC, case folded, single spaces."""
        if self.own_id:
            return f"id|{folded(self.own_id)}"
        born = "" if self.born is None else self.born.isoformat()
        return f"name|{folded(self.surname)}|{folded(self.given_name)}|{born}"


class PseudonymKey:
    """The college's key, for one upload. Neither `repr` nor an error shows it."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise KeyMalformed
        self._key = key

    def __repr__(self) -> str:
        return f"PseudonymKey({self.fingerprint})"

    def __reduce__(self) -> str:
        raise TypeError("a key of pseudonyms is not written anywhere")

    @classmethod
    def read(cls, text: str) -> "PseudonymKey":
        """From 64 hexadecimal digits or base64, as in a header. Raises KeyMalformed."""
        bare = "".join(text.split())
        try:
            if len(bare) == KEY_BYTES * 2:
                return cls(bytes.fromhex(bare))
            padded = bare + "=" * (-len(bare) % 4)
            return cls(base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True))
        except (ValueError, binascii.Error):
            pass
        raise KeyMalformed

    @property
    def fingerprint(self) -> str:
        """Tells keys apart, and does not lead back to the key. 64 hexadecimal digits."""
        return self._mac(FINGERPRINT).hex()

    def pseudonym(self, learner: Learner) -> str:
        """`ABCD-EFGH-IJKL-MNOP-Q`: 80 bits and a check character.

        Among a million learners of a college, two share one with a chance below 10⁻¹².
        """
        message = IDENTITY + b"\0" + learner.identity.encode()
        digest = self._mac(message)
        body = base64.b32encode(digest[: BODY * 5 // 8]).decode()
        groups = [body[start : start + GROUP] for start in range(0, BODY, GROUP)]
        return "-".join((*groups, check_character(body)))

    def _mac(self, message: bytes) -> bytes:
        return hmac.digest(self._key, message, hashlib.sha256)


def is_pseudonym(text: str) -> bool:
    """Whether the text is a pseudonym of this form and none of its characters is mistyped."""
    return PSEUDONYM.fullmatch(text) is not None and check_character(text[:-2]) == text[-1]


def tidied(text: str) -> str:
    """A pseudonym as people type it (lower case, without hyphens) in its proper form."""
    bare = re.sub(r"[\s-]", "", text).upper()
    groups = [bare[start : start + GROUP] for start in range(0, len(bare), GROUP)]
    return "-".join(groups)


def check_character(body: str) -> str:
    """Luhn's algorithm modulo 32: finds every single mistyped character and most swapped ones.

    Source: ISO/IEC 7812-1, annex B, for 10 characters; here for the 32 of the alphabet.
    """
    bare = body.replace("-", "")[::-1]
    total = sum(DOUBLED[c] for c in bare[::2]) + sum(SINGLE[c] for c in bare[1::2])
    return ALPHABET[-total % len(ALPHABET)]


def folded(text: str) -> str:
    """As in comparing: NFC, case folded, white space single, typographic apostrophes plain."""
    plain = unicodedata.normalize("NFC", text)
    for apostrophe in APOSTROPHES:
        plain = plain.replace(apostrophe, "'")
    return unicodedata.normalize("NFC", " ".join(plain.split()).casefold())


def is_name(text: str) -> bool:
    """Whether a text has only characters of names, as DIN 91379 has them: letters, marks, signs."""
    if text.isalpha():
        return True
    composed = unicodedata.normalize("NFC", text)
    return all(c in MARKS or unicodedata.category(c)[0] in LETTERS for c in composed)
