"""What speaks for or against a course offer, in words."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import msgspec

from domain.course_offers.course_type import Grantor
from domain.pooling.matching import Reason, Speaks, Topic
from services.texts.language import Language
from services.texts.words import day, one_of, word

DAYS = frozenset({"as_of", "starts_on", "earliest", "latest"})
OF = {"standing": "offer"}
"""What a code word is of, where the name of the fact does not say it."""
LEVELS = frozenset({"present", "wanted"})


def reason_sentence(reason: Reason, language: Language) -> str:
    """The sentence of the reason; days, levels and code words as people write them."""
    told = {name: _written(name, value, language) for name, value in reason.facts.items()}
    return _sentences()[reason.topic][reason.speaks][language].format(**told)


@cache
def _sentences() -> Mapping[Topic, Mapping[Speaks, Mapping[Language, str]]]:
    text = files("services.texts").joinpath("match_reasons.toml").read_text("utf-8")
    return msgspec.convert(
        tomllib.loads(text), Mapping[Topic, Mapping[Speaks, Mapping[Language, str]]]
    )


def _written(name: str, value: str | int, language: Language) -> str:
    if not isinstance(value, str):
        return str(value)
    if name in DAYS:
        return day(date.fromisoformat(value), language)
    if name in LEVELS:
        return value.upper()
    if name == "grantors":
        known = [Grantor(key) for key in value.split(", ") if key]
        return one_of([word(each.value, language, of="grantor") for each in known], language)
    return word(value, language, of=OF.get(name, name))
