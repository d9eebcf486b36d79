"""Minutes come from what was recorded, a second person approves them, and what is public."""

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from domain.kernel import Actor
from domain.steering.agenda import item_digest
from domain.steering.agenda_errors import AgendaNotPublic, ItemNotPublished, UnknownItem
from domain.steering.body_rules import Tally
from domain.steering.minutes import Decided, ItemNote, minutes_digest
from domain.steering.minutes_errors import (
    CorrectionNeedsReason,
    MinutesNotApproved,
    MinutesNotDrafted,
    NotedTwice,
    NotHeld,
    OtherMinutesShown,
    OtherVersion,
    WriterMayNotApprove,
)
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesApproved,
    MinutesDrafted,
    MinutesReleased,
    MinutesReturned,
    PublicationWithdrawn,
)
from domain.steering.session import Approved, Drafted, Held, Released
from domain.steering.session_commands import (
    ApproveMinutes,
    DraftMinutes,
    PublishItem,
    ReleaseMinutes,
    ReturnMinutes,
    WithdrawPublication,
)
from domain.steering.session_errors import SessionReasonMissing
from domain.steering.session_events import (
    AbsenceAnnounced,
    SessionCancelled,
)
from domain.steering.session_held_events import (
    GuestsAdmitted,
    ItemDeferred,
    ItemDiscussed,
    RecommendationMade,
    SeatLeft,
    SessionClosed,
)
from tests.domain.county import ADA, BEN, berlin
from tests.domain.steering.body_example import BAMF, CARITAS, CHAMBER, JOBCENTER, KREIS
from tests.domain.steering.session_example import (
    ADOPTED,
    ALL_SEATS,
    APPROVED,
    CIRCULAR_CLOSES_AT,
    CIRCULATING,
    CLOSED,
    CLOSED_AT,
    DRAFTED,
    FROZEN,
    HELD,
    INVITED,
    MINUTES,
    OPENED,
    OPENED_AT,
    PLANNED,
    PROPOSAL,
    RELEASED,
    REPORT,
    SESSION_ID,
    THREE,
    after,
    ballot,
    drafted,
    meeting,
    member,
    minutes_after,
    session,
    taken,
    that_day,
    vote,
)

DRAFT = DraftMinutes(session=SESSION_ID)
APPROVE = ApproveMinutes(session=SESSION_ID, version=1, digest=DRAFTED.digest)
RELEASE = ReleaseMinutes(session=SESSION_ID, version=1)
LENA = member("lena")
NOTED = ItemDiscussed(item=REPORT.item, text="Drei Treffen.", author="hugo")
PUBLISHED = ItemPublished(item=REPORT.item, digest=item_digest(REPORT))
desk = session.knowing(at=berlin(2026, 3, 25, 9))


def note(text: str) -> ItemNote:
    return ItemNote(item=REPORT.item, text=text)


def test_minutes_say_who_was_there_and_who_was_not() -> None:
    minutes = minutes_after(
        *meeting(KREIS, JOBCENTER),
        AbsenceAnnounced(seat=CARITAS),
        taken(CARITAS, "hugo", deputy=True),
        SeatLeft(seat=JOBCENTER, person="dora", at=that_day(16)),
        GuestsAdmitted(organisation="agentur", people=2, at=that_day(15)),
        CLOSED,
    )
    assert [(one.seat, one.person, one.until) for one in minutes.attended] == [
        (CARITAS, "hugo", CLOSED_AT),
        (JOBCENTER, "dora", that_day(16)),
        (KREIS, "karla", CLOSED_AT),
    ]
    assert [(one.seat, one.was_announced) for one in minutes.absent] == [
        (BAMF, False),
        (CHAMBER, False),
    ]
    assert [(g.organisation, g.people, g.until) for g in minutes.guests] == [
        ("agentur", 2, CLOSED_AT)
    ]
    assert (minutes.opened_at, minutes.closed_at) == (OPENED_AT, CLOSED_AT)
    assert (minutes.chair, minutes.keeper) == ("karla", "ben")


def test_minutes_say_what_was_decided_and_what_was_only_recommended() -> None:
    made = RecommendationMade(vote=vote(Tally(yes=2, no=0), KREIS, JOBCENTER), in_favour=True)
    for counted, decided in (
        (ADOPTED, Decided.ADOPTED),
        (msgspec.structs.replace(ADOPTED, adopted=False), Decided.REJECTED),
        (made, Decided.RECOMMENDED),
        (msgspec.structs.replace(made, in_favour=False), Decided.NOT_RECOMMENDED),
    ):
        minutes = minutes_after(*meeting(*THREE), NOTED, counted, CLOSED)
        report, proposal = minutes.items
        assert (report.number, report.text, report.votes) == (1, "Drei Treffen.", ())
        assert [(one.decided, one.vote) for one in proposal.votes] == [(decided, counted.vote)]


