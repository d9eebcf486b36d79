"""What the text of an annual report decides: prose written and reset, a text kept."""

from collections.abc import Sequence
from typing import assert_never

from domain.annual_report.commands import KeepReport, ReportCommand, ResetProse, WriteProse
from domain.annual_report.context import ReportContext
from domain.annual_report.errors import (
    FigureLeftOut,
    ProseMissing,
    UnknownFigure,
    UnknownStatement,
)
from domain.annual_report.events import ProseReset, ProseWritten, ReportEvent, ReportKept
from domain.annual_report.prose import left_out_of, unknown_in
from domain.annual_report.report import AnnualReport, evolve
from domain.kernel import Aggregate


def decide(
    command: ReportCommand, report: AnnualReport, context: ReportContext
) -> Sequence[ReportEvent]:
    match command:
        case WriteProse():
            return write_prose(command, report, context)
        case ResetProse():
            return reset_prose(command, report)
        case KeepReport():
            return keep_report(command, report, context)
        case _:
            assert_never(command)


def write_prose(
    command: WriteProse, report: AnnualReport, context: ReportContext
) -> Sequence[ReportEvent]:
    """The words are free; the figures of the statement are in it, and no others."""
    slot = context.slots.get(command.statement)
    if slot is None:
        raise UnknownStatement(command.statement)
    text = command.text.strip()
    if not text:
        raise ProseMissing(command.statement)
    for unknown in unknown_in(text, slot):
        raise UnknownFigure(unknown)
    for figure in left_out_of(text, slot):
        raise FigureLeftOut(figure)
    written = report.prose.get(command.statement)
    is_so = text == (written.text if written else slot.instead_of)
    if is_so and (written is None or written.instead_of == slot.instead_of):
        return []
    return [
        ProseWritten(
            school_year=command.school_year,
            statement=command.statement,
            text=text,
            instead_of=slot.instead_of,
        )
    ]


def reset_prose(command: ResetProse, report: AnnualReport) -> Sequence[ReportEvent]:
    """Also of a statement that the report does not make any more."""
    if command.statement not in report.prose:
        return []
    return [ProseReset(school_year=command.school_year, statement=command.statement)]


def keep_report(
    command: KeepReport, report: AnnualReport, context: ReportContext
) -> Sequence[ReportEvent]:
    """Nothing if the last text kept is the same."""
    if report.kept and report.kept[-1].digest == context.digest:
        return []
    return [
        ReportKept(
            school_year=command.school_year,
            number=len(report.kept) + 1,
            up_to=context.up_to,
            digest=context.digest,
        )
    ]


ANNUAL_REPORT: Aggregate[ReportCommand, ReportEvent, AnnualReport, ReportContext] = Aggregate(
    "annual-report", initial=AnnualReport(), evolve=evolve, decide=decide
)
"""The text of the report of one school year."""
