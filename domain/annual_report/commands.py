"""What can be asked of the text of an annual report."""

from typing import TypeAlias
from uuid import UUID

from domain.kernel import Command, stream_id


def report_id(school_year: str) -> UUID:
    """The stream of the report of a school year (`2026/27`)."""
    return stream_id("annual-report", school_year)


class AboutReport(Command, frozen=True, kw_only=True):
    school_year: str

    @property
    def subject(self) -> UUID:
        return report_id(self.school_year)


class WriteProse(AboutReport, frozen=True, kw_only=True):
    """Say a statement otherwise; its figures are placeholders of the text."""

    statement: str
    text: str


class ResetProse(AboutReport, frozen=True, kw_only=True):
    """Let the statement be said from the log again."""

    statement: str


class KeepReport(AboutReport, frozen=True, kw_only=True):
    """Record which text it is that is given out."""


ReportCommand: TypeAlias = WriteProse | ResetProse | KeepReport
