"""The words of the open data, from the file wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from domain.steering.agenda import ItemKind
from domain.steering.minutes import Decided


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    county: str
    system: str
    agenda: str
    results: str
    circular: str
    deferred: str
    vote: str
    count: str
    was_deferred: str
    alternative: str
    about: str
    begins: str
    place: str
    notice_title: str
    notice: str
    files: Mapping[str, str]
    states: Mapping[str, str]
    results_of_votes: Mapping[Decided, str]
    papers: Mapping[ItemKind, str]
    consultations: Mapping[ItemKind, str]
    seats: Mapping[str, str]
    organizations: Mapping[str, str]


@cache
def words() -> Wording:
    text = (files("services.oparl") / "wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Wording)
