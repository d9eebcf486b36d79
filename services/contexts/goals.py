"""What decisions about the goals of a school year look at: what the log says of the year."""

from typing import get_args

from domain.calendar import Calendar
from domain.goals.commands import YearCommand
from domain.goals.context import YearContext
from domain.goals.decide import SCHOOL_YEAR
from domain.kernel import Context
from services.contexts.asking import Asked, Contexts
from services.eventstore.store import EventStore
from services.goals.counting import counted


class GoalContexts(Contexts):
    """Counts what happened, each time anew: a figure is never older than the log."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._store = store
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(YearCommand), (SCHOOL_YEAR, self._context))

    async def _context(self, _: YearCommand, context: Context) -> YearContext:
        found = await counted(self._store, self._calendar.zone)
        return YearContext(
            at=context.at,
            by=context.by,
            calendar=self._calendar,
            kinds=found.kinds,
            groups=found.groups,
            occurrences=found.occurrences,
            planned=found.planned,
        )
