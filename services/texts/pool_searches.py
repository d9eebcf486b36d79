"""How far a search for common courses is, and why it leaves a group out, in words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from domain.pooling.left_over import WhyLeft
from services.texts.catalogue import InBoth
from services.texts.language import Language


class SearchTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file pool_searches.toml: states of a search, and why a group is left over."""

    states: Mapping[str, InBoth]
    left: Mapping[WhyLeft, InBoth]


def state_sentence(state: str, language: Language) -> str:
    """How far the search is."""
    return search_texts().states[state][language]


def left_sentence(because: WhyLeft, language: Language, *, together: int, needed: int) -> str:
    """Why a group is in no course: so many of the needed learners could sit together."""
    return search_texts().left[because][language].format(together=together, needed=needed)


@cache
def search_texts() -> SearchTexts:
    """The texts, read once."""
    text = files("services.texts").joinpath("pool_searches.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), SearchTexts)
