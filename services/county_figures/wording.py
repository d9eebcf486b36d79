"""The words of tables of county figures, read once from wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from domain.assessments.events import Sitting
from services.texts.catalogue import InBoth


class FigureWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file wording.toml; `headings` in the order of the columns."""

    rule: InBoth
    citation: InBoth
    sitting: Mapping[Sitting, InBoth]
    kinds: Mapping[str, InBoth]
    joined: InBoth
    headings: Mapping[str, InBoth]


@cache
def figure_words() -> FigureWords:
    text = files("services.county_figures").joinpath("wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), FigureWords)
