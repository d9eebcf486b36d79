"""What decisions about the language assessment look at beside their own aggregate."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias, get_args
from uuid import UUID

import msgspec

from domain.assessments.class_assessment import ClassAssessment
from domain.assessments.college import COLLEGE
from domain.assessments.commands import (
    AnnounceRound,
    CloseWindow,
    EscalateRound,
    InstrumentCommand,
    ReleaseRound,
    RemindColleges,
    RoundCommand,
    instrument_id,
)
from domain.assessments.commands_class import (
    ChangeClass,
    ClassCommand,
    CollegeCommand,
    NoteLook,
    OverrideRecommendation,
    RecordResults,
    RegisterClass,
    ReleaseClass,
    ReopenClass,
    SubmitClass,
    TakeSecondLook,
)
from domain.assessments.context import (
    ClassContext,
    InstrumentContext,
    RoundContext,
)
from domain.assessments.decide_class import CLASS
from domain.assessments.decide_instrument import INSTRUMENT
from domain.assessments.decide_round import ROUND
from domain.assessments.definition import Definition
from domain.assessments.figures import (
    FIGURES,
    FiguresContext,
    Published,
    PublishFigures,
    figures_id,
)
from domain.assessments.instrument import Instrument
from domain.assessments.instrument import Unknown as NoInstrument
from domain.assessments.look import LOOK
from domain.assessments.round import Compared, Released, Round, Unknown
from domain.calendar import Calendar
from domain.kernel import Command, Context
from services.assessment_views import AssessmentViews
from services.catalogues.catalogue import Catalogues
from services.closed_classes import ClosedClasses
from services.contexts.asking import Asked, plain
from services.contexts.streams import Streams
from services.county_figures.counting import Rows
from services.county_figures.measuring import measured
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.kept_rounds import KeptRounds
from services.privacy.retention.learners import classes_of

KEPT = 16
"""Definitions. A county has two rounds a year; what is no longer asked for need not be kept."""

FIRST = """
    select originator_version, topic, state from event
    where originator_id = $1 and originator_version = 1
        and left(topic, 17) = 'class-assessment.'