def test_minutes_say_what_was_put_off_and_why_the_invitation_was_late() -> None:
    late = msgspec.structs.replace(INVITED, urgency="Frist des Landes")
    deferred = ItemDeferred(item=PROPOSAL.item, reason="Zeit")
    minutes = minutes_after(*FROZEN, late, OPENED, deferred, CLOSED)
    assert minutes.urgency == "Frist des Landes"
    assert minutes.items[1].deferred == "Zeit"


def test_minutes_of_a_vote_in_writing_name_the_voting_seats_that_were_silent() -> None:
    closed = SessionClosed(at=CIRCULAR_CLOSES_AT, seats=ALL_SEATS)
    minutes = minutes_after(*CIRCULATING, ballot(KREIS), ballot(JOBCENTER), closed)
    assert minutes.attended == ()
    assert [one.seat for one in minutes.absent] == [CARITAS, CHAMBER]


def test_minutes_are_drafted_once_it_is_over() -> None:
    desk.given(*HELD).when(DRAFT).then(DRAFTED)
    desk.given(*HELD, DRAFTED).when(DRAFT).then_nothing()
    for before in (PLANNED, meeting(*THREE), CIRCULATING):
        desk.given(*before).when(DRAFT).then_refused(NotHeld)


def test_people_word_what_is_said_to_an_item_and_nothing_else() -> None:
    worded = msgspec.structs.replace(DRAFT, notes=(note("Kurz berichtet."),), remark="Fertig.")
    (second,) = desk.given(*HELD, DRAFTED).when(worded).decided()
    assert isinstance(second, MinutesDrafted)
    assert second.version == 2
    assert second.minutes.items[0].text == "Kurz berichtet."
    assert second.minutes.items[1] == MINUTES.items[1]
    assert second.minutes.remark == "Fertig."
    desk.given(*HELD, DRAFTED, second).when(DRAFT).then_nothing()
    twice = msgspec.structs.replace(DRAFT, notes=(note("a"), note("b")))
    desk.given(*HELD).when(twice).then_refused(NotedTwice, item=str(REPORT.item))
    nowhere = msgspec.structs.replace(DRAFT, notes=(ItemNote(item=SESSION_ID, text="a"),))
    desk.given(*HELD).when(nowhere).then_refused(UnknownItem)


def test_a_second_person_approves_what_they_read() -> None:
    desk.given(*HELD, DRAFTED).when(APPROVE, by=LENA).then(APPROVED)
    assert isinstance(after(*HELD, DRAFTED, APPROVED), Approved)
    other = msgspec.structs.replace(APPROVE, digest="other")
    desk.given(*HELD, DRAFTED).when(other, by=LENA).then_refused(
        OtherMinutesShown, shown="other", current=DRAFTED.digest
    )
    second = drafted(msgspec.structs.replace(MINUTES, remark="Fertig."), 2)
    desk.given(*HELD, DRAFTED, second).when(APPROVE, by=LENA).then_refused(
        OtherVersion, version=1, current=2
    )
    desk.given(*HELD).when(APPROVE, by=LENA).then_refused(MinutesNotDrafted, stage="held")


PEOPLE = ("ada", "ben", "hugo", "lena", "karla")
actors = st.builds(member, st.sampled_from(PEOPLE), st.sampled_from(("", *PEOPLE)))


@given(writer=actors, drafter=actors, approver=actors)
@example(writer=member("hugo"), drafter=ADA, approver=member("hugo"))
@example(writer=member("hugo", "lena"), drafter=ADA, approver=member("lena"))
@example(writer=member("hugo"), drafter=ADA, approver=BEN)
@example(writer=member("hugo"), drafter=ADA, approver=member("lena", "ada"))
@example(writer=member("hugo"), drafter=ADA, approver=member("karla", "lena"))
def test_minutes_are_approved_by_nobody_who_wrote_of_them_nor_stands_for_a_writer(
    writer: Actor, drafter: Actor, approver: Actor
) -> None:
    """Who noted an item, who drafted, who kept the minutes (ben), and for whom they did."""
    noted = ItemDiscussed(
        item=REPORT.item, text="Gut.", author=writer.account, substitutes=writer.substitutes
    )
    history = (*meeting(*THREE), noted, CLOSED)
    version = drafted(minutes_after(*history), by=drafter)
    approve = msgspec.structs.replace(APPROVE, digest=version.digest)
    wrote = {a.account for a in (writer, drafter)} | {a.substitutes for a in (writer, drafter)}
    hands = {approver.account, approver.substitutes} - {""}
    table = desk.given(*history, version)
    if hands & (wrote | {"ben"}):
        table.when(approve, by=approver).then_refused(WriterMayNotApprove)
    else:
        (approved,) = table.when(approve, by=approver).decided()
        assert isinstance(approved, MinutesApproved)
        assert (approved.approver, approved.substitutes) == (approver.account, approver.substitutes)


