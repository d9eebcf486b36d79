"""What the clock is told of a session at each of its stages."""

from datetime import date

import msgspec
import pytest

from domain.steering.agenda_events import AgendaReopened
from domain.steering.body import Body
from domain.steering.body_rules import Period
from domain.steering.minutes_events import MinutesFellOverdue
from domain.steering.session import Unknown, stage_of
from domain.steering.session_course import Course, Phase, course
from domain.steering.session_events import (
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionCancelled,
    SessionEvent,
    SessionKind,
)
from tests.domain.county import MONDAY, NRW, berlin
from tests.domain.steering.body_example import RULES, adopted, group
from tests.domain.steering.session_example import (
    APPROVED,
    CIRCULAR_CLOSES_AT,
    CIRCULATING,
    DRAFTED,
    FROZEN,
    HELD,
    INVITED,
    PLANNED,
    READY,
    RELEASED,
    STARTS_AT,
    after,
    meeting,
)

TODAY = MONDAY.date()
CALLING_RULES = msgspec.structs.replace(
    RULES,
    call=Period(days=42),
    agenda=Period(days=24),
    minutes=Period(days=10, working=True),
)
CALLING = group(CALLING_RULES)
CALLED = ItemsCalledFor(until=berlin(2026, 3, 9, 12), reminders=(berlin(2026, 3, 5, 9),))


def told(*events: SessionEvent, body: Body | None = None) -> Course:
    return course(after(*events), body or group(), NRW, TODAY)


def test_while_it_is_planned_the_clock_knows_the_call_and_by_when_to_invite() -> None:
    assert told(*PLANNED, CALLED) == Course(
        phase=Phase.PLANNED,
        call_reminders=CALLED.reminders,
        called_until=CALLED.until,
        freeze_at=CALLED.until,
        invite_by=date(2026, 3, 10),
        invite_at=berlin(2026, 3, 6, 9),
        starts_at=STARTS_AT,
    )
    assert told(*PLANNED, body=Body()).invite_by is None


def test_nobody_is_reminded_of_the_call_for_an_agenda_that_is_frozen() -> None:
    assert told(*PLANNED, CALLED, FROZEN[-1]).call_reminders == ()


def test_items_are_called_for_and_taken_as_the_rules_say_on_working_days() -> None:
    planned = told(*PLANNED, body=CALLING)
    assert planned.call_at == berlin(2026, 2, 10, 9)
    assert planned.items_until == berlin(2026, 2, 27, 18), "24 days before is a Saturday"
    assert planned.freeze_at is None
    for without in ({"call": None}, {"agenda": None}):
        rules = msgspec.structs.replace(CALLING_RULES, **without)
        assert told(*PLANNED, body=group(rules)).call_at is None


@pytest.mark.parametrize(
    "taken_in_hand",
    [(*PLANNED, CALLED), FROZEN, (*FROZEN, AgendaReopened(reason="Nachtrag"))],
    ids=["called", "frozen", "reopened"],
)
def test_the_process_does_not_call_for_items_once_people_did_or_have_an_agenda(
    taken_in_hand: tuple[SessionEvent, ...],
) -> None:
    assert told(*taken_in_hand, body=CALLING).call_at is None


def test_an_agenda_that_people_opened_again_is_frozen_by_them_or_after_another_call() -> None:
    reopened = (*PLANNED, CALLED, FROZEN[-1], AgendaReopened(reason="Nachtrag"))
    again = ItemsCalledFor(until=berlin(2026, 3, 10, 12), reminders=())
    assert told(*PLANNED, CALLED, FROZEN[-1]).freeze_at is None
    assert told(*reopened).freeze_at is None
    assert told(*reopened, again).freeze_at == again.until


def test_who_invites_is_in_time_for_all_rules_that_hold_until_the_session() -> None:
    longer = msgspec.structs.replace(RULES, invitation=Period(days=21))
    before = adopted(longer, edition=2, valid_from=date(2026, 3, 20))
    afterwards = adopted(longer, edition=2, valid_from=date(2026, 3, 25))
    longer_at_last = told(*PLANNED, body=group(RULES, before))
    assert longer_at_last.invite_by == date(2026, 3, 3)
    assert longer_at_last.rules_change_at == berlin(2026, 3, 20, 0)
    assert told(*PLANNED, body=group(RULES, afterwards)).rules_change_at is None
    assert told(*PLANNED, body=group(RULES, afterwards)).invite_by == date(2026, 3, 10)


def test_minutes_are_due_as_the_rules_of_the_day_of_the_session_say() -> None:
    later = adopted(RULES, edition=2, valid_from=date(2026, 3, 25))
    body = group(CALLING_RULES, later)
    for written in (HELD, (*HELD, DRAFTED), (*HELD, DRAFTED, APPROVED)):
        assert told(*written, body=body).minutes_due == berlin(2026, 4, 9, 18)
    overdue = MinutesFellOverdue(due=berlin(2026, 4, 9, 18))
    corrected = (*HELD, DRAFTED, APPROVED, RELEASED, DRAFTED)
    for over in ((*HELD, overdue), corrected):
        assert told(*over, body=body) == Course(phase=Phase.MINUTES)


def test_once_everybody_is_invited_there_are_reminders_of_the_session() -> None:
    assert told(*FROZEN).is_frozen
    assert told(*READY) == Course(
        phase=Phase.PLANNED,
        is_frozen=True,
        session_reminders=INVITED.reminders,
        starts_at=STARTS_AT,
    )


def test_a_reminder_that_went_out_is_not_to_come() -> None:
    (moment,) = INVITED.reminders
    sent = MembersReminded(occasion=Occasion.SESSION, seats=("kreis",), moment=moment)
    by_hand = MembersReminded(occasion=Occasion.SESSION, seats=("kreis",))
    assert told(*READY, by_hand).session_reminders == (moment,)
    assert told(*READY, sent).session_reminders == ()


def test_a_vote_in_writing_has_an_end() -> None:
    assert told(*CIRCULATING) == Course(
        phase=Phase.IN_WRITING,
        kind=SessionKind.CIRCULAR,
        ballot_reminders=(berlin(2026, 3, 12, 9),),
        closes_at=CIRCULAR_CLOSES_AT,
    )


@pytest.mark.parametrize(
    ("history", "stage", "phase"),
    [
        (meeting(), "open", Phase.MEETING),
        (HELD, "held", Phase.MINUTES),
        ((*HELD, DRAFTED), "drafted", Phase.MINUTES),
        ((*HELD, DRAFTED, APPROVED), "approved", Phase.MINUTES),
        ((*HELD, DRAFTED, APPROVED, RELEASED), "released", Phase.ENDED),
        ((*READY, SessionCancelled(reason="Krankheit")), "cancelled", Phase.ENDED),
    ],
)
def test_later_it_waits_for_people_or_is_over(
    history: tuple[SessionEvent, ...], stage: str, phase: Phase
) -> None:
    assert stage_of(after(*history)) == stage
    assert told(*history) == Course(phase=phase)
    assert course(Unknown(), group(), NRW, TODAY) == Course(phase=Phase.ENDED)
