"""Whoever holds a report is reminded; what is overdue climbs until something happens."""

from collections.abc import Sequence
from datetime import datetime

from domain.language_needs.commands import EscalateReport, RemindHolder
from domain.language_needs.context import ReportContext
from domain.language_needs.course import climbs_at, reminder
from domain.language_needs.errors_processing import DueChanged, NotDueYet
from domain.language_needs.events import Escalated, HolderReminded, ReportEvent
from domain.language_needs.report import Open


def remind_holder(
    command: RemindHolder, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """Once for each moment somebody is due, and not once it has climbed."""
    _check_due(command.due, report)
    if report.climb.is_reminded or report.climb.level:
        return []
    moment = reminder(report.holder, context.calendar, context.times)
    if moment is None or context.at < moment:
        raise NotDueYet((moment or report.holder.due).isoformat())
    return [
        HolderReminded(
            report=command.report,
            due=report.holder.due,
            what=report.holder.what,
            holder=report.holder,
        )
    ]


def escalate_report(
    command: EscalateReport, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """One level after the other."""
    _check_due(command.due, report)
    if command.level == report.climb.level:
        return []
    if command.level != report.climb.level + 1:
        raise DueChanged(report.holder.due.isoformat())
    moment = climbs_at(report, context.calendar, context.times)
    if context.at < moment:
        raise NotDueYet(moment.isoformat())
    return [
        Escalated(
            report=command.report,
            due=report.holder.due,
            level=command.level,
            what=report.holder.what,
            holder=report.holder,
            at=context.at,
        )
    ]


def _check_due(due: datetime, report: Open) -> None:
    if due != report.holder.due:
        raise DueChanged(report.holder.due.isoformat())
