"""One row of a file of results: what the learner achieved, or which cells are wrong."""

from collections.abc import Mapping
from datetime import date

from domain.assessments.definition import Definition, Kind
from domain.assessments.results import Attendance, PartScore, Result
from services.importers.faults import Fault
from services.importers.rows import Row as TableRow
from services.importers.rows import Table
from services.results_files.guard import unguarded
from services.results_files.layout import Layout
from services.results_files.line import Line
from services.results_files.part_scores import PartReader
from services.results_files.values import NOTHING, accommodations, attendance, day, days_of
from services.texts.catalogue import InBoth

LONGEST_FORM = 20


class RowReader:
    """Reads the rows of one table.

    `accommodations`: the labels of the known ones by key. No day after `today` can be right.
    """

    def __init__(
        self,
        table: Table,
        layout: Layout,
        definition: Definition,
        accommodations: Mapping[str, InBoth],
        today: date,
    ) -> None:
        subtests = definition.kind is Kind.SUBTESTS
        fields = layout.fields
        self._table = table
        self._layout = layout
        self._accommodations = accommodations
        self._today = today
        self._parts = [PartReader(columns, subtests=subtests) for columns in layout.parts]
        self._taken_on = fields.get("taken_on")
        self._attendance = fields.get("attendance")
        self._accommodation = fields.get("accommodation")
        self._form = fields.get("form")
        self._scores = tuple(column for columns in layout.parts for column in columns.all)
        self._needed = frozenset({*fields.values(), *self._scores})
        self._width = max(self._needed) + 1

    def line(self, row: TableRow, faults: list[Fault]) -> Line:
        """The row, with its faults for this list. Cells that are no plain values are noted."""
        line = Line(self._table, self._layout.headings, row, self._width, faults)
        for column, code in row.doubts.items():
            if column in self._needed:
                line.fault(code, column)
        return line

    def read(self, line: Line, school_year: str) -> Result | None:
        """The result; None if nothing is entered yet, or if there were faults."""
        attended = self._attended(line)
        if attended is None:
            return None
        result = Result(
            taken_on=self._day(line, school_year),
            attendance=attended,
            scores=tuple(self._part_scores(line, attended)),
            accommodation=self._made_up(line),
            form=self._form_of(line),
        )
        return result if line.is_right else None

    def _attended(self, line: Line) -> Attendance | None:
        """What the cell says or, if it is empty, what the scores show; None without any entry."""
        column = self._attendance
        if column is not None and line.text(column):
            said = attendance(line.cells[column])
            if said is None:
                line.fault("results.attendance-unknown", column)
                return Attendance.ABORTED  # so that what is entered is checked all the same
            return said
        entered = [text for column in self._scores if (text := line.text(column))]
        if not entered:
            return None
        absent = all(attendance(text) is Attendance.ABSENT for text in entered)
        return Attendance.ABSENT if absent else Attendance.PRESENT

    def _part_scores(self, line: Line, attended: Attendance) -> list[PartScore]:
        if attended is Attendance.ABSENT:
            self._refuse_scores(line)
            return []
        scores: list[PartScore] = []
        for part in self._parts:
            score = part.read(line)
            if score is not None:
                scores.append(score)
            elif self._has_to_be_there(part, attended) and part.is_empty(line):
                column = part.columns.all[0]
                line.fault("results.score-missing", column, "", heading=line.heading(column))
        return scores

    def _refuse_scores(self, line: Line) -> None:
        for column in self._scores:
            text = line.cells[column]
            if text not in NOTHING and attendance(text) is not Attendance.ABSENT:
                line.fault("results.absent-with-scores", column)

    def _has_to_be_there(self, part: PartReader, attended: Attendance) -> bool:
        return attended is Attendance.PRESENT and not part.columns.part.pilot

    def _day(self, line: Line, school_year: str) -> date | None:
        column = self._taken_on
        if column is None or not line.text(column):
            return None
        on = day(line.cells[column])
        if on is None:
            line.fault("results.date-unreadable", column)
            return None
        first, last = days_of(school_year)
        if on > self._today:
            line.fault("results.date-to-come", column, taken_on=on)
        elif not first <= on <= last:
            line.fault("results.date-outside", column, taken_on=on, school_year=school_year)
        return on

    def _made_up(self, line: Line) -> tuple[str, ...]:
        column = self._accommodation
        if column is None or not line.text(column):
            return ()
        found = accommodations(line.cells[column], self._accommodations)
        if isinstance(found, str):
            line.fault("results.accommodation-unknown", column, found)
            return ()
        return tuple(sorted(found))

    def _form_of(self, line: Line) -> str:
        column = self._form
        if column is None:
            return ""
        form = unguarded(line.text(column))
        if len(form) > LONGEST_FORM:
            line.fault("results.form-malformed", column, limit=LONGEST_FORM)
        return form