"""

InRound: TypeAlias = (
    RecordResults
    | SubmitClass
    | ReopenClass
    | ReleaseClass
    | TakeSecondLook
    | OverrideRecommendation
)


class AsKept(NamedTuple):
    """What a decision looks at as it was last known, and what raises if it is no longer so."""

    context: ClassContext
    still_so: Callable[[], Awaitable[None]]


class AssessmentContexts:
    """Loads rounds, instruments, organisations, and what is missing from the views."""

    def __init__(
        self,
        pool: Pool,
        store: EventStore,
        calendar: Calendar,
        catalogues: Catalogues,
        views: AssessmentViews,
    ) -> None:
        self._pool = pool
        self._store = store
        self._streams = Streams(store)
        self.calendar = calendar
        self._catalogues = catalogues
        self._accommodations = frozenset(catalogues.accommodations)
        self._measures = frozenset(catalogues.measures)
        self._definitions: dict[tuple[str, int], Definition] = {}
        self._rounds = KeptRounds(pool, store)
        self.views = views
        self.classes = ClosedClasses(pool, store)

    def table(self) -> Asked:
        """The aggregate and the further context of each command."""
        return {
            **dict.fromkeys(get_args(InstrumentCommand), (INSTRUMENT, self._instrument_context)),
            **dict.fromkeys(get_args(RoundCommand), (ROUND, self._round_context)),
            **dict.fromkeys(get_args(ClassCommand), (CLASS, self._class_context)),
            **dict.fromkeys(get_args(CollegeCommand), (COLLEGE, plain)),
            NoteLook: (LOOK, plain),
            PublishFigures: (FIGURES, self._figures_context),
        }

    async def assessment_round(self, stream: UUID) -> Round:
        """The round as it stands now."""
        return await self._rounds.now(stream)

    def as_kept(self, command: Command, context: Context) -> AsKept | None:
        """The context without asking anybody; None if the round or its definition is not kept.

        To look at the round after deciding, while keys are asked for, is as good as before.
        """
        if not isinstance(command, RecordResults | SubmitClass):
            return None
        known = self._rounds.last(command.round)
        if isinstance(known.state, Unknown):
            return None
        plan = known.state.plan
        definition = self._definitions.get((plan.instrument, plan.version))
        if definition is None:
            return None
        return AsKept(
            self._in_round(context, known.state, definition),
            partial(self._rounds.check, command.round, known),
        )

    async def instrument(self, key: str) -> Instrument:
        """The instrument with all its versions."""
        entries = await self._store.load(instrument_id(key))
        return INSTRUMENT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)

    async def definition(self, this: Round) -> Definition | None:
        """That of the instrument's version the round uses; kept, because it never changes."""
        if isinstance(this, Unknown):
            return None
        key = this.plan.instrument, this.plan.version
        if key not in self._definitions:
            instrument = await self.instrument(this.plan.instrument)
            if isinstance(instrument, NoInstrument):
                return None
            while len(self._definitions) >= KEPT:
                del self._definitions[next(iter(self._definitions))]
            self._definitions[key] = instrument.versions[this.plan.version].written.definition
        return self._definitions[key]

    async def known_class(self, training_class: UUID) -> ClassAssessment:
        """As it was registered first, which tells whose it is; without its learners."""
        rows = await self._pool.fetch(FIRST, training_class)
        return CLASS.replay(self._store.events(training_class, rows))  # pyright: ignore[reportArgumentType]  (the stream has its own events)

    async def colleges_with(self, learner: UUID, colleges: Sequence[str]) -> frozenset[str]:
        """Those of the colleges in whose classes the learner is or was."""
        if not colleges:
            return frozenset()
        await self.views.catch_up()
        classes = await classes_of(self._pool, learner, colleges)
        rows = await self._pool.fetch(
            "select distinct college from training_class where id = any($1)", classes
        )
        return frozenset(row["college"] for row in rows)

    async def figures(self, assessment_round: UUID) -> Published:
        """What was published of the round."""
        entries = await self._store.load(figures_id(assessment_round))
        return FIGURES.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)

    async def _instrument_context(self, _: InstrumentCommand, context: Context) -> Context:
        return InstrumentContext(
            at=context.at,
            by=context.by,
            measures=frozenset(self._catalogues.measures),
            programmes=frozenset(self._catalogues.programmes),
            trades=frozenset(self._catalogues.trades),
        )

    async def _round_context(self, command: RoundCommand, context: Context) -> Context:
        basis = RoundContext(at=context.at, by=context.by, calendar=self.calendar)
        match command:
            case AnnounceRound(first=first):
                return msgspec.structs.replace(
                    basis,
                    instrument=await self.instrument(command.instrument),
                    organisations=await self._streams.organisations(command.colleges),
                    first=Unknown() if first is None else await self.assessment_round(first),
                )
            case RemindColleges() | EscalateRound() | CloseWindow():
                this = await self.assessment_round(command.round)
                if isinstance(this, Unknown):
                    return basis
                return msgspec.structs.replace(basis, missing=await self.views.missing(this.plan))
            case ReleaseRound():
                pending = await self.views.pending(command.round)
                return msgspec.structs.replace(basis, pending=pending)
            case _:
                return basis

    async def _class_context(self, command: ClassCommand, context: Context) -> Context:
        basis = ClassContext(at=context.at, by=context.by, calendar=self.calendar)
        match command:
            case RegisterClass():
                return msgspec.structs.replace(
                    basis,
                    college=await self._streams.organisation(command.college),
                    programme=self._catalogues.programme(command.programme, basis.today),
                    trade=self._catalogues.trade(command.trade, basis.today),
                )
            case ChangeClass():
                return msgspec.structs.replace(
                    basis,
                    programme=self._catalogues.programme(command.programme, basis.today),
                    trade=self._catalogues.trade(command.trade, basis.today),
                )
            case command if isinstance(command, InRound):
                this = await self.assessment_round(command.round)
                return self._in_round(context, this, await self.definition(this))
            case _:
                return basis

    def _in_round(
        self, context: Context, this: Round, definition: Definition | None
    ) -> ClassContext:
        return ClassContext(
            at=context.at,
            by=context.by,
            calendar=self.calendar,
            round=this,
            definition=definition,
            accommodations=self._accommodations,
            measures=self._measures,
        )

    async def _figures_context(self, command: PublishFigures, context: Context) -> Context:
        this = await self.assessment_round(command.round)
        basis = FiguresContext(at=context.at, by=context.by, round=this)
        if not isinstance(this, Released | Compared):
            return basis
        published = await self.figures(command.round)
        until = await self._store.head()
        await self.views.catch_up()
        rows = Rows(self._pool, self._store, command.round, until)
        definition = None if published.releases else await self.definition(this)
        return msgspec.structs.replace(
            basis,
            counts=await rows.uncounted(published.counted_until),
            computed_at=until,
            measured=definition and await measured(definition, rows.sittings()),
        )
