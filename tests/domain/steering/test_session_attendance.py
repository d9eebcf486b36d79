"""Who sits where and when: holders, deputies while they are away, and guests without a seat."""

from datetime import timedelta
from uuid import UUID

import msgspec
import pytest

from domain.directory.errors import UnknownAccount, UnknownOrganisation
from domain.steering.agenda import Alternative
from domain.steering.agenda_errors import AlternativesMissing, UnknownItem
from domain.steering.body_decide import BODY
from domain.steering.body_errors import NoRules, UnknownSeat
from domain.steering.body_events import AppointmentEnded, Capacity
from domain.steering.body_rules import Tally
from domain.steering.session import Held, Open
from domain.steering.session_commands import (
    AdmitGuests,
    AmendProposal,
    CloseSession,
    DeclareConflict,
    DeferItem,
    DiscussItem,
    DismissGuests,
    LeaveSeat,
    LiftConflict,
    OpenSession,
    ResumeItem,
    TakeSeat,
)
from domain.steering.session_errors import (
    AgendaNotFrozen,
    HasASeat,
    HolderIsThere,
    MomentToCome,
    NoGuests,
    NotAMeeting,
    NotInvited,
    NotOnSeat,
    NotOpen,
    OtherDay,
    OutsideSession,
    OwnSeatFirst,
    RepresentsAnotherSeat,
    SeatIsEmpty,
    SeatIsTaken,
    SessionReasonMissing,
    VoteRestsOnIt,
)
from domain.steering.session_held_events import (
    ConflictDeclared,
    ConflictLifted,
    GuestsAdmitted,
    GuestsLeft,
    ItemDeferred,
    ItemDiscussed,
    ItemResumed,
    ProposalAmended,
    SeatLeft,
    VoteTaken,
)
from domain.steering.vote_errors import (
    AlreadyAdopted,
    AlreadyCounted,
    ItemIsDeferred,
    NotAProposal,
)
from tests.domain.county import MONDAY, STRANGERS
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    FOUNDED,
    JOBCENTER,
    RULES,
    SEATED,
    appointed,
    group,
)
from tests.domain.steering.session_example import (
    ADOPTED,
    CIRCULAR,
    CIRCULAR_ID,
    CLOSED,
    CLOSED_AT,
    FOUND,
    FROZEN,
    HELD,
    OPENED,
    OPENED_AT,
    PLANNED,
    PROPOSAL,
    READY,
    REPORT,
    REVIEW,
    SESSION_ID,
    THREE,
    VOTED_AT,
    after,
    meeting,
    member,
    session,
    taken,
    that_day,
    vote,
)

NOW = that_day(16)
OPEN = OpenSession(session=SESSION_ID, chair="karla", keeper="ben")
at_the_table = session.knowing(at=NOW)
FOUND_NOWHERE = UUID(int=99)
REJECTED = VoteTaken(vote=vote(Tally(yes=1, no=2), *THREE), adopted=False)


def sit(seat: str, person: str, hour: int | None = None) -> TakeSeat:
    at = None if hour is None else that_day(hour)
    return TakeSeat(session=SESSION_ID, seat=seat, person=person, at=at)


def leave(seat: str, hour: int | None = None) -> LeaveSeat:
    return LeaveSeat(session=SESSION_ID, seat=seat, at=None if hour is None else that_day(hour))


def left(seat: str, person: str, hour: int) -> SeatLeft:
    return SeatLeft(seat=seat, person=person, at=that_day(hour))


def test_a_session_is_opened_on_its_day() -> None:
    session.given(*READY).when(OPEN, at=OPENED_AT).then(OPENED)
    earlier = msgspec.structs.replace(OPEN, at=OPENED_AT)
    session.given(*READY).when(earlier, at=NOW).then(OPENED)
    assert isinstance(after(*READY, OPENED), Open)
    session.given(*READY).when(OPEN, at=MONDAY).then_refused(OtherDay, day="2026-03-24")
    session.given(*READY).when(earlier, at=OPENED_AT - timedelta(seconds=1)).then_refused(
        MomentToCome
    )


