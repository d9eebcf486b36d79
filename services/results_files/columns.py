"""The columns of a file of results: in the template's order, and found again by their headings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from domain.assessments.definition import Definition, Kind, Part
from services.results_files.wording import Heading, file_words
from services.texts.language import Language

STAMP_FIELDS = ("college", "school_year", "training_class", "round", "instrument", "version")
LEARNER_FIELDS = ("pseudonym", "taken_on", "attendance")
LAST_FIELDS = ("accommodation", "form")
SCORE_FIELDS = {Kind.C_TEST: ("exact", "recognition", "omitted"), Kind.SUBTESTS: ("points",)}
NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


class Column(msgspec.Struct, frozen=True):
    """What a column holds; `part` is the key of the part whose score it is."""

    field: str
    part: str = ""


def template_columns(definition: Definition, *, gaps: bool) -> tuple[Column, ...]:
    """The columns as the template orders them, with gap patterns if asked for."""
    fields = SCORE_FIELDS[definition.kind]
    if gaps and definition.kind is Kind.C_TEST:
        fields = (*fields, "gaps")
    return (
        *(Column(field) for field in LEARNER_FIELDS),
        *(Column(field, part.key) for part in definition.parts for field in fields),
        *(Column(field) for field in LAST_FIELDS),
    )


def heading(column: Column, definition: Definition, language: Language) -> str:
    """What stands above the column."""
    text = file_words().headings[column.field][language]
    return f"{_name(column.part, definition)} {text}" if column.part else text


def known_headings(definition: Definition) -> Mapping[str, Column]:
    """Each heading that is understood, `plain`, and its column."""
    known: dict[str, Column] = {}
    for field in (*STAMP_FIELDS, *LEARNER_FIELDS, *LAST_FIELDS):
        for text in _texts(file_words().headings[field]):
            known[plain(text)] = Column(field)
    for part in definition.parts:
        for field in (*SCORE_FIELDS[definition.kind], "gaps"):
            for text in _texts(file_words().headings[field]):
                for name in {part.key, _name(part.key, definition)}:
                    known.setdefault(plain(f"{name} {text}"), Column(field, part.key))
    return known


def language_of(headings: Iterable[str]) -> Language:
    """The language most headings are in; German if it cannot be told."""
    votes: Counter[Language] = Counter()
    for text in headings:
        for words in file_words().headings.values():
            in_german, in_english = text.endswith(words.de), text.endswith(words.en)
            if in_german != in_english:
                votes["de" if in_german else "en"] += 1
    return "en" if votes["en"] > votes["de"] else "de"


def plain(text: str) -> str:
    """A heading without what people change in it: case, spaces, punctuation."""
    return NO_LETTER_OR_DIGIT.sub("", text).casefold()


def _name(key: str, definition: Definition) -> str:
    """The title of a part, or its key if several have that title."""
    part = next(part for part in definition.parts if part.key == key)
    return key if _is_ambiguous(part, definition.parts) else part.title


def _is_ambiguous(part: Part, parts: Sequence[Part]) -> bool:
    names = [
        plain(name) for other in parts if other is not part for name in (other.title, other.key)
    ]
    return not plain(part.title) or plain(part.title) in names


def _texts(words: Heading) -> tuple[str, ...]:
    return (words.de, words.en, *words.aliases)
