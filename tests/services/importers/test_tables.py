"""Tables come in as they look to the person who made them, or say why not."""

import io
import zipfile
from random import Random

import pytest

from services.importers.faults import Fault, Place, Unreadable, column_letters, column_number
from services.importers.rows import LIMITS, Limits, Row
from services.importers.tables import headed, pasted_table, read_table
from tests.support.college_files import MAIN, XLSX_PARTS, XML, archive, csv, ods, rows, xlsx

TABLE = [["Klasse", "Name"], ["H1A", "Müller"], ["", ""], ["H1B", 'Straße "7"; 2. Hof']]


def cells(content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    table = read_table(io.BytesIO(content), "liste")
    return [(row.number, row.cells) for row in table.rows if not row.is_empty]


def refusal(content: bytes, limits: Limits = LIMITS) -> Fault:
    with pytest.raises(Unreadable) as refused:
        list(headed(read_table(io.BytesIO(content), "liste", limits=limits), limits)[1])
    return refused.value.fault


EXPECTED = [(number, tuple(row)) for number, row in enumerate(TABLE, start=1) if any(row)]


@pytest.mark.parametrize(
    "content",
    [
        xlsx(TABLE),
        ods(TABLE),
        csv(TABLE),
        csv(TABLE, encoding="cp1252"),
        csv(TABLE, ",", "utf-8"),
        csv(TABLE, "\t", "utf-16"),
        b"sep=|\n" + csv(TABLE, "|", "cp1252"),
    ],
)
def test_every_format_encoding_and_delimiter_gives_the_same_table(content: bytes) -> None:
    first = int(content.startswith(b"sep="))
    assert cells(content) == [(number + first, row) for number, row in EXPECTED]


def test_a_table_is_pasted_as_a_spreadsheet_copies_it() -> None:
    pasted = pasted_table('Klasse\tName\r\nH1A\t"Zeile\r\nZwei"\r\n')
    assert [row.cells for row in pasted.rows] == [("Klasse", "Name"), ("H1A", "Zeile\r\nZwei")]


def test_numbers_days_and_truth_are_written_plainly() -> None:
    written = [
        ("<v>12</v>", "12"),
        ("<v>12.0</v>", "12"),
        ("<v>0.5</v>", "0.5"),
        ("<v>1e300</v>", "1e+300"),
    ]
    for given, shown in written:
        table = xlsx([["A"]], cell=lambda at, _, said=given: f'<c r="{at}">{said}</c>')
        assert cells(table) == [(1, (shown,))]
    day = ods(
        [["x"]], lambda _: f"<table:table-cell {DAY}><text:p>1.8.</text:p></table:table-cell>"
    )
    assert cells(day) == [(1, ("2026-08-01",))]


DAY = 'office:value-type="date" office:date-value="2026-08-01"'


def test_cells_keep_their_place_beside_empty_columns_and_rows() -> None:
    table = xlsx([["", "", ""], ["", "", "x"]])
    assert cells(table) == [(2, ("", "", "x"))]


def test_formulas_errors_and_merged_cells_are_doubtful() -> None:
    special = {
        "A2": '<c r="A2"><f>1+1</f><v>2</v></c>',
        "B2": '<c s="1" r="B2" t="e"><v>#DIV/0!</v></c>',
        "C2": '<c t="str" r="C2">\n<f t="shared"/><v>x</v></c>',
    }
    content = xlsx(
        [["A", "B", "C"], ["", "", ""], ["x", "y", "z"], ["", "y", "z"]],
        '<mergeCells count="1"><mergeCell ref="A3:A4"/></mergeCells>',
        lambda at, text: special.get(at) or f'<c r="{at}" t="str"><v>{text}</v></c>',
    )
    found = {row.number: row.doubts for row in read_table(io.BytesIO(content), "x").rows}
    assert found == {
        1: {},
        2: {0: "table.formula", 1: "table.cell-error", 2: "table.formula"},
        3: {},
        4: {0: "table.merged"},
    }


def test_a_row_beyond_the_heading_is_a_fault_that_hides_its_value() -> None:
    _, below = headed(read_table(io.BytesIO(b"A;B\n1;2;3\n1;2;;\n"), "x.csv"))
    fault, row = below
    assert fault == Fault(code="table.row-longer", place=Place(file="x.csv", row=2, column=2))
    assert isinstance(row, Row)
    assert Place(row=2, column=2).cell == "C2"


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "table.empty", None),
        (b"\n;;\n", "table.empty", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "table.old-workbook", None),
        (b"PK\x03\x04", "table.not-a-workbook", None),
        (archive({"a": b"b"}), "table.not-a-workbook", None),
        (b"A;B\n1;\x00", "text.control-character", 2),
        ("A;B\n1;ü".encode("cp850"), "text.encoding", 2),
        ("Ä;B\nÖ;ü\n1;".encode() + b"\xfc", "text.garbled", 3),
        ("A;B\n1;ü".encode().decode("cp1252").encode(), "text.garbled", 2),
        (b'A;B\n"1;2\n' + b"3;4\n" * 2000, "text.quotes", 2),
        (b'A;B\n"1"x;2\n', "text.quotes", 2),
        (b"A;B\n" + b"x" * 2_000_000, "text.line-too-long", 2),
        (b"A;B\n1;" + b"x" * 3000, "table.cell-too-long", 2),
        (b";" * 200 + b"\n", "table.too-many-columns", 1),
    ],
)
def test_what_is_no_table_says_why_and_where(content: bytes, code: str, row: int | None) -> None:
    fault = refusal(content)
    assert (fault.code, fault.place.row) == (code, row)


