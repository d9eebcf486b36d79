"""A class, its instrument and its results, and files with them as people hand them in."""

import csv
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from xml.sax.saxutils import escape, quoteattr

import msgspec
from hypothesis import strategies as st
from xlsxwriter import Workbook

from domain.assessments.definition import Cut, CutScores, Definition, Kind, Level, Norms, Part
from domain.assessments.results import Attendance, PartScore, Result
from services.results_files.about import About
from services.results_files.reading import Expected
from services.results_files.template import Template
from services.texts.catalogue import InBoth

Cell = str | int | float | date | None

C_TEST = Definition(
    kind=Kind.C_TEST,
    parts=(
        Part(key="t1", title="Text 1", maximum=20),
        Part(key="t2", title="Text 2", maximum=25),
        Part(key="probe", title="Werkstatt", maximum=20, pilot=True),
    ),
    cut_scores=CutScores(
        version="1",
        author="AG Fachsprache",
        method="Bookmark",
        set_on=date(2026, 1, 15),
        cuts=(Cut(level=Level.A2, at_least=0), Cut(level=Level.B1, at_least=20)),
    ),
    norms=Norms(reliability=840, deviation=700, people=120, source="Erprobung 2025"),
)
SUBTESTS = msgspec.structs.replace(
    C_TEST,
    kind=Kind.SUBTESTS,
    parts=(
        Part(key="lesen", title="Lesen", maximum=40),
        Part(key="hoeren", title="Hören", maximum=30),
    ),
)
ABOUT = About(
    college="rvw-berufskolleg",
    school_year="2026/27",
    training_class="IF1A",
    round="herbst",
    round_title="Herbst 2026",
    instrument="c-test",
    version=3,
)
ACCOMMODATIONS = {
    "extra-time": InBoth(de="Zeitzuschlag", en="Extra time"),
    "reader": InBoth(de="Vorlesen, auch digital", en="Reading aloud, digitally too"),
}
LEARNERS: tuple[str, ...] = ("p-anna", "p-ben", "p-cem")
TODAY = date(2027, 3, 1)
TAKEN_ON = date(2026, 9, 3)

HEADINGS = (
    *("Pseudonym", "Datum", "Teilnahme"),
    *("Text 1 R/F", "Text 1 WE", "Text 1 nicht bearbeitet"),
    *("Text 2 R/F", "Text 2 WE", "Text 2 nicht bearbeitet"),
    *("Nachteilsausgleich", "Testform"),
)
ANNA = ("p-anna", "03.09.2026", "anwesend", "12", "15", "2", "20", "21", "", "", "")
ANNAS_RESULT = Result(
    taken_on=TAKEN_ON,
    scores=(
        PartScore(part="t1", exact=12, recognition=15, omitted=2),
        PartScore(part="t2", exact=20, recognition=21),
    ),
)


def expected(
    definition: Definition = C_TEST,
    learners: Iterable[str] = LEARNERS,
    *,
    about: About = ABOUT,
    enrols: bool = False,
) -> Expected:
    return Expected(
        about=about,
        definition=definition,
        learners=frozenset(learners),
        today=TODAY,
        accommodations=ACCOMMODATIONS,
        enrols=enrols,
    )


def template(
    definition: Definition = C_TEST,
    learners: Sequence[str] = LEARNERS,
    recorded: Mapping[str, Result] | None = None,
) -> Template:
    return Template(
        about=ABOUT,
        definition=definition,
        learners=learners,
        recorded=recorded or {},
        accommodations=ACCOMMODATIONS,
    )


def csv_file(*rows: Sequence[Cell], delimiter: str = ";") -> BytesIO:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return BytesIO(text.getvalue().encode())


def xlsx_file(*rows: Sequence[Cell]) -> BytesIO:
    """Days are numbers in the format of a day, as spreadsheets keep them."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ergebnisse")
        day = workbook.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell, day if isinstance(cell, date) else None)
    file.seek(0)
    return file


def ods_file(*rows: Sequence[Cell], stamp: Mapping[str, str] | None = None) -> BytesIO:
    """OpenDocument 1.2 with as little as a spreadsheet has to have."""
    sheets = {"Ergebnisse": rows, **({"Kreislauf": list(stamp.items())} if stamp else {})}
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(
            f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in content
        )
        + "</table:table>"
        for name, content in sheets.items()
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.format(tables))
    file.seek(0)
    return file


@st.composite
def results(draw: st.DrawFn, definition: Definition) -> Result:
    """Any result that is possible with the instrument, in the order it is kept in."""
    attendance = draw(st.sampled_from(Attendance))
    scores: list[PartScore] = []
    if attendance is not Attendance.ABSENT:
        for part in definition.parts:
            needed = attendance is Attendance.PRESENT and not part.pilot
            if needed or draw(st.booleans()):
                scores.append(draw(part_scores(part, definition.kind)))
    keys = draw(st.sets(st.sampled_from(sorted(ACCOMMODATIONS))))
    return Result(
        taken_on=draw(st.none() | st.dates(date(2026, 8, 1), TODAY)),
        attendance=attendance,
        scores=tuple(scores),
        accommodation=tuple(sorted(keys)),
        form=draw(st.sampled_from(["", "A", "=B", "'A", "1"])),
    )


@st.composite
def part_scores(draw: st.DrawFn, part: Part, kind: Kind) -> PartScore:
    if kind is Kind.C_TEST and draw(st.booleans()):
        gaps = draw(st.text("erwo", min_size=part.maximum, max_size=part.maximum))
        exact = gaps.count("e")
        return PartScore(
            part=part.key,
            exact=exact,
            recognition=exact + gaps.count("r"),
            omitted=gaps.count("o"),
            gaps=gaps,
        )
    exact = draw(st.integers(0, part.maximum))
    if kind is Kind.SUBTESTS:
        return PartScore(part=part.key, exact=exact, recognition=exact)
    recognition = draw(st.integers(exact, part.maximum))
    omitted = draw(st.integers(0, part.maximum - recognition))
    return PartScore(part=part.key, exact=exact, recognition=recognition, omitted=omitted)


def _ods_cell(cell: Cell) -> str:
    match cell:
        case None | "":
            return "<table:table-cell/>"
        case date():
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{cell}">'
                f"<text:p>{cell:%d.%m.%Y}</text:p></table:table-cell>"
            )
        case int() | float():
            return (
                f'<table:table-cell office:value-type="float" office:value="{cell}">'
                f"<text:p>{cell}</text:p></table:table-cell>"
            )
        case str():
            return (
                '<table:table-cell office:value-type="string">'
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
            )


ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
 manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
<office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""
