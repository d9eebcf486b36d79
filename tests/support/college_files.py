"""Files as colleges have them, of every format the service reads; names and people are invented."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

PASSWORD = "Kirsche-4711-Geheim"
"""Stands in the formats that carry passwords. Nothing that was read may hold it."""

Rows: TypeAlias = list[list[str]]

HEADING = ["Klasse", "Schulgliederung", "Fachklasse", "Nachname", "Vorname", "Geburtsdatum"]
NAMES = ["Müller", "Straße", "d'Arc", "Linde", "Groß", "Åberg", "Peña", "Žižka"]


def rows(draw: random.Random, count: int = 12) -> Rows:
    """A list that is right, heading first."""
    found = [list(HEADING)]
    for number in range(count):
        born = f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{2005 + number % 4}"
        trade = ("H1A", "A01", "10-10104") if number % 2 else ("K1B", "A01", "10-10100")
        name = NAMES[number % len(NAMES)]
        found.append([*trade, name, f"Mirjana{'abcdefghijkl'[number % 12]}", born])
    return found


def csv(table: Rows, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    def quoted(cell: str) -> str:
        needs = any(sign in cell for sign in (delimiter, '"', "\n"))
        return f'"{cell.replace(chr(34), chr(34) * 2)}"' if needs else cell

    lines = [delimiter.join(map(quoted, row)) for row in table]
    return ("\r\n".join(lines) + "\r\n").encode(encoding, errors="replace")


def xlsx(table: Rows, extra: str = "", cell: Callable[[str, str], str] | None = None) -> bytes:
    """A workbook of one sheet with texts in place; `cell` writes another XML for an address."""
    write = cell or inline
    written = [
        (r, [write(f"{_letters(c)}{r}", text) for c, text in enumerate(row)])
        for r, row in enumerate(table, start=1)
    ]
    body = "".join(f'<row r="{r}">{"".join(cells)}</row>' for r, cells in written)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{extra}</worksheet>'
    return archive({**XLSX_PARTS, "xl/worksheets/sheet1.xml": XML + sheet})


def ods(table: Rows, cell: Callable[[str], str] | None = None) -> bytes:
    write = cell or ods_cell
    body = "".join(
        f"<table:table-row>{''.join(write(text) for text in row)}</table:table-row>"
        for row in table
    )
    content = f'{ODS_HEAD}<table:table table:name="Liste">{body}</table:table>{ODS_TAIL}'
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(
        {"mimetype": mime, "META-INF/manifest.xml": ODS_MANIFEST, "content.xml": content}
    )


def schild(table: Rows) -> bytes:
    """SchuelerBasisdaten.dat, with more columns than are read."""
    heading = "Nachname|Vorname|Geburtsdatum|Geschlecht|Status|Jahr|Abschnitt|Jahrgang|Klasse|"
    lines = [heading + "Schulgliederung|OrgForm|Klassenart|Fachklasse"]
    for room, programme, trade, surname, given, born in table[1:]:
        who = f"{surname}|{given}|{born}|w|2|2026|1|01|{room}|{programme}|T|BS|"
        lines.append(who + trade.partition("-")[2])
    return ("\r\n".join(lines) + "\r\n").encode("cp1252", errors="replace")


def svws(table: Rows) -> bytes:
    names = sorted({row[0] for row in table[1:]})
    learners: list[dict[str, Any]] = [
        {
            "id": 1000 + number,
            "idJahrgang": 1,
            "idKlasse": names.index(row[0]) + 1,
            "nachname": row[3],
            "vorname": row[4],
            "geschlecht": "w",
            "geburtsdatum": row[5],
            "status": 2,
            "lernplattformlogin": {"benutzername": f"u{number}", "initialpasswort": PASSWORD},
            "idsLerngruppen": [],
        }
        for number, row in enumerate(table[1:])
    ]
    classes: list[dict[str, Any]] = [
        {"id": n, "kuerzel": name, "kuerzelAnzeige": name, "idJahrgang": 1, "idsKlassenlehrer": []}
        for n, name in enumerate(names, start=1)
    ]
    export: dict[str, Any] = {
        "revision": 1,
        "schulnummer": 100815,
        "schuljahr": 2026,
        "idSchuljahresabschnitt": 2,
    }
    export |= {"klassen": classes, "lehrer": [], "schueler": learners}
    return json.dumps(export, ensure_ascii=False).encode()


def oneroster(table: Rows) -> bytes:
    names = sorted({row[0] for row in table[1:]})
    head = "sourcedId,status,dateLastModified,"
    classes = [head + "title,classType,schoolSourcedId,termSourcedIds"]
    classes += [f"c{n},active,2026-08-01,{name},homeroom,s1,t1" for n, name in enumerate(names)]
    users = [head + "enabledUser,role,username,givenName,familyName,identifier,password"]
    enrollments = [head + "classSourcedId,schoolSourcedId,userSourcedId,role"]
    births = [head + "birthDate"]
    for n, row in enumerate(table[1:]):
        day, month, year = row[5].split(".") if row[5].count(".") == 2 else ("1", "1", "x")
        users.append(f"u{n},active,,true,student,n{n},{row[4]},{row[3]},i{n},{PASSWORD}")
        room = names.index(row[0])
        enrollments.append(f"e{n},active,,c{room},s1,u{n},student")
        births.append(f"u{n},active,,{year}-{month}-{day}")
    session = f"{head}title,type,startDate,endDate,schoolYear"
    return archive({
        "manifest.csv": "propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,1.1\r\n",
        "orgs.csv": f"{head}name,type,identifier\r\ns1,active,,Berufskolleg,school,100815\r\n",
        "academicSessions.csv": f"{session}\r\nt1,active,,26/27,schoolYear,{YEAR}\r\n",
        "classes.csv": "\r\n".join(classes) + "\r\n",
        "users.csv": "\r\n".join(users) + "\r\n",
        "enrollments.csv": "\r\n".join(enrollments) + "\r\n",
        "demographics.csv": "\r\n".join(births) + "\r\n",
    })  # fmt: skip


WHOLE: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "xlsx": ("liste.xlsx", xlsx),
    "ods": ("liste.ods", ods),
    "csv": ("liste.csv", csv),
    "schild": ("SchuelerBasisdaten.dat", schild),
    "svws": ("LernplattformenExport.json", svws),
    "oneroster": ("oneroster.zip", oneroster),
}


# How the formats are written

YEAR = "2026-08-01,2027-07-31,2027"

XML = '<?xml version="1.0" encoding="UTF-8"?>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats"
CONTENT = f"{OFFICE}-officedocument.spreadsheetml"
XLSX_PARTS = {
    "[Content_Types].xml": f"{XML}<Types xmlns='{PACKAGE}/content-types'>"
    f"<Default Extension='rels' ContentType='{OFFICE}-package.relationships+xml'/>"
    f"<Override PartName='/xl/workbook.xml' ContentType='{CONTENT}.sheet.main+xml'/>"
    f"<Override PartName='/xl/worksheets/sheet1.xml' ContentType='{CONTENT}.worksheet+xml'/>"
    "</Types>",
    "_rels/.rels": f"{XML}<Relationships xmlns='{RELATIONS}'><Relationship Id='rId1' "
    f"Type='{DOCUMENT}/officeDocument' Target='xl/workbook.xml'/></Relationships>",
    "xl/workbook.xml": f"{XML}<workbook xmlns='{MAIN}' xmlns:r='{DOCUMENT}'><sheets>"
    "<sheet name='Liste' sheetId='1' r:id='rId1'/></sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f"{XML}<Relationships xmlns='{RELATIONS}'>"
    f"<Relationship Id='rId1' Type='{DOCUMENT}/worksheet' "
    "Target='worksheets/sheet1.xml'/></Relationships>",
}
URN = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEAD = (
    f'{XML}<office:document-content xmlns:office="{URN}:office:1.0" xmlns:table="{URN}:table:1.0"'
    f' xmlns:text="{URN}:text:1.0"><office:body><office:spreadsheet>'
)
ODS_TAIL = "</office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="{URN}:manifest:1.0"><manifest:file-entry '
    'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)


def archive(members: dict[str, str] | dict[str, bytes] | dict[str, str | bytes]) -> bytes:
    """A zip file, the same bytes for the same members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def inline(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(_sayable(text))}</t></is></c>'


def ods_cell(text: str) -> str:
    kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(_sayable(text))}</text:p></table:table-cell>"


def _sayable(text: str) -> str:
    """XML has no NUL at all."""
    return text.replace("\0", "")


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
