"""One example of every command about the text of an annual report."""

from domain.annual_report.commands import KeepReport, ResetProse, WriteProse
from domain.kernel import Command
from tests.domain.goals.example import YEAR

STATEMENT = "remark:overall"


def annual_report_examples() -> list[Command]:
    """One of each."""
    return [
        WriteProse(school_year=YEAR, statement=STATEMENT, text="Die Arbeit geht weiter."),
        ResetProse(school_year=YEAR, statement=STATEMENT),
        KeepReport(school_year=YEAR),
    ]
