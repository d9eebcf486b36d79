"""Voting while people meet: a vote needs a quorum, each seat votes once, the rules decide."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec
import pytest

from domain.steering.agenda_errors import UnknownItem
from domain.steering.body_events import AppointmentEnded, Capacity, SeatEnded
from domain.steering.body_rules import Majority, Number, Rules, Share, Tally
from domain.steering.minutes import Decided
from domain.steering.session import Held, Open
from domain.steering.session_commands import AnnulVote, Answer, TakeVote
from domain.steering.session_errors import (
    HolderIsThere,
    MomentToCome,
    NotACircular,
    NotOnSeat,
    NotOpen,
    OutsideSession,
    SessionReasonMissing,
)
from domain.steering.session_events import SessionEvent
from domain.steering.session_held_events import (
    ConflictDeclared,
    ItemDeferred,
    RecommendationMade,
    SeatLeft,
    VoteAnnulled,
    VoteTaken,
)
from domain.steering.vote import Ballot, Choice, Manner, Represented
from domain.steering.vote_errors import (
    AlreadyAdopted,
    AlreadyCounted,
    CountsAndCalls,
    ItemIsDeferred,
    MoreVotesThanSeats,
    NegativeCount,
    NobodyVoted,
    NotAProposal,
    SeatCalledTwice,
    SeatMayNotVote,
    UnknownAlternative,
    UnknownVote,
)
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    FOUNDED,
    HOLDERS,
    JOBCENTER,
    KREIS,
    RULES,
    VOTES,
    adopted,
    appointed,
    group,
)
from tests.domain.steering.session_example import (
    ADOPTED,
    FOUND,
    HELD,
    PROPOSAL,
    READY,
    REPORT,
    REVIEW,
    SESSION_ID,
    THREE,
    VOTED_AT,
    after,
    meeting,
    session,
    taken,
    that_day,
    vote,
)

at_the_vote = session.knowing(at=VOTED_AT)
CONFLICT = ConflictDeclared(item=PROPOSAL.item, seat=CARITAS)
REJECTED = VoteTaken(vote=vote(Tally(yes=1, no=2), *THREE), adopted=False)


def count(yes: int = 0, no: int = 0, abstain: int = 0, alternative: str = "a") -> TakeVote:
    return TakeVote(
        session=SESSION_ID,
        item=PROPOSAL.item,
        alternative=alternative,
        yes=yes,
        no=no,
        abstain=abstain,
    )


def call(**said: Choice) -> TakeVote:
    return TakeVote(
        session=SESSION_ID,
        item=PROPOSAL.item,
        alternative="a",
        manner=Manner.ROLL_CALL,
        answers=tuple(Answer(seat=seat, choice=choice) for seat, choice in said.items()),
    )


def decided(command: TakeVote, *history: SessionEvent, rules: Rules = RULES) -> SessionEvent:
    """The one event the vote is recorded as, under these rules."""
    (event,) = at_the_vote.given(*history).knowing(body=group(rules)).when(command).decided()
    return event


def test_with_a_quorum_a_majority_adopts() -> None:
    at_the_vote.given(*meeting(*THREE)).when(count(2, 1)).then(ADOPTED)


def test_with_a_quorum_and_no_majority_it_is_rejected() -> None:
    at_the_vote.given(*meeting(*THREE)).when(count(1, 2)).then(REJECTED)


def test_without_a_quorum_it_is_a_recommendation() -> None:
    for tally, in_favour in ((Tally(yes=2, no=0), True), (Tally(yes=1, no=1), False)):
        at_the_vote.given(*meeting(KREIS, JOBCENTER)).when(count(tally.yes, tally.no)).then(
            RecommendationMade(vote=vote(tally, KREIS, JOBCENTER), in_favour=in_favour)
        )


def test_a_recommendation_adopts_nothing() -> None:
    made = RecommendationMade(vote=vote(Tally(yes=2, no=0), KREIS, JOBCENTER), in_favour=True)
    state = after(*meeting(KREIS, JOBCENTER), made)
    assert isinstance(state, Open)
    assert state.record.adopted_on(PROPOSAL.item) is None
    assert [one.decided for one in state.record.counts] == [Decided.RECOMMENDED]


def test_advisers_and_guests_neither_vote_nor_make_a_quorum() -> None:
    with_adviser = meeting(KREIS, JOBCENTER, BAMF)
    assert isinstance(decided(count(2), *with_adviser), RecommendationMade)
    at_the_vote.given(*with_adviser).when(count(3)).then_refused(
        MoreVotesThanSeats, given=3, seats=2
    )
    at_the_vote.given(*with_adviser).when(call(bamf=Choice.YES)).then_refused(
        SeatMayNotVote, seat=BAMF
    )


def test_who_came_late_or_left_early_counts_while_they_were_there() -> None:
    two = meeting(KREIS, JOBCENTER)
    late = (*two, taken(CARITAS, at=that_day(16)))
    assert isinstance(decided(count(2), *late), RecommendationMade)
    in_time = (*two, taken(CARITAS, at=VOTED_AT))
    assert isinstance(decided(count(2), *in_time), VoteTaken)
    gone = (*meeting(*THREE), SeatLeft(seat=CARITAS, person="fadi", at=VOTED_AT))
    assert isinstance(decided(count(2), *gone), RecommendationMade)
    leaves_later = (*meeting(*THREE), SeatLeft(seat=CARITAS, person="fadi", at=that_day(16)))
    assert isinstance(decided(count(2), *leaves_later), VoteTaken)


def test_a_deputy_makes_the_quorum_and_is_named() -> None:
    history = (*meeting(KREIS, JOBCENTER), taken(CARITAS, "hugo", deputy=True))
    event = decided(count(2), *history)
    assert isinstance(event, VoteTaken)
    assert Represented(seat=CARITAS, person="hugo") in event.vote.represented


def test_a_conflict_of_interest_takes_the_vote_and_the_place_in_the_quorum() -> None:
    event = decided(count(2), *meeting(*THREE), CONFLICT)
    assert isinstance(event, RecommendationMade)
    assert event.vote.conflicted == (CARITAS,)
    assert (event.vote.counted, event.vote.voting_seats) == (2, 4)
    at_the_vote.given(*meeting(*THREE), CONFLICT).when(count(3)).then_refused(MoreVotesThanSeats)
    at_the_vote.given(*meeting(*THREE), CONFLICT).when(call(caritas=Choice.YES)).then_refused(
        SeatMayNotVote, seat=CARITAS
    )


def test_the_rules_may_count_a_conflicted_seat_as_present_but_never_its_vote() -> None:
    rules = msgspec.structs.replace(RULES, conflicted_are_present=True)
    assert isinstance(decided(count(2), *meeting(*THREE), CONFLICT, rules=rules), VoteTaken)
    table = at_the_vote.given(*meeting(*THREE), CONFLICT).knowing(body=group(rules))
    table.when(count(3)).then_refused(MoreVotesThanSeats)


def test_called_by_name_each_seat_votes_once_by_the_person_on_it() -> None:
    history = (*meeting(KREIS, JOBCENTER), taken(CARITAS, "hugo", deputy=True))
    said = {KREIS: Choice.YES, CARITAS: Choice.NO, JOBCENTER: Choice.ABSTAIN}
    event = decided(call(**said), *history)
    assert isinstance(event, VoteTaken)
    people = {**HOLDERS, CARITAS: "hugo"}
    assert event.vote.ballots == tuple(
        Ballot(seat=seat, person=people[seat], choice=choice) for seat, choice in said.items()
    )
    assert event.vote.tally == Tally(yes=1, no=1, abstain=1)
    assert not event.adopted
    twice = msgspec.structs.replace(
        call(kreis=Choice.YES), answers=call(kreis=Choice.YES).answers * 2
    )
    at_the_vote.given(*history).when(twice).then_refused(SeatCalledTwice, seat=KREIS)
    at_the_vote.given(*history).when(call(chamber=Choice.YES)).then_refused(
        SeatMayNotVote, seat=CHAMBER
    )


def test_votes_are_counted_or_called_and_there_are_some() -> None:
    table = at_the_vote.given(*meeting(*THREE))
    table.when(count()).then_refused(NobodyVoted)
    table.when(count(2, -1)).then_refused(NegativeCount)
    table.when(msgspec.structs.replace(call(kreis=Choice.YES), yes=1)).then_refused(CountsAndCalls)
    table.when(msgspec.structs.replace(count(1), manner=Manner.ROLL_CALL)).then_refused(
        CountsAndCalls
    )
    table.when(msgspec.structs.replace(call(kreis=Choice.YES), manner=Manner.SECRET)).then_refused(
        CountsAndCalls
    )
    table.when(msgspec.structs.replace(count(1), manner=Manner.CIRCULAR)).then_refused(NotACircular)
    table.when(count(2, 1, 1)).then_refused(MoreVotesThanSeats, given=4, seats=3)


def test_only_proposals_that_are_not_settled_are_voted_on() -> None:
    table = at_the_vote.given(*meeting(*THREE))
    of_report = msgspec.structs.replace(count(1), item=REPORT.item)
    table.when(of_report).then_refused(NotAProposal, item=str(REPORT.item))
    table.when(count(1, alternative="z")).then_refused(UnknownAlternative)
    table.when(msgspec.structs.replace(count(1), item=SESSION_ID)).then_refused(UnknownItem)
    deferred = ItemDeferred(item=PROPOSAL.item, reason="Zeit")
    at_the_vote.given(*meeting(*THREE), deferred).when(count(1)).then_refused(ItemIsDeferred)
    at_the_vote.given(*meeting(*THREE), ADOPTED).when(count(3, alternative="b")).then_refused(
        AlreadyAdopted
    )
    at_the_vote.given(*meeting(*THREE), REJECTED).when(count(3)).then_refused(
        AlreadyCounted, number=1
    )
    at_the_vote.given(*READY).when(count(3)).then_refused(NotOpen)
    at_the_vote.given(*HELD).when(count(3)).then_refused(NotOpen)


def test_the_next_alternative_is_voted_on_after_one_was_rejected() -> None:
    at_the_vote.given(*meeting(*THREE), REJECTED).when(count(3, alternative="b")).then(
        VoteTaken(vote=vote(Tally(yes=3, no=0), *THREE, number=2, alternative=REVIEW), adopted=True)
    )


def test_a_vote_that_was_recorded_wrongly_is_annulled_for_a_reason_and_taken_again() -> None:
    annul = AnnulVote(session=SESSION_ID, number=1, reason="Verzählt")
    annulled = VoteAnnulled(number=1, reason="Verzählt")
    history = (*meeting(*THREE), ADOPTED)
    at_the_vote.given(*history).when(annul).then(annulled)
    at_the_vote.given(*history, annulled).when(annul).then_refused(UnknownVote, number=1)
    at_the_vote.given(*history).when(msgspec.structs.replace(annul, reason="")).then_refused(
        SessionReasonMissing
    )
    at_the_vote.given(*HELD).when(annul).then_refused(NotOpen, stage="held")
    at_the_vote.given(*history, annulled).when(count(1, 2)).then(
        VoteTaken(vote=vote(Tally(yes=1, no=2), *THREE, number=2), adopted=False)
    )


def test_a_vote_may_be_written_down_later_but_not_before_it_was_taken() -> None:
    earlier = msgspec.structs.replace(count(2, 1), at=VOTED_AT)
    at_the_vote.given(*meeting(*THREE)).when(earlier, at=that_day(16)).then(ADOPTED)
    ahead = msgspec.structs.replace(earlier, at=that_day(16))
    at_the_vote.given(*meeting(*THREE)).when(ahead).then_refused(MomentToCome)
    before = msgspec.structs.replace(earlier, at=that_day(13))
    at_the_vote.given(*meeting(*THREE)).when(before).then_refused(OutsideSession)


ALL_YES = dict.fromkeys(VOTES, Choice.YES)


@pytest.mark.parametrize(
    ("rules", "said", "adopted_or_not"),
    [
        ({"majority": Majority.CONSENSUS}, {**ALL_YES, KREIS: Choice.NO}, False),
        ({"majority": Majority.CONSENSUS}, {**ALL_YES, KREIS: Choice.ABSTAIN}, True),
        ({"majority": Majority.TWO_THIRDS}, {**ALL_YES, KREIS: Choice.NO}, True),
        ({"majority": Majority.ABSOLUTE}, {KREIS: Choice.YES, CHAMBER: Choice.YES}, False),
        ({"majority": Majority.SIMPLE}, {KREIS: Choice.YES, CHAMBER: Choice.NO}, False),
    ],
)
def test_the_majority_is_that_of_the_rules(
    rules: Mapping[str, object], said: Mapping[str, Choice], adopted_or_not: bool
) -> None:
    changed = msgspec.structs.replace(RULES, **rules)
    event = decided(call(**said), *meeting(*VOTES), rules=changed)
    assert isinstance(event, VoteTaken)
    assert event.adopted == adopted_or_not
    assert event.vote.majority is changed.majority


def test_the_edition_of_the_day_decides_and_is_recorded() -> None:
    stricter = msgspec.structs.replace(RULES, quorum=Number(seats=4))
    day = VOTED_AT.date()
    for valid_from, edition, kind in (
        (day + timedelta(days=1), 1, VoteTaken),
        (day, 2, RecommendationMade),
    ):
        body = group(RULES, adopted(stricter, 2, valid_from))
        table = at_the_vote.given(*meeting(*THREE)).knowing(body=body)
        (event,) = table.when(count(3)).decided()
        assert isinstance(event, kind)
        assert event.vote.edition == edition


def test_what_changes_in_the_body_later_does_not_rewrite_a_vote() -> None:
    state = after(*HELD)
    assert isinstance(state, Held)
    assert [count.vote for count in state.record.counts] == [ADOPTED.vote]


def test_a_seat_that_ended_neither_votes_nor_counts() -> None:
    ended = SeatEnded(seat=CARITAS, until=VOTED_AT.date() - timedelta(days=1), reason="Ordnung")
    table = at_the_vote.given(*meeting(*THREE)).knowing(body=group(RULES, ended))
    (event,) = table.when(count(2)).decided()
    assert isinstance(event, VoteTaken)
    assert (event.vote.voting_seats, event.vote.counted, event.vote.needed) == (3, 2, 2)


def test_who_is_no_longer_on_a_seat_does_not_vote_on_it() -> None:
    yesterday = VOTED_AT.date() - timedelta(days=1)
    gone = AppointmentEnded(
        seat=CARITAS,
        person="fadi",
        capacity=Capacity.HOLDER,
        since=FOUNDED,
        until=yesterday,
    )
    changed = at_the_vote.given(*meeting(*THREE)).knowing(body=group(RULES, gone))
    changed.when(count(3)).then_refused(NotOnSeat, seat=CARITAS, person="fadi")


def test_a_deputy_does_not_vote_beside_somebody_who_has_become_the_holder() -> None:
    ira = appointed(KREIS, "ira", since=VOTED_AT.date())
    gone = AppointmentEnded(
        seat=KREIS,
        person="karla",
        capacity=Capacity.HOLDER,
        since=FOUNDED,
        until=VOTED_AT.date() - timedelta(days=1),
    )
    deputy = appointed(KREIS, "lena", Capacity.DEPUTY)
    history = (*meeting(JOBCENTER, CARITAS, BAMF), taken(KREIS, "lena", deputy=True))
    table = at_the_vote.given(*history)
    (event,) = table.knowing(body=group(RULES, deputy, gone)).when(count(3)).decided()
    assert isinstance(event, VoteTaken)
    table.knowing(body=group(RULES, deputy, gone, ira)).when(count(3)).then_refused(
        HolderIsThere, seat=KREIS
    )


def test_vacant_seats_are_part_of_the_quorum_unless_the_rules_say_otherwise() -> None:
    gone = AppointmentEnded(
        seat=KREIS,
        person="karla",
        capacity=Capacity.HOLDER,
        since=FOUNDED,
        until=VOTED_AT.date() - timedelta(days=1),
    )
    half = msgspec.structs.replace(RULES, quorum=Share(parts=2, of=3))
    filled_only = msgspec.structs.replace(half, vacant_seats_count=False)
    for rules, kind in ((half, RecommendationMade), (filled_only, VoteTaken)):
        table = at_the_vote.given(*meeting(JOBCENTER, CARITAS))
        (event,) = table.knowing(body=group(rules, gone)).when(count(2)).decided()
        assert isinstance(event, kind)


def test_abstentions_fill_the_quorum_and_decide_nothing() -> None:
    event = decided(count(1, 0, 2), *meeting(*THREE))
    assert isinstance(event, VoteTaken)
    assert event.adopted
    counted = msgspec.structs.replace(RULES, abstentions_count=True)
    against = decided(count(1, 0, 2), *meeting(*THREE), rules=counted)
    assert isinstance(against, VoteTaken)
    assert not against.adopted
    assert against.vote.abstentions_count
    assert against.vote.text == FOUND.text
