"""What a clock has to know of a working group: when to remind of meetings and agreements."""

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import StrEnum
from typing import assert_never

import msgspec

from domain.working_groups.agreement import Open
from domain.working_groups.group import Dissolved, Unknown, Working, WorkingGroup


class Phase(StrEnum):
    """What the process waits for."""

    WORKING = "working"
    ENDED = "ended"


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """The moment of a plan by which the next meeting is to be called."""

    school_year: str
    moment: datetime


class AgreementCourse(msgspec.Struct, frozen=True, kw_only=True):
    """An open agreement's number and moments; no `due` once it was found overdue."""

    agreement: int
    reminders: tuple[datetime, ...] = ()
    due: datetime | None = None


class GroupCourse(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers and moments only. `calls` and reminders are those not sent yet, in order.

    After an outage one that a later one has overtaken is not worth sending any more.
    """

    phase: Phase
    calls: tuple[Call, ...] = ()
    agreements: tuple[AgreementCourse, ...] = ()


def course(group: WorkingGroup) -> GroupCourse:
    """The course of a group from where it stands now."""
    match group:
        case Working(record=record):
            calls = (
                Call(school_year=school_year, moment=moment)
                for school_year, plan in record.plans.items()
                for moment in _not_overtaken(plan.reminders_to_come, plan.reminded)
            )
            agreements = (
                _course(number, agreement)
                for number, agreement in record.agreements.items()
                if isinstance(agreement, Open) and not agreement.follow_up.is_overdue
            )
            return GroupCourse(
                phase=Phase.WORKING,
                calls=tuple(sorted(calls, key=lambda call: call.moment)),
                agreements=tuple(agreements),
            )
        case Unknown() | Dissolved():
            return GroupCourse(phase=Phase.ENDED)
        case _:
            assert_never(group)


def _course(number: int, agreement: Open) -> AgreementCourse:
    follow_up = agreement.follow_up
    return AgreementCourse(
        agreement=number,
        reminders=_not_overtaken(follow_up.reminders_to_come, follow_up.reminded),
        due=follow_up.due,
    )


def _not_overtaken(to_come: Iterable[datetime], sent: Collection[datetime]) -> tuple[datetime, ...]:
    return tuple(moment for moment in to_come if not sent or moment > max(sent))