def test_a_session_needs_an_invitation_an_agenda_and_rules() -> None:
    session.given(*FROZEN).when(OPEN, at=OPENED_AT).then_refused(NotInvited)
    session.given(*PLANNED).when(OPEN, at=OPENED_AT).then_refused(AgendaNotFrozen)
    session.given(*HELD).when(OPEN, at=OPENED_AT).then_refused(AgendaNotFrozen, stage="held")
    lawless = session.given(*READY).knowing(body=BODY.replay(SEATED))
    lawless.when(OPEN, at=OPENED_AT).then_refused(NoRules)
    in_writing = msgspec.structs.replace(OPEN, session=CIRCULAR_ID)
    session.given(*CIRCULAR).when(in_writing).then_refused(NotAMeeting)


@pytest.mark.parametrize("who", ["chair", "keeper"])
def test_chair_and_keeper_of_the_minutes_have_accounts(who: str) -> None:
    strange = msgspec.structs.replace(OPEN, **{who: "nobody"})
    session.given(*READY).when(strange, at=OPENED_AT).then_refused(UnknownAccount)


def test_a_holder_takes_their_seat() -> None:
    at_the_table.given(*meeting()).when(sit(JOBCENTER, "dora")).then(taken(JOBCENTER, at=NOW))
    at_the_table.given(*meeting()).when(sit(BAMF, "ira", 15)).then(taken(BAMF, at=that_day(15)))
    at_the_table.given(*meeting(JOBCENTER)).when(sit(JOBCENTER, "dora")).then_nothing()


def test_nobody_sits_where_the_body_gave_them_no_seat_that_day() -> None:
    at_the_table.given(*meeting()).when(sit(JOBCENTER, "gina")).then_refused(
        NotOnSeat, seat=JOBCENTER, person="gina"
    )
    at_the_table.given(*meeting()).when(sit("mond", "gina")).then_refused(UnknownSeat)
    ended = AppointmentEnded(
        seat=JOBCENTER,
        person="dora",
        capacity=Capacity.HOLDER,
        since=FOUNDED,
        until=that_day(0).date() - timedelta(days=1),
    )
    changed = at_the_table.given(*meeting()).knowing(body=group(RULES, ended))
    changed.when(sit(JOBCENTER, "dora")).then_refused(NotOnSeat)


def test_a_deputy_sits_only_while_the_holder_is_away() -> None:
    at_the_table.given(*meeting()).when(sit(JOBCENTER, "emil", 15)).then(
        taken(JOBCENTER, "emil", that_day(15), deputy=True)
    )
    at_the_table.given(*meeting(JOBCENTER)).when(sit(JOBCENTER, "emil")).then_refused(
        HolderIsThere, seat=JOBCENTER
    )
    gone = (*meeting(JOBCENTER), left(JOBCENTER, "dora", 15))
    at_the_table.given(*gone).when(sit(JOBCENTER, "emil")).then(
        taken(JOBCENTER, "emil", NOW, deputy=True)
    )
    at_the_table.given(*gone).when(sit(JOBCENTER, "emil", 14)).then_refused(OutsideSession)


def test_a_holder_who_comes_takes_over_from_the_deputy() -> None:
    history = (*meeting(), taken(JOBCENTER, "emil", deputy=True))
    at_the_table.given(*history).when(sit(JOBCENTER, "dora")).then(
        left(JOBCENTER, "emil", 16), taken(JOBCENTER, at=NOW)
    )


def test_one_deputy_at_a_time_sits_on_a_seat() -> None:
    history = (*meeting(), taken(CHAMBER, "hugo", deputy=True))
    at_the_table.given(*history).when(sit(CHAMBER, "jan")).then_refused(SeatIsTaken, seat=CHAMBER)


