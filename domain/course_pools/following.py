"""How a report follows its pool, and the pool its report: what is left to do between the two.

The pool says who is in it. The report says in which pool it is, in a stream of its own, so that
it is in one at a time even if two people put it into two at once. What a pool rests on is in the
report again: whether it is open, and how many learners want to share which course.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.course_pools.checking import learners_for
from domain.course_pools.commands import RemovePoolMember
from domain.course_pools.pool import Existing as ExistingPool
from domain.course_pools.pool import Formed, member_of
from domain.kernel import Command
from domain.language_needs.commands import LeavePool, PutIntoPool
from domain.language_needs.events_end import Outcome
from domain.language_needs.report import (
    Closed,
    CompanyReport,
    Existing,
    Received,
    Running,
    Unknown,
    Withdrawn,
)


class Parting(StrEnum):
    """Why the process takes a report out."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    HAS_ITS_COURSE = "has-its-course"
    NOT_WANTED = "not-wanted"
    FEWER_LEARNERS = "fewer-learners"
    IN_ANOTHER = "in-another"
    NOT_IN_IT = "not-in-it"


REASONS: Mapping[Parting, str] = {
    Parting.WITHDRAWN: "Die Meldung wurde zurückgezogen.",
    Parting.CLOSED: "Die Meldung wurde abgeschlossen.",
    Parting.HAS_ITS_COURSE: "Für die Meldung ist ein anderer Kurs vereinbart.",
    Parting.NOT_WANTED: "Das Unternehmen möchte keinen gemeinsamen Kurs mehr.",
    Parting.FEWER_LEARNERS: "Für dieses Kursniveau sind nicht mehr so viele Lernende gemeldet.",
    Parting.IN_ANOTHER: "Die Meldung ist in einem anderen gemeinsamen Kurs.",
    Parting.NOT_IN_IT: "An diesem gemeinsamen Kurs nimmt das Unternehmen nicht mehr teil.",
}
"""What stands in the log, in the words of the county, as if a person had written it."""


class MoveKind(StrEnum):
    REMOVE = "remove"
    """The pool lets the report go."""
    LEAVE = "leave"
    """The report is not in the pool any more."""
    JOIN = "join"
    """The report is in the pool from now on."""


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do; `why` is missing for joining."""

    kind: MoveKind
    pool: UUID
    why: Parting | None = None


def moves_of(report: CompanyReport, pools: Sequence[ExistingPool]) -> tuple[Move, ...]:
    """What is left to do, in order. `pools` are those with the report, the first proposed first."""
    if isinstance(report, Unknown):
        return ()
    return tuple(_moves(report, pools))


def _moves(report: Existing, pools: Sequence[ExistingPool]) -> Iterator[Move]:
    partings = {pool.pool: parting(report, pool) for pool in pools}
    staying = [pool for pool, why in partings.items() if why is None]
    now = report.record.pool
    kept = now if now in staying else next(iter(staying), None)
    for pool, why in partings.items():
        if pool != kept:
            yield Move(kind=MoveKind.REMOVE, pool=pool, why=why or Parting.IN_ANOTHER)
    if now is not None and now != kept:
        yield Move(kind=MoveKind.LEAVE, pool=now, why=partings.get(now) or Parting.NOT_IN_IT)
    may_join = not isinstance(report, Received | Running | Closed | Withdrawn)
    if kept is not None and now != kept and may_join:
        yield Move(kind=MoveKind.JOIN, pool=kept)


def parting(report: Existing, pool: ExistingPool) -> Parting | None:
    """Why the report cannot stay in this pool; None if it can."""
    has_course = isinstance(pool, Formed)
    match report:
        case Withdrawn():
            return Parting.WITHDRAWN
        case Closed(outcome=outcome):
            was_held = has_course and outcome is Outcome.COURSE_HELD
            return None if was_held else Parting.CLOSED
        case Running():
            return None if has_course else Parting.HAS_ITS_COURSE
        case _:
            return _unwanted(report, pool)


def _unwanted(report: Existing, pool: ExistingPool) -> Parting | None:
    need = report.record.need
    member = member_of(pool, report.record.report)
    if not need.pooling:
        return Parting.NOT_WANTED
    if member is not None and learners_for(need, pool.course) < member.learners:
        return Parting.FEWER_LEARNERS
    return None


def command_of(move: Move, report: UUID) -> Command:
    """The command by which it is done."""
    reason = "" if move.why is None else REASONS[move.why]
    match move.kind:
        case MoveKind.REMOVE:
            return RemovePoolMember(pool=move.pool, report=report, reason=reason)
        case MoveKind.LEAVE:
            return LeavePool(report=report, pool=move.pool, reason=reason)
        case MoveKind.JOIN:
            return PutIntoPool(report=report, pool=move.pool)
