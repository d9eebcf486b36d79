"""Voting in writing: who votes for a seat, until when, and that silence is never consent."""

from datetime import date

import msgspec
import pytest

from domain.steering.body_decide import BODY
from domain.steering.body_errors import NoRules, UnknownSeat
from domain.steering.body_events import (
    AppointmentEnded,
    BodyEvent,
    Capacity,
    SeatEnded,
)
from domain.steering.body_rules import Majority, Number, Period, Rules
from domain.steering.session import Circulating, Held
from domain.steering.session_commands import (
    CastBallot,
    CloseSession,
    DeclareConflict,
    OpenCircular,
)
from domain.steering.session_errors import (
    AgendaNotFrozen,
    NobodyToInvite,
    NotACircular,
    NotOnSeat,
    NotYet,
    OwnSeatFirst,
)
from domain.steering.session_events import AbsenceAnnounced
from domain.steering.session_held_events import (
    BallotCast,
    CircularOpened,
    ConflictDeclared,
    RecommendationMade,
    SessionClosed,
    VoteTaken,
)
from domain.steering.vote import Choice
from domain.steering.vote_errors import (
    BallotIsPersonal,
    BallotTooLate,
    HolderIsNotAway,
    NoCircularVotes,
    NotCirculating,
    OtherItemShown,
    SeatHasVoted,
    SeatMayNotVote,
    StillVoting,
    VotedForAnotherSeat,
)
from tests.domain.county import CLOCK, MONDAY, berlin
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    ESTABLISHED,
    FOUNDED,
    JOBCENTER,
    KREIS,
    RULES,
    SEATED,
    VOTES,
    adopted,
    appointed,
    group,
    seat,
)
from tests.domain.steering.session_example import (
    ALL_SEATS,
    CIRCULAR,
    CIRCULAR_CLOSES_AT,
    CIRCULAR_ID,
    CIRCULATING,
    FROZEN,
    SESSION_ID,
    WRITTEN,
    after,
    ballot,
    counted_in_writing,
    member,
    session,
)

OPEN = OpenCircular(session=CIRCULAR_ID)
CLOSE = CloseSession(session=CIRCULAR_ID)
CLOSED = SessionClosed(at=CIRCULAR_CLOSES_AT, seats=ALL_SEATS)
AWAY = {key: AbsenceAnnounced(seat=key) for key in VOTES}


def cast(key: str, choice: Choice = Choice.YES) -> CastBallot:
    return CastBallot(
        session=CIRCULAR_ID,
        item=WRITTEN.item,
        seat=key,
        choice=choice,
        shown=ballot(KREIS).shown,
    )


def new_holder(key: str, before: str, then: str) -> tuple[BodyEvent, BodyEvent]:
    """From the day after the vote in writing was opened, somebody else holds the seat."""
    return (
        AppointmentEnded(
            seat=key,
            person=before,
            capacity=Capacity.HOLDER,
            since=FOUNDED,
            until=MONDAY.date(),
        ),
        appointed(key, then, since=date(2026, 3, 3)),
    )


def test_a_vote_in_writing_asks_the_voting_seats_for_the_time_the_rules_give() -> None:
    session.given(*CIRCULAR).when(OPEN).then(CIRCULATING[-1])
    session.given(*CIRCULATING).when(OPEN).then_nothing()
    days = group(msgspec.structs.replace(RULES, circular=Period(days=10)))
    (opened,) = session.given(*CIRCULAR).knowing(body=days).when(OPEN).decided()
    assert isinstance(opened, CircularOpened)
    assert opened.closes_at == berlin(2026, 3, 12, 18)


def test_a_vote_in_writing_needs_rules_that_know_it_and_a_settled_agenda() -> None:
    none = group(msgspec.structs.replace(RULES, circular=None))
    session.given(*CIRCULAR).knowing(body=none).when(OPEN).then_refused(NoCircularVotes, edition=1)
    lawless = BODY.replay(SEATED)
    session.given(*CIRCULAR).knowing(body=lawless).when(OPEN).then_refused(NoRules)
    session.given(*CIRCULAR[:2]).when(OPEN).then_refused(AgendaNotFrozen)
    empty = BODY.replay((ESTABLISHED, *map(seat, VOTES), adopted()))
    session.given(*CIRCULAR).knowing(body=empty).when(OPEN).then_refused(NobodyToInvite)
    session.given(*CIRCULAR).when(OPEN, at=berlin(2026, 3, 2, 9)).then_refused(NotYet)
    in_a_meeting = OpenCircular(session=SESSION_ID)
    session.given(*FROZEN).when(in_a_meeting).then_refused(NotACircular)


def test_the_holder_of_a_seat_votes_and_may_change_their_mind() -> None:
    dora = member("dora")
    session.given(*CIRCULATING).when(cast(JOBCENTER), by=dora).then(ballot(JOBCENTER))
    session.given(*CIRCULATING, ballot(JOBCENTER)).when(cast(JOBCENTER), by=dora).then_nothing()
    session.given(*CIRCULATING, ballot(JOBCENTER)).when(cast(JOBCENTER, Choice.NO), by=dora).then(
        ballot(JOBCENTER, Choice.NO)
    )
    state = after(*CIRCULATING, ballot(JOBCENTER), ballot(JOBCENTER, Choice.NO))
    assert isinstance(state, Circulating)
    assert [b.choice for b in state.record.ballots[WRITTEN.item]] == [Choice.NO]


