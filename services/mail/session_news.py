"""What is told of a session: to the people on the seats of its body, and to the coordination."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg

from domain.steering.minutes_events import MinutesDrafted, MinutesFellOverdue, MinutesReleased
from domain.steering.session_events import (
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionCancelled,
    SessionInvited,
    SessionMoved,
)
from domain.steering.session_held_events import CircularOpened
from services.eventstore.database import Connection
from services.mail.audiences import COORDINATORS, Audience, these
from services.mail.kinds import TARGET
from services.mail.news import News
from services.mail.targets import session_page

SessionNews: TypeAlias = (
    ItemsCalledFor
    | SessionInvited
    | SessionMoved
    | SessionCancelled
    | MembersReminded
    | CircularOpened
    | MinutesDrafted
    | MinutesReleased
    | MinutesFellOverdue
)

REMINDERS = {
    Occasion.CALL: "session-call-reminder",
    Occasion.SESSION: "session-reminder",
    Occasion.BALLOT: "ballot-reminder",
}

TEMPLATES: Mapping[type[SessionNews], str] = {
    ItemsCalledFor: "session-call",
    SessionInvited: "session-invitation",
    SessionMoved: "session-moved",
    SessionCancelled: "session-cancelled",
    CircularOpened: "ballot-opened",
    MinutesDrafted: "minutes-to-approve",
    MinutesReleased: "minutes-released",
    MinutesFellOverdue: "minutes-overdue",
}

SESSION = """
    select session.id, body.id as body, session.title, starts_at, place, called_until, closes_at
    from steering_session as session join body on body.key = session.body
    where session.id = $1
"""

ON_SEATS = """
    select distinct person from body_appointment as held
    join body_seat as seat on seat.body = held.body and seat.seat = held.seat
    where held.body = $1 and ($3::text[] is null or held.seat = any($3))
        and held.since <= $2 and (held.until is null or held.until >= $2)
        and seat.since <= $2 and (seat.until is null or seat.until >= $2)
    order by person
"""
"""Who sits, as holder or deputy, on these or on all seats of the body on this day."""


async def of_session(
    connection: Connection, session: UUID, event: SessionNews, zone: ZoneInfo
) -> Sequence[News]:
    """What is told of an event of this session, which the read models have taken in.

    Who sits on a seat is asked for a day on the county's clock, `zone`.
    """
    row = await connection.fetchrow(SESSION, session)
    if row is None:
        return ()
    reminds = isinstance(event, MembersReminded)
    template = REMINDERS[event.occasion] if reminds else TEMPLATES[type(event)]
    to = await _told(connection, row, event, zone)
    return [News(template=template, to=to, facts={**_facts(row), **_more(event)})]


def _facts(row: asyncpg.Record) -> Mapping[str, str]:
    moments = {
        "starts_at": row["starts_at"],
        "due": row["called_until"],
        "closes_at": row["closes_at"],
    }
    return {
        "title": row["title"],
        "place": row["place"],
        TARGET: session_page(row["id"]),
        **{name: moment.isoformat() for name, moment in moments.items() if moment is not None},
    }


def _more(event: SessionNews) -> Mapping[str, str]:
    match event:
        case ItemsCalledFor(until=due) | MinutesFellOverdue(due=due):
            return {"due": due.isoformat()}
        case (
            SessionInvited(urgency=reason)
            | SessionMoved(reason=reason)
            | SessionCancelled(reason=reason)
        ):
            return {"reason": reason}
        case CircularOpened(closes_at=closes_at):
            return {"closes_at": closes_at.isoformat()}
        case MembersReminded() | MinutesDrafted() | MinutesReleased():
            return {}
        case _:
            assert_never(event)


async def _told(
    connection: Connection, row: asyncpg.Record, event: SessionNews, zone: ZoneInfo
) -> Audience:
    """Who sits on a seat: today to propose and to vote, on the day of the session to come."""
    today, day = datetime.now(zone).date(), row["starts_at"].astimezone(zone).date()
    match event:
        case SessionInvited(invitees=invitees):
            return these(person for one in invitees for person in one.people)
        case MinutesDrafted() | MinutesFellOverdue():
            return COORDINATORS
        case ItemsCalledFor():
            return await _on_seats(connection, row, today)
        case CircularOpened(seats=seats):
            return await _on_seats(connection, row, today, seats)
        case MembersReminded(occasion=occasion, seats=seats):
            on = day if occasion is Occasion.SESSION else today
            return await _on_seats(connection, row, on, seats)
        case SessionMoved() | SessionCancelled() | MinutesReleased():
            return await _on_seats(connection, row, day)
        case _:
            assert_never(event)


async def _on_seats(
    connection: Connection, row: asyncpg.Record, day: date, seats: Sequence[str] | None = None
) -> Audience:
    people = await connection.fetch(ON_SEATS, row["body"], day, seats)
    return these(person["person"] for person in people)
