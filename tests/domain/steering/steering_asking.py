"""Whatever somebody may ask of a body and of its sessions, sensible or not."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from domain.kernel import Actor, Role
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.body_commands import (
    AdoptRules,
    AllowNaming,
    AppointPerson,
    BodyCommand,
    CreateSeat,
    EndAppointment,
    EndSeat,
    WithdrawNaming,
)
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Number, Period, Rules, Share
from domain.steering.minutes import ItemNote
from domain.steering.session_commands import (
    AdmitGuests,
    AmendProposal,
    AnnounceAbsence,
    AnnulVote,
    Answer,
    ApproveMinutes,
    CallForItems,
    CastBallot,
    CloseSession,
    DeclareConflict,
    DeferItem,
    DiscussItem,
    DraftMinutes,
    FreezeAgenda,
    InviteToSession,
    LeaveSeat,
    LiftConflict,
    MoveSession,
    OpenCircular,
    OpenSession,
    OrderAgenda,
    ProposeItem,
    PublishItem,
    ReleaseMinutes,
    RemindMembers,
    ReopenAgenda,
    ResumeItem,
    ReturnMinutes,
    SessionCommand,
    TakeSeat,
    TakeVote,
    WithdrawAbsence,
    WithdrawItem,
    WithdrawPublication,
)
from domain.steering.session_events import Occasion
from domain.steering.vote import Choice, Manner
from tests.domain.county import MONDAY
from tests.domain.steering.body_example import (
    BAMF,
    CARITAS,
    CHAMBER,
    FOUNDED,
    GROUP,
    JOBCENTER,
    KREIS,
    PEOPLE,
    VOTES,
)
from tests.domain.steering.session_example import (
    PROPOSAL,
    REPORT,
    STARTS_AT,
    WRITTEN,
    ballot,
)

NAMES = sorted(PEOPLE)
ACTORS = [
    *(Actor(account=name, role=Role.STEERING_MEMBER) for name in NAMES),
    Actor(account="lena", role=Role.COORDINATOR, substitutes="dora"),
    Actor(account="emil", role=Role.STEERING_MEMBER, substitutes="dora"),
    Actor(account="ada", role=Role.COORDINATOR, substitutes="ben"),
]
SEATS = (*VOTES, BAMF, "schule")

actors = st.sampled_from(ACTORS)
names = st.sampled_from(NAMES)
seats = st.sampled_from(SEATS)
votes = st.sampled_from(VOTES)
reasons = st.sampled_from(["Darum.", " "])
choices = st.sampled_from(Choice)
counts = st.integers(-1, 2)
days = st.sampled_from([FOUNDED, *(MONDAY.date() + timedelta(days=n) for n in (-9, 0, 14, 22, 23))])
moments = st.none() | st.sampled_from(
    [STARTS_AT + timedelta(minutes=minutes) for minutes in (-9, 0, 20, 40, 60, 90, 120)]
)
items = st.sampled_from([REPORT.item, PROPOSAL.item, WRITTEN.item])
keys = st.sampled_from(["a", "b", "c"])
alternatives = st.builds(Alternative, key=keys, text=st.sampled_from(["So.", "Anders.", ""]))
orders = st.permutations([REPORT.item, PROPOSAL.item]).map(tuple)
ranges: st.SearchStrategy[date | None] = st.none() | days

quorums = st.one_of(
    st.builds(Share, parts=st.integers(1, 2), of=st.integers(2, 3), exceeded=st.booleans()),
    st.builds(Number, seats=st.integers(1, 4)),
)
rules = st.builds(
    Rules,
    quorum=quorums,
    majority=st.sampled_from(Majority),
    invitation=st.builds(Period, days=st.integers(0, 21), working=st.booleans()),
    urgent_invitation=st.none() | st.just(Period(days=1)),
    circular=st.builds(Period, days=st.integers(1, 12), working=st.booleans()),
    abstentions_count=st.booleans(),
    conflicted_are_present=st.booleans(),
    vacant_seats_count=st.booleans(),
)

of_body: st.SearchStrategy[BodyCommand] = st.one_of(
    st.builds(
        CreateSeat,
        body=st.just(GROUP),
        seat=seats,
        organisation=st.just(KREIS),
        kind=st.sampled_from(SeatKind),
        since=days,
        until=ranges,
    ),
    st.builds(EndSeat, body=st.just(GROUP), seat=seats, until=days, reason=reasons),
    st.builds(
        AppointPerson,
        body=st.just(GROUP),
        seat=seats,
        person=names,
        capacity=st.sampled_from(Capacity),
        since=days,
        until=ranges,
    ),
    st.builds(
        EndAppointment,
        body=st.just(GROUP),
        seat=seats,
        person=names,
        capacity=st.sampled_from(Capacity),
        since=days,
        until=days,
    ),
    st.builds(AdoptRules, body=st.just(GROUP), valid_from=days, rules=rules, basis=reasons),
    st.builds(AllowNaming, body=st.just(GROUP)),
    st.builds(WithdrawNaming, body=st.just(GROUP)),
)


def of_session(session: UUID) -> st.SearchStrategy[SessionCommand]:
    """Anything that may be asked of the session with this id."""
    this = st.just(session)
    notes = st.lists(st.builds(ItemNote, item=items, text=st.just("Gut.")), max_size=1).map(tuple)
    answers = st.lists(st.builds(Answer, seat=seats, choice=choices), max_size=5).map(tuple)
    extra = AgendaItem(item=UUID(int=11), kind=ItemKind.REPORT, title="Bericht")
    return st.one_of(
        st.builds(
            MoveSession,
            session=this,
            starts_at=st.sampled_from([STARTS_AT, STARTS_AT + timedelta(hours=1)]),
            reason=reasons,
        ),
        st.builds(CallForItems, session=this, until=st.just(STARTS_AT - timedelta(days=7))),
        st.builds(InviteToSession, session=this, urgency=reasons),
        st.builds(RemindMembers, session=this, occasion=st.sampled_from(Occasion), moment=moments),
        st.builds(AnnounceAbsence, session=this, seat=seats),
        st.builds(WithdrawAbsence, session=this, seat=seats),
        st.builds(ProposeItem, session=this, item=st.just(extra)),
        st.builds(WithdrawItem, session=this, item=items, reason=reasons),
        st.builds(
            OrderAgenda,
            session=this,
            items=st.permutations([REPORT.item, PROPOSAL.item]).map(tuple),
        ),
        st.builds(FreezeAgenda, session=this),
        st.builds(ReopenAgenda, session=this, reason=reasons),
        st.builds(OpenSession, session=this, chair=names, keeper=names, at=moments),
        st.builds(OpenCircular, session=this),
        meeting_of(session),
        st.builds(
            TakeVote,
            session=this,
            item=items,
            alternative=keys,
            manner=st.sampled_from(Manner),
            yes=counts,
            no=counts,
            abstain=counts,
            answers=answers,
            at=moments,
        ),
        st.builds(AnnulVote, session=this, number=st.integers(1, 3), reason=reasons),
        st.builds(
            CastBallot,
            session=this,
            item=items,
            seat=seats,
            choice=choices,
            shown=st.sampled_from(["x", ballot(KREIS).shown]),
        ),
        st.builds(CloseSession, session=this, at=moments),
        st.builds(DraftMinutes, session=this, notes=notes, reason=reasons),
        st.builds(ReturnMinutes, session=this, version=st.integers(1, 2), reason=reasons),
        st.builds(ApproveMinutes, session=this, version=st.integers(1, 2), digest=st.just("x")),
        st.builds(ReleaseMinutes, session=this, version=st.integers(1, 3)),
        st.builds(PublishItem, session=this, item=items),
        st.builds(WithdrawPublication, session=this, item=items, reason=reasons),
    )


def meeting_of(session: UUID) -> st.SearchStrategy[SessionCommand]:
    """What is asked while people meet, beside voting."""
    this = st.just(session)
    return st.one_of(
        st.builds(TakeSeat, session=this, seat=seats, person=names, at=moments),
        st.builds(LeaveSeat, session=this, seat=seats, at=moments),
        st.builds(
            AdmitGuests,
            session=this,
            organisation=st.sampled_from(["agentur", JOBCENTER, CARITAS, CHAMBER]),
            people=st.integers(0, 2),
            at=moments,
        ),
        st.builds(DeclareConflict, session=this, item=items, seat=seats),
        st.builds(LiftConflict, session=this, item=items, seat=seats),
        st.builds(AmendProposal, session=this, item=items, alternative=alternatives),
        st.builds(DiscussItem, session=this, item=items, text=reasons),
        st.builds(DeferItem, session=this, item=items, reason=reasons),
        st.builds(ResumeItem, session=this, item=items),
    )
