"""Course offers as a table to take along, with headings by which it can be taken in again."""

from collections.abc import Sequence
from datetime import date

from domain.course_offers.details import Details
from domain.course_offers.offer import Existing, standing_on
from services.catalogues.course_types import course_types
from services.results_files.exports import Cell
from services.texts import Language, word

COLUMNS = (
    "key",
    "course_type",
    "provider",
    "title",
    "starts_on",
    "ends_on",
    "apply_until",
    "form",
    "times",
    "units",
    "price",
    "seats",
    "booked",
    "place",
    "from_level",
    "to_level",
    "url",
    "as_of",
    "expires",
)
DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
"""In lists of courses they are German in either language."""


def headings(language: Language) -> tuple[str, ...]:
    return (
        *(word(column, language, of="offer-field") for column in COLUMNS),
        word("standing", language, of="offer-field"),
        word("source", language, of="offer-field"),
    )


def table_row(offer: Existing, municipality: str, day: date, language: Language) -> Sequence[Cell]:
    """The cells of an offer; `municipality` is the name of the one it is held in, if of one."""
    record, details = offer.record, offer.record.details
    entry = course_types().entries.get(details.course_type)
    return (
        record.key,
        entry.name(language) if entry else details.course_type,
        details.provider,
        details.title,
        details.starts_on,
        details.ends_on,
        details.apply_until,
        word(details.form, language, of="offer"),
        lessons(details),
        details.units,
        None if details.price is None else f"{details.price // 100},{details.price % 100:02}",
        details.seats,
        details.booked,
        _where(details, municipality),
        details.from_level and details.from_level.upper(),
        details.to_level and details.to_level.upper(),
        details.url,
        record.as_of,
        record.expires,
        word(standing_on(offer, day), language, of="offer"),
        word(record.source, language, of="offer"),
    )


def lessons(details: Details) -> str:
    """As in `Di, Do 17:30-20:00`."""
    days = ", ".join(DAYS[day - 1] for day in details.weekdays)
    hours = f"{details.begins}-{details.ends}" if details.begins else ""
    return f"{days} {hours}".strip()


def _where(details: Details, municipality: str) -> str:
    """The place, with the name of the municipality unless that is said in it."""
    if municipality and details.place and municipality not in details.place:
        return f"{municipality}, {details.place}"
    return details.place or municipality
