"""What lists and rights know of bodies and sessions."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import msgspec

from domain.kernel import Event, Role
from domain.steering.agenda_events import AgendaOrdered, ItemRevised, ItemWithdrawn
from domain.steering.body_events import AppointmentEnded, Capacity, PersonAppointed, SeatEnded
from domain.steering.minutes_events import ItemPublished
from domain.steering.session_events import AbsenceAnnounced, SessionMoved
from domain.steering.session_held_events import (
    ConflictDeclared,
    RecommendationMade,
    VoteAnnulled,
)
from services.eventstore.record import Metadata, Recorded
from services.runtime import Runtime
from tests.domain.county import CARITAS, JOBCENTER, MONDAY
from tests.domain.steering import body_example, session_example


async def record(runtime: Runtime, stream: UUID, events: Iterable[Event]) -> None:
    """Straight into the log: the desk would not take what goes by itself against the rules."""
    command = uuid4()
    metadata = Metadata(
        command=command,
        correlation="test",
        account="ada",
        role=Role.COORDINATOR,
        occurred_at=MONDAY,
    )
    recorded = [
        Recorded(originator_id=stream, originator_version=version, event=event, metadata=metadata)
        for version, event in enumerate(events, start=1)
    ]
    await runtime.store.append(
        recorded, command=command, digest=b"digest", stream=stream, version=0
    )


async def test_a_body_shows_who_sits_on_which_seat_from_when_to_when(unfollowed: Runtime) -> None:
    holder = body_example.HOLDERS[JOBCENTER]
    since = body_example.FOUNDED
    events = (
        *body_example.SEATED,
        PersonAppointed(
            seat=JOBCENTER, person="lena", capacity=Capacity.DEPUTY, since=date(2026, 1, 1)
        ),
        _ended("lena", Capacity.DEPUTY, date(2026, 1, 1), until=date(2025, 12, 31)),
        _ended(holder, Capacity.HOLDER, since, until=date(2026, 1, 31)),
        SeatEnded(seat=JOBCENTER, until=date(2026, 7, 31), reason="Austritt"),
    )
    await record(unfollowed, body_example.ESTABLISHED.body, events)
    await unfollowed.read_models.catch_up()
    held = await unfollowed.pool.fetch(
        "select person, capacity, until from body_appointment where seat = $1 order by capacity",
        JOBCENTER,
    )
    assert [tuple(row.values()) for row in held] == [
        ("emil", "deputy", None),
        (holder, "holder", date(2026, 1, 31)),
    ]
    until = "select until from body_seat where seat = $1"
    assert await unfollowed.pool.fetchval(until, JOBCENTER) == date(2026, 7, 31)
    (body,) = await unfollowed.pool.fetch("select key, version from body")
    assert tuple(body.values()) == (body_example.GROUP, len(events))


async def test_an_agenda_keeps_its_order_and_votes_are_those_that_stand(
    unfollowed: Runtime,
) -> None:
    report, proposal = session_example.ITEMS
    dropped = msgspec.structs.replace(report, item=UUID(int=9))
    renamed = msgspec.structs.replace(report, title="Bericht der Arbeitsgruppen")
    recommended = msgspec.structs.replace(session_example.ADOPTED.vote, number=2)
    events = (
        session_example.SCHEDULED,
        *map(session_example.proposed, (report, dropped, proposal)),
        ItemWithdrawn(item=dropped.item, reason="erledigt"),
        ItemRevised(item=renamed),
        AgendaOrdered(items=(proposal.item, report.item)),
        session_example.frozen(proposal, renamed),
        session_example.INVITED,
        SessionMoved(
            starts_at=session_example.STARTS_AT,
            ends_at=None,
            place="Rathaus",
            invitation_stands=False,
            reason="Umzug",
        ),
        session_example.OPENED,
        session_example.ADOPTED,
        RecommendationMade(vote=recommended, in_favour=False),
        VoteAnnulled(number=1, reason="verzählt"),
        session_example.CLOSED,
        ItemPublished(item=proposal.item, digest=""),
    )
    await record(unfollowed, session_example.SESSION_ID, events)
    await unfollowed.read_models.catch_up()
    fetch = unfollowed.pool.fetch
    items = await fetch("select title, themes, is_published from agenda_item order by number")
    assert [tuple(row.values()) for row in items] == [
        (proposal.title, [session_example.THEME], True),
        ("Bericht der Arbeitsgruppen", [], False),
    ]
    votes = await fetch("select number, decided, edition from session_vote")
    assert [tuple(row.values()) for row in votes] == [(2, "not-recommended", 1)]
    (row,) = await fetch("select stage, place, ends_at, is_invited from steering_session")
    assert tuple(row.values()) == ("held", "Rathaus", None, False)


async def test_who_is_to_vote_in_writing_is_known_until_the_votes_are_counted(
    unfollowed: Runtime,
) -> None:
    item = session_example.WRITTEN.item
    events = (
        *session_example.CIRCULATING,
        AbsenceAnnounced(seat=JOBCENTER),
        ConflictDeclared(item=item, seat=CARITAS),
        session_example.ballot(body_example.KREIS),
    )
    await record(unfollowed, session_example.CIRCULAR_ID, events)
    await unfollowed.read_models.catch_up()
    rows = await unfollowed.pool.fetch("select seat, is_conflicted, has_voted from ballot_asked")
    assert {tuple(row.values()) for row in rows} >= {
        (CARITAS, True, False),
        (JOBCENTER, False, False),
        (body_example.KREIS, False, True),
    }
    away = "select seat from announced_absence"
    assert await unfollowed.pool.fetchval(away) == JOBCENTER


async def test_whoever_stayed_away_from_a_session_is_asked_anew_once_it_moved(
    unfollowed: Runtime,
) -> None:
    moved = SessionMoved(
        starts_at=session_example.STARTS_AT,
        ends_at=None,
        place="Rathaus",
        invitation_stands=False,
        reason="Umzug",
    )
    absent = AbsenceAnnounced(seat=JOBCENTER)
    events = (*session_example.READY, absent, moved)
    await record(unfollowed, session_example.SESSION_ID, events)
    await unfollowed.read_models.catch_up()
    assert await unfollowed.pool.fetch("select from announced_absence") == []


def _ended(person: str, capacity: Capacity, since: date, until: date) -> AppointmentEnded:
    return AppointmentEnded(
        seat=JOBCENTER, person=person, capacity=capacity, since=since, until=until
    )
