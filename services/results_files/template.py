"""The template of a class, one row for each learner; and as CSV."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO

import msgspec

from domain.assessments.definition import Definition
from domain.assessments.results import Attendance, Result
from services.results_files.about import About
from services.results_files.columns import STAMP_FIELDS, Column, heading, template_columns
from services.results_files.guard import guarded
from services.results_files.wording import file_words
from services.texts.catalogue import InBoth
from services.texts.language import Language


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """What a template is made of. `learners` are pseudonyms in the order of the rows.

    Results that are `recorded` are filled in, by pseudonym. `gaps` adds columns for the pattern
    of each text's gaps. `accommodations`: labels by key.
    """

    about: About
    definition: Definition
    learners: Sequence[str]
    recorded: Mapping[str, Result] = {}
    accommodations: Mapping[str, InBoth] = {}
    gaps: bool = False
    language: Language = "de"

    @property
    def columns(self) -> tuple[Column, ...]:
        return template_columns(self.definition, gaps=self.gaps)

    def rows(self) -> Iterator[list[str | int | date | None]]:
        for learner in self.learners:
            result = self.recorded.get(learner)
            yield [self._value(learner, result, column) for column in self.columns]

    def _value(
        self, learner: str, result: Result | None, column: Column
    ) -> str | int | date | None:
        if column.field == "pseudonym":
            return learner
        if result is None:
            return None
        match column.field:
            case "attendance":
                return attendance_word(result.attendance, self.language)
            case "accommodation":
                return ", ".join(result.accommodation)
            case "taken_on" | "form":
                return getattr(result, column.field)
            case _:
                return _score(result, column)


def csv_template(template: Template) -> bytes:
    """CSV for German spreadsheets: semicolons, UTF-8 with a mark; each row has the stamp."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    words = file_words().headings
    stamp = template.about.stamp()
    writer.writerow(
        [
            *(words[field][template.language] for field in STAMP_FIELDS),
            *(
                heading(column, template.definition, template.language)
                for column in template.columns
            ),
        ]
    )
    for row in template.rows():
        cells = [*(stamp[field] for field in STAMP_FIELDS), *row]
        writer.writerow([_csv_cell(cell, template.language) for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def attendance_word(attendance: Attendance, language: Language) -> str:
    return file_words().attendance[attendance][language][0]


def _csv_cell(cell: str | int | date | None, language: Language) -> str | int:
    match cell:
        case None:
            return ""
        case date():
            return f"{cell:%d.%m.%Y}" if language == "de" else cell.isoformat()
        case int():
            return cell
        case str():
            return guarded(cell)


def _score(result: Result, column: Column) -> str | int | None:
    score = next((score for score in result.scores if score.part == column.part), None)
    if score is None:
        return None
    if column.field == "points":
        return score.exact
    return getattr(score, column.field) or (None if column.field == "gaps" else 0)
