"""Planning a session: when and where, who is called, invited and reminded, in time."""

from datetime import date, timedelta

import msgspec
import pytest

from domain.steering.agenda import agenda_digest
from domain.steering.body import Body
from domain.steering.body_decide import BODY
from domain.steering.body_errors import NoRules, UnknownBody, UnknownSeat
from domain.steering.body_events import SeatEnded
from domain.steering.body_rules import Period
from domain.steering.session import Cancelled, Frozen, Scheduled
from domain.steering.session_commands import (
    AnnounceAbsence,
    CallForItems,
    CancelSession,
    InviteToSession,
    MoveSession,
    RemindMembers,
    ScheduleSession,
    WithdrawAbsence,
)
from domain.steering.session_decide import SESSION
from domain.steering.session_errors import (
    CallNotInTime,
    DeputyMayNotAnnounce,
    InvitationTooLate,
    MalformedSessionKey,
    NobodyToInvite,
    NotAMeeting,
    NotBeingPlanned,
    NothingToRemindOf,
    NotYet,
    SeatIsVacant,
    SessionAlreadyScheduled,
    SessionEndsBeforeItBegins,
    SessionInThePast,
    SessionReasonMissing,
    SessionTitleMissing,
    UnknownSession,
    UrgencyMissing,
)
from domain.steering.session_events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionCancelled,
    SessionKind,
    SessionMoved,
)
from domain.steering.session_schedule import reminders
from tests.domain.county import ADA, CLOCK, MONDAY, NRW, berlin
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    ESTABLISHED,
    GROUP,
    HOLDERS,
    JOBCENTER,
    KREIS,
    RULES,
    SEATED,
    VOTES,
    adopted,
    group,
    seat,
)
from tests.domain.steering.session_example import (
    CIRCULAR,
    CIRCULAR_CLOSES_AT,
    CIRCULAR_ID,
    CIRCULATING,
    FROZEN,
    HELD,
    INVITED,
    ITEMS,
    PLANNED,
    READY,
    SCHEDULED,
    SESSION_ID,
    STARTS_AT,
    after,
    ballot,
    meeting,
    member,
    session,
)

SCHEDULE = ScheduleSession(
    body=GROUP,
    key="2026-1",
    title="Erste Sitzung 2026",
    kind=SessionKind.MEETING,
    starts_at=STARTS_AT,
    ends_at=berlin(2026, 3, 24, 17),
    place="Kreishaus",
)
INVITE = InviteToSession(session=SESSION_ID)
CALLED = ItemsCalledFor(until=berlin(2026, 3, 9, 12), reminders=(berlin(2026, 3, 5, 9),))
EVERYBODY = tuple(sorted(HOLDERS))
LAST_DAY, DAY_AFTER = berlin(2026, 3, 10, 23, 30), berlin(2026, 3, 11, 0, 30)
LAST_URGENT_DAY = berlin(2026, 3, 19, 16)


def move(day: int = 24, hour: int = 15, reason: str = "Raum belegt") -> MoveSession:
    return MoveSession(
        session=SESSION_ID, starts_at=berlin(2026, 3, day, hour), place="Aula", reason=reason
    )


def moved(day: int, *, invitation_stands: bool) -> SessionMoved:
    return SessionMoved(
        starts_at=berlin(2026, 3, day, 15),
        ends_at=None,
        place="Aula",
        invitation_stands=invitation_stands,
        reason="Raum belegt",
    )


