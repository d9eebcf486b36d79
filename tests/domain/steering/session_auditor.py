"""An auditor of a session, who reads what was recorded and recounts every vote.

Knows the rules, and who sits where from the auditor of the body, but nothing of stages.
"""

from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Number, Rules
from domain.steering.minutes_events import (
    MinutesApproved,
    MinutesDrafted,
    MinutesReleased,
    PublicationWithdrawn,
)
from domain.steering.session_events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    MembersReminded,
    SessionCancelled,
    SessionEvent,
    SessionInvited,
)
from domain.steering.session_held_events import (
    BallotCast,
    CircularOpened,
    ConflictDeclared,
    ConflictLifted,
    GuestsAdmitted,
    GuestsLeft,
    ItemDeferred,
    ItemDiscussed,
    ItemResumed,
    ProposalAmended,
    RecommendationMade,
    SeatLeft,
    SeatTaken,
    SessionClosed,
    SessionOpened,
    VoteAnnulled,
    VoteTaken,
)
from domain.steering.vote import Choice, Manner, Vote
from tests.domain.county import BERLIN
from tests.domain.steering.body_auditor import BodyAuditor

Counted = VoteTaken | RecommendationMade
WHILE_MEETING = (
    SeatTaken
    | SeatLeft
    | GuestsAdmitted
    | GuestsLeft
    | ProposalAmended
    | ItemDeferred
    | ItemResumed
    | VoteAnnulled
)


