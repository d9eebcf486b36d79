"""What the texts of findings and themes are called, and places in them that look like a client."""

import re

from services.texts.catalogue import words, words_by_code
from services.texts.language import Language
from services.texts.words import all_of, quoted, word

PLACE = re.compile(r"(?P<sign>[a-z-]+) (?P<start>\d+)-(?P<end>\d+)")
"""As errors name a place: `phone 40-52`, from the one character up to and without the other."""


def part(name: str, language: Language) -> str:
    """What an error calls a text: `description`, a section's key, or its heading `key/heading`."""
    if known := words_by_code().get(f"part-{name}"):
        return known[language]
    section, _, heading = name.partition("/")
    kind = word("heading" if heading else "text", language, of="section")
    return f"{kind} {quoted(section, language)}"


def places(listed: str, language: Language) -> str:
    """The places an error lists, with characters counted as people do; other text as it is."""
    pattern = words().writing[language].place
    found = [
        pattern.format(
            sign=word(place["sign"], language, of="sign"),
            first=int(place["start"]) + 1,
            last=place["end"],
        )
        for place in PLACE.finditer(listed)
    ]
    return all_of(found, language) or listed
