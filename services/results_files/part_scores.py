"""The scores of one part in a row: of a C-test's text, or of a subtest."""

from collections.abc import Mapping

from domain.assessments.definition import Part
from domain.assessments.results import Attendance, PartScore
from services.results_files.layout import PartColumns
from services.results_files.line import EMPTY, WRONG, Line
from services.results_files.values import NOTHING, attendance, is_fraction, whole_number

LETTERS = frozenset("erwo")


class PartReader:
    """Reads one part. A row without anything in it has no score, which is no fault here."""

    def __init__(self, columns: PartColumns, *, subtests: bool) -> None:
        self.columns = columns
        self._part: Part = columns.part
        self._subtests = subtests
        self._numbers = _plain_numbers(columns.part.maximum)

    def is_empty(self, line: Line) -> bool:
        return not any(line.text(column) for column in self.columns.all)

    def read(self, line: Line) -> PartScore | None:
        """The score; None if nothing is entered or if there were faults."""
        if self._subtests:
            points = self._number(line, self.columns.exact)
            if points < 0:
                return None
            return PartScore(part=self._part.key, exact=points, recognition=points)
        return self._gap_score(line)

    def _gap_score(self, line: Line) -> PartScore | None:
        columns = self.columns
        exact = self._number(line, columns.exact)
        recognition = self._number(line, columns.recognition)
        omitted = self._number(line, columns.omitted)
        gaps = ""
        if columns.gaps is not None and line.text(columns.gaps):
            gaps = "".join(line.cells[columns.gaps].split()).lower()
            counted = self._counted(line, gaps, (exact, recognition, omitted), columns.gaps)
            exact, recognition, omitted = counted
        if exact < 0 or recognition < 0 or omitted == WRONG:
            self._complete(line, exact, recognition, omitted)
            return None
        if recognition < exact or (0 < omitted > self._part.maximum - recognition):
            self._refuse(line, exact, recognition)
            return None
        return PartScore(
            part=self._part.key,
            exact=exact,
            recognition=recognition,
            omitted=max(0, omitted),
            gaps=gaps,
        )

    def _number(self, line: Line, column: int | None) -> int:
        """From 0 to the maximum, EMPTY, or WRONG with a fault."""
        if column is None:
            return EMPTY
        text = line.cells[column]
        plain = self._numbers.get(text)
        if plain is not None:
            return plain
        number = whole_number(text)
        maximum = self._part.maximum
        if number is not None and 0 <= number <= maximum:
            return number
        if number is not None:
            heading = line.heading(column)
            line.fault("results.score-beyond", column, heading=heading, maximum=maximum)
        elif is_fraction(text):
            line.fault("results.score-fraction", column, maximum=maximum)
        elif attendance(text) is Attendance.ABSENT:
            line.fault("results.present-but-absent", column)
        else:
            line.fault("results.score-unreadable", column, maximum=maximum)
        return WRONG

    def _counted(
        self, line: Line, gaps: str, given: tuple[int, int, int], column: int
    ) -> tuple[int, int, int]:
        """The numbers the gaps give, which those that are given have to equal."""
        if len(gaps) != self._part.maximum or not LETTERS.issuperset(gaps):
            line.fault("results.gaps-malformed", column, maximum=self._part.maximum)
            return WRONG, WRONG, WRONG
        exact = gaps.count("e")
        counted = (exact, exact + gaps.count("r"), gaps.count("o"))
        places = (self.columns.exact, self.columns.recognition, self.columns.omitted)
        wrong = False
        for number, count, place in zip(given, counted, places, strict=True):
            if number >= 0 and number != count and place is not None:
                first = line.cell(column)
                line.fault("results.gaps-differ", place, first=first, counted=count)
                wrong = True
        return (WRONG, WRONG, WRONG) if wrong or WRONG in given else counted

    def _complete(self, line: Line, exact: int, recognition: int, omitted: int) -> None:
        """Name what is missing beside what is entered."""
        if WRONG in {exact, recognition, omitted} or exact == recognition == omitted:
            return
        for number, column in (
            (exact, self.columns.exact),
            (recognition, self.columns.recognition),
        ):
            if number == EMPTY and column is not None:
                line.fault("results.score-missing", column, "", heading=line.heading(column))

    def _refuse(self, line: Line, exact: int, recognition: int) -> None:
        """Name the number that contradicts another one. The gaps never do."""
        columns = self.columns
        assert columns.exact is not None, "the gaps do not contradict themselves"
        assert columns.recognition is not None, "the gaps do not contradict themselves"
        if recognition < exact:
            first = line.cell(columns.exact)
            line.fault(
                "results.recognition-below-exact", columns.recognition, exact=exact, first=first
            )
        elif columns.omitted is not None:
            left = self._part.maximum - recognition
            line.fault("results.omitted-too-many", columns.omitted, left=left)


def _plain_numbers(maximum: int) -> Mapping[str, int]:
    """What is in nearly every cell, so that it is looked up and not parsed."""
    return {str(number): number for number in range(maximum + 1)} | dict.fromkeys(NOTHING, EMPTY)
