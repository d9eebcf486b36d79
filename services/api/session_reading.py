"""A session as it was at a moment, with its body then, if the person may read it."""

from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.steering.body import Body
from domain.steering.session import Existing, Unknown
from domain.steering.session_decide import SESSION
from domain.steering.session_errors import UnknownSession
from services.api.access import SignedIn
from services.api.body_reading import BodyReader
from services.api.decisions import Clerk
from services.api.problems import EdgeProblem
from services.api.replaying import At, replayed
from services.eventstore.store import NOW, EventStore, Moment
from services.identity.body_readers import may_read_body, seats_of


class SessionAt(msgspec.Struct, frozen=True, kw_only=True):
    """A session at a moment, and its body then. `seats` are those of the reader; None: all."""

    found: At[Existing]
    body: Body
    seats: frozenset[str] | None


class SessionReader:
    """Loads sessions for those who may read them."""

    def __init__(self, store: EventStore, bodies: BodyReader, clerk: Clerk) -> None:
        self._store = store
        self._bodies = bodies
        self._clerk = clerk

    async def session(self, request: SignedIn, session: UUID, moment: Moment = NOW) -> SessionAt:
        """The session at a moment. Raises UnknownSession, also if it was not there yet.

        Members read the sessions of bodies on which they sit today or sat on their day.
        """
        seats = seats_of(request.user, self._clerk.now())
        found = await self._at(session, moment)
        record = found.state.record
        body = (await self._bodies.at(record.body)).state
        days = [self._bodies.today, self._bodies.day_of(record.starts_at)]
        if not may_read_body(seats, body, days):
            raise EdgeProblem(HTTPStatus.FORBIDDEN, "body.may-not-read")
        if moment != NOW:
            body = (await self._bodies.at(record.body, moment)).state
        return SessionAt(found=found, body=body, seats=seats)

    async def _at(self, session: UUID, moment: Moment) -> At[Existing]:
        found = await replayed(self._store, SESSION, session, UnknownSession(str(session)), moment)
        state = found.state
        assert not isinstance(state, Unknown), "the first event makes it known"
        return At(state=state, entries=found.entries)
