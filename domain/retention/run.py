"""What the daily run does next with a file: the same commands as people, one after the other."""

from uuid import UUID

from domain.retention.case import Answered, NotProposed, Offered, Open, Proposed
from domain.retention.classes import Erasing
from domain.retention.commands import (
    ConfirmErasure,
    ProposeErasure,
    RecordArchiveAnswer,
    RetentionCommand,
    WithdrawProposal,
)
from domain.retention.decide import FileContext, is_due
from domain.retention.events import ArchiveAnswer
from domain.retention.file import File


def next_step(person: UUID, file: File, context: FileContext) -> RetentionCommand | None:
    """The run's next command for this person at this moment; None if people are to act, or time.

    What people withdrew is not proposed again, unless the file was closed anew.
    """
    match file.case:
        case _ if file.subject.is_erased:
            return None
        case Proposed() | Offered() | Answered() as case if not is_due(case, context):
            return WithdrawProposal(person=person)
        case _ if file.subject.holds:
            return None
        case NotProposed() as case:
            is_due_now = context.due is not None and context.due <= context.today
            return ProposeErasure(person=person) if is_due_now and _is_new(case, context) else None
        case Proposed() | Offered() | Answered() as case:
            return _next_of_open(person, case, context)
        case _:
            return None


def _is_new(case: NotProposed, context: FileContext) -> bool:
    return context.kept is not None and case.withdrawn_for != context.kept.closed_on


def _next_of_open(person: UUID, case: Open, context: FileContext) -> RetentionCommand | None:
    proposal = case.proposal
    if proposal.postponed_until is not None and context.today < proposal.postponed_until:
        return None
    if isinstance(case, Offered):
        is_silent = proposal.retained.silence_is_declined and case.answer_due <= context.at
        silence = RecordArchiveAnswer(person=person, answer=ArchiveAnswer.SILENT)
        return silence if is_silent else None
    is_ready = isinstance(case, Answered) or not proposal.retained.offer_to_archive
    is_automatic = proposal.retained.erasing is Erasing.AUTOMATIC
    return ConfirmErasure(person=person) if is_ready and is_automatic else None
