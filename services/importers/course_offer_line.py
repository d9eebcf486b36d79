"""A row of a list of courses while it is read: its cells by field, and what is wrong with them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from domain.kernel import DomainError
from services.importers.course_offer_cells import NOTHING
from services.importers.faults import Fault, Place
from services.importers.rows import Row, Table

SAID_IN: Mapping[str, tuple[str, ...]] = {
    "weekdays": ("times",),
    "begins": ("times",),
    "ends": ("times",),
    "seats": ("seats", "participants"),
    "booked": ("booked", "participants"),
    "price": ("price", "cost"),
    "municipality": ("place",),
}
"""Where the list says what the offer has as a field of its own."""

T = TypeVar("T")


class Line:
    """One row. `faults` are those of the whole list."""

    def __init__(
        self, row: Row, table: Table, columns: Mapping[str, int], faults: list[Fault]
    ) -> None:
        self._row = row
        self._table = table
        self._columns = columns
        self._faults = faults

    def text(self, field: str) -> str:
        """What is entered; empty for a dash, and for a column there is not."""
        column = self._columns.get(field)
        text = "" if column is None else self._row.cell(column)
        return "" if text in NOTHING else text

    def place(self, field: str) -> Place:
        return self._table.place(self._row.number, self._columns.get(field))

    def is_doubtful(self) -> bool:
        """Note the cells that are not plainly what they show, as a formula is."""
        doubtful = [c for c in self._columns.values() if c in self._row.doubts]
        for column in doubtful:
            place = self._table.place(self._row.number, column)
            self._faults.append(Fault(code=self._row.doubts[column], place=place))
        return bool(doubtful)

    def said(self, field: str, read: Callable[[str], T | None], code: str) -> T | None:
        """What the cell says; None if it is empty, and with a fault if it cannot be read."""
        text = self.text(field)
        if not text:
            return None
        value = read(text)
        if value is None:
            self.fault(code, field)
        return value

    def needed(self, field: str, read: Callable[[str], T | None], what: str) -> T | None:
        if not self.text(field):
            self.fault("offers.value-missing", field)
            return None
        code = {"type": "offers.type-unknown", "day": "offers.day-unreadable"}[what]
        return self.said(field, read, code)

    def refuse(self, error: DomainError) -> None:
        """What the domain would refuse, at the cell that says it."""
        field = str(error.facts.get("field", "key"))
        where = [f for f in SAID_IN.get(field, (field,)) if f in self._columns]
        code = error.code.replace("course-offer.", "offers.")
        facts = {name: fact for name, fact in error.facts.items() if name != "field"}
        self.fault(code, where[0] if where else field, **facts)

    def fault(self, code: str, field: str, **facts: object) -> None:
        self._faults.append(
            Fault(
                code=code,
                place=self.place(field),
                value=self.text(field),
                facts={"field": field, **facts},
            )
        )
