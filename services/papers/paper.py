"""A paper as data: a title, facts, and parts of paragraphs and tables; whatever form it takes."""

from datetime import date
from typing import TypeAlias

import msgspec

from services.texts.language import Language


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """`label` stands before it in bold."""

    text: str
    label: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True, tag="table"):
    """Rows of as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Paragraph | Table


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What stands under one heading."""

    title: str
    blocks: tuple[Block, ...]


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """`draft` says that it is not the last word; empty if it is. `on` is the day it speaks of.

    `proof` says which text exactly it is.
    """

    language: Language
    on: date
    title: str
    subtitle: str
    issuer: str
    draft: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    proof: Part


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """One for each line that people wrote."""
    return tuple(Paragraph(line) for line in text.split("\n") if line.strip())
