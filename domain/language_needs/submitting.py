"""A company says what it needs: submitted, changed, withdrawn."""

from collections.abc import Sequence

from domain.directory.errors import UnknownMunicipality, UnknownOrganisation
from domain.directory.events import OrganisationKind
from domain.kernel import Erased, Role
from domain.language_needs.checking import (
    check_company,
    check_contact,
    check_language,
    check_need,
    check_remark,
)
from domain.language_needs.commands import ChangeReport, SubmitReport, WithdrawReport
from domain.language_needs.context import ReportContext
from domain.language_needs.errors import (
    AlreadySubmitted,
    NotACollege,
    NotConfirmed,
    ReferenceMalformed,
)
from domain.language_needs.errors_processing import AlreadyEnded, ContactErased, CourseUnderWay
from domain.language_needs.events import Channel, ReportChanged, ReportEvent, ReportSubmitted
from domain.language_needs.events_end import ReportWithdrawn
from domain.language_needs.holder import Holder, Task, coordination
from domain.language_needs.need import Company, Need, firm_of, tidy
from domain.language_needs.record import Record
from domain.language_needs.reference import report_id, tidied
from domain.language_needs.report import (
    Acknowledged,
    Closed,
    CompanyReport,
    Existing,
    Open,
    Received,
    Referred,
    Running,
    Unknown,
    Withdrawn,
    stage_of,
)


def submit_report(
    command: SubmitReport, report: CompanyReport, context: ReportContext
) -> Sequence[ReportEvent]:
    """Once under its reference; from a form only once somebody confirmed it."""
    if tidied(command.reference) != command.reference or (
        report_id(command.reference) != command.report
    ):
        raise ReferenceMalformed(command.reference)
    is_form = command.channel is Channel.FORM
    if is_form == (command.confirmed_at is None) or (is_form != (context.by.role is Role.COMPANY)):
        raise NotConfirmed
    check_language(command.language)
    _check_content(command, context, by_mail=is_form)
    if not isinstance(report, Unknown):
        if _says(report.record) == _content(command):
            return []
        raise AlreadySubmitted(command.reference)
    return [
        ReportSubmitted(
            report=command.report,
            reference=command.reference,
            channel=command.channel,
            company=firm_of(command.company),
            company_name=command.company.name,
            contact=command.contact,
            need=tidy(command.need),
            remark=command.remark,
            language=command.language,
            confirmed_at=command.confirmed_at,
            holder=coordination(Task.ACKNOWLEDGE, "", context.at, context.calendar, context.times),
        )
    ]


def change_report(
    command: ChangeReport, report: Existing, context: ReportContext
) -> Sequence[ReportEvent]:
    """What was triaged already is looked at anew, and whoever holds it is told to stop."""
    _check_content(command, context, by_mail=report.record.channel is Channel.FORM)
    still = _open(report)
    if isinstance(report.record.contact, Erased):
        raise ContactErased
    if _says(still.record) == _content(command):
        return []
    return [
        ReportChanged(
            report=command.report,
            company=firm_of(command.company),
            company_name=command.company.name,
            contact=command.contact,
            need=tidy(command.need),
            remark=command.remark,
            holder=_holder_after_change(still, context),
            called_off=still.holder.organisation if isinstance(still, Referred) else "",
        )
    ]


def withdraw_report(command: WithdrawReport, report: Existing) -> Sequence[ReportEvent]:
    """At any time while it is open."""
    match report:
        case Withdrawn():
            return []
        case Closed():
            raise AlreadyEnded(stage_of(report))
        case _:
            called_off = report.holder.organisation if isinstance(report, Referred) else ""
            return [
                ReportWithdrawn(report=command.report, reason=command.reason, called_off=called_off)
            ]


def _open(report: Existing) -> Open:
    """Raises AlreadyEnded and CourseUnderWay."""
    match report:
        case Closed() | Withdrawn():
            raise AlreadyEnded(stage_of(report))
        case Running():
            raise CourseUnderWay
        case _:
            return report


def _holder_after_change(report: Open, context: ReportContext) -> Holder:
    if isinstance(report, Received | Acknowledged):
        return report.holder
    person = report.record.contact_person
    return coordination(Task.TRIAGE, person, context.at, context.calendar, context.times)


_Content = tuple[Company | None, object, Need, object]


def _content(command: SubmitReport | ChangeReport) -> _Content:
    return command.company, command.contact, tidy(command.need), command.remark


def _says(record: Record) -> _Content:
    name, firm = record.company_name, record.company
    company = None
    if not isinstance(name, Erased):
        company = Company(
            name=name,
            municipality=firm.municipality,
            trade=firm.trade,
            size=firm.size,
            chamber=firm.chamber,
        )
    return company, record.contact, record.need, record.remark


def _check_content(
    command: SubmitReport | ChangeReport, context: ReportContext, *, by_mail: bool
) -> None:
    check_company(command.company)
    check_contact(command.contact, by_mail=by_mail)
    check_need(command.need)
    check_remark("remark", command.remark)
    _check_places(command, context)
    _check_organisations(command.need, context)


def _check_places(command: SubmitReport | ChangeReport, context: ReportContext) -> None:
    for ags in named_municipalities(command):
        if ags not in context.municipalities:
            raise UnknownMunicipality(ags)


def _check_organisations(need: Need, context: ReportContext) -> None:
    for key in named_organisations(need):
        if key not in context.organisations or not context.organisations[key].key:
            raise UnknownOrganisation(key)
    for number, group in enumerate(need.groups):
        if group.college and (
            context.organisations[group.college].kind is not OrganisationKind.COLLEGE
        ):
            raise NotACollege(f"groups/{number}/college", group.college)


def named_municipalities(command: SubmitReport | ChangeReport) -> frozenset[str]:
    """The company's, and the one from which distances count."""
    return frozenset({command.company.municipality, command.need.place.municipality} - {""})


def named_organisations(need: Need) -> frozenset[str]:
    """Partners and colleges."""
    return frozenset({*need.earlier, *need.consent, *(g.college for g in need.groups)} - {""})