def test_nobody_votes_for_a_seat_that_is_not_theirs() -> None:
    session.given(*CIRCULATING).when(cast(JOBCENTER), by=member("lena")).then_refused(
        NotOnSeat, seat=JOBCENTER, person="lena"
    )
    session.given(*CIRCULATING).when(cast(BAMF), by=member("ira")).then_refused(
        SeatMayNotVote, seat=BAMF
    )
    session.given(*CIRCULATING).when(cast("mond"), by=member("dora")).then_refused(UnknownSeat)


def test_who_is_away_is_not_stood_in_for_by_a_substitute_at_work() -> None:
    for person, absent in (("lena", "dora"), ("emil", "dora"), ("dora", "fadi")):
        for_them = member(person, absent)
        session.given(*CIRCULATING, AWAY[JOBCENTER]).when(
            cast(JOBCENTER), by=for_them
        ).then_refused(BallotIsPersonal)


def test_a_deputy_votes_only_if_the_holder_said_they_would_not_and_has_not() -> None:
    emil = member("emil")
    away = (*CIRCULATING, AWAY[JOBCENTER])
    session.given(*CIRCULATING).when(cast(JOBCENTER), by=emil).then_refused(
        HolderIsNotAway, seat=JOBCENTER
    )
    session.given(*away).when(cast(JOBCENTER), by=emil).then(ballot(JOBCENTER, person="emil"))
    session.given(*away, ballot(JOBCENTER)).when(cast(JOBCENTER, Choice.NO), by=emil).then_refused(
        HolderIsNotAway
    )


def test_a_holder_takes_the_place_of_the_deputys_ballot() -> None:
    history = (*CIRCULATING, AWAY[JOBCENTER], ballot(JOBCENTER, person="emil"))
    session.given(*history).when(cast(JOBCENTER, Choice.NO), by=member("dora")).then(
        ballot(JOBCENTER, Choice.NO)
    )
    state = after(*history, ballot(JOBCENTER, Choice.NO))
    assert isinstance(state, Circulating)
    assert [b.person for b in state.record.ballots[WRITTEN.item]] == ["dora"]


def test_the_ballot_of_one_deputy_is_not_changed_by_another() -> None:
    history = (*CIRCULATING, AWAY[CHAMBER], ballot(CHAMBER, person="hugo"))
    session.given(*history).when(cast(CHAMBER), by=member("jan")).then_refused(
        SeatHasVoted, seat=CHAMBER
    )


def test_nobody_votes_twice_on_an_item_for_whichever_seats() -> None:
    history = (*CIRCULATING, AWAY[CHAMBER], AWAY[CARITAS], ballot(CHAMBER, person="hugo"))
    session.given(*history).when(cast(CARITAS), by=member("hugo")).then_refused(
        VotedForAnotherSeat, seat=CHAMBER
    )
    dora_too = group(RULES, appointed(CHAMBER, "dora", Capacity.DEPUTY))
    session.given(*CIRCULATING, AWAY[CHAMBER]).knowing(body=dora_too).when(
        cast(CHAMBER), by=member("dora")
    ).then_refused(OwnSeatFirst, seat=JOBCENTER)


def test_a_new_holder_takes_over_the_seat_and_not_a_second_vote() -> None:
    changed = group(RULES, *new_holder(JOBCENTER, "dora", "lena"))
    history = (*CIRCULATING, ballot(JOBCENTER))
    at = berlin(2026, 3, 4, 9)
    table = session.given(*history).knowing(body=changed)
    table.when(cast(JOBCENTER, Choice.NO), by=member("dora"), at=at).then_refused(NotOnSeat)
    table.when(cast(JOBCENTER, Choice.NO), by=member("lena"), at=at).then(
        ballot(JOBCENTER, Choice.NO, "lena")
    )
    table.when(cast(JOBCENTER, Choice.NO), by=member("emil"), at=at).then_refused(HolderIsNotAway)


def test_a_deputy_votes_for_a_vacant_seat() -> None:
    left, _ = new_holder(JOBCENTER, "dora", "lena")
    vacant = session.given(*CIRCULATING).knowing(body=group(RULES, left))
    vacant.when(cast(JOBCENTER), by=member("emil"), at=berlin(2026, 3, 4, 9)).then(
        ballot(JOBCENTER, person="emil")
    )


def test_only_seats_that_were_asked_vote() -> None:
    later = group(RULES, seat("schule"), appointed("schule", "lena"))
    session.given(*CIRCULATING).knowing(body=later).when(
        cast("schule"), by=member("lena")
    ).then_refused(SeatMayNotVote, seat="schule")


