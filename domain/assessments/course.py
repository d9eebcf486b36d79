"""What a clock has to know of an assessment round: its phase and the moments to come."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

import msgspec

from domain.assessments.events import Sitting
from domain.assessments.round import (
    Announced,
    Cancelled,
    Closed,
    Compared,
    Open,
    Plan,
    Released,
    Round,
    Unknown,
)


class Phase(StrEnum):
    """What the process waits for, or does."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    RELEASED = "released"
    ENDED = "ended"


class RoundCourse(msgspec.Struct, frozen=True, kw_only=True):
    """Ids and moments only.

    `reminders` are those not sent yet, `ends` the moments at which the windows of colleges close,
    in order: at each, who is late is escalated. The round is closed at `closes_at`: with the last
    window, or if colleges were late, after the days of grace.
    `retest` is the round to be announced now that this one is released; None if a released round
    is a retest, to be set against its first test.
    """

    phase: Phase
    opens_at: datetime | None = None
    reminders: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()
    closes_at: datetime | None = None
    retest: UUID | None = None


def course(this: Round) -> RoundCourse:
    """The course of a round from where it stands now."""
    match this:
        case Announced(plan=plan):
            return RoundCourse(phase=Phase.ANNOUNCED, opens_at=plan.opens_at)
        case Open(plan=plan):
            reminders = (moment for moment in plan.reminders if moment not in plan.reminded)
            return RoundCourse(
                phase=Phase.OPEN,
                reminders=tuple(sorted(reminders)),
                ends=plan.windows,
                closes_at=plan.held_until if plan.escalated else plan.ends_at,
            )
        case Closed():
            return RoundCourse(phase=Phase.CLOSED)
        case Released(plan=plan):
            return _after_release(plan)
        case Unknown() | Compared() | Cancelled():
            return RoundCourse(phase=Phase.ENDED)
        case _:
            assert_never(this)


def retest_missed(this: Round, at: datetime) -> bool:
    """Whether a planned retest was not announced before its window had passed.

    The process then leaves it to people, who can announce one as it is possible now.
    """
    if not isinstance(this, Released) or not this.classes or this.plan.scheduled is not None:
        return False
    return this.plan.retest is not None and this.plan.retest.closes_at <= at


def _after_release(plan: Plan) -> RoundCourse:
    if plan.sitting is Sitting.RETEST:
        return RoundCourse(phase=Phase.RELEASED)
    if plan.retest is None or plan.scheduled is not None:
        return RoundCourse(phase=Phase.ENDED)
    return RoundCourse(phase=Phase.RELEASED, retest=plan.retest_id)
