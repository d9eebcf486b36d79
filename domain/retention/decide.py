"""What follows from a command on the file of a person."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from domain.kernel import Aggregate, Role
from domain.privacy.commands import EraseSubject, LiftHold, PlaceHold, SubjectCommand
from domain.privacy.errors import SubjectIsErased
from domain.privacy.subject import SUBJECT, SubjectContext, require_no_hold
from domain.retention.case import (
    Answered,
    Confirmed,
    NotProposed,
    Offered,
    Open,
    Proposed,
    stage_of,
)
from domain.retention.classes import Erasing, PersonFile, RetentionClass, due_on
from domain.retention.commands import (
    ConfirmErasure,
    OfferToArchive,
    PostponeErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    RetentionCommand,
    WithdrawProposal,
)
from domain.retention.errors import (
    ArchiveMayAnswer,
    ArchiveNotAsked,
    NeedsConfirmation,
    NoProposal,
    NotDue,
    NothingToOffer,
    Postponed,
    PostponedIntoThePast,
    SilenceIsNoAnswer,
    UnknownFile,
)
from domain.retention.events import (
    ArchiveAnswer,
    ArchiveAnswered,
    ArchiveOffered,
    ErasureConfirmed,
    ErasurePostponed,
    ErasureProposed,
    ProposalWithdrawn,
)
from domain.retention.file import File, FileEvent, evolve


class FileContext(SubjectContext, frozen=True, kw_only=True):
    """`kept` is what is kept of the person and `retained` its class in the plan as it is now."""

    zone: ZoneInfo
    kept: PersonFile | None = None
    retained: RetentionClass | None = None

    @property
    def today(self) -> date:
        return self.at.astimezone(self.zone).date()

    @property
    def due(self) -> date | None:
        """The first day on which the file may be erased; None while it is open or unknown."""
        if self.kept is None or self.retained is None:
            return None
        return due_on(self.kept, self.retained)


def decide(
    command: RetentionCommand | SubjectCommand, file: File, context: FileContext
) -> Sequence[FileEvent]:
    match command:
        case EraseSubject() | PlaceHold() | LiftHold():
            return SUBJECT.decide(command, file.subject, context)
        case ConfirmErasure() if file.subject.is_erased:
            return []
        case _ if file.subject.is_erased:
            raise SubjectIsErased(str(command.person))
        case ProposeErasure():
            return _propose(command, file, context)
        case WithdrawProposal():
            return _withdraw(command, file, context)
        case PostponeErasure():
            return _postpone(command, file, context)
        case OfferToArchive():
            return _offer(command, file, context)
        case RecordArchiveAnswer():
            return _answer(command, file, context)
        case ConfirmErasure():
            return _confirm(command, file, context)
        case _:
            assert_never(command)


def _propose(
    command: ProposeErasure, file: File, context: FileContext
) -> Sequence[ErasureProposed]:
    if isinstance(file.case, Proposed | Offered | Answered):
        return []
    require_no_hold(file.subject)
    kept, retained = context.kept, context.retained
    if kept is None or retained is None:
        raise UnknownFile(str(command.person))
    due = _require_due(context)
    assert kept.closed_on is not None, "what is due was closed"
    return [
        ErasureProposed(
            subject=command.person, retention_class=retained, closed_on=kept.closed_on, due=due
        )
    ]


def _offer(command: OfferToArchive, file: File, context: FileContext) -> Sequence[ArchiveOffered]:
    case = _open_case(file)
    if isinstance(case, Offered | Answered):
        return []
    require_no_hold(file.subject)
    _require_time_has_come(case, context)
    if not case.proposal.retained.offer_to_archive:
        raise NothingToOffer
    return [
        ArchiveOffered(
            subject=command.person,
            answer_due=_end_of_period(context, case.proposal.retained.archive_days),
            digest=command.digest,
            reference=command.reference,
        )
    ]


def _answer(
    command: RecordArchiveAnswer, file: File, context: FileContext
) -> Sequence[ArchiveAnswered]:
    case = _open_case(file)
    if isinstance(case, Proposed):
        raise ArchiveNotAsked
    if isinstance(case, Answered) and command.answer in {case.answer, ArchiveAnswer.SILENT}:
        return []
    require_no_hold(file.subject)
    if command.answer is ArchiveAnswer.SILENT:
        _require_silence(case, context)
    return [
        ArchiveAnswered(subject=command.person, answer=command.answer, reference=command.reference)
    ]


def _confirm(command: ConfirmErasure, file: File, context: FileContext) -> Sequence[FileEvent]:
    """Confirmed and erased in one decision: nothing comes between."""
    case = _open_case(file)
    require_no_hold(file.subject)
    _require_time_has_come(case, context)
    retained = case.proposal.retained
    if retained.offer_to_archive and isinstance(case, Proposed):
        raise ArchiveNotAsked
    if isinstance(case, Offered):
        raise ArchiveMayAnswer(case.answer_due.isoformat())
    is_automatic = context.by.role is Role.PROCESS
    if is_automatic and retained.erasing is not Erasing.AUTOMATIC:
        raise NeedsConfirmation
    confirmed = ErasureConfirmed(subject=command.person, is_automatic=is_automatic)
    erasing = EraseSubject(person=command.person, reason=_reason(case))
    return [confirmed, *SUBJECT.decide(erasing, file.subject, context)]


def _postpone(
    command: PostponeErasure, file: File, context: FileContext
) -> Sequence[ErasurePostponed]:
    case = _open_case(file)
    if command.until < context.today:
        raise PostponedIntoThePast(command.until.isoformat())
    if command.until == case.proposal.postponed_until:
        return []
    return [ErasurePostponed(subject=command.person, until=command.until, reason=command.reason)]


def _withdraw(
    command: WithdrawProposal, file: File, context: FileContext
) -> Sequence[ProposalWithdrawn]:
    if isinstance(file.case, NotProposed) and file.case.withdrawn_for is not None:
        return []
    case = _open_case(file)
    is_not_due = not is_due(case, context)
    if context.by.role is Role.PROCESS and not is_not_due:
        return []
    return [ProposalWithdrawn(subject=command.person, reason=command.reason, is_not_due=is_not_due)]


def _open_case(file: File) -> Open:
    if isinstance(file.case, NotProposed | Confirmed):
        raise NoProposal(stage_of(file.case))
    return file.case


def _require_due(context: FileContext) -> date:
    due = context.due
    if due is None or context.today < due:
        raise NotDue(due.isoformat() if due else "")
    return due


def _require_time_has_come(case: Open, context: FileContext) -> None:
    """The file is still closed, the period over by the old plan and by the new, and no delay."""
    due = _require_due(context)
    if context.today < case.proposal.due:
        raise NotDue(max(due, case.proposal.due).isoformat())
    postponed = case.proposal.postponed_until
    if postponed is not None and context.today < postponed:
        raise Postponed(postponed.isoformat())


def is_due(case: Open, context: FileContext) -> bool:
    """Whether the file is closed and its period over, by the plan then and by the plan now."""
    due = context.due
    return due is not None and max(due, case.proposal.due) <= context.today


def _require_silence(case: Offered | Answered, context: FileContext) -> None:
    if not case.proposal.retained.silence_is_declined:
        raise SilenceIsNoAnswer
    if isinstance(case, Offered) and context.at < case.answer_due:
        raise ArchiveMayAnswer(case.answer_due.isoformat())


def _end_of_period(context: FileContext, days: int) -> datetime:
    """Midnight after the last of so many days."""
    return datetime.combine(context.today + timedelta(days=days + 1), time(), context.zone)


def _reason(case: Open) -> str:
    retained, due = case.proposal.retained, case.proposal.due
    return (
        f"{retained.title}: {retained.rule}, Aufbewahrung {retained.years} Jahre,"
        f" abgelaufen vor dem {due:%d.%m.%Y}"
    )


FILE = Aggregate("file", initial=File(), evolve=evolve, decide=decide)
