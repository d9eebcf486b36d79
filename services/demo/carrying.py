"""Handing in at the desk what happened years ago: dated as it was, and with its source."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec

from domain.kernel import NAMESPACE, Command, stream_id
from domain.steering.agenda import Alternative, ItemKind
from domain.steering.need_review_commands import (
    review_id,
)
from domain.steering.resolution_commands import (
    resolution_id,
)
from domain.steering.session_commands import (
    session_id,
)
from services.contexts.streams import Streams
from services.demo.county import CORRELATION, County
from services.demo.steering import Group, Item, SessionHeld, Steering
from services.desk import Desk
from services.eventstore.store import EventStore
from services.identity.principal import CONSOLE, Principal
from services.orders import Order

COORDINATION = "kim-koordinierung"
COORDINATOR, KEEPER = "koordination", "fallmanagement"
"""Who chairs and approves the minutes, and who keeps them."""
FIRST_YEAR, NEXT_YEAR = "2024/25", "2025/26"
WORDING = "vorschlag"
NOON, BEGINS, ENDS = time(12), time(14), time(16)
DAY = timedelta(days=1)


class Carrying:
    """Where the steering's steps are handed in, and what they have in common."""

    def __init__(self, desk: Desk, store: EventStore, county: County, steering: Steering) -> None:
        self._desk = desk
        self.steering = steering
        self.streams = Streams(store)
        self.zone = ZoneInfo(county.county.time_zone)
        self.people = {person.key: str(person.account) for person in county.people.items}
        """The accounts of the invented people."""
        [coordinator] = [person for person in county.people.items if person.key == COORDINATOR]
        self.second = Principal(
            account=str(coordinator.account), grants=coordinator.grants, signed_in="console"
        )
        """Who approves what the console wrote."""
        self.review = review_id(FIRST_YEAR, steering.review.key)

    async def carry_over(
        self,
        commands: Sequence[Command],
        on: date,
        part: str,
        *,
        at: time = NOON,
        by: Principal = CONSOLE,
    ) -> None:
        """Hand these in as of that moment, with where it is from and what of it is assumed."""
        for command in commands:
            content = msgspec.json.encode(command).decode()
            await self._desk.handle(
                Order(
                    command=command,
                    command_id=uuid5(NAMESPACE, f"demo/{type(command).__name__}/{content}"),
                    principal=by,
                    at=datetime.combine(on, at, self.zone),
                    correlation=CORRELATION,
                    source=self.steering.source_of(part),
                )
            )

    def proposals(self) -> Sequence[Item]:
        """The items of the first session that were voted on, in order."""
        return [i for i in self.steering.sessions[0].items if i.kind is ItemKind.PROPOSAL]

    def group(self, item: Item) -> Group:
        return next(group for group in self.steering.groups if group.item == item.key)

    def groups(self) -> Sequence[tuple[UUID, Group]]:
        """Each group with the resolution that established it."""
        session = self.session(self.steering.sessions[0])
        return [
            (resolution_id(session, number), self.group(item))
            for number, item in enumerate(self.proposals(), 1)
        ]

    def session(self, held: SessionHeld) -> UUID:
        return session_id(self.steering.body.key, held.key)


def item_id(item: Item) -> UUID:
    return stream_id("agenda-item", f"demo/{item.key}")


def wording(item: Item) -> tuple[Alternative, ...]:
    """The one wording that is put to the vote."""
    return (Alternative(key=WORDING, text=item.text),)
