"""A session from its date to its minutes: what its process does by itself, and when."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import msgspec
import pytest
from temporalio.testing import WorkflowEnvironment

from domain.calendar import morning_before, working_days_after
from domain.steering.agenda_events import AgendaFrozen
from domain.steering.body_commands import AdoptRules
from domain.steering.body_rules import Period
from domain.steering.minutes_events import MinutesFellOverdue
from domain.steering.session_commands import (
    CallForItems,
    CancelSession,
    FreezeAgenda,
    MoveSession,
    OpenCircular,
    ReopenAgenda,
)
from domain.steering.session_events import (
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionInvited,
    SessionKind,
)
from domain.steering.session_held_events import CircularOpened, SessionClosed, VoteTaken
from services.runtime import Runtime
from tests.support.engines import working
from tests.support.sessions import (
    BODY,
    CHAMBER,
    JOBCENTER,
    RULES,
    SEATS,
    Steering,
    activities,
    at,
    found,
    proposal,
    tuesday_in,
)

CALLED, REMINDED = ItemsCalledFor.TOPIC, MembersReminded.TOPIC
FROZEN, INVITED = AgendaFrozen.TOPIC, SessionInvited.TOPIC
OVERDUE, CLOSED = MinutesFellOverdue.TOPIC, SessionClosed.TOPIC
ITEM = proposal("Arbeitsgruppe Sprache")


@pytest.fixture
async def steering(runtime: Runtime, environment: WorkflowEnvironment) -> AsyncIterator[Steering]:
    """The steering group with a worker, on a clock that can be skipped."""
    await found(runtime)
    async with working(environment, runtime):
        yield Steering(runtime, environment)


async def day_of_session(steering: Steering) -> date:
    """A Tuesday in March that is at least three months away."""
    now = await steering.now()
    year = now.year + (now.month > 11) + 1
    return tuesday_in(year, 3, 2)


async def test_items_are_called_for_the_agenda_frozen_people_invited_reminded_and_minutes_minded(
    steering: Steering,
) -> None:
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    await steering.propose(session, ITEM)
    await steering.hold(session, ITEM)
    calendar = steering.runtime.calendar
    minutes_due = at(working_days_after(calendar, day, 20), 18)
    await steering.wait_until(minutes_due)

    (call,) = await steering.events(session, ItemsCalledFor)
    (invited,) = await steering.events(session, SessionInvited)
    assert await steering.dated_steps(session) == [
        (CALLED, at(day - timedelta(days=56), 9)),
        *((REMINDED, moment) for moment in call.reminders),
        (FROZEN, at(day - timedelta(days=25), 18)),
        (INVITED, morning_before(calendar, at(day - timedelta(days=14), 18), 2)),
        *((REMINDED, moment) for moment in invited.reminders),
        (OVERDUE, minutes_due),
    ]
    assert len(call.reminders) == 2
    assert len(invited.reminders) == 1
    assert call.until == at(day - timedelta(days=25), 18)
    assert invited.is_final

    await steering.release_minutes(session)
    assert await steering.process_of(session).result() is None


async def test_what_people_take_in_hand_is_left_to_them_and_they_are_invited_in_time(
    steering: Steering,
) -> None:
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    until = at(day - timedelta(days=40), 12)
    by_hand = CallForItems(session=session, until=until, remind_working_days_before=())
    await steering.wait_until(at(day - timedelta(days=60), 9))
    await steering.do(by_hand)
    await steering.propose(session, ITEM)
    await steering.wait_until(until)
    await steering.do(ReopenAgenda(session=session, reason="Ein Nachtrag fehlt noch."))
    await steering.wait_until(at(day, 13))

    (invited,) = await steering.events(session, SessionInvited)
    assert [topic for topic, _ in await steering.dated_steps(session)] == [
        FROZEN,
        INVITED,
        REMINDED,
    ]
    assert (await steering.dated_steps(session))[0] == (FROZEN, until)
    assert not invited.is_final


async def test_an_agenda_without_items_waits_for_one_until_people_are_invited(
    steering: Steering,
) -> None:
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    await steering.wait_until(at(day - timedelta(days=25), 18))
    assert FROZEN not in [topic for topic, _ in await steering.dated_steps(session)]
    await steering.propose(session, ITEM)
    await steering.wait_until(at(day, 13))

    (frozen,) = [at for topic, at in await steering.dated_steps(session) if topic == FROZEN]
    assert (INVITED, frozen) in await steering.dated_steps(session)


async def test_who_may_not_be_invited_yet_is_invited_on_the_morning_after(
    steering: Steering,
) -> None:
    """The seats were vacant: somebody is appointed while the invitation is still in time."""
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    due = morning_before(steering.runtime.calendar, at(day - timedelta(days=14), 18), 2)
    await steering.vacate()
    await steering.wait_until(due)
    refused = await activities(steering.process_of(session))
    await steering.occupy()
    await steering.wait_until(due + timedelta(days=1))

    assert refused["invite_to_session"] == 1
    assert (INVITED, due + timedelta(days=1)) in await steering.dated_steps(session)


async def test_a_session_that_is_moved_is_invited_to_again_and_a_cancelled_one_is_over(
    steering: Steering,
) -> None:
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    await steering.propose(session, ITEM)
    await steering.wait_until(at(day - timedelta(days=10), 9))
    later = day + timedelta(days=28)
    await steering.do(MoveSession(session=session, starts_at=at(later, 14), reason="Streik"))
    await steering.wait_until(at(later, 13))
    first, second = await steering.events(session, SessionInvited)
    sessions = [
        event.moment
        for event in await steering.events(session, MembersReminded)
        if event.occasion is Occasion.SESSION
    ]

    assert sessions == [*second.reminders]
    assert {*first.reminders}.isdisjoint(second.reminders)
    await steering.do(CancelSession(session=session, reason="Hochwasser"))
    await steering.process_of(session).result()


async def test_rules_that_change_meanwhile_are_kept_from_their_day_on(steering: Steering) -> None:
    day = await day_of_session(steering)
    session = await steering.schedule("1", at(day, 14))
    await steering.propose(session, ITEM)
    longer = msgspec.structs.replace(RULES, invitation=Period(days=21), minutes=Period(days=7))
    valid_from = day - timedelta(days=18)
    await steering.do(
        AdoptRules(body=BODY, valid_from=valid_from, rules=longer, basis="Zweite Ausgabe")
    )
    await steering.hold(session)
    await steering.wait_until(at(day + timedelta(days=7), 18))

    steps = dict(await steering.dated_steps(session))
    calendar = steering.runtime.calendar
    assert steps[INVITED] == morning_before(calendar, at(day - timedelta(days=21), 18), 2)
    assert steps[OVERDUE] == at(day + timedelta(days=7), 18)


async def test_a_vote_in_writing_reminds_who_is_missing_and_closes_at_its_end(
    steering: Steering,
) -> None:
    now = await steering.now()
    begins = now.replace(microsecond=0) + timedelta(days=3)
    session = await steering.schedule("u", begins, SessionKind.CIRCULAR)
    await steering.propose(session, ITEM)
    await steering.do(FreezeAgenda(session=session))
    await steering.wait_until(begins)
    days = OpenCircular(session=session, remind_working_days_before=(6, 4, 1))
    await steering.do(days)
    (opened,) = await steering.events(session, CircularOpened)
    await steering.cast(session, ITEM, JOBCENTER)
    await steering.wait_until(opened.reminders[1])
    await steering.cast(session, ITEM, *SEATS)
    await steering.wait_until(opened.closes_at)

    assert await steering.dated_steps(session) == [
        (REMINDED, opened.reminders[0]),
        (REMINDED, opened.reminders[1]),
        (VoteTaken.TOPIC, opened.closes_at),
        (CLOSED, opened.closes_at),
    ]
    reminded = await steering.events(session, MembersReminded)
    assert [event.seats for event in reminded] == [("caritas", CHAMBER), ("caritas", CHAMBER)]
    asked = await activities(steering.process_of(session))
    assert asked["remind_members"] == 3, "the last one finds nobody to remind, and is not repeated"
