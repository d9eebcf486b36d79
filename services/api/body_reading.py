"""A body as it was at a moment, if the person may read it."""

from datetime import date, datetime
from http import HTTPStatus
from zoneinfo import ZoneInfo

from domain.steering.body import Body
from domain.steering.body_commands import body_id
from domain.steering.body_decide import BODY
from domain.steering.body_errors import UnknownBody
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.problems import EdgeProblem
from services.api.replaying import At, replayed
from services.eventstore.store import NOW, EventStore, Moment
from services.identity.body_readers import may_read_body, seats_of
from services.settings import Settings


class BodyReader:
    """Loads bodies for those who may read them."""

    def __init__(self, store: EventStore, clerk: Clerk, settings: Settings) -> None:
        self._store = store
        self._clerk = clerk
        self._zone = ZoneInfo(settings.time_zone)

    def day_of(self, moment: datetime) -> date:
        """The day it is in the county."""
        return moment.astimezone(self._zone).date()

    @property
    def today(self) -> date:
        return self.day_of(self._clerk.now())

    async def body(self, request: SignedIn, key: str, moment: Moment = NOW) -> At[Body]:
        """The body at a moment. Raises UnknownBody, also if it was not there yet."""
        seats = seats_of(request.user, self._clerk.now())
        present = await self.at(key)
        if not may_read_body(seats, present.state, [self.today]):
            raise EdgeProblem(HTTPStatus.FORBIDDEN, "body.may-not-read")
        return present if moment == NOW else await self.at(key, moment)

    async def at(self, key: str, moment: Moment = NOW) -> At[Body]:
        """The body at a moment, whoever asks."""
        return await replayed(self._store, BODY, body_id(key), UnknownBody(key), moment)
