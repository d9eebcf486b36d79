"""Which language a person reads, from what their browser says."""

import re
from typing import Literal, TypeAlias, get_args

Language: TypeAlias = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The first one is for those who read none of them."""

RANGE = re.compile(
    r"(?P<tag>\*|[a-z]{1,8}(-[a-z0-9]{1,8})*)(\s*;\s*q=(?P<q>0(\.\d{0,3})?|1(\.0{0,3})?))?",
    re.ASCII,
)
"""A language range with its weight (RFC 9110, 12.4.2 and 12.5.4), in lower case."""


def preferred_language(accept_language: str) -> Language:
    """The language with the highest weight, the one named first among equals.

    A range that is malformed counts as not sent. Nothing acceptable: German.
    """
    weights = _weights(accept_language)
    in_order = list(weights)
    others = weights.get("*", 0)

    def rank(language: Language) -> tuple[float, int]:
        place = in_order.index(language) if language in weights else len(in_order)
        return -weights.get(language, others), place

    best = min(LANGUAGES, key=rank)
    return best if weights.get(best, others) > 0 else LANGUAGES[0]


def _weights(accept_language: str) -> dict[str, float]:
    """The weight of each language in the order of the header, whatever its region; `*` too."""
    weights: dict[str, float] = {}
    for member in accept_language.lower().split(","):
        found = RANGE.fullmatch(member.strip())
        if found is not None:
            language = found["tag"].partition("-")[0]
            weights[language] = max(float(found["q"] or 1), weights.get(language, 0))
    return weights
