"""An e-mail address: its form, and when two are the same."""

import re
import unicodedata
from contextlib import suppress

from domain.directory.errors import MalformedAddress

LONGEST = 254
LONGEST_NAME = 64
NAME = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]+")
LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


def checked_address(written: str) -> str:
    """The address without blanks around it. Raises MalformedAddress, which does not repeat it."""
    address = unicodedata.normalize("NFC", written.strip())
    name, _, domain = address.rpartition("@")
    labels = domain.split(".")
    is_address = (
        len(address) <= LONGEST
        and len(name) <= LONGEST_NAME
        and NAME.fullmatch(name) is not None
        and not name.startswith(".")
        and not name.endswith(".")
        and ".." not in name
        and len(labels) > 1
        and all(LABEL.fullmatch(label) for label in labels)
    )
    if not is_address:
        raise MalformedAddress
    return address


def same_address(address: str) -> str:
    """What is equal for two spellings of one address: no capitals, the domain as in DNS."""
    name, _, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode()
    return f"{name}@{domain}"
