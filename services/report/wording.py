"""The German sentences of the report: templates, numbers in words, days as reports write them."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from services.report.marks import Bound, bound, unmarked
from services.texts import Names
from services.texts.wording import Wording
from services.texts.words import all_of

WITHIN = str.maketrans({"„": "\u201a", "“": "\u2018"})
"""Quotation marks within quotation marks."""


class Sentences:
    """Fills the templates; what keys are called comes from the log."""

    def __init__(self, names: Names) -> None:
        self._wording = Wording("de", names)

    def say(self, template: str, **facts: object) -> str:
        """What is Bound among the facts is marked in the sentence."""
        cleaned = {
            name: unmarked(fact) if isinstance(fact, str) and not isinstance(fact, Bound) else fact
            for name, fact in facts.items()
        }
        return self._wording.fill(_texts()[template], cleaned)

    def whole(self, figure: str, template: str) -> str:
        """A sentence that is itself what was counted: nothing in it can be said otherwise."""
        return bound(f"{figure}:sentence", self.say(template))

    def none(self, figure: str, template: str = "") -> str:
        """That there was nothing to count of a figure."""
        return self.whole(figure, template or f"no-{figure}")


def text_of(key: str) -> str:
    """A text of the report that has no facts in it."""
    text: str = _texts()[key]
    return text


def figure_label(name: str) -> str:
    """What a figure counts, in words; its name if there are none."""
    label: str = _texts()["figures"].get(name, name)
    return label


def in_words(count: int) -> str:
    """`zwei`; from thirteen on in figures."""
    return _of_numbers("words", count, str(count))


def times(count: int) -> str:
    """`zweimal`."""
    return _of_numbers("times", count, f"{count}-mal")


def ordinal(count: int) -> str:
    """`zweiten`, as in `in der zweiten Sitzung`."""
    return _of_numbers("ordinals", count, f"{count}.")


def day(on: date) -> str:
    """`26.11.2024`."""
    return f"{on:%d.%m.%Y}"


def months(days: Iterable[date]) -> str:
    """`September und Oktober 2024`: each month once, and the year where it changes."""
    by_year: dict[int, list[str]] = {}
    names: Sequence[str] = _texts()["numbers"]["months"]
    for on in sorted(days):
        named = by_year.setdefault(on.year, [])
        if names[on.month] not in named:
            named.append(names[on.month])
    return all_of([f"{all_of(named, 'de')} {year}" for year, named in by_year.items()], "de")


def titles(parts: Iterable[str]) -> str:
    """`„A“, „B“ und „C“`."""
    return all_of([quoted(part) for part in parts], "de")


def quoted(text: str) -> str:
    """`„A“`; what is quoted in it gets single marks."""
    return f"„{text.translate(WITHIN)}“"


def listed(parts: Sequence[str]) -> str:
    """`A, B und C`."""
    return all_of(parts, "de")


def collective() -> Mapping[str, str]:
    """What organisations of a kind are called together."""
    return _texts()["collective"]


def _of_numbers(table: str, count: int, otherwise: str) -> str:
    words: Sequence[str] = _texts()["numbers"][table]
    return words[count] if count < len(words) else otherwise


@cache
def _texts() -> Mapping[str, Any]:
    text = files("services.report").joinpath("texts.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
