"""Keys made of what people write, so that nobody has to think of one."""

import re
from collections.abc import Container

LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST = 48


def key_of(text: str, taken: Container[str], otherwise: str) -> str:
    """`die-lenkungsgruppe-hat-zweimal-getagt`; with a number if there is one already."""
    words = re.findall(r"[a-z0-9]+", text.casefold().translate(LETTERS))
    key = ""
    for word in words:
        longer = f"{key}-{word}".strip("-")
        if len(longer) > LONGEST:
            break
        key = longer
    key = key or otherwise
    return next(
        found
        for found in (key, *(f"{key}-{number}" for number in range(2, 1_000)))
        if found not in taken
    )
