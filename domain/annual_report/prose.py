"""Prose with figures in it: a placeholder in braces is a figure, everything else is words."""

import re
from collections.abc import Iterator

from domain.annual_report.context import Slot

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Words and the placeholder behind them, in order; behind the last words there is none."""
    at = 0
    for found in PLACEHOLDER.finditer(text):
        yield text[at : found.start()], found[1]
        at = found.end()
    yield text[at:], ""


def placeholders(text: str) -> frozenset[str]:
    """Those in the text, as `sessions:times`."""
    return frozenset(found[1] for found in PLACEHOLDER.finditer(text))


def unknown_in(text: str, slot: Slot) -> list[str]:
    """Placeholders that the statement does not offer."""
    return sorted(placeholders(text) - slot.offered)


def left_out_of(text: str, slot: Slot) -> list[str]:
    """Figures that the statement is about and the text does not give, in no form of them."""
    given = {figure_of(placeholder) for placeholder in placeholders(text)}
    return sorted(slot.required - given)


def figure_of(placeholder: str) -> str:
    """`sessions` of `sessions:times`: which figure it is, whatever its form."""
    return placeholder.partition(":")[0]
