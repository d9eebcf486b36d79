"""Course offers at a glance, as they were said last."""

from collections.abc import Sequence
from datetime import date
from typing import get_args
from uuid import UUID

import msgspec

from domain.course_offers.details import Details
from domain.course_offers.events import (
    CourseOfferEvent,
    OfferChecked,
    OfferEntered,
    OfferUpdated,
    OfferWithdrawn,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

FIELDS = msgspec.structs.fields(Details)
COLUMNS = tuple(field.name for field in FIELDS)

ENTER = f"""
    insert into course_offer
        (id, source, key, stage, as_of, expires, version, position, changed_at,
        {", ".join(COLUMNS)})
    values ($1, $2, $3, 'offered', $4, $5, 0, 0, '-infinity',
        {", ".join(f"${number}" for number in range(6, 6 + len(COLUMNS)))})
    on conflict (id) do update set stage = 'offered', as_of = excluded.as_of,
        expires = excluded.expires,
        {", ".join(f"{column} = excluded.{column}" for column in COLUMNS)}
"""  # noqa: S608 (our own columns)

UPDATE = f"""
    update course_offer set as_of = $2, expires = $3,
        {", ".join(f"{column} = ${number}" for number, column in enumerate(COLUMNS, start=4))}
    where id = $1
"""  # noqa: S608 (our own columns)

MARK = """
    update course_offer set version = $2, position = $3, changed_at = $4 where id = $1
"""


class CourseOffers:
    """A row for each offer, also for those that were withdrawn."""

    name = "course_offers"
    tables = ("course_offer",)
    topics = tuple(event.TOPIC for event in get_args(CourseOfferEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(entry.event, CourseOfferEvent):
                await _apply(connection, entry.event)
                await connection.execute(
                    MARK,
                    entry.event.offer,
                    entry.originator_version,
                    entry.position,
                    entry.recorded_at,
                )


async def _apply(connection: Connection, event: CourseOfferEvent) -> None:
    match event:
        case OfferEntered(source=source, key=key):
            said = _said(event.details)
            await connection.execute(
                ENTER, event.offer, source, key, event.as_of, event.expires, *said
            )
        case OfferUpdated(details=details):
            await connection.execute(
                UPDATE, event.offer, event.as_of, event.expires, *_said(details)
            )
        case OfferChecked():
            await _check(connection, event.offer, event.as_of, event.expires)
        case OfferWithdrawn():
            await connection.execute(
                "update course_offer set stage = 'withdrawn' where id = $1", event.offer
            )


async def _check(connection: Connection, offer: UUID, as_of: date, expires: date) -> None:
    await connection.execute(
        "update course_offer set as_of = $2, expires = $3 where id = $1", offer, as_of, expires
    )


def _said(details: Details) -> list[object]:
    """The values in the order of the columns."""
    return [getattr(details, column) for column in COLUMNS]
