"""Whether a text looks as if a client could be recognised: the places in it, each with why.

Structural findings never name people. This is a net, not a proof: it knows how files, numbers,
dates of birth and names are usually written in German texts, and who writes can say of a place
that it is a false alarm.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias
from unicodedata import category, normalize

import msgspec

from domain.findings import signs

OLDEST_EVENT = 2010
"""A full date up to this year is more likely a birthday than something the finding is about."""

NEAR = 40
"""So many characters between an age and a nationality, and it is one person they are about."""

NEXT = 25
"""So many between the word and the date of a birth."""

LONGEST = 60
"""No nationality, date or year is written longer than that."""

NAME_LENGTH = 80
"""Two names are not longer than that."""

PHONE_DIGITS = range(7, 16)
UNBROKEN_PHONE_DIGITS = 9
"""With fewer digits in one it is a key or a postcode."""

MONTH_DIGITS = 2
"""As in 08/24, which is no telephone number."""

SHORT_YEAR_DIGITS = 2
FIRST_OF_THE_LAST_CENTURY = 30
"""A year of two digits from this one on is of the last century, one before it of this."""


class Sign(StrEnum):
    """Why a place gives somebody away."""

    E_MAIL = "e-mail"
    PHONE = "phone"
    FILE_NUMBER = "file-number"
    CASE_NUMBER = "case-number"
    BIRTH_DATE = "birth-date"
    NAME = "name"
    NAME_AND_DATE = "name-and-date"
    NAME_AND_AGE = "name-and-age"
    AGE_AND_NATIONALITY = "age-and-nationality"


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """From character `start` (Unicode code points, from 0) up to and without `end`."""

    sign: Sign
    start: int
    end: int


class FalseAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody looked at this place and says why it is no client."""

    sign: Sign
    start: int
    end: int
    reason: str

    @property
    def place(self) -> Place:
        return Place(sign=self.sign, start=self.start, end=self.end)


Span: TypeAlias = tuple[int, int]


