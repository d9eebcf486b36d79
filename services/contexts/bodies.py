"""What the decisions of a body look at beside it."""

from typing import get_args

import msgspec

from domain.calendar import Calendar
from domain.kernel import Context
from domain.steering.body_commands import AppointPerson, BodyCommand, CreateSeat
from domain.steering.body_context import BodyContext
from domain.steering.body_decide import BODY
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore


class BodyContexts(Contexts):
    """Loads the organisation of a new seat and the person to be appointed."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(BodyCommand), (BODY, self._context))

    async def _context(self, command: BodyCommand, context: Context) -> BodyContext:
        basis = BodyContext(at=context.at, by=context.by, calendar=self._calendar)
        match command:
            case CreateSeat(organisation=key):
                organisations = await self._streams.organisations([key])
                return msgspec.structs.replace(basis, organisations=organisations)
            case AppointPerson(person=person):
                people = await self._streams.people([person])
                return msgspec.structs.replace(basis, people=people)
            case _:
                return basis
