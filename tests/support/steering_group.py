"""A steering group that meets, at the desk: for tests of what follows from its votes."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from domain.directory.account import Grant
from domain.kernel import Command, Role, stream_id
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.body_commands import AdoptRules, AppointPerson, CreateSeat, EstablishBody
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Period, Rules, Share
from domain.steering.session_commands import (
    AnnulVote,
    CloseSession,
    FreezeAgenda,
    InviteToSession,
    OpenSession,
    ProposeItem,
    ScheduleSession,
    TakeSeat,
    TakeVote,
    session_id,
)
from domain.steering.session_events import SessionKind
from services.demo.county import paderborn
from services.desk import Desk
from services.identity.principal import Principal
from services.orders import Order

BODY = "lenkungsgruppe"
FOUNDED = date(2022, 5, 17)
SEATS = {"kim-koordinierung": "koordination", "jobcenter": "jobcenter", "agentur": "agentur"}
RULES = Rules(
    quorum=Share(parts=1, of=2, exceeded=True),
    majority=Majority.SIMPLE,
    invitation=Period(days=14),
)
ALTERNATIVE = "vorschlag"


def proposal(
    title: str, text: str, themes: Sequence[UUID] = (), about: Sequence[UUID] = ()
) -> AgendaItem:
    """An item to be voted on, with one wording."""
    return AgendaItem(
        item=stream_id("item", title),
        kind=ItemKind.PROPOSAL,
        title=title,
        themes=tuple(themes),
        about=tuple(about),
        alternatives=(Alternative(key=ALTERNATIVE, text=text),),
    )


class SteeringGroup:
    """One seat for each of these organisations, and who sits on it. The coordination acts."""

    def __init__(self, desk: Desk, holders: Mapping[str, str]) -> None:
        self._desk = desk
        self._holders = holders

    @classmethod
    def of_demo(cls, desk: Desk) -> Self:
        """Three organisations of the demo county."""
        accounts = {person.key: str(person.account) for person in paderborn().people.items}
        return cls(desk, {seat: accounts[person] for seat, person in SEATS.items()})

    async def found(self, body: str = BODY) -> None:
        """Body, seats, people and rules."""
        at = datetime(2022, 5, 17, 8, tzinfo=UTC)
        await self.ask(EstablishBody(body=body, title="Lenkungsgruppe KIM", since=FOUNDED), at)
        for seat, holder in self._holders.items():
            creation = CreateSeat(
                body=body, seat=seat, organisation=seat, kind=SeatKind.MEMBER, since=FOUNDED
            )
            await self.ask(creation, at)
            appointment = AppointPerson(
                body=body, seat=seat, person=holder, capacity=Capacity.HOLDER, since=FOUNDED
            )
            await self.ask(appointment, at)
        await self.ask(
            AdoptRules(body=body, valid_from=FOUNDED, rules=RULES, basis="Geschäftsordnung"), at
        )

    async def prepare(self, key: str, day: date, *items: AgendaItem, body: str = BODY) -> UUID:
        """Schedule a session, with these items on its agenda."""
        session, opens = session_id(body, key), _opens(day)
        schedule = ScheduleSession(
            body=body,
            key=key,
            title=f"Sitzung {key}",
            kind=SessionKind.MEETING,
            starts_at=opens,
        )
        await self.ask(schedule, opens - timedelta(days=40))
        for item in items:
            await self.ask(ProposeItem(session=session, item=item), opens - timedelta(days=30))
        return session

    async def meet(self, session: UUID, day: date) -> None:
        """Everybody is there."""
        opens = _opens(day)
        await self.ask(FreezeAgenda(session=session), opens - timedelta(days=21))
        await self.ask(InviteToSession(session=session), opens - timedelta(days=20))
        chair, keeper, *_ = self._holders.values()
        await self.ask(OpenSession(session=session, chair=chair, keeper=keeper), opens)
        for seat, holder in self._holders.items():
            await self.ask(TakeSeat(session=session, seat=seat, person=holder), opens)

    async def vote(
        self, session: UUID, day: date, item: UUID, *, yes: int = 3, no: int = 0
    ) -> None:
        """On the one wording of the item."""
        voting = TakeVote(session=session, item=item, alternative=ALTERNATIVE, yes=yes, no=no)
        await self.ask(voting, _opens(day) + timedelta(minutes=30))

    async def annul(self, session: UUID, day: date, number: int) -> None:
        annulment = AnnulVote(session=session, number=number, reason="Verzählt.")
        await self.ask(annulment, _opens(day) + timedelta(minutes=40))

    async def close(self, session: UUID, day: date) -> None:
        await self.ask(CloseSession(session=session), _opens(day) + timedelta(hours=1))

    async def ask(self, command: Command, at: datetime) -> None:
        """Have the coordination hand this in, as if it had been then."""
        coordinator = Principal(
            account=next(iter(self._holders.values())),
            grants=(Grant(role=Role.COORDINATOR, organisation=next(iter(self._holders))),),
            signed_in="test",
        )
        order = Order(
            command=command,
            command_id=uuid4(),
            principal=coordinator,
            at=at,
            correlation="test",
        )
        await self._desk.handle(order)


def _opens(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 13, tzinfo=UTC)
