"""Keeps text in a cell text: spreadsheets run what begins like a formula."""

from typing import Final

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""The beginnings of formulas, full-width forms too. Source: OWASP, CSV Injection."""

GUARD = "'"
"""Before it, spreadsheets take what follows for text."""


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file."""
    return GUARD + text if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text without the guard that `guarded` gave it."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith(DANGEROUS) else text
