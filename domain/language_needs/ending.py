"""A course starts and is asked about; the report is closed, reopened, and noted as unmet."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.directory.errors import UnknownMunicipality
from domain.findings.errors import UnknownFinding
from domain.findings.errors_theme import UnknownTheme
from domain.findings.finding import Unknown as NoFinding
from domain.findings.theme import Unknown as NoTheme
from domain.kernel import Erased
from domain.language_needs.checking import (
    MOST_LEARNERS,
    check_number,
    check_remark,
    check_text,
)
from domain.language_needs.commands import (
    CloseReport,
    NoteAfterEnd,
    NoteAfterStart,
    NoteUnmetNeed,
    RecordStart,
    ReopenReport,
)
from domain.language_needs.context import ReportContext
from domain.language_needs.errors_processing import (
    AlreadyEnded,
    CompanyNotAnswered,
    ContactErased,
    CourseNotFollowedUp,
    CourseNotThereYet,
    CourseTooFarOff,
    DatesOutOfOrder,
    NotAtThisStage,
    UnmetNeedUnnamed,
)
from domain.language_needs.events import (
    CourseFollowedUp,
    CourseMoment,
    CourseStarted,
    ReportEvent,
)
from domain.language_needs.events_end import (
    Outcome,
    ReportClosed,
    ReportReopened,
    UnmetNeedNoted,
)
from domain.language_needs.holder import Task, after_the_day, coordination
from domain.language_needs.record import Course, FollowUp
from domain.language_needs.report import (
    Answered,
    Closed,
    Existing,
    Open,
    Received,
    Referred,
    Running,
    Triaged,
    Withdrawn,
    stage_of,
)

FARTHEST = timedelta(days=400)
"""A course is arranged within a year or so."""
LONGEST = timedelta(days=731)
"""And is over two years later at the latest."""
NEEDS_AN_ANSWER = frozenset({Outcome.OTHER_SUPPORT, Outcome.NO_OFFER})
WITHOUT_LEARNERS = frozenset({Outcome.NO_OFFER, Outcome.NOT_REACHED, Outcome.NO_LONGER_NEEDED})


def record_start(
    command: RecordStart, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """A course is arranged or has begun. Until somebody asked about it, its days may move."""
    check_number("participants", command.participants, 1)
    if command.ends_on < command.starts_on:
        raise DatesOutOfOrder(command.starts_on.isoformat(), command.ends_on.isoformat())
    _check_not_too_far("starts_on", command.starts_on, context.today + FARTHEST)
    _check_not_too_far("ends_on", command.ends_on, command.starts_on + LONGEST)
    course = Course(
        starts_on=command.starts_on, ends_on=command.ends_on, participants=command.participants
    )
    is_followed = isinstance(report, Running) and report.followed is not None
    if isinstance(report, Running) and report.record.course == course:
        return []
    if is_followed or not isinstance(report, Triaged | Answered | Running):
        raise NotAtThisStage(stage_of(report))
    holder = after_the_day(
        Task.FOLLOW_UP_START,
        report.record.contact_person,
        command.starts_on,
        context.at,
        context.calendar,
        context.times,
    )
    return [
        CourseStarted(
            report=command.report,
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            participants=command.participants,
            holder=holder,
        )
    ]


def note_after_start(
    command: NoteAfterStart, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """Who asked whether it began well notes what the company said."""
    noted = FollowUp(
        moment=CourseMoment.START,
        participants=command.participants,
        passed=None,
        text=command.text,
    )
    check_number("participants", command.participants, 0)
    check_remark("text", command.text)
    course = _course_of(report)
    if noted in report.record.follow_ups:
        return []
    if isinstance(report, Running) and report.followed is not None:
        raise NotAtThisStage(stage_of(report))
    _check_day(course.starts_on, context.today)
    holder = after_the_day(
        Task.FOLLOW_UP_END,
        report.record.contact_person,
        course.ends_on,
        context.at,
        context.calendar,
        context.times,
    )
    return [
        CourseFollowedUp(
            report=command.report,
            moment=CourseMoment.START,
            participants=command.participants,
            text=command.text,
            holder=holder,
        )
    ]


def note_after_end(
    command: NoteAfterEnd, report: Open, context: ReportContext
) -> Sequence[ReportEvent]:
    """How many took part in the end, and how many reached the level, if that is known."""
    noted = FollowUp(
        moment=CourseMoment.END,
        participants=command.participants,
        passed=command.passed,
        text=command.text,
    )
    check_number("participants", command.participants, 0)
    if command.passed is not None:
        check_number("passed", command.passed, 0, command.participants)
    check_remark("text", command.text)
    course = _course_of(report)
    if noted in report.record.follow_ups:
        return []
    if isinstance(report, Running) and report.followed is CourseMoment.END:
        raise NotAtThisStage(stage_of(report))
    _check_day(course.ends_on, context.today)
    person = report.record.contact_person
    return [
        CourseFollowedUp(
            report=command.report,
            moment=CourseMoment.END,
            participants=command.participants,
            passed=command.passed,
            text=command.text,
            holder=coordination(Task.CLOSE, person, context.at, context.calendar, context.times),
        )
    ]


def close_report(command: CloseReport, report: Existing) -> Sequence[ReportEvent]:
    """With its outcome. The company knows by then, and a course was asked about after its end."""
    most = 0 if command.outcome in WITHOUT_LEARNERS else MOST_LEARNERS
    least = 1 if command.outcome is Outcome.COURSE_HELD else 0
    check_number("learners", command.learners, least, most)
    check_remark("note", command.note)
    match report:
        case Closed(outcome=command.outcome, learners=command.learners):
            return []
        case Closed() | Withdrawn():
            raise AlreadyEnded(stage_of(report))
        case Received() | Referred():
            raise NotAtThisStage(stage_of(report))
        case _:
            _check_outcome(command.outcome, report)
    return [
        ReportClosed(
            report=command.report,
            outcome=command.outcome,
            learners=command.learners,
            note=command.note,
        )
    ]


def reopen_report(
    command: ReopenReport, report: Existing, context: ReportContext
) -> Sequence[ReportEvent]:
    """It is triaged anew, or acknowledged first if it never was."""
    check_text("reason", command.reason)
    if not isinstance(report, Closed | Withdrawn):
        return []
    if isinstance(report.record.contact, Erased):
        raise ContactErased
    person = report.record.contact_person
    what = Task.TRIAGE if person else Task.ACKNOWLEDGE
    return [
        ReportReopened(
            report=command.report,
            reason=command.reason,
            holder=coordination(what, person, context.at, context.calendar, context.times),
        )
    ]


def note_unmet_need(
    command: NoteUnmetNeed, report: Existing, context: ReportContext
) -> Sequence[ReportEvent]:
    """Also of a report that has ended: what there was no offer for is missing still."""
    named = command.theme or command.finding
    if named is None or (command.theme is not None and command.finding is not None):
        raise UnmetNeedUnnamed
    if command.municipality not in context.municipalities:
        raise UnknownMunicipality(command.municipality)
    if command.theme is not None and isinstance(context.theme, NoTheme):
        raise UnknownTheme(str(command.theme))
    if command.finding is not None and isinstance(context.finding, NoFinding):
        raise UnknownFinding(str(command.finding))
    if named in report.record.unmet:
        return []
    return [
        UnmetNeedNoted(
            report=command.report,
            municipality=command.municipality,
            theme=command.theme,
            finding=command.finding,
        )
    ]


def _course_of(report: Open) -> Course:
    """Raises NotAtThisStage if there is none."""
    if not isinstance(report, Running) or report.record.course is None:
        raise NotAtThisStage(stage_of(report))
    return report.record.course


def _check_day(day: date, today: date) -> None:
    if day > today:
        raise CourseNotThereYet(day.isoformat())


def _check_not_too_far(field: str, day: date, last: date) -> None:
    if day > last:
        raise CourseTooFarOff(field, day.isoformat(), last.isoformat())


def _check_outcome(outcome: Outcome, report: Open) -> None:
    """Raises CompanyNotAnswered and CourseNotFollowedUp."""
    if outcome in NEEDS_AN_ANSWER and not isinstance(report, Answered | Running):
        raise CompanyNotAnswered(outcome)
    is_followed_up = isinstance(report, Running) and report.followed is CourseMoment.END
    if outcome is Outcome.COURSE_HELD and not is_followed_up:
        raise CourseNotFollowedUp
