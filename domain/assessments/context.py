"""What the language assessment's decisions look at beside their aggregate, as far as needed."""

from collections.abc import Mapping
from datetime import date

import msgspec

from domain.assessments.definition import Definition
from domain.assessments.events import Missing
from domain.assessments.instrument import Instrument
from domain.assessments.instrument import Unknown as NoInstrument
from domain.assessments.round import Round
from domain.assessments.round import Unknown as NoRound
from domain.calendar import Calendar
from domain.directory.organisation import Organisation
from domain.kernel import Context


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A programme or a trade of the school administration's catalogues.

    It holds on both days and between them; None is without end. `index` is the group of trades
    (`10`) that a trade is of and a programme takes; empty if it is not known.
    """

    key: str
    index: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


class InstrumentContext(Context, frozen=True, kw_only=True):
    """The keys that the catalogues have, of what a version's rules may name."""

    measures: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()


class RoundContext(Context, frozen=True, kw_only=True):
    """`instrument` and `organisations`, also unknown ones, are those named in the command.

    `first` is the round a retest repeats. `missing` are the colleges of this round with classes
    that have not submitted, `pending` counts the classes that have and are not scored yet.
    """

    calendar: Calendar
    instrument: Instrument = NoInstrument()
    organisations: Mapping[str, Organisation] = {}
    first: Round = NoRound()
    missing: tuple[Missing, ...] = ()
    pending: int = 0


class ClassContext(Context, frozen=True, kw_only=True):
    """`round` is the one named in the command, `definition` that of its instrument's version.

    `college`, `programme` and `trade` are those named; None if the catalogue does not have it.
    `accommodations` and `measures` are the keys of these catalogues.
    """

    calendar: Calendar
    round: Round = NoRound()
    definition: Definition | None = None
    college: Organisation = Organisation()
    programme: CatalogueEntry | None = None
    trade: CatalogueEntry | None = None
    accommodations: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        """The day it is in the county."""
        return self.at.astimezone(self.calendar.zone).date()
