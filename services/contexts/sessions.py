"""What the decisions of a session look at beside it."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from typing import Any, TypeAlias, get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.kernel import Context, people
from domain.steering.agenda_events import ItemProposed
from domain.steering.body import Body
from domain.steering.body_commands import body_id
from domain.steering.body_decide import BODY
from domain.steering.session import Circulating, Existing, Session, Unknown
from domain.steering.session_commands import (
    AdmitGuests,
    AnnounceAbsence,
    DeclareConflict,
    FreezeAgenda,
    OpenSession,
    ProposeItem,
    ReviseItem,
    ScheduleSession,
    SessionCommand,
    WithdrawAbsence,
    WithdrawItem,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_decide import SESSION
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore
from services.orders import Order

ReadyThemes: TypeAlias = Callable[[Iterable[UUID]], Awaitable[frozenset[UUID]]]
"""Which of the themes have enough cases for an agenda."""


class SessionContexts(Contexts):
    """Loads the body of a session, and the themes, people and organisations a command names."""

    def __init__(self, store: EventStore, calendar: Calendar, ready_themes: ReadyThemes) -> None:
        self._store = store
        self._streams = Streams(store)
        self._calendar = calendar
        self._ready_themes = ready_themes

    def table(self) -> Asked:
        return dict.fromkeys(get_args(SessionCommand), (SESSION, self._context))

    async def area(self, order: Order, state: Any) -> object:
        """The accounts whose affair it is: on the seat, or with the item on the agenda."""
        match order.command:
            case AnnounceAbsence(seat=seat) | WithdrawAbsence(seat=seat):
                return await self._sitting(seat, state, self._day_in_question(state, order))
            case DeclareConflict(seat=seat):
                return await self._sitting(seat, state, self._today(order))
            case ReviseItem(session=session, item=item):
                return await self._proposers(session, item.item)
            case WithdrawItem(session=session, item=item):
                return await self._proposers(session, item)
            case _:
                return state

    async def _context(self, command: SessionCommand, context: Context) -> SessionContext:
        basis = SessionContext(at=context.at, by=context.by, calendar=self._calendar)
        if isinstance(command, ScheduleSession):
            return msgspec.structs.replace(basis, body=await self._body(command.body))
        session = await self._streams.state(SESSION, command.session)
        if isinstance(session, Unknown):
            return basis
        basis = msgspec.structs.replace(basis, body=await self._body(session.record.body))
        return await self._with_named(command, session, basis)

    async def _with_named(
        self, command: SessionCommand, session: Existing, basis: SessionContext
    ) -> SessionContext:
        match command:
            case ProposeItem(item=item) | ReviseItem(item=item):
                ready = await self._ready_themes(item.themes)
                return msgspec.structs.replace(basis, ready_themes=ready)
            case FreezeAgenda():
                themes = [theme for item in session.record.items for theme in item.themes]
                ready = await self._ready_themes(themes)
                return msgspec.structs.replace(basis, ready_themes=ready)
            case OpenSession(chair=chair, keeper=keeper):
                present = await self._streams.people([chair, keeper])
                return msgspec.structs.replace(basis, people=present)
            case AdmitGuests(organisation=key):
                organisations = await self._streams.organisations([key])
                return msgspec.structs.replace(basis, organisations=organisations)
            case _:
                return basis

    async def _body(self, key: str) -> Body:
        return await self._streams.state(BODY, body_id(key))

    async def _sitting(self, key: str, session: Session, day: date) -> frozenset[str]:
        """The accounts on the seat, as its holder or a deputy."""
        if isinstance(session, Unknown):
            return frozenset()
        seat = (await self._body(session.record.body)).seats.get(key)
        return frozenset() if seat is None else frozenset(seat.people_on(day))

    async def _proposers(self, session: UUID, item: UUID) -> frozenset[str]:
        """Who proposed the item, and for whom; the last time, if it had been withdrawn."""
        events = [entry.event for entry in await self._store.load(session)]
        proposed = [e for e in events if isinstance(e, ItemProposed) and e.item.item == item]
        return people(proposed[-1].proposer, proposed[-1].substitutes) if proposed else frozenset()

    def _day_in_question(self, session: Session, order: Order) -> date:
        """The day on which people will meet, or on which they vote in writing."""
        if isinstance(session, Unknown | Circulating):
            return self._today(order)
        return session.record.starts_at.astimezone(self._calendar.zone).date()

    def _today(self, order: Order) -> date:
        return order.at.astimezone(self._calendar.zone).date()
