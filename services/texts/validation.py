"""What is wrong with a value, from msgspec's English messages."""

import re
from functools import cache

from services.texts.catalogue import validation
from services.texts.language import Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording
from services.texts.words import one_of

PLACE = re.compile(r"(?P<what>.*?)(?: - at (?P<place>`.*))?", re.DOTALL)
"""msgspec says where by ` - at `$.due``, if the caller has not taken it off."""


def validation_message(message: str, language: Language) -> str:
    """The message in the language; one that is not known stays English."""
    if language == "en":
        return message
    found = PLACE.fullmatch(message)
    assert found is not None, "the pattern fits every text"
    for pattern, template in _german():
        if match := pattern.fullmatch(found["what"]):
            text = Wording(language, NAMELESS).fill(template, _facts(match))
            return f"{text} ({found['place']})" if found["place"] else text
    return message


@cache
def _german() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(message.english, re.DOTALL), message.de) for message in validation().messages
    )


def _facts(match: re.Match[str]) -> dict[str, object]:
    facts: dict[str, object] = {**match.groupdict()}
    for name in ("wanted", "given"):
        if name in facts:
            facts[name] = _types(match[name])
    if "count" in facts:
        facts["count"] = int(match["count"])
    return facts


def _types(names: str) -> str:
    """`int | null` in words."""
    return one_of([validation().types.get(name, name) for name in names.split(" | ")], "de")
