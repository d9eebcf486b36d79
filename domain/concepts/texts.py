"""Digests: which text exactly somebody wrote, was shown, agreed to or adopted."""

from collections.abc import Mapping
from hashlib import sha256


def text_digest(text: str) -> str:
    """SHA-256 of the UTF-8 text, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def shown_digest(digests: Mapping[str, str]) -> str:
    """SHA-256 over the lines `<section key> <digest>`, sorted by key: all sections shown."""
    lines = "".join(f"{section} {digests[section]}\n" for section in sorted(digests))
    return sha256(lines.encode()).hexdigest()
