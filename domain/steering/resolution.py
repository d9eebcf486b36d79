"""A resolution: its stages, and how they follow from what happened."""

from datetime import date, datetime
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.steering.body_rules import Tally
from domain.steering.follow_up import FollowUp, overdue, reminded
from domain.steering.mandate import Mandate
from domain.steering.resolution_events import (
    LetterSent,
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateHandedOver,
    MandateReminded,
    MandateReopened,
    ProgressReported,
    ProgressShown,
    ResolutionAnnulled,
    ResolutionEvent,
    ResolutionPassed,
    ResolutionRevoked,
    Standing,
)
from domain.steering.vote import Manner


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to the ministry."""

    addressee: str
    subject_line: str
    text: str
    sent_on: date
    reference: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a later session was shown of it."""

    session: UUID
    standing: Standing
    reports: int


class Passed(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows. `resolved_owner` and `resolved_due` are as they were resolved.

    `owner` is who sees to it now; `reports` on its progress are in their order.
    """

    resolution: UUID
    body: str
    session: UUID
    number: int
    item: UUID
    alternative: str
    themes: tuple[UUID, ...]
    title: str
    text: str
    decided_at: datetime
    manner: Manner
    edition: int
    tally: Tally
    mandate: Mandate
    resolved_owner: str = ""
    resolved_due: datetime | None = None
    owner: str = ""
    reference: str = ""
    reports: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    shown: tuple[Shown, ...] = ()


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Settled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It asks for nothing more, such as one that took note."""

    passed: Passed


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Its mandate is to be fulfilled."""

    passed: Passed
    follow_up: FollowUp


class Fulfilled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """`due` is when it was to be fulfilled."""

    passed: Passed
    due: datetime
    outcome: str
    result: UUID | None = None


class Revoked(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A later resolution put an end to it. `outcome` is what had come of it, if it was done."""

    passed: Passed
    revoking: UUID
    outcome: str = ""


class Annulled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It was no resolution: its vote did not hold."""

    passed: Passed
    reason: str


InForce: TypeAlias = Settled | Open | Fulfilled
"""The resolution holds."""
Existing: TypeAlias = InForce | Revoked | Annulled
Resolution: TypeAlias = Unknown | Existing


def stage_of(resolution: Resolution) -> str:
    """The stage's name as it is stored, sent and shown, such as `open` or `fulfilled`."""
    return type(resolution).__name__.lower()


def is_later(decided_at: datetime, number: int, passed: Passed) -> bool:
    """Whether what was decided then, by the vote of this number, came after this resolution."""
    return (passed.decided_at, passed.number) < (decided_at, number)


def evolve(resolution: Resolution, event: ResolutionEvent) -> Resolution:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, ResolutionPassed):
        return _passed(event)
    if isinstance(resolution, Unknown):
        return resolution
    return _go_on(resolution, event)


def _passed(event: ResolutionPassed) -> Settled | Open:
    fields = msgspec.structs.asdict(event)
    due, reminders = fields.pop("due"), fields.pop("reminders")
    passed = Passed(**fields, resolved_owner=event.owner, resolved_due=due)
    if due is None:
        return Settled(passed=passed)
    return Open(passed=passed, follow_up=FollowUp(due=due, reminders=reminders))


def _go_on(resolution: Existing, event: ResolutionEvent) -> Existing:
    passed = resolution.passed
    match event:
        case MandateReminded() | MandateFellOverdue():
            return _followed_up(resolution, event)
        case MandateExtended() | MandateReopened():
            follow_up = FollowUp(due=event.due, reminders=event.reminders)
            return Open(passed=passed, follow_up=follow_up)
        case ProgressReported() | LetterSent() | MandateHandedOver() | ProgressShown():
            return msgspec.structs.replace(resolution, passed=_with(passed, event))
        case MandateFulfilled(outcome=outcome, result=result):
            due = _due(resolution)
            if due is None:
                return resolution
            return Fulfilled(passed=passed, due=due, outcome=outcome, result=result)
        case ResolutionRevoked(revoking=revoking):
            outcome = resolution.outcome if isinstance(resolution, Fulfilled) else ""
            return Revoked(passed=passed, revoking=revoking, outcome=outcome)
        case ResolutionAnnulled(reason=reason):
            return Annulled(passed=passed, reason=reason)
        case ResolutionPassed():
            return resolution
        case _:
            assert_never(event)


def _due(resolution: Existing) -> datetime | None:
    match resolution:
        case Open(follow_up=follow_up):
            return follow_up.due
        case Fulfilled(due=due):
            return due
        case Settled() | Revoked() | Annulled():
            return None
        case _:
            assert_never(resolution)


def _followed_up(resolution: Existing, event: MandateReminded | MandateFellOverdue) -> Existing:
    if not isinstance(resolution, Open):
        return resolution
    match event:
        case MandateReminded(moment=moment):
            follow_up = reminded(resolution.follow_up, moment)
        case MandateFellOverdue():
            follow_up = overdue(resolution.follow_up)
    return msgspec.structs.replace(resolution, follow_up=follow_up)


def _with(
    passed: Passed, event: ProgressReported | LetterSent | MandateHandedOver | ProgressShown
) -> Passed:
    match event:
        case ProgressReported(text=text):
            return msgspec.structs.replace(passed, reports=(*passed.reports, text))
        case LetterSent():
            letter = Letter(
                addressee=event.addressee,
                subject_line=event.subject_line,
                text=event.text,
                sent_on=event.sent_on,
                reference=event.reference,
            )
            return msgspec.structs.replace(passed, letters=(*passed.letters, letter))
        case MandateHandedOver(owner=owner):
            return msgspec.structs.replace(passed, owner=owner)
        case ProgressShown():
            shown = Shown(session=event.session, standing=event.standing, reports=event.reports)
            return msgspec.structs.replace(passed, shown=(*passed.shown, shown))
