"""What the steering of a county leaves in the log, written beneath the desk: events as they are."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from domain.kernel import Event, Role
from domain.steering.body_commands import body_id
from domain.steering.body_events import BodyEstablished
from domain.steering.session_commands import session_id
from domain.steering.session_events import SessionKind, SessionMoved, SessionScheduled
from domain.steering.session_held_events import SessionClosed, SessionOpened
from services.eventstore.record import Metadata, Recorded
from services.eventstore.store import EventStore

BODY = "lenkungsgruppe-kim"
TITLE = "Lenkungsgruppe KIM"


class SteeringLog:
    """Appends to any stream; what the positions are it says itself."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def record(self, stream: UUID, *events: Event, at: datetime | None = None) -> int:
        """Append the events to the stream; the position of the last one."""
        version = len(await self._store.load(stream))
        command = uuid4()
        receipt = await self._store.append(
            [self._recorded(stream, version + n, event, at) for n, event in enumerate(events, 1)],
            command=command,
            digest=b"",
            stream=stream,
            version=version,
        )
        return receipt.last

    async def establish(self, body: str = BODY, title: str = TITLE) -> int:
        stream = body_id(body)
        return await self.record(
            stream, BodyEstablished(body=stream, key=body, title=title, since=date(2022, 5, 1))
        )

    async def schedule(self, on: datetime, body: str = BODY, *, at: datetime | None = None) -> UUID:
        """A session to come; its id."""
        key = uuid4().hex
        stream = session_id(body, key)
        await self.record(
            stream,
            SessionScheduled(
                session=stream,
                body=body,
                key=key,
                title="Sitzung",
                kind=SessionKind.MEETING,
                starts_at=on,
            ),
            at=at,
        )
        return stream

    async def move(self, session: UUID, to: datetime) -> int:
        moved = SessionMoved(
            starts_at=to, ends_at=None, place="", invitation_stands=False, reason="Ferien."
        )
        return await self.record(session, moved)

    async def hold(self, session: UUID, on: datetime) -> int:
        """The session is opened and closed; the position at which it counts."""
        opened = SessionOpened(at=on, chair="ada", keeper="ada")
        return await self.record(session, opened, SessionClosed(at=on, seats=()), at=on)

    async def held(self, on: datetime, body: str = BODY) -> int:
        """One that was scheduled and held; the position at which it counts."""
        return await self.hold(await self.schedule(on, body, at=on), on)

    def _recorded(self, stream: UUID, version: int, event: Event, at: datetime | None) -> Recorded:
        return Recorded(
            originator_id=stream,
            originator_version=version,
            event=event,
            metadata=Metadata(
                command=uuid4(),
                correlation="test",
                account="ada",
                role=Role.COORDINATOR,
                occurred_at=at or datetime.now(UTC),
            ),
        )