def test_a_deputy_of_two_seats_sits_on_one_of_them() -> None:
    history = (*meeting(), taken(CHAMBER, "hugo", deputy=True))
    at_the_table.given(*history).when(sit(CARITAS, "hugo")).then_refused(
        RepresentsAnotherSeat, seat=CHAMBER
    )
    changed = (*history, left(CHAMBER, "hugo", 15))
    at_the_table.given(*changed).when(sit(CARITAS, "hugo", 14)).then_refused(RepresentsAnotherSeat)
    at_the_table.given(*changed).when(sit(CARITAS, "hugo", 15)).then(
        taken(CARITAS, "hugo", that_day(15), deputy=True)
    )


def test_who_holds_a_vote_gives_that_one_and_no_other() -> None:
    dora_too = group(RULES, appointed(CHAMBER, "dora", Capacity.DEPUTY))
    table = at_the_table.given(*meeting()).knowing(body=dora_too)
    table.when(sit(CHAMBER, "dora")).then_refused(OwnSeatFirst, seat=JOBCENTER)
    table.when(sit(JOBCENTER, "dora")).then(taken(JOBCENTER, at=NOW))


def test_what_happens_on_a_seat_is_recorded_in_its_order() -> None:
    history = (*meeting(), taken(JOBCENTER, at=that_day(15)))
    at_the_table.given(*history).when(leave(JOBCENTER, 16)).then(left(JOBCENTER, "dora", 16))
    early = LeaveSeat(session=SESSION_ID, seat=JOBCENTER, at=that_day(14, 30))
    at_the_table.given(*history).when(early).then_refused(OutsideSession)
    gone = (*history, left(JOBCENTER, "dora", 16))
    at_the_table.given(*gone).when(leave(JOBCENTER)).then_refused(SeatIsEmpty, seat=JOBCENTER)


def test_nothing_is_recorded_before_the_session_or_ahead_of_time() -> None:
    at_the_table.given(*meeting()).when(sit(JOBCENTER, "dora", 13)).then_refused(OutsideSession)
    at_the_table.given(*meeting()).when(sit(JOBCENTER, "dora", 17)).then_refused(MomentToCome)
    at_the_table.given(*READY).when(sit(JOBCENTER, "dora")).then_refused(NotOpen, stage="frozen")
    at_the_table.given(*HELD).when(leave(JOBCENTER)).then_refused(NotOpen, stage="held")


def test_who_was_there_at_a_vote_that_stands_does_not_change_afterwards() -> None:
    history = (*meeting(*THREE), ADOPTED)
    for hour in (14, 15):
        at_the_table.given(*history).when(leave(JOBCENTER, hour)).then_refused(
            VoteRestsOnIt, number=1
        )
        at_the_table.given(*history).when(sit(CHAMBER, "gina", hour)).then_refused(VoteRestsOnIt)
    at_the_table.given(*history).when(leave(JOBCENTER, 16)).then(left(JOBCENTER, "dora", 16))
    at_the_table.given(*history).when(sit(BAMF, "ira", 14)).then(taken(BAMF, at=OPENED_AT))
    listened = (*history, taken(BAMF, at=OPENED_AT))
    at_the_table.given(*listened).when(leave(BAMF, 15)).then(left(BAMF, "ira", 15))


def test_guests_come_and_go_by_number_and_organisation() -> None:
    two = AdmitGuests(session=SESSION_ID, organisation="agentur", people=2)
    came = GuestsAdmitted(organisation="agentur", people=2, at=NOW)
    dismiss = DismissGuests(session=SESSION_ID, organisation="agentur")
    gone = GuestsLeft(organisation="agentur", at=NOW)
    at_the_table.given(*meeting()).when(two).then(came)
    at_the_table.given(*meeting(), came).when(two).then_nothing()
    at_the_table.given(*meeting(), came).when(dismiss).then(gone)
    at_the_table.given(*meeting()).when(dismiss).then_nothing()
    earlier = msgspec.structs.replace(two, people=3, at=that_day(15))
    at_the_table.given(*meeting(), came).when(earlier).then_refused(OutsideSession)
    at_the_table.given(*meeting(), came).when(
        msgspec.structs.replace(dismiss, at=that_day(15))
    ).then_refused(OutsideSession)
    state = after(*meeting(), came, msgspec.structs.replace(came, people=3))
    assert isinstance(state, Open)
    assert [g.people for g in state.record.guests if g.until is None] == [3]