def test_a_conflict_of_interest_takes_the_ballot() -> None:
    declare = DeclareConflict(session=CIRCULAR_ID, item=WRITTEN.item, seat=CARITAS)
    declared = ConflictDeclared(item=WRITTEN.item, seat=CARITAS)
    session.given(*CIRCULATING).when(declare).then(declared)
    session.given(*CIRCULATING, declared).when(cast(CARITAS), by=member("fadi")).then_refused(
        SeatMayNotVote, seat=CARITAS
    )
    session.given(*CIRCULATING, ballot(CARITAS)).when(declare).then_refused(SeatHasVoted)


def test_a_ballot_is_on_the_text_that_is_put_to_the_vote_and_in_time() -> None:
    other = msgspec.structs.replace(cast(JOBCENTER), shown="another text")
    session.given(*CIRCULATING).when(other, by=member("dora")).then_refused(
        OtherItemShown, shown="another text", current=ballot(KREIS).shown
    )
    session.given(*CIRCULATING).when(
        cast(JOBCENTER), by=member("dora"), at=CIRCULAR_CLOSES_AT
    ).then_refused(BallotTooLate)
    session.given(*CIRCULAR).when(cast(JOBCENTER), by=member("dora")).then_refused(
        NotCirculating, stage="frozen"
    )


def closed_with(*ballots: BallotCast, rules: Rules = RULES) -> VoteTaken | RecommendationMade:
    """What is recorded at the end of the time with these ballots."""
    table = session.given(*CIRCULATING, *ballots).knowing(body=group(rules))
    counted, closed = table.when(CLOSE, by=CLOCK, at=CIRCULAR_CLOSES_AT).decided()
    assert closed == CLOSED
    assert isinstance(counted, VoteTaken | RecommendationMade)
    return counted


def test_silence_is_never_consent() -> None:
    nobody = closed_with()
    assert isinstance(nobody, RecommendationMade)
    assert not nobody.in_favour
    two = closed_with(ballot(KREIS), ballot(JOBCENTER))
    assert two == RecommendationMade(
        vote=counted_in_writing(kreis=Choice.YES, jobcenter=Choice.YES), in_favour=True
    )


def test_ballots_that_make_a_quorum_decide() -> None:
    said = {KREIS: Choice.YES, JOBCENTER: Choice.YES, CHAMBER: Choice.NO}
    assert closed_with(*(ballot(key, choice) for key, choice in said.items())) == VoteTaken(
        vote=counted_in_writing(**said), adopted=True
    )


@pytest.mark.parametrize("majority", [Majority.ABSOLUTE, Majority.CONSENSUS])
def test_the_majority_is_that_of_the_rules(majority: Majority) -> None:
    rules = msgspec.structs.replace(RULES, majority=majority)
    three = (ballot(KREIS), ballot(JOBCENTER), ballot(CHAMBER, Choice.NO))
    outcome = closed_with(*three, rules=rules)
    assert isinstance(outcome, VoteTaken)
    assert not outcome.adopted


def test_the_rules_of_the_day_on_which_it_ends_decide() -> None:
    stricter = msgspec.structs.replace(RULES, quorum=Number(seats=4))
    changed = group(RULES, adopted(stricter, 2, date(2026, 3, 16)))
    three = (ballot(KREIS), ballot(JOBCENTER), ballot(CHAMBER))
    table = session.given(*CIRCULATING, *three).knowing(body=changed)
    counted, _ = table.when(CLOSE, at=berlin(2026, 3, 20, 9)).decided()
    assert isinstance(counted, RecommendationMade)
    assert (counted.vote.edition, counted.vote.at) == (2, CIRCULAR_CLOSES_AT)


def test_a_seat_that_ended_after_it_voted_is_still_one_of_those_asked() -> None:
    ended = group(RULES, SeatEnded(seat=KREIS, until=date(2026, 3, 10), reason="Neue Ordnung"))
    three = (ballot(KREIS), ballot(JOBCENTER), ballot(CHAMBER))
    table = session.given(*CIRCULATING, *three).knowing(body=ended)
    counted, _ = table.when(CLOSE, at=CIRCULAR_CLOSES_AT).decided()
    assert isinstance(counted, VoteTaken)
    assert (counted.vote.voting_seats, counted.vote.counted) == (4, 3)


def test_it_ends_before_its_time_only_if_everybody_voted() -> None:
    three = [ballot(key) for key in (KREIS, JOBCENTER, CHAMBER)]
    session.given(*CIRCULATING, *three).when(CLOSE).then_refused(StillVoting)
    declared = ConflictDeclared(item=WRITTEN.item, seat=CARITAS)
    for last in (ballot(CARITAS), declared):
        events = session.given(*CIRCULATING, *three, last).when(CLOSE).decided()
        assert [type(event) for event in events] == [VoteTaken, SessionClosed]
        state = after(*CIRCULATING, *three, last, *events)
        assert isinstance(state, Held)
        assert state.record.adopted_on(WRITTEN.item) is not None
        session.given(*CIRCULATING, *three, last, *events).when(CLOSE).then_nothing()
