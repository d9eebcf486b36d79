"""The words that stand on paper, read once from wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from services.texts.catalogue import InBoth
from services.texts.language import Language
from services.texts.names import NAMELESS, Names
from services.texts.wording import Wording


def said(key: str, language: Language, names: Names = NAMELESS, /, **facts: object) -> str:
    """The words under `group.key`, with the facts in them."""
    group, _, name = key.partition(".")
    return Wording(language, names).fill(_words()[group][name][language], facts)


@cache
def _words() -> Mapping[str, Mapping[str, InBoth]]:
    text = files("services.papers").joinpath("wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, dict[str, InBoth]])