def looks_like_a_client(text: str) -> tuple[Place, ...]:
    """The places that look like a client, in the order of the text; none within another."""
    plain, origin = _plain(text)
    found = {
        Place(sign=sign, start=origin[start], end=origin[end - 1] + 1)
        for sign, (start, end) in _found(plain)
    }
    order = list(Sign)
    places: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start, -p.end, order.index(p.sign))):
        if not places or place.end > places[-1].end:
            places.append(place)
    return tuple(places)


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text with usual digits, spaces and dashes, and where each character was before.

    What is invisible goes, so that nobody hides a number by it.
    """
    plain: list[str] = []
    origin: list[int] = []
    for index, written in enumerate(text):
        for character in normalize("NFKC", written):
            usual = _usual(character)
            plain += usual
            origin += [index] * len(usual)
    return "".join(plain), origin


def _usual(character: str) -> str:
    match category(character):
        case "Nd":
            return str(int(character))
        case "Zs":
            return " "
        case "Pd":
            return "-"
        case "Cf" | "Mn":
            return ""
        case _:
            return " " if character == "\t" else character


def _found(text: str) -> Iterator[tuple[Sign, Span]]:
    for sign, pattern in (
        (Sign.E_MAIL, signs.ADDRESS),
        (Sign.PHONE, signs.NUMBER_CALLED_PHONE),
        (Sign.FILE_NUMBER, signs.FILE_NUMBER_NAMED),
        (Sign.FILE_NUMBER, signs.FILE_NUMBER),
        (Sign.CASE_NUMBER, signs.CASE_NUMBER),
    ):
        yield from ((sign, found.span()) for found in pattern.finditer(text))
    yield from ((Sign.PHONE, span) for span in _phones(text))
    yield from ((Sign.BIRTH_DATE, span) for span in _births(text))
    yield from ((Sign.NAME, span) for span in _addressed(text))
    yield from _names(text)
    yield from ((Sign.AGE_AND_NATIONALITY, span) for span in _ages_with_nationalities(text))


def _phones(text: str) -> Iterator[Span]:
    for found in signs.NUMBER_DIALLED.finditer(text):
        number = found[0].lstrip("(")
        digits = sum(character.isdigit() for character in number)
        first = len(number) - len(number.lstrip("+0123456789"))
        is_unbroken = digits == len(number.lstrip("+"))
        is_month = number[first : first + 1] in {"/", "-"} and first <= MONTH_DIGITS
        least = UNBROKEN_PHONE_DIGITS if is_unbroken else PHONE_DIGITS.start
        if least <= digits < PHONE_DIGITS.stop and not is_month:
            yield found.span()


def _births(text: str) -> Iterator[Span]:
    """A date or a year that the text calls a birth, and full dates of long ago."""
    dates = [(found.span(), _year_of(found)) for found in signs.DATE.finditer(text)]
    years = [found.span() for found in signs.YEAR.finditer(text)]
    words = [found.span() for found in signs.BORN.finditer(text)]
    yield from _beside(words, [*(span for span, _ in dates), *years], NEXT, text)
    yield from (span for span, year in dates if year <= OLDEST_EVENT)


def _year_of(date: re.Match[str]) -> int:
    """The year of a full date."""
    written = next(filter(None, date.group("dotted", "slashed", "iso", "worded")))
    year = int(written)
    if len(written) > SHORT_YEAR_DIGITS:
        return year
    return year + (1900 if year >= FIRST_OF_THE_LAST_CENTURY else 2000)


def _addressed(text: str) -> Iterator[Span]:
    """A salutation and the name after it, unless it is that of an office."""
    for salutation in signs.SALUTATION.finditer(text):
        end = salutation.end()
        while (word := signs.NEXT_WORD.match(text, end)) and signs.TITLES.fullmatch(word[1]):
            end = word.end()
        if word and not word[1][0].islower() and not signs.OFFICES.fullmatch(word[1]):
            yield salutation.start(), word.end(1)


def _names(text: str) -> Iterator[tuple[Sign, Span]]:
    """Two names right before a full date or an age, or right after a date that begins a line."""
    for sign, pattern in ((Sign.NAME_AND_DATE, signs.DATE), (Sign.NAME_AND_AGE, signs.AGE)):
        for found in pattern.finditer(text):
            start, end = found.span()
            before = signs.NAMES_BEFORE.search(text, max(0, start - NAME_LENGTH), start)
            if before and all(map(_is_a_name, before.groups())):
                yield sign, (before.start(), end)
            after = signs.NAMES_AFTER.match(text, end, end + NAME_LENGTH)
            if after and all(map(_is_a_name, after.groups())) and _begins_a_line(text, start):
                yield sign, (start, after.end())


def _begins_a_line(text: str, start: int) -> bool:
    """Or a cell of a table, or what follows a semicolon."""
    while start and text[start - 1] == " ":
        start -= 1
    return not start or text[start - 1] in "\n|;"


def _is_a_name(word: str) -> bool:
    return not word[0].islower() and not signs.NOT_A_NAME.fullmatch(word)


def _ages_with_nationalities(text: str) -> Iterator[Span]:
    ages = [
        found.span() for pattern in (signs.AGE, signs.AGE_ALONE) for found in pattern.finditer(text)
    ]
    nationalities = [found.span() for found in signs.NATIONALITY.finditer(text)]
    return _beside(ages, nationalities, NEAR, text)


def _beside(some: Sequence[Span], others: Iterable[Span], most: int, text: str) -> Iterator[Span]:
    """Each of the ones together with each other on the same line that is not too far away."""
    ordered = sorted(others)
    for start, end in some:
        first = bisect_left(ordered, (start - most - LONGEST, 0))
        last = bisect_left(ordered, (end + most + 1, 0))
        for other_start, other_end in ordered[first:last]:
            between = text[min(end, other_end) : max(start, other_start)]
            if len(between) <= most and "\n" not in between:
                yield min(start, other_start), max(end, other_end)
