"""The agenda: items proposed, revised, withdrawn and ordered, until it is frozen."""

from collections.abc import Sequence
from typing import assert_never
from uuid import UUID

from domain.steering.agenda import AgendaItem, ItemKind, agenda_digest
from domain.steering.agenda_errors import (
    AgendaIsEmpty,
    AgendaIsFrozen,
    AgendaNotWhole,
    AlternativesMissing,
    AlternativeUnclear,
    ItemAlreadyProposed,
    ItemIsPublished,
    ItemTitleMissing,
    NothingToFollowUp,
    OnlyOneWording,
    ThemeMissing,
    ThemeNotReady,
    UnknownItem,
)
from domain.steering.agenda_events import (
    AgendaFrozen,
    AgendaOrdered,
    AgendaReopened,
    ItemProposed,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.session import Existing, Frozen, Scheduled, stage_of
from domain.steering.session_commands import (
    AgendaCommand,
    FreezeAgenda,
    OrderAgenda,
    ProposeItem,
    ReopenAgenda,
    ReviseItem,
    WithdrawItem,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import AgendaNotFrozen, SessionReasonMissing
from domain.steering.session_events import SessionEvent, SessionKind
from domain.steering.session_record import Record


def decide_agenda(
    command: AgendaCommand, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    match command:
        case ProposeItem():
            return _propose(command, session, context)
        case ReviseItem():
            return _revise(command, session, context)
        case WithdrawItem():
            return _withdraw(command, session)
        case OrderAgenda():
            return _order(command, session)
        case FreezeAgenda():
            return _freeze(session, context)
        case ReopenAgenda():
            return _reopen(command, session)
        case _:
            assert_never(command)


def _propose(
    command: ProposeItem, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    record = _open_agenda(session)
    proposed = record.item(command.item.item)
    if proposed == command.item:
        return []
    if proposed is not None:
        raise ItemAlreadyProposed(str(command.item.item))
    _check_item(command.item, record, context)
    by = context.by
    return [
        ItemProposed(
            item=command.item,
            proposer=by.account,
            organisation=by.organisation,
            substitutes=by.substitutes,
        )
    ]


def _revise(
    command: ReviseItem, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    record = _open_agenda(session)
    if item_of(record, command.item.item) == command.item:
        return []
    _check_item(command.item, record, context)
    _check_not_public(record, command.item.item)
    return [ItemRevised(item=command.item)]


def _withdraw(command: WithdrawItem, session: Existing) -> Sequence[SessionEvent]:
    record = _open_agenda(session)
    item_of(record, command.item)
    if not command.reason.strip():
        raise SessionReasonMissing
    _check_not_public(record, command.item)
    return [ItemWithdrawn(item=command.item, reason=command.reason)]


def _order(command: OrderAgenda, session: Existing) -> Sequence[SessionEvent]:
    present = tuple(item.item for item in _open_agenda(session).items)
    if sorted(command.items) != sorted(present):
        raise AgendaNotWhole
    return [] if command.items == present else [AgendaOrdered(items=command.items)]


def _freeze(session: Existing, context: SessionContext) -> Sequence[SessionEvent]:
    """What is frozen can be held: every item is whole, and its themes still have enough cases."""
    if isinstance(session, Frozen):
        return []
    record = _open_agenda(session)
    if not record.items:
        raise AgendaIsEmpty
    for item in record.items:
        _check_item(item, record, context)
    return [
        AgendaFrozen(
            items=tuple(item.item for item in record.items), digest=agenda_digest(record.items)
        )
    ]


def _reopen(command: ReopenAgenda, session: Existing) -> Sequence[SessionEvent]:
    if not isinstance(session, Frozen):
        raise AgendaNotFrozen(stage_of(session))
    if not command.reason.strip():
        raise SessionReasonMissing
    return [AgendaReopened(reason=command.reason)]


def item_of(record: Record, item: UUID) -> AgendaItem:
    """The item with this id. Raises UnknownItem."""
    found = record.item(item)
    if found is None:
        raise UnknownItem(str(item))
    return found


def check_wordings(item: AgendaItem) -> None:
    """A proposal has different alternatives, each with a text; nothing else has any."""
    if (item.kind is ItemKind.PROPOSAL) != bool(item.alternatives):
        raise AlternativesMissing
    keys = [alternative.key for alternative in item.alternatives]
    for alternative in item.alternatives:
        is_blank = not alternative.key.strip() or not alternative.text.strip()
        if is_blank or keys.count(alternative.key) > 1:
            raise AlternativeUnclear(alternative.key)


def _check_item(item: AgendaItem, record: Record, context: SessionContext) -> None:
    if not item.title.strip():
        raise ItemTitleMissing
    check_wordings(item)
    if item.kind is ItemKind.THEME and not item.themes:
        raise ThemeMissing
    if item.kind is ItemKind.FOLLOW_UP and not item.about:
        raise NothingToFollowUp
    for theme in item.themes:
        if theme not in context.ready_themes:
            raise ThemeNotReady(str(theme))
    if record.kind is SessionKind.CIRCULAR and len(item.alternatives) != 1:
        raise OnlyOneWording(str(item.item))


def _check_not_public(record: Record, item: UUID) -> None:
    if item in record.published:
        raise ItemIsPublished(str(item))


def _open_agenda(session: Existing) -> Record:
    if not isinstance(session, Scheduled):
        raise AgendaIsFrozen(stage_of(session))
    return session.record
