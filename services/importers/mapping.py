"""Which column of a college's own list says what: fields, their usual headings, a mapping."""

import re
import unicodedata
from collections.abc import Mapping

from services.importers.faults import Fault, Unreadable
from services.importers.rows import Row, Table

FIELDS: Mapping[str, tuple[str, ...]] = {
    "class": ("klasse", "klassenname", "klassenbezeichnung", "internbez", "kuerzel", "class"),
    "programme": ("schulgliederung", "gliederung", "bildungsgang", "programme"),
    "trade": ("fachklasse", "fachklassenschluessel", "beruf", "trade"),
    "school_year": ("schuljahr", "jahr", "schoolyear"),
    "own_id": ("id", "schuelerid", "schuelernummer", "interneid", "guid", "ownid"),
    "surname": ("nachname", "name", "familienname", "surname", "lastname", "familyname"),
    "given_name": ("vorname", "vornamen", "rufname", "givenname", "firstname"),
    "born": ("geburtsdatum", "gebdatum", "geburtstag", "geboren", "geborenam", "birthdate"),
    "pseudonym": ("pseudonym",),
}
"""Each field with its usual headings, the best first, as `plain` writes them."""

PASSWORD = re.compile("passwor|kennwort|initialpw|^pw$|^pin$")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def plain(heading: str) -> str:
    """A heading without capitals, umlauts, white space and signs: `Geb.-Datum` is `gebdatum`."""
    text = unicodedata.normalize("NFC", heading).casefold().translate(UMLAUTS)
    return "".join(letter for letter in text if letter.isalnum())


def proposed(heading: Row) -> dict[str, str]:
    """A mapping from the usual headings: field to heading. Fields without one are left out."""
    found = {plain(cell): cell for cell in reversed(heading.cells) if cell}
    return {
        field: next(found[name] for name in names if name in found)
        for field, names in FIELDS.items()
        if any(name in found for name in names)
    }


def columns_of(table: Table, heading: Row, mapping: Mapping[str, str]) -> dict[str, int]:
    """The number of the column for each field of a mapping.

    Raises Unreadable if a field or a heading does not exist, if it is not clear which column is
    meant, or if it is one of passwords.
    """
    columns: dict[str, int] = {}
    for field, name in mapping.items():
        if field not in FIELDS:
            fault = Fault(code="import.field-unknown", value=field, facts={"fields": _all_fields()})
            raise Unreadable(fault)
        columns[field] = _column(table, heading, field, name)
    if "class" not in columns:
        _column(table, heading, "class", "")
    return columns


def _column(table: Table, heading: Row, field: str, name: str) -> int:
    if PASSWORD.search(plain(name)):
        raise Unreadable(Fault(code="import.password-column", place=table.place()))
    wanted = plain(name)
    exact = [c for c, cell in enumerate(heading.cells) if cell and cell == name]
    found = exact or [c for c, cell in enumerate(heading.cells) if wanted and plain(cell) == wanted]
    if len(found) == 1:
        return found[0]
    if not found:
        place, code = table.place(heading.number), "import.column-missing"
    else:
        place, code = table.place(heading.number, found[-1]), "import.column-twice"
    shown = name or FIELDS[field][0].capitalize()
    raise Unreadable(Fault(code=code, place=place, value=shown, facts={"field": field}))


def _all_fields() -> str:
    return ", ".join(FIELDS)
