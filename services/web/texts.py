"""The sentences of the pages, in both languages: a file for each area, read once."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from services.texts.catalogue import InBoth
from services.texts.language import Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording


@cache
def sentences() -> Mapping[str, InBoth]:
    """Every text by `area.key`; keys may be nested: `tasks.empty.title`."""
    found: dict[str, InBoth] = {}
    for file in files("services.web").joinpath("texts").iterdir():
        if file.name.endswith(".toml"):
            table = tomllib.loads(file.read_text(encoding="utf-8"))
            _collect(file.name.removesuffix(".toml"), table, found)
    return found


def say(key: str, language: Language, facts: Mapping[str, object]) -> str:
    """The text with its facts put in, as `services.texts.wording` describes.

    Raises KeyError for a text that does not exist: a page is not shown with a hole in it.
    """
    return Wording(language, NAMELESS).fill(sentences()[key][language], facts)


def _collect(prefix: str, table: Mapping[str, object], found: dict[str, InBoth]) -> None:
    for key, value in table.items():
        name = f"{prefix}.{key}"
        if isinstance(value, dict) and set(value) == {"de", "en"}:  # pyright: ignore[reportUnknownArgumentType]
            found[name] = msgspec.convert(value, InBoth)
        else:
            _collect(name, msgspec.convert(value, dict[str, object]), found)
