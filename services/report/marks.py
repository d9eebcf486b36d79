"""Text with figures in it: marked while it is composed, in pieces afterwards."""

import re
from collections.abc import Iterable

import msgspec

BEGIN, MIDDLE, END = "\ue000", "\ue001", "\ue002"
"""Of Unicode's private use; what people wrote is put in without them."""

MARKED = re.compile(f"{BEGIN}([^{MIDDLE}]*){MIDDLE}([^{END}]*){END}")
UNMARKED = dict.fromkeys(map(ord, (BEGIN, MIDDLE, END)))
WITHOUT_BRACES = str.maketrans("{}", "()")
"""Words cannot have braces where these are placeholders."""


class Bound(str):
    """What comes from the log and goes into a sentence as a figure of it."""

    __slots__ = ()


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a text: words, or a figure in its placeholder's place."""

    text: str
    figure: str = ""


def bound(figure: str, text: str) -> Bound:
    """The text as the figure of this placeholder; nothing if it says nothing."""
    return Bound(f"{BEGIN}{figure}{MIDDLE}{unmarked(text)}{END}" if text else "")


def unmarked(text: str) -> str:
    return text.translate(UNMARKED)


def spans_of(text: str) -> tuple[Span, ...]:
    """The pieces of a marked text."""
    found: list[Span] = []
    at = 0
    for mark in MARKED.finditer(text):
        found += [Span(text=text[at : mark.start()]), Span(text=mark[2], figure=mark[1])]
        at = mark.end()
    found.append(Span(text=text[at:]))
    return tuple(span for span in found if span.text)


def plain(spans: Iterable[Span]) -> str:
    return "".join(span.text for span in spans)


def as_template(spans: Iterable[Span]) -> str:
    """With `{sessions:times}` where a figure stands."""
    return "".join(
        f"{{{span.figure}}}" if span.figure else span.text.translate(WITHOUT_BRACES)
        for span in spans
    )
