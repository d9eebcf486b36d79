"""What decisions about the text of an annual report look at: what the report says at present."""

from typing import get_args

from domain.annual_report.commands import ReportCommand
from domain.annual_report.context import ReportContext
from domain.annual_report.decide import ANNUAL_REPORT
from domain.kernel import Context
from services.contexts.asking import Asked, Contexts
from services.report.composing import Reports


class ReportContexts(Contexts):
    """Composes the report, each time anew: its figures are those of the log."""

    def __init__(self, reports: Reports) -> None:
        self._reports = reports

    def table(self) -> Asked:
        return dict.fromkeys(get_args(ReportCommand), (ANNUAL_REPORT, self._context))

    async def _context(self, command: ReportCommand, context: Context) -> ReportContext:
        report, slots = await self._reports.at_present(command.school_year)
        return ReportContext(
            at=context.at,
            by=context.by,
            slots=slots,
            up_to=report.position,
            digest=report.digest,
        )