class SessionAuditor:
    """`reads` every event with its moment, and asserts."""

    def __init__(self, body: BodyAuditor) -> None:
        self.events: list[SessionEvent] = []
        self.standing: dict[int, Counted] = {}
        self.chairs: list[tuple[str, str, datetime, datetime | None]] = []
        self._body = body
        self._kinds: dict[str, SeatKind] = {}
        self._away: set[str] = set()
        self._conflicts: set[tuple[UUID, str]] = set()
        self._deferred: set[UUID] = set()
        self._ballots: dict[tuple[UUID, str], BallotCast] = {}
        self._circular: CircularOpened | None = None
        self._is_open = self._is_over = False
        self._writers: set[str] = set()
        self._approved: int | None = None
        self._drafted: MinutesDrafted | None = None

    def reads(  # noqa: C901 (one case for each kind of event)
        self, event: SessionEvent, at: datetime, names: frozenset[str]
    ) -> None:
        """`names` are those under which the event was caused."""
        is_cancelled = any(isinstance(earlier, SessionCancelled) for earlier in self.events)
        assert not is_cancelled or isinstance(event, PublicationWithdrawn), "it was cancelled"
        match event:
            case SessionInvited() | AbsenceAnnounced() | AbsenceWithdrawn() | MembersReminded():
                self._reads_planning(event)
            case SessionOpened():
                assert any(isinstance(e, SessionInvited) for e in self.events), "not invited"
                self._is_open = True
                self._writers.add(event.keeper)
            case CircularOpened():
                self._circular = event
            case BallotCast():
                self._reads_ballot(event, at)
            case VoteTaken() | RecommendationMade():
                self._reads_count(event)
            case SessionClosed():
                self._is_open, self._is_over, self._circular = False, True, None
            case ConflictDeclared() | ConflictLifted():
                self._reads_conflict(event)
            case ItemDiscussed():
                assert self._is_open
                self._writers |= names
            case MinutesDrafted() | MinutesApproved() | MinutesReleased():
                self._reads_minutes(event, names)
            case _ if isinstance(event, WHILE_MEETING):
                self._reads_meeting(event)
            case _:
                pass
        self.events.append(event)

    def recounts(self) -> None:
        """Every vote that stands is as true now as when it was counted."""
        for event in self.standing.values():
            vote = event.vote
            if vote.manner is not Manner.CIRCULAR:
                there = {(seat, person) for seat, person in self._there(vote.at)}
                assert {(r.seat, r.person) for r in vote.represented} <= there
        adopted = [e.vote.item for e in self.standing.values() if getattr(e, "adopted", False)]
        assert len(adopted) == len(set(adopted)), "two alternatives were adopted"

    def _reads_planning(
        self, event: SessionInvited | AbsenceAnnounced | AbsenceWithdrawn | MembersReminded
    ) -> None:
        assert not self._is_open
        assert not self._is_over
        match event:
            case AbsenceAnnounced():
                self._away.add(event.seat)
            case AbsenceWithdrawn():
                self._away.discard(event.seat)
            case MembersReminded(moment=moment):
                assert moment is None or event not in self.events, "reminded twice"
            case _:
                pass

    def _reads_meeting(self, event: SessionEvent) -> None:
        assert self._is_open
        match event:
            case SeatTaken():
                self._takes(event)
            case SeatLeft():
                self._leaves(event)
            case ItemDeferred():
                self._deferred.add(event.item)
            case ItemResumed():
                self._deferred.discard(event.item)
            case VoteAnnulled():
                del self.standing[event.number]
            case ProposalAmended():
                for counted in self.standing.values():
                    same = (counted.vote.item, counted.vote.alternative)
                    assert same != (event.item, event.alternative.key), "changed after the vote"
            case _:
                pass

    def _takes(self, event: SeatTaken) -> None:
        day = _day(event.at)
        assert event.person in self._body.sitting(event.seat, day, event.capacity)
        for seat, person, _, until in self.chairs:
            is_there = until is None or event.at < until
            assert not (is_there and seat == event.seat), "two people on one seat"
            assert not (is_there and person == event.person), "one person on two seats"
        if event.capacity is Capacity.DEPUTY:
            holders = self._body.sitting(event.seat, day, Capacity.HOLDER)
            present = {p for _, p, _, until in self.chairs if until is None or event.at < until}
            assert present.isdisjoint(holders), "a deputy beside the holder"
        self._kinds[event.seat] = event.kind
        self.chairs.append((event.seat, event.person, event.at, None))

    def _leaves(self, event: SeatLeft) -> None:
        (place,) = [
            number
            for number, (seat, person, _, until) in enumerate(self.chairs)
            if (seat, person) == (event.seat, event.person) and until is None
        ]
        seat, person, since, _ = self.chairs[place]
        assert since <= event.at
        self.chairs[place] = (seat, person, since, event.at)

    def _there(self, at: datetime) -> list[tuple[str, str]]:
        """The voting seats on which somebody sat at this moment."""
        return [
            (seat, person)
            for seat, person, since, until in self.chairs
            if since <= at
            and (until is None or at < until)
            and self._kinds[seat] is SeatKind.MEMBER
        ]

    def _reads_conflict(self, event: ConflictDeclared | ConflictLifted) -> None:
        assert all(e.vote.item != event.item for e in self.standing.values()), "too late"
        assert (event.item, event.seat) not in self._ballots, "it has voted"
        change = (event.item, event.seat)
        if isinstance(event, ConflictDeclared):
            self._conflicts.add(change)
        else:
            self._conflicts.remove(change)

    def _reads_ballot(self, event: BallotCast, at: datetime) -> None:
        assert self._circular is not None, "no vote in writing runs"
        assert at < self._circular.closes_at
        assert event.seat in self._circular.seats
        assert (event.item, event.seat) not in self._conflicts
        day = _day(at)
        holders = self._body.sitting(event.seat, day, Capacity.HOLDER)
        earlier = self._ballots.get((event.item, event.seat))
        if event.person not in holders:
            assert event.person in self._body.sitting(event.seat, day, Capacity.DEPUTY)
            assert event.seat in self._away or not holders, "a deputy while the holder is there"
            assert earlier is None or earlier.person == event.person, "a deputy over another"
        others = [b for (item, _), b in self._ballots.items() if item == event.item]
        assert all(b.person != event.person or b.seat == event.seat for b in others), "twice"
        self._ballots[event.item, event.seat] = event

    def _reads_count(self, event: Counted) -> None:
        vote = event.vote
        assert vote.number == 1 + max(
            (e.vote.number for e in self.events if isinstance(e, Counted)), default=0
        )
        day = _day(vote.at)
        edition, rules = self._body.rules_on(day)
        assert vote.edition == edition, "another edition decided"
        if vote.manner is Manner.CIRCULAR:
            seats = self._recounts_ballots(vote)
        else:
            seats = self._recounts_hands(vote, day, rules)
        assert vote.voting_seats == seats
        needed = _needed(rules, seats)
        assert isinstance(event, VoteTaken) == (vote.counted >= needed), "quorum"
        said = event.adopted if isinstance(event, VoteTaken) else event.in_favour
        assert said == _adopts(rules, vote, seats)
        assert vote.item not in self._deferred
        for other in self.standing.values():
            same = (other.vote.item, other.vote.alternative) == (vote.item, vote.alternative)
            assert not same, "voted twice on one wording"
        self.standing[vote.number] = event

    def _recounts_hands(self, vote: Vote, day: date, rules: Rules) -> int:
        assert self._is_open
        all_seats = self._body.voting(day)
        filled = [
            s
            for s in all_seats
            if any(self._body.sitting(s, day, capacity) for capacity in Capacity)
        ]
        there = sorted((s, p) for s, p in self._there(vote.at) if s in all_seats)
        counted_seats = all_seats if rules.vacant_seats_count else filled
        there = [(s, p) for s, p in there if s in counted_seats]
        assert [(r.seat, r.person) for r in vote.represented] == there
        present = {
            person
            for _, person, since, until in self.chairs
            if since <= vote.at and (until is None or vote.at < until)
        }
        for seat, person in there:
            holders = self._body.sitting(seat, day, Capacity.HOLDER)
            deputies = self._body.sitting(seat, day, Capacity.DEPUTY)
            assert person in (*holders, *deputies), "no longer on the seat"
            present = {
                p for _, p, a, b in self.chairs if a <= vote.at and (b is None or vote.at < b)
            }
            assert person in holders or present.isdisjoint(holders), "voted beside the holder"
        assert len({person for _, person in there}) == len(there), "somebody votes twice"
        may_vote = {s: p for s, p in there if (vote.item, s) not in self._conflicts}
        assert vote.counted == len(there if rules.conflicted_are_present else may_vote)
        assert 0 < vote.tally.given <= len(may_vote), "more votes than seats"
        called = [(ballot.seat, ballot.person) for ballot in vote.ballots]
        assert len(set(called)) == len(called)
        assert set(called) <= set(may_vote.items())
        if vote.ballots:
            assert vote.tally.given == len(vote.ballots)
        return len(counted_seats)

    def _recounts_ballots(self, vote: Vote) -> int:
        assert self._circular is not None
        cast = {s: b for (item, s), b in self._ballots.items() if item == vote.item}
        assert {b.seat: b.person for b in vote.ballots} == {s: b.person for s, b in cast.items()}
        choices = [ballot.choice for ballot in cast.values()]
        assert vote.tally.yes == choices.count(Choice.YES), "silence counted as consent"
        assert vote.tally.given == len(choices) == vote.counted
        return len(self._circular.seats)

    def _reads_minutes(
        self, event: MinutesDrafted | MinutesApproved | MinutesReleased, names: frozenset[str]
    ) -> None:
        assert self._is_over
        match event:
            case MinutesDrafted():
                self._writers |= names
                self._approved, self._drafted = None, event
                votes = [v.vote.number for item in event.minutes.items for v in item.votes]
                assert sorted(votes) == sorted(self.standing), "a vote is not in the minutes"
            case MinutesApproved():
                assert self._writers.isdisjoint(names), "approved by a writer"
                assert self._drafted is not None
                assert (self._drafted.version, self._drafted.digest) == (
                    event.version,
                    event.digest,
                )
                self._approved = event.version
            case MinutesReleased():
                assert self._approved == event.version, "released without approval"


def _day(moment: datetime) -> date:
    return moment.astimezone(BERLIN).date()


def _needed(rules: Rules, seats: int) -> Fraction:
    """The least number of seats for a quorum."""
    if isinstance(rules.quorum, Number):
        return Fraction(rules.quorum.seats)
    share = Fraction(rules.quorum.parts, rules.quorum.of) * seats
    enough = (
        n for n in range(1, seats + 2) if (n > share if rules.quorum.exceeded else n >= share)
    )
    return Fraction(next(enough))


def _adopts(rules: Rules, vote: Vote, seats: int) -> bool:
    yes, no, abstain = vote.tally.yes, vote.tally.no, vote.tally.abstain
    against = no + abstain if rules.abstentions_count else no
    match rules.majority:
        case Majority.SIMPLE:
            return yes > against
        case Majority.ABSOLUTE:
            return yes > Fraction(seats, 2)
        case Majority.TWO_THIRDS:
            return yes > 0 and Fraction(yes, yes + against) >= Fraction(2, 3)
        case Majority.CONSENSUS:
            return yes > 0 and against == 0
