"""What is said and done to the items while people meet, beside voting."""

from collections.abc import Sequence

from domain.steering.agenda import ItemKind
from domain.steering.agenda_decide import item_of
from domain.steering.agenda_errors import AlternativesMissing
from domain.steering.session import Circulating, Existing, Open, stage_of
from domain.steering.session_attendance import open_record, seat_on
from domain.steering.session_commands import (
    AmendProposal,
    DeclareConflict,
    DeferItem,
    DiscussItem,
    LiftConflict,
    ResumeItem,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import NotOpen, SessionReasonMissing
from domain.steering.session_events import SessionEvent
from domain.steering.session_held_events import (
    ConflictDeclared,
    ConflictLifted,
    ItemDeferred,
    ItemDiscussed,
    ItemResumed,
    ProposalAmended,
)
from domain.steering.session_record import Record
from domain.steering.vote_errors import (
    AlreadyAdopted,
    AlreadyCounted,
    ItemIsDeferred,
    NotAProposal,
    SeatHasVoted,
)


def change_conflict(
    command: DeclareConflict | LiftConflict, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """Before the item is voted on; in writing, before the seat has voted on it."""
    if not isinstance(session, Open | Circulating):
        raise NotOpen(stage_of(session))
    record = session.record
    item_of(record, command.item)
    is_declared = (command.item, command.seat) in record.conflicts
    if is_declared == isinstance(command, DeclareConflict):
        return []
    if isinstance(command, DeclareConflict):
        seat_on(command.seat, context.at, context)
    for count in record.counts_on(command.item):
        raise AlreadyCounted(count.vote.number)
    if any(ballot.seat == command.seat for ballot in record.ballots.get(command.item, ())):
        raise SeatHasVoted(command.seat)
    change = ConflictLifted if is_declared else ConflictDeclared
    return [change(item=command.item, seat=command.seat)]


def amend_proposal(command: AmendProposal, session: Existing) -> Sequence[SessionEvent]:
    """Word an alternative anew that was not voted on yet, or add one."""
    record = open_record(session)
    item = item_of(record, command.item)
    if item.kind is not ItemKind.PROPOSAL:
        raise NotAProposal(str(item.item))
    _check_undecided(record, command)
    if item.alternative(command.alternative.key) == command.alternative:
        return []
    if not command.alternative.key.strip() or not command.alternative.text.strip():
        raise AlternativesMissing
    return [ProposalAmended(item=item.item, alternative=command.alternative)]


def _check_undecided(record: Record, command: AmendProposal) -> None:
    if command.item in record.deferred:
        raise ItemIsDeferred(str(command.item))
    if record.adopted_on(command.item) is not None:
        raise AlreadyAdopted(str(command.item))
    for count in record.counts_on(command.item):
        if count.vote.alternative == command.alternative.key:
            raise AlreadyCounted(count.vote.number)


def discuss_item(
    command: DiscussItem, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    """What the minutes are to say. Saying it again puts it in other words."""
    record = open_record(session)
    item_of(record, command.item)
    if not command.text.strip():
        raise SessionReasonMissing
    if record.notes.get(command.item) == command.text:
        return []
    by = context.by
    return [
        ItemDiscussed(
            item=command.item,
            text=command.text,
            author=by.account,
            substitutes=by.substitutes,
        )
    ]


def defer_item(command: DeferItem, session: Existing) -> Sequence[SessionEvent]:
    """Put off an item on which nothing was adopted."""
    record = open_record(session)
    item_of(record, command.item)
    if not command.reason.strip():
        raise SessionReasonMissing
    if command.item in record.deferred:
        return []
    if record.adopted_on(command.item) is not None:
        raise AlreadyAdopted(str(command.item))
    return [ItemDeferred(item=command.item, reason=command.reason)]


def resume_item(command: ResumeItem, session: Existing) -> Sequence[SessionEvent]:
    """Take up an item that had been put off."""
    record = open_record(session)
    item_of(record, command.item)
    return [ItemResumed(item=command.item)] if command.item in record.deferred else []
