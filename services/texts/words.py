"""Single words, dates, numbers and lists as a language writes them."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from domain.kernel import Erased
from services.texts.catalogue import words, words_by_code
from services.texts.language import Language


def word(value: str, language: Language, of: str = "") -> str:
    """The word for a code word such as `consulting` or `case-manager`; others as they are.

    `of` says what it is of where the word depends on that: `released` of a `session`.
    """
    codes = words_by_code()
    known = codes.get(f"{of}-{value}") or codes.get(value)
    return value if known is None else known[language]


def moment(at: datetime, language: Language, zone: tzinfo) -> str:
    """A point in time on the clock of the zone, to the minute; a naive one is read as there."""
    local = at.astimezone(zone) if at.tzinfo else at
    date_there = day(local.date(), language)
    pattern = words().writing[language].moment
    return pattern.format(date=date_there, hour=local.hour, minute=local.minute)


def day(on: date, language: Language) -> str:
    """A day with its weekday."""
    writing = words().writing[language]
    return writing.day.format(
        weekday=writing.weekdays[on.weekday()],
        day=on.day,
        month=writing.months[on.month - 1],
        year=on.year,
    )


def month(on: date, language: Language) -> str:
    """The month of a day with its year: `März 2026`."""
    return f"{words().writing[language].months[on.month - 1]} {on.year}"


def number(value: int, language: Language) -> str:
    """A count, its thousands set apart."""
    return f"{value:,}".replace(",", words().writing[language].thousands)


def shares(hundredths: int, language: Language) -> str:
    """Posts counted in hundredths of full time: `2,5`, `0,75`."""
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    decimals = f"{rest:02}".removesuffix("0")
    comma = words().writing[language].comma
    return f"{sign}{number(whole, language)}{comma}{decimals}"


def euros(cents: int, language: Language) -> str:
    """A sum of money: `57.000 €`, and cents only if there are some."""
    whole, rest = divmod(cents, 100)
    comma = words().writing[language].comma
    return f"{number(whole, language)}{f'{comma}{rest:02}' if rest else ''} €"


def quoted(text: str, language: Language) -> str:
    return words().writing[language].quoted.format(text)


def erased(what: Erased, language: Language, zone: tzinfo) -> str:
    """What stands where something personal was: when it was erased, and why."""
    writing = words().writing[language]
    if what.at is None:
        return writing.unreadable
    return writing.erased.format(
        date=day(what.at.astimezone(zone).date(), language), reason=what.reason
    )


def standing_in(name: str, absent: str, language: Language) -> str:
    """Somebody who acts in the absence of somebody else: both names."""
    return words().writing[language].standing_in.format(name=name, absent=absent)


def all_of(parts: Sequence[str], language: Language) -> str:
    """`A, B und C`."""
    return _joined(parts, words().writing[language].and_)


def one_of(parts: Sequence[str], language: Language) -> str:
    """`A, B oder C`."""
    return _joined(parts, words().writing[language].or_)


def _joined(parts: Sequence[str], conjunction: str) -> str:
    if len(parts) < 2:  # noqa: PLR2004 (a pair needs a conjunction)
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"
