"""An agreement of a group: who does what until when, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.steering.follow_up import FollowUp, overdue, reminded
from domain.working_groups.events import (
    AgreementDropped,
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    AgreementReminded,
    AgreementReopened,
    ConsequenceKind,
    ConsequenceLinked,
    ConsequenceUnlinked,
)


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. `due` as it was agreed; `consequences`: what came of it, by id."""

    text: str
    owner: str
    meeting: int
    due: datetime
    consequences: Mapping[UUID, ConsequenceKind] = {}


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    agreed: Agreed
    follow_up: FollowUp


class Fulfilled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    agreed: Agreed
    outcome: str


class Dropped(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The group let go of it in that meeting."""

    agreed: Agreed
    meeting: int
    reason: str


class Lapsed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """The group was dissolved before it was done."""

    agreed: Agreed


Agreement: TypeAlias = Open | Fulfilled | Dropped | Lapsed
AgreementEvent: TypeAlias = (
    AgreementMade
    | AgreementReminded
    | AgreementFellOverdue
    | AgreementExtended
    | AgreementFulfilled
    | AgreementReopened
    | AgreementDropped
    | ConsequenceLinked
    | ConsequenceUnlinked
)


def stage_of(agreement: Agreement) -> str:
    """The stage's name as it is stored, sent and shown, such as `open` or `fulfilled`."""
    return type(agreement).__name__.lower()


def evolve(agreement: Agreement | None, event: AgreementEvent) -> Agreement | None:
    """The agreement after the event; None if there is none it could be about."""
    if isinstance(event, AgreementMade):
        return Open(
            agreed=Agreed(text=event.text, owner=event.owner, meeting=event.meeting, due=event.due),
            follow_up=FollowUp(due=event.due, reminders=event.reminders),
        )
    if agreement is None:
        return None
    return _go_on(agreement, event)


def _go_on(agreement: Agreement, event: AgreementEvent) -> Agreement:
    agreed = agreement.agreed
    match event:
        case AgreementReminded() | AgreementFellOverdue():
            return _followed_up(agreement, event)
        case AgreementExtended() | AgreementReopened():
            return Open(agreed=agreed, follow_up=FollowUp(due=event.due, reminders=event.reminders))
        case AgreementFulfilled(outcome=outcome):
            return Fulfilled(agreed=agreed, outcome=outcome)
        case AgreementDropped(meeting=meeting, reason=reason):
            return Dropped(agreed=agreed, meeting=meeting, reason=reason)
        case ConsequenceLinked(consequence=consequence, kind=kind):
            return _with(agreement, {**agreed.consequences, consequence: kind})
        case ConsequenceUnlinked(consequence=consequence):
            others = {one: k for one, k in agreed.consequences.items() if one != consequence}
            return _with(agreement, others)
        case AgreementMade():
            return agreement
        case _:
            assert_never(event)


def _followed_up(
    agreement: Agreement, event: AgreementReminded | AgreementFellOverdue
) -> Agreement:
    if not isinstance(agreement, Open):
        return agreement
    match event:
        case AgreementReminded(moment=moment):
            follow_up = reminded(agreement.follow_up, moment)
        case AgreementFellOverdue():
            follow_up = overdue(agreement.follow_up)
    return msgspec.structs.replace(agreement, follow_up=follow_up)


def _with(agreement: Agreement, consequences: Mapping[UUID, ConsequenceKind]) -> Agreement:
    agreed = msgspec.structs.replace(agreement.agreed, consequences=consequences)
    return msgspec.structs.replace(agreement, agreed=agreed)


def lapsed(agreement: Agreement) -> Agreement:
    """After the group was dissolved."""
    return Lapsed(agreed=agreement.agreed)
