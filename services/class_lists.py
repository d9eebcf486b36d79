"""What a file of classes would do, decided class by class before anything is recorded."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID
from weakref import WeakValueDictionary

import msgspec

from domain.assessments.class_assessment import ClassAssessment, Registered
from domain.assessments.commands import class_id, learner_id
from domain.assessments.commands_class import EnrolLearners, RegisterClass
from domain.assessments.decide_class import CLASS
from domain.kernel import Command, Context, DomainError, Invalid
from services.desk import Desk
from services.eventstore.store import EventStore
from services.identity.authorisation import authorise
from services.identity.principal import Principal
from services.importers.importing import ImportedClass


@dataclass(eq=False)
class SizeNotSaid(Invalid):
    """The file names no learners of a new class, and nobody said how many there are."""

    code: ClassVar[str] = "class.size-not-said"


@dataclass(eq=False)
class ProgrammeNotSaid(Invalid):
    """The format names neither programme nor trade, and the class is not registered yet."""

    code: ClassVar[str] = "class.programme-not-said"


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """Why the class of this name cannot be taken in."""

    name: str
    error: DomainError


class PlannedClass(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be recorded of a class: its registration unless it is there, who joins it."""

    id: UUID
    imported: ImportedClass
    programme: str
    trade: str
    register: RegisterClass | None
    joining: tuple[str, ...]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """All classes of the file, or why it cannot be taken in."""

    classes: tuple[PlannedClass, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    def commands(self) -> Iterator[tuple[str, Command]]:
        """Each with a name of its own in the file."""
        for one in self.classes:
            if one.register is not None:
                yield f"{one.id}/register", one.register
            if one.joining:
                enrolling = EnrolLearners(training_class=one.id, pseudonyms=one.joining)
                yield f"{one.id}/enrol", enrolling


class ClassLists:
    """Asks the domain what it would decide. What it refuses is a fault of the file."""

    def __init__(self, store: EventStore, desk: Desk) -> None:
        self._store = store
        self._table = desk.assessments.table()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def turn(self, college: str) -> asyncio.Lock:
        """Held from planning to recording, so that what was planned still holds.

        In one process. In several, a file that meets another one half way can be sent again.
        """
        return self._turns.setdefault(college, asyncio.Lock())

    async def plan(
        self,
        principal: Principal,
        college: str,
        school_year: str,
        classes: Sequence[ImportedClass],
        *,
        size: int | None,
        at: datetime,
    ) -> Planned:
        """`size` is that of new classes of which the file names no learners."""
        planned: list[PlannedClass] = []
        refusals: list[Refusal] = []
        for imported in classes:
            try:
                planned.append(
                    await self._planned(principal, college, school_year, imported, size, at)
                )
            except DomainError as error:
                refusals.append(Refusal(name=imported.name, error=error))
        if refusals:
            return Planned(refusals=tuple(refusals))
        return Planned(classes=tuple(planned))

    async def _planned(
        self,
        principal: Principal,
        college: str,
        school_year: str,
        imported: ImportedClass,
        size: int | None,
        at: datetime,
    ) -> PlannedClass:
        stream = class_id(college, school_year, imported.name)
        entries = await self._store.load(stream)
        this: ClassAssessment = CLASS.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        details = this.details if isinstance(this, Registered) else None
        programme = imported.programme or (details.programme if details else "")
        trade = imported.trade or (details.trade if details else "")
        register: RegisterClass | None = None
        if details is None or (details.programme, details.trade) != (programme, trade):
            learners = len(imported.learners) or size
            if not (programme and trade):
                raise ProgrammeNotSaid
            if not learners:
                raise SizeNotSaid
            register = RegisterClass(
                college=college,
                school_year=school_year,
                name=imported.name,
                programme=programme,
                trade=trade,
                size=learners,
            )
            this = await self._after(register, this, principal, at)
        joining = _joining(this, college, imported)
        if joining:
            enrolling = EnrolLearners(training_class=stream, pseudonyms=joining)
            await self._after(enrolling, this, principal, at)
        return PlannedClass(
            id=stream,
            imported=imported,
            programme=programme,
            trade=trade,
            register=register,
            joining=joining,
        )

    async def _after(
        self, command: Command, this: ClassAssessment, principal: Principal, at: datetime
    ) -> ClassAssessment:
        """The class after what follows from the command. Raises DomainError if it is refused."""
        aggregate, further = self._table[type(command)]
        actor = authorise(principal, command, this, at)
        context = await further(command, Context(at=at, by=actor))
        state: Any = this
        for event in aggregate.decide(command, this, context):
            state = aggregate.evolve(state, event)
        return state


def _joining(this: ClassAssessment, college: str, imported: ImportedClass) -> tuple[str, ...]:
    if not isinstance(this, Registered):
        return imported.learners
    there = this.learners
    return tuple(who for who in imported.learners if learner_id(college, who) not in there)
