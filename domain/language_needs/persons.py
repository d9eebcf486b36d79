"""Nobody who learns is named in what a company reports: the places that look as if somebody was.

Companies report groups. Names, dates of birth, nationalities and the like are nobody's business
here, and what was never written down need not be protected or erased.
"""

import re
from itertools import pairwise

from domain.findings.clients import Place, Sign, looks_like_a_client

CALLED = re.compile(
    r"\b(?:(?:[Vv]or|[Nn]ach|[Ff]amilien|[Zz]u)?[Nn]amen?\s{0,2}[:=]\s{0,2}|[Nn]amens\s{1,2}"
    r"|[Nn]amed\s{1,2})[A-ZÄÖÜ][\w'’-]{1,40}(?:\s[A-ZÄÖÜ][\w'’-]{1,40})?"
)
"""A name that is said to be one."""


def persons_in(text: str) -> tuple[Place, ...]:
    """The places that say something about one person, in order; none within another."""
    called = (
        Place(sign=Sign.NAME, start=found.start(), end=found.end())
        for found in CALLED.finditer(text)
    )
    places = sorted({*looks_like_a_client(text), *called}, key=lambda p: (p.start, -p.end))
    kept = places[:1]
    for _, place in pairwise(places):
        if place.end > kept[-1].end:
            kept.append(place)
    return tuple(kept)
