"""What figures about companies' reports are called, read once from wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from domain.language_needs.half_year import HalfYear
from services.catalogues.sectors import sectors
from services.texts.catalogue import InBoth
from services.texts.language import Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording


class NeedFigureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file wording.toml; `headings` in the order of the columns."""

    title: InBoth
    source: InBoth
    rule: InBoth
    half: InBoth
    unknown: Mapping[str, InBoth]
    endings: Mapping[str, InBoth]
    waiting: Mapping[str, InBoth]
    tables: Mapping[str, InBoth]
    headings: Mapping[str, InBoth]
    times: Mapping[str, InBoth]


class NeedFigureNames(msgspec.Struct, frozen=True, kw_only=True):
    """What keys in the tables are called; what is not known is called by its key."""

    municipalities: Mapping[str, str]
    language: Language

    def of(self, table: str, key: str) -> str:
        words, language = need_figure_words(), self.language
        match table:
            case "trades":
                named = sectors().get(key) or (words.unknown["trade"] if not key else None)
            case "municipalities":
                if name := self.municipalities.get(key):
                    return name
                named = words.unknown["municipality"] if not key else None
            case "endings":
                named = words.endings.get(key)
            case "waiting":
                named = words.waiting.get(key)
            case _:
                return key.upper()
        return named[language] if named else key


@cache
def need_figure_words() -> NeedFigureWords:
    text = files("services.need_figures").joinpath("wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), NeedFigureWords)


def half_in_words(half: HalfYear, language: Language) -> str:
    """`1. Halbjahr 2026/27`."""
    facts = {"number": half.number, "school_year": half.school_year}
    return Wording(language, NAMELESS).fill(need_figure_words().half[language], facts)
