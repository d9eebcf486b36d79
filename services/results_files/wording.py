"""The words that stand in the files, read once from wording.toml."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from domain.assessments.results import Attendance
from services.texts.catalogue import InBoth
from services.texts.language import Language


class Heading(InBoth, frozen=True, forbid_unknown_fields=True):
    """A column's heading; `aliases` are understood too."""

    aliases: tuple[str, ...] = ()


class WordsInBoth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several words for one thing. The first one is written, all are understood."""

    de: tuple[str, ...]
    en: tuple[str, ...]

    def __getitem__(self, language: Language) -> tuple[str, ...]:
        return self.de if language == "de" else self.en


class HelpLine(InBoth, frozen=True, forbid_unknown_fields=True, rename={"only_for": "for"}):
    """A line of the sheet that explains; `list` names what is listed below it."""

    only_for: Literal["", "c-test", "subtests", "gaps"] = ""
    list: Literal["", "accommodations", "parts"] = ""


class Help(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: InBoth
    lines: tuple[HelpLine, ...]


class FileWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file wording.toml."""

    sheets: Mapping[str, InBoth]
    headings: Mapping[str, Heading]
    attendance: Mapping[Attendance, WordsInBoth]
    hints: Mapping[str, InBoth]
    help: Help
    about: Mapping[str, InBoth]


@cache
def file_words() -> FileWords:
    text = files("services.results_files").joinpath("wording.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), FileWords)
