"""Files with what only their format has: formulas, repeated cells, lost members, deep JSON."""

import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from tests.support.college_files import (
    Rows,
    archive,
    csv,
    inline,
    ods,
    ods_cell,
    oneroster,
    schild,
    svws,
    xlsx,
)

STRANGE = [
    "",
    " ",
    "1e999",
    "-1",
    "9" * 400,
    "0x1F",
    "NaN",
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "31.02.2008",
    "2008-13-01",
    "01.01.08",
    "99.99.9999",
    "A" * 3000,
    "Zeile\nZwei",
    'Anführ"ung',
    ";;;",
    "|||",
    "\u202everkehrt",
    "\ufeffA01",
    "\u0000",
    "\u0007",
    "😀",
    "\N{FULLWIDTH LATIN CAPITAL LETTER A}01",
    "A99",
    "10-99999",
    "true",
    "#DIV/0!",
    "<script>",
    "'; drop table",
]


def formulas(draw: random.Random, table: Rows) -> bytes:
    def cell(address: str, text: str) -> str:
        if draw.random() < 0.1:
            return f'<c r="{address}"><f>{escape(draw.choice(STRANGE[:8]))}</f><v>2</v></c>'
        return inline(address, text)

    return xlsx(table, cell=cell)


def merged(draw: random.Random, table: Rows) -> bytes:
    end = draw.choice(["A4", "C9", "XFD1048576", "A0", "?"])
    return xlsx(table, f'<mergeCells count="1"><mergeCell ref="A2:{end}"/></mergeCells>')


def strange_types(draw: random.Random, table: Rows) -> bytes:
    def cell(address: str, text: str) -> str:
        if draw.random() < 0.2:
            kind = draw.choice(["s", "b", "e", "n", "str", "d", "zz"])
            value = draw.choice(["0", "99999999", "1e308", "-1", "", "#REF!", "x", "2958466"])
            return f'<c r="{address}" t="{kind}"><v>{value}</v></c>'
        return inline(address, text)

    return xlsx(table, cell=cell)


def far_cells(draw: random.Random, table: Rows) -> bytes:
    far = draw.choice(["XFD1048576", "A1048576", "ZZZZZ1", "A99999999999", "A0", "1A", "CZ109999"])

    def cell(address: str, text: str) -> str:
        return inline(far if draw.random() < 0.05 else address, text)

    return xlsx(table, cell=cell)


def lost_member(draw: random.Random, table: Rows) -> bytes:
    return _without(draw, xlsx(table))


def lost_roster_file(draw: random.Random, table: Rows) -> bytes:
    return _without(draw, oneroster(table))


def lost_content(draw: random.Random, table: Rows) -> bytes:
    return _without(draw, ods(table))


def repeated_cells(draw: random.Random, table: Rows) -> bytes:
    def cell(text: str) -> str:
        if draw.random() < 0.05:
            times = draw.choice(["2", "16384", "1048576", "99999999999999999999", "-1", "x"])
            repeated = f'table:number-columns-repeated="{times}" office:value-type="string"'
            return (
                f"<table:table-cell {repeated}><text:p>{escape(text)}</text:p></table:table-cell>"
            )
        return ods_cell(text)

    return ods(table, cell)


def covered_cells(draw: random.Random, table: Rows) -> bytes:
    def cell(text: str) -> str:
        if draw.random() < 0.1:
            return draw.choice([
                "<table:covered-table-cell/>",
                '<table:table-cell table:formula="of:=1/0" office:value-type="float"/>',
                '<table:table-cell office:value-type="date" office:date-value="9999-99-99"/>',
            ])  # fmt: skip
        return ods_cell(text)

    return ods(table, cell)


def entities(draw: random.Random, table: Rows) -> bytes:
    del draw
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    whole = dict(_members(ods(table)))
    content = whole["content.xml"].replace(
        b"<office:document-content", bomb.encode() + b"<office:document-content", 1
    )
    return archive({**whole, "content.xml": content})


def other_delimiter(draw: random.Random, table: Rows) -> bytes:
    return csv(table, draw.choice([",", "\t", "|", ":", "~"]), draw.choice(["cp1252", "utf-16"]))


def open_quotes(draw: random.Random, table: Rows) -> bytes:
    content = csv(table)
    at = draw.randrange(len(content))
    return content[:at] + b'"' + content[at:]


def zipped(draw: random.Random, table: Rows) -> bytes:
    name = draw.choice(["SchuelerBasisdaten.dat", "x/Klassen.dat", "Klassen.dat", "nichts.txt"])
    return archive({name: schild(table)})


def strange_values(draw: random.Random, table: Rows) -> bytes:
    export: dict[str, Any] = json.loads(svws(table))
    others: list[Any] = [None, [], {}, "", 1e300, 10**30, "x" * 5000, True, -1]
    places: list[dict[str, Any]] = [export, *export["klassen"], *export["schueler"]]
    for place in draw.sample(places, min(3, len(places))):
        key = draw.choice(sorted(place))
        place[key] = draw.choice(others)
    return json.dumps(export).encode()


def deep(draw: random.Random, table: Rows) -> bytes:
    nested = b"[" * draw.choice([100, 100_000])
    return svws(table).replace(b'"lehrer": []', b'"lehrer": ' + nested, 1)


SPECIAL: dict[str, Sequence[Callable[[random.Random, Rows], bytes]]] = {
    "xlsx": (formulas, merged, strange_types, far_cells, lost_member),
    "ods": (repeated_cells, covered_cells, entities, lost_content),
    "csv": (other_delimiter, open_quotes),
    "schild": (zipped,),
    "svws": (strange_values, deep),
    "oneroster": (lost_roster_file,),
}


def _members(content: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        for name in source.namelist():
            yield name, source.read(name)


def _without(draw: random.Random, content: bytes) -> bytes:
    whole = dict(_members(content))
    lost = draw.choice(sorted(whole))
    kept = whole.pop(lost)
    if draw.random() < 0.3:
        whole["sub/" + lost] = kept
    return archive(whole)
