"""A person whom data are about: whether they must be kept, and whether they were erased."""

from collections.abc import Mapping, Sequence
from typing import assert_never
from uuid import UUID

import msgspec

from domain.kernel import Aggregate, Context
from domain.privacy.commands import EraseSubject, LiftHold, PlaceHold, SubjectCommand
from domain.privacy.errors import SubjectIsErased, UnderLegalHold, UnknownHold, UnknownSubject
from domain.privacy.events import HoldLifted, HoldPlaced, SubjectErased, SubjectEvent


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """`holds` is why everything must be kept, by the id of each hold; `lifted` are past ones."""

    holds: Mapping[UUID, str] = {}
    lifted: frozenset[UUID] = frozenset()
    is_erased: bool = False


class SubjectContext(Context, frozen=True, kw_only=True):
    """`is_known`: something personal is or was kept about the person."""

    is_known: bool = False


def evolve(subject: Subject, event: SubjectEvent) -> Subject:
    match event:
        case HoldPlaced():
            return msgspec.structs.replace(
                subject, holds={**subject.holds, event.hold: event.reason}
            )
        case HoldLifted():
            left = {hold: why for hold, why in subject.holds.items() if hold != event.hold}
            return msgspec.structs.replace(
                subject, holds=left, lifted=subject.lifted | {event.hold}
            )
        case SubjectErased():
            return msgspec.structs.replace(subject, is_erased=True)
        case _:
            assert_never(event)


def decide(
    command: SubjectCommand, subject: Subject, context: SubjectContext
) -> Sequence[SubjectEvent]:
    match command:
        case EraseSubject():
            return _erase(command, subject, context)
        case PlaceHold():
            return _place_hold(command, subject, context)
        case LiftHold():
            return _lift_hold(command, subject)
        case _:
            assert_never(command)


def _erase(
    command: EraseSubject, subject: Subject, context: SubjectContext
) -> Sequence[SubjectEvent]:
    if subject.is_erased:
        return []
    if not context.is_known:
        raise UnknownSubject(str(command.person))
    require_no_hold(subject)
    return [SubjectErased(subject=command.person, reason=command.reason)]


def _place_hold(
    command: PlaceHold, subject: Subject, context: SubjectContext
) -> Sequence[SubjectEvent]:
    if subject.is_erased:
        raise SubjectIsErased(str(command.person))
    if not context.is_known:
        raise UnknownSubject(str(command.person))
    if command.hold in subject.holds or command.hold in subject.lifted:
        return []
    return [HoldPlaced(subject=command.person, hold=command.hold, reason=command.reason)]


def _lift_hold(command: LiftHold, subject: Subject) -> Sequence[SubjectEvent]:
    if command.hold in subject.lifted:
        return []
    if command.hold not in subject.holds:
        raise UnknownHold(str(command.hold))
    return [HoldLifted(subject=command.person, hold=command.hold, reason=command.reason)]


def require_no_hold(subject: Subject) -> None:
    """Raises UnderLegalHold with the reasons."""
    if subject.holds:
        raise UnderLegalHold("; ".join(subject.holds.values()))


SUBJECT = Aggregate("subject", initial=Subject(), evolve=evolve, decide=decide)
