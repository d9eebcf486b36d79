"""Which column of a list of courses says what: by its usual heading, or by the one named."""

from collections.abc import Mapping

from services.importers.faults import Fault, Unreadable
from services.importers.mapping import plain
from services.importers.rows import Row, Table

FIELDS: Mapping[str, tuple[str, ...]] = {
    "key": (
        "veranstaltungsnummer",
        "veranstaltungsnr",
        "kursnummer",
        "kursnr",
        "angebotsnummer",
        "nummer",
        "nr",
        "key",
    ),
    "course_type": ("kursart", "kurstyp", "bildungsart", "coursetype"),
    "provider": ("traeger", "kurstraeger", "anbieter", "bildungsanbieter", "provider"),
    "title": ("titel", "kurstitel", "bildungsangebot", "bezeichnung", "title"),
    "starts_on": ("beginn", "kursbeginn", "start", "startdatum", "startson"),
    "ends_on": ("ende", "kursende", "endson"),
    "apply_until": ("anmeldeschluss", "anmeldefrist", "applyuntil"),
    "form": ("unterrichtsform", "form"),
    "times": ("unterrichtszeiten", "unterrichtszeit", "zeiten", "times"),
    "units": ("unterrichtseinheiten", "ue", "unterrichtsstunden", "units"),
    "price": ("kostenjeue", "kostenjeunterrichtseinheit", "preisjeue", "price"),
    "cost": ("kosten", "gesamtkosten", "kursgebuehr", "cost"),
    "participants": (
        "gebuchtemaximaleteilnehmerzahl",
        "gebuchtmaximal",
        "teilnehmerzahl",
        "participants",
    ),
    "seats": ("maximaleteilnehmerzahl", "plaetze", "seats"),
    "booked": ("gebuchteteilnehmerzahl", "gebuchteplaetze", "gebucht", "booked"),
    "place": ("ort", "veranstaltungsort", "kursort", "place"),
    "url": ("internetadresse", "link", "url", "internet"),
    "from_level": ("eingangsniveau", "einstiegsniveau", "fromlevel"),
    "to_level": ("zielniveau", "zielsprachniveau", "tolevel"),
    "as_of": ("stand", "aktualisiertam", "asof"),
}
"""Each field with its usual headings, the best first, as `plain` writes them."""

NEEDED = ("key", "course_type", "starts_on")


def columns_of(
    table: Table, head: Row, mapping: Mapping[str, str], *, has_provider: bool
) -> dict[str, int]:
    """The number of the column of each field. Raises Unreadable.

    `mapping` names headings that are none of the usual ones; with `has_provider`, no column need
    say whose the courses are.
    """
    for field in mapping:
        if field not in FIELDS:
            facts = {"fields": ", ".join(FIELDS)}
            raise Unreadable(Fault(code="import.field-unknown", value=field, facts=facts))
    columns: dict[str, int] = {}
    for field, usual in FIELDS.items():
        named = mapping.get(field)
        names = usual if named is None else (plain(named),)
        found = next((at for name in names if (at := _at(table, head, name)) is not None), None)
        if found is not None:
            columns[field] = found
        elif named is not None or field in NEEDED:
            raise _missing(table, head, field, named)
    if "provider" not in columns and not has_provider:
        raise _missing(table, head, "provider", None)
    return columns


def _at(table: Table, head: Row, name: str) -> int | None:
    found = [column for column, cell in enumerate(head.cells) if cell and plain(cell) == name]
    if len(found) > 1:
        place = table.place(head.number, found[-1])
        raise Unreadable(
            Fault(code="import.column-twice", place=place, value=head.cells[found[-1]])
        )
    return found[0] if found else None


def _missing(table: Table, head: Row, field: str, named: str | None) -> Unreadable:
    return Unreadable(
        Fault(
            code="offers.column-missing",
            place=table.place(head.number),
            value=named or "",
            facts={"field": field},
        )
    )