def test_a_session_is_scheduled_once_under_its_key() -> None:
    session.given().when(SCHEDULE).then(SCHEDULED)
    session.given(SCHEDULED).when(SCHEDULE).then_nothing()
    elsewhere = msgspec.structs.replace(SCHEDULE, place="Aula")
    session.given(SCHEDULED).when(elsewhere).then_refused(
        SessionAlreadyScheduled, body=GROUP, key="2026-1"
    )


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"key": "Erste"}, MalformedSessionKey),
        ({"title": " "}, SessionTitleMissing),
        ({"starts_at": MONDAY}, SessionInThePast),
        ({"ends_at": STARTS_AT}, SessionEndsBeforeItBegins),
    ],
)
def test_a_session_has_a_key_a_title_and_a_time_to_come(
    wrong: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        session.given().when(msgspec.structs.replace(SCHEDULE, **wrong)).decided()


def test_a_session_is_of_a_body() -> None:
    session.knowing(body=Body()).when(SCHEDULE).then_refused(UnknownBody, body=GROUP)


def test_nothing_is_asked_of_a_session_that_was_not_scheduled() -> None:
    session.given().when(INVITE).then_refused(UnknownSession, session=str(SESSION_ID))


def test_who_was_invited_for_a_day_need_not_be_invited_again_for_another_hour() -> None:
    session.given(*READY).when(move()).then(moved(24, invitation_stands=True))
    state = after(*READY, moved(24, invitation_stands=True))
    assert isinstance(state, Frozen)
    assert state.record.invitation is not None


def test_another_day_needs_another_invitation_under_the_rules() -> None:
    to_monday = moved(30, invitation_stands=False)
    session.given(*READY).when(move(30)).then(to_monday)
    absent = AbsenceAnnounced(seat=JOBCENTER)
    state = after(*READY, absent, to_monday)
    assert isinstance(state, Frozen)
    assert state.record.invitation is None
    assert not state.record.absences
    session.given(*READY, to_monday).when(INVITE, at=berlin(2026, 3, 17, 9)).then_refused(
        UrgencyMissing, due="2026-03-16"
    )


def test_a_session_is_moved_for_a_reason_to_a_time_to_come_before_it_is_held() -> None:
    session.given(SCHEDULED).when(move(reason="")).then_refused(SessionReasonMissing)
    session.given(SCHEDULED).when(move(1)).then_refused(SessionInThePast)
    session.given(*HELD).when(move()).then_refused(NotBeingPlanned, stage="held")
    moved_before = moved(24, invitation_stands=False)
    session.given(SCHEDULED).when(move()).then(moved_before)
    session.given(SCHEDULED, moved_before).when(move()).then_nothing()


def test_a_session_is_cancelled_for_a_reason_until_people_meet() -> None:
    cancel = CancelSession(session=SESSION_ID, reason="Krankheit")
    cancelled = SessionCancelled(reason="Krankheit")
    for before in (PLANNED, READY, CIRCULATING):
        session.given(*before).when(cancel).then(cancelled)
    assert isinstance(after(*READY, cancelled), Cancelled)
    session.given(*READY, cancelled).when(cancel).then_nothing()
    session.given(*meeting()).when(cancel).then_refused(NotBeingPlanned, stage="open")
    session.given(*READY).when(msgspec.structs.replace(cancel, reason="")).then_refused(
        SessionReasonMissing
    )


def test_items_are_called_for_until_a_moment_before_the_session() -> None:
    call = CallForItems(session=SESSION_ID, until=CALLED.until, remind_working_days_before=(2, 9))
    session.given(SCHEDULED).when(call).then(CALLED)
    session.given(SCHEDULED, CALLED).when(call).then_nothing()
    for until in (MONDAY, STARTS_AT):
        late = msgspec.structs.replace(call, until=until)
        session.given(SCHEDULED).when(late).then_refused(CallNotInTime)
    session.given(*FROZEN).when(call).then_refused(NotBeingPlanned, stage="frozen")


def test_a_reminder_lies_between_now_and_what_it_reminds_of() -> None:
    due, now = berlin(2026, 3, 9, 9), berlin(2026, 3, 5, 9)
    assert reminders(NRW, (0, 1, 2, 2, 5), now, due) == (berlin(2026, 3, 6, 9),)


def test_everybody_on_a_seat_is_invited_in_time() -> None:
    session.given(*FROZEN).when(INVITE).then(INVITED)
    session.given(*FROZEN).when(INVITE, at=LAST_DAY).then(INVITED)
    session.given(*READY).when(INVITE).then_nothing()


def test_an_invitation_may_go_out_before_the_agenda_is_final() -> None:
    early = msgspec.structs.replace(INVITED, is_final=False, digest=agenda_digest(ITEMS))
    session.given(*PLANNED).when(INVITE).then(early)
    assert isinstance(after(*PLANNED, early), Scheduled)


def test_after_its_day_an_invitation_says_why_it_is_urgent() -> None:
    session.given(*FROZEN).when(INVITE, at=DAY_AFTER).then_refused(UrgencyMissing, due="2026-03-10")
    urgent = InviteToSession(session=SESSION_ID, urgency="Frist des Landes")
    session.given(*FROZEN).when(urgent, at=LAST_URGENT_DAY).then(
        msgspec.structs.replace(INVITED, urgency="Frist des Landes")
    )
    session.given(*FROZEN).when(urgent).then(INVITED)


def test_too_late_is_too_late_whatever_the_urgency() -> None:
    urgent = InviteToSession(session=SESSION_ID, urgency="Frist des Landes")
    session.given(*FROZEN).when(urgent, at=LAST_URGENT_DAY + timedelta(days=1)).then_refused(
        InvitationTooLate, due="2026-03-19"
    )
    patient = group(msgspec.structs.replace(RULES, urgent_invitation=None))
    session.given(*FROZEN).knowing(body=patient).when(urgent, at=DAY_AFTER).then_refused(
        InvitationTooLate, due="2026-03-10"
    )
    session.given(*FROZEN).when(urgent, at=STARTS_AT).then_refused(SessionInThePast)


def test_the_rules_of_the_day_of_the_invitation_decide() -> None:
    longer = msgspec.structs.replace(RULES, invitation=Period(days=21))
    changed = group(RULES, adopted(longer, 2, date(2026, 3, 3)))
    session.given(*FROZEN).knowing(body=changed).when(INVITE).then(INVITED)
    session.given(*FROZEN).knowing(body=changed).when(INVITE, at=berlin(2026, 3, 3, 9)).then(
        msgspec.structs.replace(INVITED, edition=2, due=date(2026, 3, 3))
    )
    session.given(*FROZEN).knowing(body=changed).when(
        INVITE, at=berlin(2026, 3, 4, 9)
    ).then_refused(UrgencyMissing, due="2026-03-03")


def test_nobody_is_invited_without_rules_or_people_or_to_a_vote_in_writing() -> None:
    lawless = BODY.replay(SEATED)
    session.given(*FROZEN).knowing(body=lawless).when(INVITE).then_refused(NoRules)
    empty = BODY.replay((ESTABLISHED, *map(seat, VOTES), adopted()))
    session.given(*FROZEN).knowing(body=empty).when(INVITE).then_refused(NobodyToInvite)
    session.given(*CIRCULAR).when(InviteToSession(session=CIRCULAR_ID)).then_refused(NotAMeeting)


def test_members_are_reminded_once_for_each_planned_moment() -> None:
    (moment,) = INVITED.reminders
    remind = RemindMembers(session=SESSION_ID, occasion=Occasion.SESSION, moment=moment)
    reminded = MembersReminded(occasion=Occasion.SESSION, seats=EVERYBODY, moment=moment)
    session.given(*READY).when(remind, by=CLOCK, at=moment).then(reminded)
    session.given(*READY, reminded).when(remind, by=CLOCK, at=moment).then_nothing()
    session.given(*READY).when(remind, by=CLOCK, at=MONDAY).then_refused(NotYet)
    session.given(*meeting()).when(remind, by=CLOCK, at=moment).then_nothing()
    unplanned = msgspec.structs.replace(remind, moment=berlin(2026, 3, 19, 9))
    session.given(*READY).when(unplanned, by=CLOCK, at=moment).then_nothing()


def test_members_are_reminded_of_the_call_while_it_lasts() -> None:
    by_hand = RemindMembers(session=SESSION_ID, occasion=Occasion.CALL)
    reminded = MembersReminded(occasion=Occasion.CALL, seats=EVERYBODY)
    session.given(SCHEDULED, CALLED).when(by_hand).then(reminded)
    session.given(SCHEDULED, CALLED, reminded).when(by_hand).then(reminded)
    session.given(SCHEDULED, CALLED).when(by_hand, at=CALLED.until).then_refused(
        NothingToRemindOf, occasion="call"
    )
    session.given(SCHEDULED).when(by_hand).then_refused(NothingToRemindOf)


def test_nobody_is_reminded_of_what_is_over_or_was_not_asked() -> None:
    of_session = RemindMembers(session=SESSION_ID, occasion=Occasion.SESSION)
    session.given(*READY).when(of_session).then(
        MembersReminded(occasion=Occasion.SESSION, seats=EVERYBODY)
    )
    session.given(*READY).when(of_session, at=STARTS_AT).then_refused(NothingToRemindOf)
    session.given(*FROZEN).when(of_session).then_refused(NothingToRemindOf)
    of_ballot = RemindMembers(session=CIRCULAR_ID, occasion=Occasion.BALLOT)
    session.given(*CIRCULATING).when(of_ballot, at=CIRCULAR_CLOSES_AT).then_refused(
        NothingToRemindOf
    )


def test_only_the_seats_that_have_not_voted_are_reminded_of_their_ballot() -> None:
    by_hand = RemindMembers(session=CIRCULAR_ID, occasion=Occasion.BALLOT)
    session.given(*CIRCULATING, ballot(KREIS), ballot(CHAMBER)).when(by_hand).then(
        MembersReminded(occasion=Occasion.BALLOT, seats=(CARITAS, JOBCENTER))
    )


def test_an_absence_is_announced_and_withdrawn() -> None:
    announce = AnnounceAbsence(session=SESSION_ID, seat=JOBCENTER)
    withdraw = WithdrawAbsence(session=SESSION_ID, seat=JOBCENTER)
    announced, withdrawn = AbsenceAnnounced(seat=JOBCENTER), AbsenceWithdrawn(seat=JOBCENTER)
    for by in (member("dora"), ADA):
        session.given(*READY).when(announce, by=by).then(announced)
    session.given(*READY, announced).when(announce).then_nothing()
    session.given(*READY, announced).when(withdraw).then(withdrawn)
    session.given(*READY).when(withdraw).then_nothing()
    session.given(*HELD).when(announce).then_refused(NotBeingPlanned, stage="held")
    session.given(*READY).when(msgspec.structs.replace(announce, seat="mond")).then_refused(
        UnknownSeat, seat="mond"
    )


def test_a_deputy_does_not_say_that_the_holder_is_away() -> None:
    announce = AnnounceAbsence(session=SESSION_ID, seat=JOBCENTER)
    for by in (member("emil"), member("emil", "dora"), member("lena", "emil")):
        session.given(*READY).when(announce, by=by).then_refused(
            DeputyMayNotAnnounce, seat=JOBCENTER
        )


def test_nobody_is_absent_from_a_vacant_seat() -> None:
    vacant = BODY.replay((ESTABLISHED, seat(KREIS), adopted()))
    announce = AnnounceAbsence(session=SESSION_ID, seat=KREIS)
    session.given(*READY).knowing(body=vacant).when(announce).then_refused(SeatIsVacant, seat=KREIS)
    ended = group(RULES, SeatEnded(seat=BAMF, until=MONDAY.date(), reason="Neue Ordnung"))
    gone = AnnounceAbsence(session=SESSION_ID, seat=BAMF)
    session.given(*READY).knowing(body=ended).when(gone).then_refused(UnknownSeat, seat=BAMF)


def test_replaying_gives_the_same_state_as_going_on() -> None:
    state = SESSION.initial
    for recorded in HELD:
        state = SESSION.evolve(state, recorded)
    assert state == after(*HELD)
