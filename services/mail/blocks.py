"""A mail's text as blocks, which are written twice: as plain text and as HTML that say the same.

Templates separate blocks by empty lines. `{{ button("…", url) }}` alone is a link to press;
lines that begin with `- ` are a list, `{{ linked("…", url) }}` in it an item with a link.
"""

import re
from collections.abc import Sequence
from html import escape
from textwrap import fill
from typing import TypeAlias

import msgspec

WIDTH = 78
LINK = "\ue000"
"""Around label and address of a link. Of private use, so no value has it: those are `plain`."""

LINKED = re.compile(f"{LINK}([^{LINK}]*){LINK}([^{LINK}]*){LINK}")


class Link(msgspec.Struct, frozen=True):
    label: str
    url: str


class Paragraph(msgspec.Struct, frozen=True):
    text: str


class Items(msgspec.Struct, frozen=True):
    items: tuple[str | Link, ...]


Block: TypeAlias = Link | Paragraph | Items


class Written(str):
    """What a template's own function has written: it stays as it is."""

    __slots__ = ()


def link(label: str, url: str) -> Written:
    """A link in a template."""
    return Written(f"{LINK}{plain(label)}{LINK}{plain(url)}{LINK}")


def plain(value: object) -> str:
    """A value in one line without control characters: it neither ends a header nor a paragraph."""
    if isinstance(value, Written):
        return value
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return " ".join(text.split())


def blocks_of(text: str) -> Sequence[Block]:
    """The blocks of a rendered text."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    return [_block(part) for part in parts if part]


def as_text(blocks: Sequence[Block]) -> str:
    return "\n\n".join(_as_text(block) for block in blocks) + "\n"


def as_html(blocks: Sequence[Block]) -> str:
    return "\n".join(_as_html(block) for block in blocks)


def _block(part: str) -> Block:
    if found := LINKED.fullmatch(part):
        return Link(found[1], found[2])
    lines = [line.strip() for line in part.splitlines()]
    if all(line.startswith("- ") for line in lines):
        return Items(tuple(_item(line.removeprefix("- ").strip()) for line in lines))
    return Paragraph(" ".join(lines))


def _item(text: str) -> str | Link:
    found = LINKED.fullmatch(text)
    return Link(found[1], found[2]) if found else text


def _as_text(block: Block) -> str:
    match block:
        case Link(label, url):
            return f"{label}:\n{url}"
        case Paragraph(text):
            return fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
        case Items(items):
            return "\n".join(_item_as_text(item) for item in items)


def _item_as_text(item: str | Link) -> str:
    text = item if isinstance(item, str) else item.label
    lines = fill(
        text,
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines if isinstance(item, str) else f"{lines}\n  {item.url}"


def _as_html(block: Block) -> str:
    match block:
        case Link(label, url):
            return f'<p class="button"><a href="{escape(url)}">{escape(label)}</a></p>'
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Items(items):
            rows = "".join(f"<li>{_item_as_html(item)}</li>" for item in items)
            return f"<ul>{rows}</ul>"


def _item_as_html(item: str | Link) -> str:
    if isinstance(item, str):
        return escape(item)
    return f'<a href="{escape(item.url)}">{escape(item.label)}</a>'