def test_more_rows_than_allowed_are_refused() -> None:
    limits = Limits(rows=10)
    assert refusal(csv(rows(Random(1), 11)), limits).code == "table.too-many-rows"
    table = read_table(io.BytesIO(csv(rows(Random(1), 10))), "x", limits=limits)
    assert len(list(headed(table, limits)[1])) == 10


@pytest.mark.parametrize(
    "at", ["XFD1", "A1048576", "A99999999999", "ZZZZ1", "1A", "DA1", "A110000"]
)
@pytest.mark.parametrize("before", [" ", ' s="1"', "\n"])
def test_a_cell_far_away_does_not_lay_out_all_between(at: str, before: str) -> None:
    far = xlsx([["A"]], cell=lambda _, __: f'<c{before} r="{at}"><v>1</v></c>')
    assert refusal(far).code == "table.too-large"


def test_a_sheet_both_long_and_wide_is_refused() -> None:
    both = xlsx([["A", "B"]], cell=lambda at, _: f'<c r="{at[:-1]}Z100000"><v>1</v></c>')
    assert refusal(both).code == "table.too-large"


def test_a_long_text_shared_by_many_cells_is_not_copied_into_them() -> None:
    body = "".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 20_000))
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 8000}</t></si></sst>'
    content = archive({
        **XLSX_PARTS,
        "xl/worksheets/sheet1.xml": XML + sheet,
        "xl/sharedStrings.xml": XML + shared,
    })  # fmt: skip
    assert refusal(content).code == "table.too-large"


@pytest.mark.parametrize("times", ["1000000", "99999999999999999999999"])
@pytest.mark.parametrize("what", ["columns", "rows"])
def test_a_repeated_cell_is_not_laid_out_a_million_times(times: str, what: str) -> None:
    cell = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
    repeated = f' table:number-{what}-repeated="{times}"'
    content = ods([["x"]], lambda _: cell.format(repeated if what == "columns" else ""))
    if what == "rows":
        content = _replaced(content, b"<table:table-row>", f"<table:table-row{repeated}>".encode())
    assert refusal(content).code == "table.too-large"


def test_empty_rows_below_may_be_repeated_to_the_end_of_the_sheet() -> None:
    empty = (
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    assert cells(_replaced(ods(TABLE), b"</table:table>", empty)) == EXPECTED


def test_an_archive_that_unpacks_to_far_more_is_not_unpacked() -> None:
    limits = Limits(unpacked=100_000)
    assert refusal(archive({**XLSX_PARTS, "x": bytes(100_000)}), limits).code == "table.too-large"


def test_a_document_type_is_refused() -> None:
    content = _replaced(ods(TABLE), b"<office:doc", b'<!DOCTYPE x [<!ENTITY a "b">]><office:doc')
    assert refusal(content).code == "table.not-a-workbook"


def test_a_sheet_is_chosen_by_name_and_a_wrong_name_lists_the_right_ones() -> None:
    assert read_table(io.BytesIO(xlsx(TABLE)), "x", sheet="Liste").sheet == "Liste"
    with pytest.raises(Unreadable) as refused:
        read_table(io.BytesIO(xlsx(TABLE)), "x.xlsx", sheet="Andere")
    german = refused.value.fault.sentence("de")
    assert german == "„x.xlsx“: Ein Tabellenblatt „Andere“ gibt es nicht. Vorhanden sind: Liste."


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(column_number(column_letters(n)) == n for n in range(1000))


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    return archive({**members, "content.xml": members["content.xml"].replace(old, new, 1)})
