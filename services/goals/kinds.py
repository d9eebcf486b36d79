"""The catalogue of what is counted for goals, and how a kind is written for one body alone."""

import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

import msgspec

from services.texts.language import Language


class Kind(StrEnum):
    """What is counted."""

    SESSION = "session-held"
    THEME = "theme-discussed"
    RESOLUTION = "resolution-passed"
    REVIEW = "need-review-decided"
    EVIDENCE = "evidence-meeting-held"
    GROUP = "group-established"
    MEETING = "meeting-held"
    AGREEMENT = "agreement-made"
    CONCEPT = "concept-adopted"
    FRAMEWORK = "framework-published"


EMPLOYED = "employed-by-county"
"""The municipalities in which the county employs the case managers."""


class KindEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind in both languages. `of_body`: it can be counted for one body alone."""

    de: str
    en: str
    of_body: bool = False

    def __getitem__(self, language: Language) -> str:
        return self.de if language == "de" else self.en


class GoalCatalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file kinds.toml."""

    kinds: Mapping[Kind, KindEntry]
    groups: Mapping[str, KindEntry]


@cache
def goal_catalogue() -> GoalCatalogue:
    text = files("services.goals").joinpath("kinds.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), GoalCatalogue)


def for_body(kind: Kind, body: str) -> str:
    """The kind as a goal names it that counts what is of this body alone."""
    return f"{kind}/{body}"


def all_kinds(bodies: Iterable[str]) -> frozenset[str]:
    """Every kind that a goal may count in a county with these bodies."""
    known = goal_catalogue().kinds
    own = {
        for_body(kind, body) for body in bodies for kind, entry in known.items() if entry.of_body
    }
    return frozenset({*map(str, known), *own})


def name_of(counts: str, bodies: Mapping[str, str], language: Language) -> str:
    """What is counted in words, with the body's title if it is counted for one alone.

    `bodies` are their titles by key.
    """
    kind, _, body = counts.partition("/")
    known = goal_catalogue().kinds
    name = known[Kind(kind)][language] if kind in known else kind
    return f"{name} ({bodies.get(body, body)})" if body else name