def test_a_guest_is_somebody_of_an_organisation_without_a_seat() -> None:
    for organisation, people, error in (
        (JOBCENTER, 1, HasASeat),
        ("agentur", 0, NoGuests),
        (STRANGERS, 1, UnknownOrganisation),
    ):
        admit = AdmitGuests(session=SESSION_ID, organisation=organisation, people=people)
        at_the_table.given(*meeting()).when(admit).then_refused(error)


def test_a_conflict_of_interest_is_declared_before_the_vote() -> None:
    declare = DeclareConflict(session=SESSION_ID, item=PROPOSAL.item, seat=CARITAS)
    lift = LiftConflict(session=SESSION_ID, item=PROPOSAL.item, seat=CARITAS)
    declared = ConflictDeclared(item=PROPOSAL.item, seat=CARITAS)
    lifted = ConflictLifted(item=PROPOSAL.item, seat=CARITAS)
    at_the_table.given(*meeting(*THREE)).when(declare).then(declared)
    at_the_table.given(*meeting(*THREE), declared).when(declare).then_nothing()
    at_the_table.given(*meeting(*THREE), declared).when(lift).then(lifted)
    at_the_table.given(*meeting(*THREE)).when(lift).then_nothing()
    at_the_table.given(*meeting(*THREE), ADOPTED).when(declare).then_refused(AlreadyCounted)
    at_the_table.given(*READY).when(declare).then_refused(NotOpen)
    unknown = msgspec.structs.replace(declare, item=FOUND_NOWHERE)
    at_the_table.given(*meeting()).when(unknown).then_refused(UnknownItem)
    at_the_table.given(*meeting()).when(msgspec.structs.replace(declare, seat="mond")).then_refused(
        UnknownSeat
    )


def test_a_proposal_is_worded_anew_until_it_is_voted_on() -> None:
    def amend(alternative: Alternative, item: str = "") -> AmendProposal:
        which = REPORT.item if item else PROPOSAL.item
        return AmendProposal(session=SESSION_ID, item=which, alternative=alternative)

    table, voted = at_the_table.given(*meeting()), at_the_table.given(*meeting(*THREE), REJECTED)
    other = Alternative(key="b", text="Der Bedarf wird bis Mai geprüft.")
    third = Alternative(key="c", text="Es bleibt, wie es ist.")
    for alternative in (other, third):
        amended = ProposalAmended(item=PROPOSAL.item, alternative=alternative)
        table.when(amend(alternative)).then(amended)
        voted.when(amend(alternative)).then(amended)
        at_the_table.given(*meeting(*THREE), ADOPTED).when(amend(alternative)).then_refused(
            AlreadyAdopted
        )
    table.when(amend(REVIEW)).then_nothing()
    table.when(amend(Alternative(key="c", text=" "))).then_refused(AlternativesMissing)
    table.when(amend(FOUND, item="report")).then_refused(NotAProposal)
    voted.when(amend(Alternative(key="a", text="Anders."))).then_refused(AlreadyCounted)
    state = after(
        *meeting(),
        ProposalAmended(item=PROPOSAL.item, alternative=other),
        ProposalAmended(item=PROPOSAL.item, alternative=third),
    )
    assert isinstance(state, Open)
    assert state.record.items[1].alternatives == (FOUND, other, third)