def test_minutes_that_were_given_back_are_drafted_anew() -> None:
    give_back = ReturnMinutes(session=SESSION_ID, version=1, reason="Bitte kürzer.")
    returned = MinutesReturned(version=1, reason="Bitte kürzer.")
    desk.given(*HELD, DRAFTED).when(give_back, by=LENA).then(returned)
    assert isinstance(after(*HELD, DRAFTED, returned), Held)
    desk.given(*HELD, DRAFTED, returned).when(APPROVE, by=LENA).then_refused(MinutesNotDrafted)
    desk.given(*HELD, DRAFTED, returned).when(DRAFT).then(drafted(MINUTES, 2))
    silent = msgspec.structs.replace(give_back, reason="")
    desk.given(*HELD, DRAFTED).when(silent).then_refused(SessionReasonMissing)
    desk.given(*HELD, DRAFTED, APPROVED).when(give_back).then_refused(MinutesNotDrafted)


def test_only_approved_minutes_are_released() -> None:
    desk.given(*HELD, DRAFTED, APPROVED).when(RELEASE).then(RELEASED)
    desk.given(*HELD, DRAFTED, APPROVED, RELEASED).when(RELEASE).then_nothing()
    desk.given(*HELD, DRAFTED).when(RELEASE).then_refused(MinutesNotApproved, stage="drafted")
    other = msgspec.structs.replace(RELEASE, version=2)
    desk.given(*HELD, DRAFTED, APPROVED).when(other).then_refused(
        OtherVersion, version=2, current=1
    )


def test_an_approval_does_not_hold_for_another_wording() -> None:
    worded = msgspec.structs.replace(DRAFT, remark="Fertig.")
    (second,) = desk.given(*HELD, DRAFTED, APPROVED).when(worded).decided()
    desk.given(*HELD, DRAFTED, APPROVED, second).when(RELEASE).then_refused(MinutesNotApproved)


def test_released_minutes_are_corrected_for_a_reason_and_approved_again() -> None:
    released = (*HELD, DRAFTED, APPROVED, RELEASED)
    correct = msgspec.structs.replace(DRAFT, notes=(note("Vier Treffen."),))
    desk.given(*released).when(correct).then_refused(CorrectionNeedsReason)
    desk.given(*released).when(DRAFT).then_nothing()
    reasoned = msgspec.structs.replace(correct, reason="Ein Treffen fehlte")
    (second,) = desk.given(*released).when(reasoned).decided()
    assert isinstance(second, MinutesDrafted)
    assert (second.version, second.reason) == (2, "Ein Treffen fehlte")
    assert second.digest == minutes_digest(second.minutes)
    state = after(*released, second)
    assert isinstance(state, Drafted)
    assert state.record.released == 1
    again = MinutesApproved(version=2, digest=second.digest, approver="lena")
    history = (*released, second, again)
    desk.given(*released, second, MinutesReturned(version=2, reason="Nein")).when(
        correct
    ).then_refused(CorrectionNeedsReason)
    desk.given(*history).when(ReleaseMinutes(session=SESSION_ID, version=2)).then(
        MinutesReleased(version=2)
    )
    assert isinstance(after(*history, MinutesReleased(version=2)), Released)


def test_an_item_is_published_and_withdrawn_by_a_decision_of_its_own() -> None:
    publish = PublishItem(session=SESSION_ID, item=REPORT.item)
    withdraw = WithdrawPublication(session=SESSION_ID, item=REPORT.item, reason="Schutz")
    withdrawn = PublicationWithdrawn(item=REPORT.item, reason="Schutz")
    for history in (FROZEN, meeting(), HELD, (*HELD, DRAFTED)):
        desk.given(*history).when(publish).then(PUBLISHED)
        desk.given(*history, PUBLISHED).when(publish).then_nothing()
        desk.given(*history, PUBLISHED).when(withdraw).then(withdrawn)
        desk.given(*history, PUBLISHED, withdrawn).when(publish).then(PUBLISHED)
        desk.given(*history).when(withdraw).then_refused(ItemNotPublished)
    silent = msgspec.structs.replace(withdraw, reason=" ")
    desk.given(*FROZEN, PUBLISHED).when(silent).then_refused(SessionReasonMissing)
    desk.given(*FROZEN).when(msgspec.structs.replace(publish, item=SESSION_ID)).then_refused(
        UnknownItem
    )


def test_nothing_is_published_of_an_open_agenda_or_a_cancelled_session() -> None:
    publish = PublishItem(session=SESSION_ID, item=REPORT.item)
    withdraw = WithdrawPublication(session=SESSION_ID, item=REPORT.item, reason="Schutz")
    cancelled = SessionCancelled(reason="Krankheit")
    desk.given(*PLANNED).when(publish).then_refused(AgendaNotPublic, stage="scheduled")
    desk.given(*FROZEN, cancelled).when(publish).then_refused(AgendaNotPublic, stage="cancelled")
    desk.given(*FROZEN, PUBLISHED, cancelled).when(withdraw).then(
        PublicationWithdrawn(item=REPORT.item, reason="Schutz")
    )
