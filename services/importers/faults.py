"""What is wrong with a file that somebody handed in: where, which value, and what to do."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from services.texts.catalogue import InBoth
from services.texts.language import Language
from services.texts.names import NAMELESS
from services.texts.wording import Wording

SHOWN = 40
"""So many characters of a value are repeated to the person who handed it in."""

PACKAGES = ("services.importers", "services.results_files")
"""Where sentences are: files of results have their own."""

LETTERS = 26


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a file. `row` counts from 1, `column` from 0; `path` leads into JSON.

    `file` is the name of a file, or of a member of an archive; `sheet` that of a workbook's sheet.
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: int | None = None
    path: str = ""

    @property
    def cell(self) -> str:
        """The cell as spreadsheets name it (`B7`), `7` for a whole row, `B` for a whole column."""
        letters = "" if self.column is None else column_letters(self.column)
        return f"{letters}{'' if self.row is None else self.row}"


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that keeps a file from being taken in. `code` names the rule.

    `value` is what stands there, shortened; empty where it could be a secret. `facts` are what
    else the sentence speaks of.
    """

    code: str
    place: Place = Place()
    value: str = ""
    facts: Mapping[str, object] = {}

    def __post_init__(self) -> None:
        if len(self.value) > SHOWN:
            msgspec.structs.force_setattr(self, "value", shortened(self.value))

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do. Raises KeyError if there is no sentence for the code."""
        place = self.place
        facts = {
            **self.facts,
            "value": self.value,
            "file": place.file,
            "sheet": place.sheet,
            "cell": place.cell or place.path,
        }
        return Wording(language, NAMELESS).fill(sentences()[self.code][language], facts)


class Unreadable(Exception):
    """Nothing in the file can be taken in. Says why as a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault: Fault = fault


@cache
def sentences() -> Mapping[str, InBoth]:
    """The sentence for each code of a fault, from the packages' faults.toml."""
    texts = [files(package).joinpath("faults.toml").read_text("utf-8") for package in PACKAGES]
    return {
        code: sentence
        for text in texts
        for code, sentence in msgspec.convert(tomllib.loads(text), dict[str, InBoth]).items()
    }


def shortened(value: str) -> str:
    """The beginning of a long value."""
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"


def column_letters(column: int) -> str:
    """`A` for 0, `Z` for 25, `AA` for 26."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """The reverse of `column_letters`."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + ord(letter) - ord("A") + 1
    return number - 1