def test_what_the_minutes_are_to_say_is_noted_by_somebody() -> None:
    discuss = DiscussItem(session=SESSION_ID, item=REPORT.item, text="Drei Treffen.")
    discussed = ItemDiscussed(
        item=REPORT.item, text="Drei Treffen.", author="emil", substitutes="dora"
    )
    at_the_table.given(*meeting()).when(discuss, by=member("emil", "dora")).then(discussed)
    at_the_table.given(*meeting(), discussed).when(discuss).then_nothing()
    table = at_the_table.given(*meeting())
    table.when(msgspec.structs.replace(discuss, text="")).then_refused(SessionReasonMissing)
    table.when(msgspec.structs.replace(discuss, item=FOUND_NOWHERE)).then_refused(UnknownItem)


def test_an_item_is_put_off_for_a_reason_and_taken_up_again() -> None:
    defer = DeferItem(session=SESSION_ID, item=PROPOSAL.item, reason="Zeit")
    resume = ResumeItem(session=SESSION_ID, item=PROPOSAL.item)
    deferred = ItemDeferred(item=PROPOSAL.item, reason="Zeit")
    resumed = ItemResumed(item=PROPOSAL.item)
    table = at_the_table.given(*meeting())
    table.when(defer).then(deferred)
    table.when(resume).then_nothing()
    table.when(msgspec.structs.replace(defer, reason=" ")).then_refused(SessionReasonMissing)
    for unknown in (defer, resume):
        nowhere = msgspec.structs.replace(unknown, item=FOUND_NOWHERE)
        table.when(nowhere).then_refused(UnknownItem)
    at_the_table.given(*meeting(), deferred).when(defer).then_nothing()
    at_the_table.given(*meeting(), deferred).when(resume).then(resumed)
    at_the_table.given(*meeting(), deferred, resumed).when(defer).then(deferred)
    at_the_table.given(*meeting(*THREE), ADOPTED).when(defer).then_refused(AlreadyAdopted)
    amend = AmendProposal(session=SESSION_ID, item=PROPOSAL.item, alternative=REVIEW)
    at_the_table.given(*meeting(), deferred).when(amend).then_refused(ItemIsDeferred)


def test_a_session_is_closed_once_and_after_all_that_happened() -> None:
    history = (*meeting(*THREE), ADOPTED)
    close = CloseSession(session=SESSION_ID)
    session.given(*history).when(close, at=CLOSED_AT).then(CLOSED)
    session.given(*history, CLOSED).when(close, at=CLOSED_AT).then_nothing()
    session.given(*READY).when(close, at=CLOSED_AT).then_refused(NotOpen, stage="frozen")
    at_the_vote = msgspec.structs.replace(close, at=VOTED_AT)
    session.given(*history).when(at_the_vote, at=CLOSED_AT).then(
        msgspec.structs.replace(CLOSED, at=VOTED_AT)
    )
    before_the_vote = msgspec.structs.replace(close, at=VOTED_AT - timedelta(seconds=1))
    session.given(*history).when(before_the_vote, at=CLOSED_AT).then_refused(OutsideSession)
    late = (*meeting(), taken(JOBCENTER, at=NOW))
    session.given(*late).when(before_the_vote, at=CLOSED_AT).then_refused(OutsideSession)


def test_who_stayed_was_there_until_the_end() -> None:
    came, gone = that_day(15), that_day(16)
    state = after(
        *meeting(*THREE),
        GuestsAdmitted(organisation="agentur", people=2, at=came),
        GuestsAdmitted(organisation="hwk", people=1, at=came),
        GuestsLeft(organisation="hwk", at=gone),
        left(CARITAS, "fadi", 16),
        CLOSED,
    )
    assert isinstance(state, Held)
    assert [p.until for p in state.record.presences] == [CLOSED_AT, CLOSED_AT, gone]
    assert [g.until for g in state.record.guests] == [CLOSED_AT, gone]
