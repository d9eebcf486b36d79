"""What a finding decides: reported, corrected, withdrawn, taken into a theme and released."""

from collections.abc import Sequence
from typing import assert_never

import msgspec

from domain.assessments.wording import check_key, first_year
from domain.directory.errors import UnknownMunicipality
from domain.findings.checking import check_reason, check_text
from domain.findings.commands import (
    CorrectFinding,
    FindingCommand,
    ReleaseFromTheme,
    ReportFinding,
    TakeIntoTheme,
    WithdrawFinding,
)
from domain.findings.context import FindingContext
from domain.findings.errors import (
    AlreadyReported,
    AlreadyWithdrawn,
    DescriptionErased,
    InAnotherTheme,
    NotInATheme,
    OnlyCaseManagersCount,
    UnknownField,
    UnknownFinding,
)
from domain.findings.errors_theme import NotOpen, OnAnAgenda, UnknownTheme
from domain.findings.events import (
    FindingCorrected,
    FindingEvent,
    FindingReleasedFromTheme,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.findings.finding import (
    Bundled,
    Existing,
    Finding,
    Report,
    Unknown,
    Withdrawn,
    evolve,
)
from domain.findings.theme import OnAgenda, Open, stage_of
from domain.findings.theme import Unknown as NoTheme
from domain.kernel import Actor, Aggregate, Erased, Role, people


def decide(
    command: FindingCommand, finding: Finding, context: FindingContext
) -> Sequence[FindingEvent]:
    if isinstance(command, ReportFinding):
        return report_finding(command, finding, context)
    if isinstance(finding, Unknown):
        raise UnknownFinding(str(command.finding))
    match command:
        case CorrectFinding():
            return correct_finding(command, finding, context)
        case WithdrawFinding():
            return withdraw_finding(command, finding)
        case TakeIntoTheme():
            return take_into_theme(command, finding, context)
        case ReleaseFromTheme():
            return release_from_theme(command, finding, context)
        case _:
            assert_never(command)


def report_finding(
    command: ReportFinding, finding: Finding, context: FindingContext
) -> Sequence[FindingEvent]:
    """Once under its key, in a municipality of the county, and never about a client."""
    check_key(command.key)
    if not context.municipality.ags:
        raise UnknownMunicipality(command.municipality)
    _check_content(command, context)
    reported = FindingReported(
        finding=command.subject,
        organisation=context.by.organisation,
        reporter=context.by.account,
        substitutes=context.by.substitutes,
        **msgspec.structs.asdict(command),
    )
    if isinstance(finding, Unknown):
        return [reported]
    if finding.report == Report(**msgspec.structs.asdict(reported)):
        return []
    raise AlreadyReported(command.municipality, command.key)


def correct_finding(
    command: CorrectFinding, finding: Existing, context: FindingContext
) -> Sequence[FindingEvent]:
    """What it says is said anew, with the reason. Only who knows the cases counts them."""
    report = _readable(finding)
    check_reason(command.reason)
    _check_content(command, context)
    corrected = FindingCorrected(
        corrector=context.by.account,
        substitutes=context.by.substitutes,
        **msgspec.structs.asdict(command),
    )
    if all(getattr(report, name) == getattr(command, name) for name in _CONTENT):
        return []
    if command.band != report.band and not _may_count(report, context.by):
        raise OnlyCaseManagersCount
    return [corrected]


_CONTENT = ("kind", "field", "school_year", "band", "description", "false_alarms")


def withdraw_finding(command: WithdrawFinding, finding: Existing) -> Sequence[FindingEvent]:
    """At any time: what is wrong or gives somebody away has to go."""
    check_reason(command.reason)
    if isinstance(finding, Withdrawn):
        return []
    return [FindingWithdrawn(finding=finding.report.finding, reason=command.reason)]


def take_into_theme(
    command: TakeIntoTheme, finding: Existing, context: FindingContext
) -> Sequence[FindingEvent]:
    """Into one theme at a time, while that is worked on."""
    report = _readable(finding)
    if isinstance(finding, Bundled):
        if finding.theme == command.theme:
            return []
        raise InAnotherTheme(str(finding.theme))
    if isinstance(context.theme, NoTheme):
        raise UnknownTheme(str(command.theme))
    if not isinstance(context.theme, Open):
        raise NotOpen(stage_of(context.theme))
    return [FindingTakenIntoTheme(finding=report.finding, theme=command.theme)]


def release_from_theme(
    command: ReleaseFromTheme, finding: Existing, context: FindingContext
) -> Sequence[FindingEvent]:
    """Not while a session is about to discuss it: the theme was handed over with this finding."""
    check_reason(command.reason)
    if not isinstance(finding, Bundled):
        raise NotInATheme(str(finding.report.finding))
    if isinstance(context.theme, NoTheme):
        raise UnknownTheme(str(finding.theme))
    if isinstance(context.theme, OnAgenda):
        raise OnAnAgenda(str(context.theme.session))
    return [
        FindingReleasedFromTheme(
            finding=finding.report.finding, theme=finding.theme, reason=command.reason
        )
    ]


def _check_content(command: ReportFinding | CorrectFinding, context: FindingContext) -> None:
    if command.field not in context.fields:
        raise UnknownField(command.field)
    first_year(command.school_year)
    check_text(command.description, command.false_alarms, part="description")


def _readable(finding: Existing) -> Report:
    """Raises AlreadyWithdrawn and DescriptionErased."""
    report = finding.report
    if isinstance(finding, Withdrawn):
        raise AlreadyWithdrawn(str(report.finding))
    if isinstance(report.description, Erased):
        raise DescriptionErased(str(report.finding))
    return report


def _may_count(report: Report, by: Actor) -> bool:
    is_reporter = not by.people.isdisjoint(people(report.reporter, report.substitutes))
    return is_reporter or by.role is Role.CASE_MANAGER


FINDING: Aggregate[FindingCommand, FindingEvent, Finding, FindingContext] = Aggregate(
    "finding", initial=Unknown(), evolve=evolve, decide=decide
)
