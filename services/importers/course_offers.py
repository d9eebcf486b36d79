"""Reads a list of courses, of a provider or of KURSNET and NAvI, row by row, each with its faults.

KURSNET's fields: Beginn, Ende, Anmeldeschluss, Unterrichtsform, Unterrichtszeiten, Kosten,
gebuchte/maximale Teilnehmerzahl, Ort (help for certified providers, 2017).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

import msgspec

from domain.course_offers.checking import check_key, faults
from domain.course_offers.context import Known
from domain.course_offers.details import Details, Form
from domain.course_offers.errors import AsOfInTheFuture, KeyMalformed
from services.catalogues.course_types import course_types
from services.importers.course_offer_cells import (
    Located,
    Times,
    booked_of,
    cents_of,
    form_of,
    level_of,
    located,
    price_of,
    times_of,
    whole,
)
from services.importers.course_offer_columns import columns_of
from services.importers.course_offer_line import Line
from services.importers.enrolments import day_of
from services.importers.faults import Fault, Place, Unreadable, column_letters
from services.importers.mapping import plain
from services.importers.rows import Limits, Row, Table
from services.importers.tables import headed, read_table

LIMITS = Limits(rows=2_000)


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a list. `municipalities`: AGS by name as `plain` writes it.

    `mapping` names the heading of a field where it is none of the usual ones; `provider` is that
    of all rows if there is no such column, `as_of` likewise.
    """

    today: date
    municipalities: Mapping[str, str]
    as_of: date
    provider: str = ""
    mapping: Mapping[str, str] = {}


class ListedOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A row without faults; `place` is where its key stands."""

    place: Place
    key: str
    details: Details
    as_of: date


class ShownCell(msgspec.Struct, frozen=True, kw_only=True):
    """A column that is read: its letter as spreadsheets name it, its heading, what it says."""

    letter: str
    heading: str
    field: str


class OfferList(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a list: offers without faults, and all faults.

    `is_readable` is false if it cannot be read at all. `rows` are the number of each row and its
    cells in the order of `columns`.
    """

    offers: tuple[ListedOffer, ...] = ()
    faults: tuple[Fault, ...] = ()
    columns: tuple[ShownCell, ...] = ()
    rows: tuple[tuple[int, tuple[str, ...]], ...] = ()
    is_readable: bool = True


def read_offers(stream: BinaryIO, file: str, expected: Expected) -> OfferList:
    """The whole list. Never raises for what it holds. `stream` can seek and stays open."""
    try:
        table = read_table(stream, file, limits=LIMITS)
        head, rows = headed(table, LIMITS)
        reader = _Reader(
            table,
            columns_of(table, head, expected.mapping, has_provider=bool(expected.provider)),
            expected,
        )
        for row in rows:
            reader.take(row)
    except Unreadable as error:
        return OfferList(faults=(error.fault,), is_readable=False)
    return reader.read(head)


class _Reader:
    """Gathers offers and faults, row by row."""

    def __init__(self, table: Table, columns: Mapping[str, int], expected: Expected) -> None:
        self._table = table
        self._columns = columns
        self._expected = expected
        self._types = _type_words()
        self._known = Known(
            types=frozenset(course_types().types),
            municipalities=frozenset(expected.municipalities.values()),
        )
        self._offers: list[ListedOffer] = []
        self._faults: list[Fault] = []
        self._rows: list[tuple[int, tuple[str, ...]]] = []
        self._seen: dict[str, Place] = {}

    def take(self, row: Row | Fault) -> None:
        if isinstance(row, Fault):
            self._faults.append(row)
            return
        shown = tuple(row.cell(column) for column in self._columns.values())
        self._rows.append((row.number, shown))
        before = len(self._faults)
        offer = self._offer(Line(row, self._table, self._columns, self._faults))
        if offer is not None and len(self._faults) == before:
            self._offers.append(offer)

    def read(self, head: Row) -> OfferList:
        return OfferList(
            offers=tuple(self._offers),
            faults=tuple(self._faults),
            columns=tuple(
                ShownCell(letter=column_letters(at), heading=head.cell(at), field=field)
                for field, at in self._columns.items()
            ),
            rows=tuple(self._rows),
        )

    def _offer(self, line: Line) -> ListedOffer | None:
        if line.is_doubtful():
            return None
        key = self._key(line)
        as_of = line.said("as_of", day_of, "offers.day-unreadable") or self._expected.as_of
        if as_of > self._expected.today:
            line.refuse(AsOfInTheFuture(str(as_of)))
        details = self._details(line)
        if details is None:
            return None
        for error in faults(details, self._known):
            line.refuse(error)
        return ListedOffer(place=line.place("key"), key=key, details=details, as_of=as_of)

    def _key(self, line: Line) -> str:
        key = line.text("key")
        try:
            check_key(key)
        except KeyMalformed as error:
            line.refuse(error)
            return key
        if key in self._seen:
            line.fault("offers.key-twice", "key", first=self._seen[key].cell)
        self._seen.setdefault(key, line.place("key"))
        return key

    def _details(self, line: Line) -> Details | None:
        """What the row says; None if a cell that is needed cannot be read."""
        course_type = line.needed("course_type", lambda t: self._types.get(plain(t)), "type")
        starts_on = line.needed("starts_on", day_of, "day")
        where = located(line.text("place"), self._expected.municipalities)
        if course_type is None or starts_on is None:
            return None
        return Details(
            course_type=course_type,
            starts_on=starts_on,
            provider=line.text("provider") or self._expected.provider,
            title=line.text("title"),
            url=line.text("url"),
            **_rest(line, where),
        )


def _rest(line: Line, where: Located) -> dict[str, Any]:
    """What need not be there."""
    times = line.said("times", times_of, "offers.times-unreadable") or Times()
    both = line.said("participants", booked_of, "offers.participants-unreadable")
    booked, seats = both or (None, None)
    units = line.said("units", whole, "offers.number-unreadable")
    price = line.said("price", cents_of, "offers.price-unreadable")
    cost = line.said("cost", lambda text: price_of(text, units), "offers.price-unreadable")
    return {
        "form": line.said("form", form_of, "offers.form-unknown") or Form.PRESENCE,
        "municipality": where.municipality,
        "place": where.place,
        "ends_on": line.said("ends_on", day_of, "offers.day-unreadable"),
        "apply_until": line.said("apply_until", day_of, "offers.day-unreadable"),
        "weekdays": times.weekdays,
        "begins": times.begins,
        "ends": times.ends,
        "units": units,
        "seats": _first(line.said("seats", whole, "offers.number-unreadable"), seats),
        "booked": _first(line.said("booked", whole, "offers.number-unreadable"), booked),
        "price": _first(price, cost),
        "from_level": line.said("from_level", level_of, "offers.level-unknown"),
        "to_level": line.said("to_level", level_of, "offers.level-unknown"),
    }


def _type_words() -> Mapping[str, str]:
    """Each key, name and alias of a type of course as `plain` writes it, and its key."""
    return {
        plain(word): key
        for key, entry in course_types().entries.items()
        for word in (key, entry.de, entry.en, *entry.aliases)
    }


def _first(one: int | None, other: int | None) -> int | None:
    return other if one is None else one
