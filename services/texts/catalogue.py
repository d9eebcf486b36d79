"""The texts as they are in the package's TOML files, each read once, when first asked for."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec

from services.texts.language import Language

T = TypeVar("T")


class InBoth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    de: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.de if language == "de" else self.en


class TitleAndDetail(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    detail: str


class ProblemEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of problem_texts."""

    de: TitleAndDetail
    en: TitleAndDetail
    pointer: str | None = None

    def __getitem__(self, language: Language) -> TitleAndDetail:
        return self.de if language == "de" else self.en


class Writing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes dates, numbers, quotations and lists."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    moment: str
    thousands: str
    comma: str
    quoted: str
    place: str
    erased: str
    unreadable: str
    and_: str = msgspec.field(name="and")
    or_: str = msgspec.field(name="or")
    standing_in: str = msgspec.field(name="standing-in")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file words.toml; `words` by group and code word."""

    words: Mapping[str, Mapping[str, InBoth]]
    counted: Mapping[str, InBoth]
    writing: Mapping[Language, Writing]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An English validation message as a pattern, and its German text."""

    english: str
    de: str


class Validation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file validation.toml."""

    types: Mapping[str, str]
    messages: tuple[Message, ...]


@cache
def problem_entries() -> Mapping[str, ProblemEntry]:
    return _read_all("problem_texts", ProblemEntry)


@cache
def history_entries() -> Mapping[str, InBoth]:
    return _read_all("history_texts", InBoth)


@cache
def process_entries() -> Mapping[str, InBoth]:
    return _read("processes.toml", dict[str, InBoth])


@cache
def outcome_entries() -> Mapping[str, InBoth]:
    return _read("outcomes.toml", dict[str, InBoth])


@cache
def words() -> Words:
    return _read("words.toml", Words)


@cache
def words_by_code() -> Mapping[str, InBoth]:
    """All groups as one: a code word in two of them has the same words in both."""
    return {code: text for group in words().words.values() for code, text in group.items()}


@cache
def validation() -> Validation:
    return _read("validation.toml", Validation)


def _read_all(folder: str, kind: type[T]) -> Mapping[str, T]:
    """The tables of all files of the folder. Raises ValueError if two files have the same."""
    tables: dict[str, T] = {}
    for file in sorted(files("services.texts").joinpath(folder).iterdir(), key=_name):
        if file.name.endswith(".toml"):
            found = _read(f"{folder}/{file.name}", dict[str, kind])
            if twice := tables.keys() & found.keys():
                raise ValueError(f"{file.name} repeats {', '.join(sorted(twice))}")
            tables |= found
    return tables


def _name(file: Traversable) -> str:
    return file.name


def _read(file: str, kind: type[T]) -> T:
    text = files("services.texts").joinpath(file).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), kind)
