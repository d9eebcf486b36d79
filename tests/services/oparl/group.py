"""The steering group in the log of a service: its past beneath the desk, what is public at it."""

from uuid import UUID, uuid4

import msgspec

from domain.kernel import Event, Role
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.body_commands import body_id
from domain.steering.body_events import (
    BodyEstablished,
    Capacity,
    NamingAllowed,
    PersonAppointed,
    SeatCreated,
    SeatKind,
)
from domain.steering.minutes_drafting import draft
from domain.steering.minutes_events import MinutesApproved, MinutesDrafted, MinutesReleased
from domain.steering.session import Unknown
from domain.steering.session_commands import PublishItem, WithdrawPublication, session_id
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionEvent
from services.eventstore.record import Metadata, Recorded
from tests.domain.county import MONDAY
from tests.domain.steering.body_example import FOUNDED
from tests.domain.steering.session_example import (
    CIRCULAR,
    CIRCULAR_ID,
    HELD,
    SCHEDULED,
    SESSION_ID,
    frozen,
    proposed,
)
from tests.support.office import ADA, Office
from tests.support.oidc_service import ACCOUNTS
from tests.support.stack import Stack

GROUP = "lenkungsgruppe"
GROUP_ID = body_id(GROUP)
JANA, ARNE = str(ACCOUNTS["jobcenter"]), str(ACCOUNTS["agentur"])
SEATED: tuple[Event, ...] = (
    BodyEstablished(body=GROUP_ID, key=GROUP, title="Lenkungsgruppe KIM", since=FOUNDED),
    SeatCreated(seat="jobcenter", organisation="jobcenter", kind=SeatKind.MEMBER, since=FOUNDED),
    SeatCreated(seat="agentur", organisation="agentur", kind=SeatKind.ADVISER, since=FOUNDED),
    PersonAppointed(seat="jobcenter", person=JANA, capacity=Capacity.HOLDER, since=FOUNDED),
    PersonAppointed(seat="agentur", person=JANA, capacity=Capacity.DEPUTY, since=FOUNDED),
    PersonAppointed(seat="agentur", person=ARNE, capacity=Capacity.HOLDER, since=FOUNDED),
)
LONG_ID = session_id(GROUP, "2026-2")
TOPICS = tuple(
    AgendaItem(
        item=UUID(int=100 + number),
        kind=ItemKind.WORKSHOP,
        title=f"Werkstatt Nummer {number}",
        text=f"Worum es in der Werkstatt {number} geht." if number % 2 else "",
    )
    for number in range(1, 8)
)
SECOND = msgspec.structs.replace(
    SCHEDULED, session=LONG_ID, key="2026-2", title="Zweite Sitzung 2026", place=""
)
LONG: tuple[SessionEvent, ...] = (SECOND, *map(proposed, TOPICS), frozen(*TOPICS))
LATER = Alternative(key="c", text="Ein Wortlaut, der in der Sitzung dazukam.")


class Group:
    """Records in the log of this service."""

    def __init__(self, stack: Stack) -> None:
        self._runtime = stack.runtime
        self._office = Office(stack.runtime.desk)

    async def set_up(self) -> None:
        """The group and three sessions: one that was held, one by circular, a long one."""
        await self.record(GROUP_ID, *SEATED)
        await self.record(SESSION_ID, *HELD)
        await self.record(CIRCULAR_ID, *CIRCULAR)
        await self.record(LONG_ID, *LONG)

    async def record(self, stream: UUID, *events: Event) -> None:
        """Beneath the desk, and wait until everybody can see it."""
        version = len(await self._runtime.store.load(stream))
        command = uuid4()
        metadata = Metadata(
            command=command,
            correlation="test",
            account="ada",
            role=Role.COORDINATOR,
            occurred_at=MONDAY,
        )
        await self._runtime.store.append(
            [
                Recorded(
                    originator_id=stream,
                    originator_version=version + number,
                    event=event,
                    metadata=metadata,
                )
                for number, event in enumerate(events, start=1)
            ],
            command=command,
            digest=b"test",
            stream=stream,
            version=version,
        )
        await self.seen()

    async def publish(self, session: UUID, *items: AgendaItem) -> None:
        for item in items:
            await self._office.ask(ADA, PublishItem(session=session, item=item.item))
        await self.seen()

    async def withdraw(self, session: UUID, *items: AgendaItem) -> None:
        for item in items:
            command = WithdrawPublication(session=session, item=item.item, reason="Irrtum")
            await self._office.ask(ADA, command)
        await self.seen()

    async def name(self, *people: str) -> None:
        await self.record(GROUP_ID, *(NamingAllowed(person=person) for person in people))

    async def release(self, session: UUID, version: int = 1) -> None:
        """Minutes of what was recorded, as far as to their release."""
        await self.draft(session, version)
        digest = "0" * 64
        await self.record(
            session,
            MinutesApproved(version=version, digest=digest, approver="lena"),
            MinutesReleased(version=version),
        )

    async def draft(self, session: UUID, version: int = 1) -> None:
        entries = await self._runtime.store.load(session)
        state = SESSION.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
        assert not isinstance(state, Unknown)
        record = state.record
        assert record.opened_at
        assert record.closed_at
        minutes = draft(record, record.opened_at, record.closed_at)
        event = MinutesDrafted(version=version, minutes=minutes, digest="0" * 64, author="ben")
        await self.record(session, event)

    async def seen(self) -> None:
        """Until the read models have all of it."""
        assert await self._runtime.read_models.reached(await self._runtime.store.head())
