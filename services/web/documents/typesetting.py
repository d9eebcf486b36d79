"""PDF/A by typst, from data alone: what people wrote is never read as markup.

A PDF/A must show every character it holds, so a character the font lacks is named by its code
point instead: `[U+1F642]`.
"""

import asyncio
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import cast

import typst

STANDARD = "a-2a"
"""PDF/A-2a: kept for ever, and tagged, so that screen readers find headings and order."""


SOFT_HYPHEN = "\u00ad"
"""Only a hint where a word may be broken."""


async def typeset(template: str, data: Mapping[str, object]) -> bytes:
    """The PDF/A of a template of this folder. The same data give the same bytes."""
    return await asyncio.to_thread(_compile, template, data)


def printable(text: str) -> str:
    """The text with whatever the font cannot show named by its code point."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace(SOFT_HYPHEN, "")
    composed = unicodedata.normalize("NFC", lines)
    return _strange().sub(lambda sign: f"[U+{ord(sign[0]):04X}]", composed)


def _compile(template: str, data: Mapping[str, object]) -> bytes:
    source = files("services.web.documents").joinpath(template).read_bytes()
    shown = json.dumps(_printable(data), ensure_ascii=False)
    return typst.compile(
        source,
        format="pdf",
        sys_inputs={"data": shown},
        pdf_standards=[STANDARD],
        timestamp=0,
        ignore_system_fonts=True,
    )


def _printable(value: object) -> object:
    match value:
        case str():
            return printable(value)
        case Mapping():
            parts = cast("Mapping[str, object]", value)
            return {key: _printable(part) for key, part in parts.items()}
        case list() | tuple():
            return [_printable(part) for part in cast("Sequence[object]", value)]
        case _:
            return value


@cache
def _strange() -> re.Pattern[str]:
    """A character that the font cannot show."""
    lines = files("services.web.documents").joinpath("font-coverage.txt").read_text().splitlines()
    ranges = [line.partition("-")[::2] for line in lines if line and not line.startswith("#")]
    shown = "".join(rf"\U{int(first, 16):08x}-\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(f"[^{shown}\n\t]")
