"""One example of every event of a session, as it was first stored.

`tests/golden/examples.py` says what holds for all of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from domain.kernel import Event
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.agenda_events import (
    AgendaFrozen,
    AgendaOrdered,
    AgendaReopened,
    ItemProposed,
    ItemRevised,
    ItemWithdrawn,
)
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Tally
from domain.steering.minutes import (
    Absent,
    Attended,
    Decided,
    GuestsAttended,
    MinutedItem,
    MinutedVote,
    Minutes,
)
from domain.steering.minutes_events import (
    ItemPublished,
    MinutesApproved,
    MinutesDrafted,
    MinutesFellOverdue,
    MinutesReleased,
    MinutesReturned,
    PublicationWithdrawn,
)
from domain.steering.session_events import (
    AbsenceAnnounced,
    AbsenceWithdrawn,
    Invitee,
    ItemsCalledFor,
    MembersReminded,
    Occasion,
    SessionCancelled,
    SessionInvited,
    SessionKind,
    SessionMoved,
    SessionScheduled,
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
    SeatThatDay,
    SessionClosed,
    SessionOpened,
    VoteAnnulled,
    VoteTaken,
)
from domain.steering.vote import Ballot, Choice, Manner, Represented, Vote

SESSION = UUID("5a1f6f0e-0000-5000-8000-000000000024")
ITEM = UUID("5a1f6f0e-0000-5000-8000-000000000025")
REPORT = UUID("5a1f6f0e-0000-5000-8000-000000000026")
THEME = UUID("5a1f6f0e-0000-5000-8000-000000000027")
RESOLUTION = UUID("5a1f6f0e-0000-5000-8000-000000000028")
HOLDER = "5a1f6f0e-0000-5000-8000-000000000023"
CHAIR = "5a1f6f0e-0000-5000-8000-000000000029"
KEEPER = "5a1f6f0e-0000-5000-8000-00000000002a"
SECOND = "5a1f6f0e-0000-5000-8000-00000000002b"
DIGEST = "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab"


def that_day(hour: int, minute: int = 0) -> datetime:
    """A moment of the day of the session, in UTC."""
    return datetime(2026, 3, 24, hour, minute, tzinfo=UTC)


FOUND = Alternative(key="a", text="Eine Arbeitsgruppe wird eingerichtet.")
PROPOSAL = AgendaItem(
    item=ITEM,
    kind=ItemKind.PROPOSAL,
    title="Fachsprachliche Förderung",
    text="Auszubildende brechen ab, weil Fachsprache fehlt.",
    themes=(THEME,),
    about=(RESOLUTION,),
    alternatives=(FOUND, Alternative(key="b", text="Der Bedarf wird zuerst geprüft.")),
)
VOTE = Vote(
    number=1,
    item=ITEM,
    alternative="a",
    text=FOUND.text,
    manner=Manner.ROLL_CALL,
    at=that_day(14),
    tally=Tally(yes=2, no=0, abstain=1),
    ballots=(
        Ballot(seat="caritas-1", person=SECOND, choice=Choice.YES),
        Ballot(seat="jobcenter-1", person=HOLDER, choice=Choice.YES),
        Ballot(seat="kreis-1", person=CHAIR, choice=Choice.ABSTAIN),
    ),
    represented=(
        Represented(seat="caritas-1", person=SECOND),
        Represented(seat="jobcenter-1", person=HOLDER),
        Represented(seat="kammer-1", person=KEEPER),
        Represented(seat="kreis-1", person=CHAIR),
    ),
    conflicted=("kammer-1",),
    counted=3,
    needed=3,
    voting_seats=5,
    edition=2,
    majority=Majority.SIMPLE,
    abstentions_count=False,
)
RECOMMENDED = Vote(
    number=2,
    item=ITEM,
    alternative="b",
    text="Der Bedarf wird zuerst geprüft.",
    manner=Manner.SECRET,
    at=that_day(15),
    tally=Tally(yes=1, no=1, abstain=0),
    ballots=(),
    represented=(
        Represented(seat="jobcenter-1", person=HOLDER),
        Represented(seat="kreis-1", person=CHAIR),
    ),
    conflicted=(),
    counted=2,
    needed=3,
    voting_seats=5,
    edition=2,
    majority=Majority.SIMPLE,
    abstentions_count=False,
)
MINUTES = Minutes(
    body="lenkungsgruppe",
    title="Erste Sitzung 2026",
    place="Kreishaus",
    opened_at=that_day(13),
    closed_at=that_day(16),
    chair=CHAIR,
    keeper=KEEPER,
    urgency="Die Mittel verfallen.",
    attended=(
        Attended(
            seat="jobcenter-1",
            organisation="jobcenter",
            kind=SeatKind.MEMBER,
            person=HOLDER,
            capacity=Capacity.DEPUTY,
            since=that_day(13),
            until=that_day(16),
        ),
    ),
    guests=(
        GuestsAttended(organisation="caritas", people=2, since=that_day(13), until=that_day(14)),
    ),
    absent=(Absent(seat="bamf-1", organisation="bamf", kind=SeatKind.ADVISER, was_announced=True),),
    items=(
        MinutedItem(
            number=1,
            item=ITEM,
            kind=ItemKind.PROPOSAL,
            title="Fachsprachliche Förderung",
            text="Der Bedarf ist belegt.",
            deferred="Die Zahlen fehlen noch.",
            votes=(MinutedVote(vote=VOTE, decided=Decided.ADOPTED),),
        ),
    ),
    remark="Die nächste Sitzung ist im November.",
)

EVENTS: Mapping[str, Event] = {
    "session.scheduled.v1": SessionScheduled(
        session=SESSION,
        body="lenkungsgruppe",
        key="2026-1",
        title="Erste Sitzung 2026",
        kind=SessionKind.MEETING,
        starts_at=that_day(13),
        ends_at=that_day(16),
        place="Kreishaus",
    ),
    "session.moved.v1": SessionMoved(
        starts_at=that_day(14),
        ends_at=that_day(17),
        place="Rathaus",
        invitation_stands=True,
        reason="Der Raum ist belegt.",
    ),
    "session.cancelled.v1": SessionCancelled(reason="Niemand kann kommen."),
    "session.items-called-for.v1": ItemsCalledFor(
        until=datetime(2026, 2, 24, 17, tzinfo=UTC),
        reminders=(datetime(2026, 2, 17, 8, tzinfo=UTC),),
    ),
    "session.invited.v1": SessionInvited(
        invitees=(
            Invitee(seat="jobcenter-1", organisation="jobcenter", people=(HOLDER, SECOND)),
            Invitee(seat="kreis-1", organisation="kreis", people=(CHAIR,)),
        ),
        edition=2,
        due=date(2026, 3, 9),
        urgency="Die Mittel verfallen.",
        digest=DIGEST,
        is_final=True,
        reminders=(datetime(2026, 3, 20, 8, tzinfo=UTC),),
    ),
    "session.members-reminded.v1": MembersReminded(
        occasion=Occasion.CALL,
        seats=("jobcenter-1", "kreis-1"),
        moment=datetime(2026, 2, 17, 8, tzinfo=UTC),
    ),
    "session.absence-announced.v1": AbsenceAnnounced(seat="jobcenter-1"),
    "session.absence-withdrawn.v1": AbsenceWithdrawn(seat="jobcenter-1"),
    "session.item-proposed.v1": ItemProposed(
        item=PROPOSAL, proposer=KEEPER, organisation="kreis", substitutes=CHAIR
    ),
    "session.item-revised.v1": ItemRevised(item=PROPOSAL),
    "session.item-withdrawn.v1": ItemWithdrawn(item=ITEM, reason="Er ist erledigt."),
    "session.agenda-ordered.v1": AgendaOrdered(items=(ITEM, REPORT)),
    "session.agenda-frozen.v1": AgendaFrozen(items=(REPORT, ITEM), digest=DIGEST),
    "session.agenda-reopened.v1": AgendaReopened(reason="Ein Punkt kommt dazu."),
    "session.opened.v1": SessionOpened(at=that_day(13), chair=CHAIR, keeper=KEEPER),
    "session.seat-taken.v1": SeatTaken(
        seat="jobcenter-1",
        organisation="jobcenter",
        kind=SeatKind.MEMBER,
        person=HOLDER,
        capacity=Capacity.DEPUTY,
        at=that_day(13),
    ),
    "session.seat-left.v1": SeatLeft(seat="jobcenter-1", person=HOLDER, at=that_day(15)),
    "session.guests-admitted.v1": GuestsAdmitted(organisation="caritas", people=2, at=that_day(13)),
    "session.guests-left.v1": GuestsLeft(organisation="caritas", at=that_day(14)),
    "session.conflict-declared.v1": ConflictDeclared(item=ITEM, seat="kammer-1"),
    "session.conflict-lifted.v1": ConflictLifted(item=ITEM, seat="kammer-1"),
    "session.proposal-amended.v1": ProposalAmended(item=ITEM, alternative=FOUND),
    "session.vote-taken.v1": VoteTaken(vote=VOTE, adopted=True),
    "session.recommendation-made.v1": RecommendationMade(vote=RECOMMENDED, in_favour=False),
    "session.vote-annulled.v1": VoteAnnulled(number=1, reason="Es war verzählt."),
    "session.item-discussed.v1": ItemDiscussed(
        item=ITEM, text="Der Bedarf ist belegt.", author=KEEPER, substitutes=CHAIR
    ),
    "session.item-deferred.v1": ItemDeferred(item=ITEM, reason="Die Zahlen fehlen noch."),
    "session.item-resumed.v1": ItemResumed(item=ITEM),
    "session.circular-opened.v1": CircularOpened(
        at=that_day(9),
        edition=2,
        closes_at=datetime(2026, 4, 7, 16, tzinfo=UTC),
        seats=("caritas-1", "jobcenter-1", "kreis-1"),
        reminders=(datetime(2026, 4, 2, 7, tzinfo=UTC),),
        digest=DIGEST,
    ),
    "session.ballot-cast.v1": BallotCast(
        item=ITEM, seat="jobcenter-1", person=HOLDER, choice=Choice.NO, shown=DIGEST
    ),
    "session.closed.v1": SessionClosed(
        at=that_day(16),
        seats=(
            SeatThatDay(seat="bamf-1", organisation="bamf", kind=SeatKind.ADVISER),
            SeatThatDay(seat="jobcenter-1", organisation="jobcenter", kind=SeatKind.MEMBER),
        ),
    ),
    "session.minutes-drafted.v1": MinutesDrafted(
        version=2,
        minutes=MINUTES,
        digest=DIGEST,
        author=KEEPER,
        substitutes=CHAIR,
        reason="Ein Name war falsch.",
    ),
    "session.minutes-returned.v1": MinutesReturned(version=1, reason="Punkt 2 fehlt."),
    "session.minutes-approved.v1": MinutesApproved(
        version=2, digest=DIGEST, approver=SECOND, substitutes=CHAIR
    ),
    "session.minutes-released.v1": MinutesReleased(version=2),
    "session.minutes-fell-overdue.v1": MinutesFellOverdue(
        due=datetime(2026, 4, 23, 16, tzinfo=UTC)
    ),
    "session.item-published.v1": ItemPublished(item=ITEM, digest=DIGEST),
    "session.publication-withdrawn.v1": PublicationWithdrawn(
        item=ITEM, reason="Es war ein Irrtum."
    ),
}
