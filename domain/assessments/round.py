"""An assessment round: its stages, and how they follow from what happened."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TypeAlias, assert_never
from uuid import UUID

import msgspec

from domain.assessments.commands import round_id
from domain.assessments.events import (
    CollegesReminded,
    Missing,
    RetestPlan,
    RetestScheduled,
    RoundAnnounced,
    RoundCancelled,
    RoundCompared,
    RoundEscalated,
    RoundEvent,
    RoundReleased,
    Sitting,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)

RETEST = "-retest"
"""What the key of a scheduled retest has after the key of its first test."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What every stage knows: what was announced, and what became of the moments.

    `closes_at` is when the window closes unless a college has longer: `extended`. `reminded` are
    the planned moments at which reminders went out, `escalated` the colleges that were named as
    late. `scheduled` is the round of the retest, once it was announced. With classes missing at
    the end, the round is held for `grace_days`.
    """

    round: UUID
    key: str
    title: str
    school_year: str
    instrument: str
    version: int
    sitting: Sitting
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    colleges: tuple[str, ...]
    basis: str
    first: UUID | None = None
    retest: RetestPlan | None = None
    grace_days: int = 0
    extended: Mapping[str, datetime] = {}
    reminded: frozenset[datetime] = frozenset()
    escalated: frozenset[str] = frozenset()
    scheduled: UUID | None = None

    @property
    def ends_at(self) -> datetime:
        """When the last window closes."""
        return max(map(self.closes_for, self.colleges), default=self.closes_at)

    @property
    def held_until(self) -> datetime:
        """When the round is closed although classes are missing."""
        return self.ends_at + timedelta(days=self.grace_days)

    @property
    def windows(self) -> tuple[datetime, ...]:
        """The moments at which windows of colleges close, each once, in order."""
        return tuple(sorted({*map(self.closes_for, self.colleges)} or {self.closes_at}))

    @property
    def retest_id(self) -> UUID:
        """The round that its scheduled retest is: the same on every machine."""
        return round_id(self.school_year, self.key + RETEST)

    def closes_for(self, college: str) -> datetime:
        """When the window closes for a college: the later of the round's moment and its own."""
        return max(self.closes_at, self.extended.get(college, self.closes_at))


class Unknown(msgspec.Struct, frozen=True, tag=True):
    """Nothing has been recorded yet."""


class Announced(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Waiting for the window to open."""

    plan: Plan


class Open(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Results are taken."""

    plan: Plan


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Classes are scored. What is `missing` stays so."""

    plan: Plan
    missing: tuple[Missing, ...] = ()


class Released(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Colleges see what the results mean."""

    plan: Plan
    classes: int


class Compared(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A retest that was set against its first test: it is over."""

    plan: Plan
    classes: int


class Cancelled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    plan: Plan
    reason: str


Existing: TypeAlias = Announced | Open | Closed | Released | Compared | Cancelled
Round: TypeAlias = Unknown | Existing


def stage_of(this: Round) -> str:
    """The stage's name as it is stored, sent and shown, such as `announced` or `open`."""
    return type(this).__name__.lower()


def evolve(this: Round, event: RoundEvent) -> Round:
    """Apply an event. Never refuses: what was recorded did happen."""
    if isinstance(event, RoundAnnounced):
        return Announced(plan=Plan(**msgspec.structs.asdict(event)))
    if isinstance(this, Unknown):
        return this
    return _go_on(this, event)


def _go_on(this: Existing, event: RoundEvent) -> Existing:
    plan = this.plan
    match event:
        case WindowOpened():
            return Open(plan=plan)
        case CollegesReminded() | WindowExtended() | RoundEscalated() | RetestScheduled():
            return msgspec.structs.replace(this, plan=_with(plan, event))
        case WindowClosed():
            return Closed(plan=plan, missing=event.missing)
        case RoundReleased():
            return Released(plan=plan, classes=event.classes)
        case RoundCompared():
            return Compared(plan=plan, classes=event.classes)
        case RoundCancelled():
            return Cancelled(plan=plan, reason=event.reason)
        case RoundAnnounced():
            return this
        case _:
            assert_never(event)


def _with(
    plan: Plan, event: CollegesReminded | WindowExtended | RoundEscalated | RetestScheduled
) -> Plan:
    match event:
        case CollegesReminded(moment=None):
            return plan
        case CollegesReminded(moment=moment):
            return msgspec.structs.replace(plan, reminded=plan.reminded | {moment})
        case WindowExtended(colleges=()):
            return msgspec.structs.replace(plan, closes_at=event.closes_at, escalated=frozenset())
        case WindowExtended(colleges=colleges):
            return msgspec.structs.replace(
                plan,
                extended={**plan.extended, **dict.fromkeys(colleges, event.closes_at)},
                escalated=plan.escalated.difference(colleges),
            )
        case RoundEscalated(missing=missing):
            late = {one.college for one in missing}
            return msgspec.structs.replace(plan, escalated=plan.escalated | late)
        case RetestScheduled(retest=retest):
            return msgspec.structs.replace(plan, scheduled=retest)
        case _:
            assert_never(event)
