"""One example of every command to a body and its sessions."""

from datetime import date, timedelta

from domain.kernel import Command
from domain.steering.agenda import item_digest
from domain.steering.body_commands import (
    AdoptRules,
    AllowNaming,
    AppointPerson,
    CreateSeat,
    EndAppointment,
    EndSeat,
    EstablishBody,
    RenameBody,
    WithdrawNaming,
)
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.session_commands import (
    AdmitGuests,
    AmendProposal,
    AnnounceAbsence,
    AnnulVote,
    ApproveMinutes,
    CallForItems,
    CancelSession,
    CastBallot,
    CloseSession,
    DeclareConflict,
    DeclareMinutesOverdue,
    DeferItem,
    DiscussItem,
    DismissGuests,
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
    ReviseItem,
    ScheduleSession,
    TakeSeat,
    TakeVote,
    WithdrawAbsence,
    WithdrawItem,
    WithdrawPublication,
)
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.vote import Choice
from tests.domain.county import CARITAS, JOBCENTER
from tests.domain.steering.body_example import FOUNDED, GROUP, HOLDERS, RULES
from tests.domain.steering.session_example import (
    CIRCULAR_ID,
    DRAFTED,
    FOUND,
    PROPOSAL,
    REPORT,
    SESSION_ID,
    STARTS_AT,
    WRITTEN,
)

HOLDER = HOLDERS[JOBCENTER]
ENDED = date(2026, 7, 31)


def body_examples() -> list[Command]:
    """One of each; the seat is the jobcenter's."""
    return [
        EstablishBody(body=GROUP, title="Lenkungsgruppe KIM", since=FOUNDED),
        RenameBody(body=GROUP, title="Lenkungsgruppe Integration"),
        CreateSeat(
            body=GROUP,
            seat=JOBCENTER,
            organisation=JOBCENTER,
            kind=SeatKind.MEMBER,
            since=FOUNDED,
        ),
        EndSeat(body=GROUP, seat=JOBCENTER, until=ENDED, reason="Austritt"),
        AppointPerson(
            body=GROUP, seat=JOBCENTER, person=HOLDER, capacity=Capacity.HOLDER, since=FOUNDED
        ),
        EndAppointment(
            body=GROUP,
            seat=JOBCENTER,
            person=HOLDER,
            capacity=Capacity.HOLDER,
            since=FOUNDED,
            until=ENDED,
        ),
        AdoptRules(body=GROUP, valid_from=FOUNDED, rules=RULES, basis="Geschäftsordnung"),
        AllowNaming(body=GROUP),
        WithdrawNaming(body=GROUP),
    ]


def session_examples() -> list[Command]:
    """One of each; the seat is the jobcenter's."""
    this, item = SESSION_ID, PROPOSAL.item
    return [
        ScheduleSession(
            body=GROUP,
            key="2026-1",
            title="Erste Sitzung 2026",
            kind=SessionKind.MEETING,
            starts_at=STARTS_AT,
        ),
        MoveSession(session=this, starts_at=STARTS_AT + timedelta(days=7), reason="Ferien"),
        CancelSession(session=this, reason="Ferien"),
        CallForItems(session=this, until=STARTS_AT - timedelta(days=28)),
        ProposeItem(session=this, item=PROPOSAL),
        ReviseItem(session=this, item=PROPOSAL),
        WithdrawItem(session=this, item=item, reason="erledigt"),
        OrderAgenda(session=this, items=(item, REPORT.item)),
        FreezeAgenda(session=this),
        ReopenAgenda(session=this, reason="Nachtrag"),
        InviteToSession(session=this),
        RemindMembers(session=this, occasion=Occasion.SESSION),
        AnnounceAbsence(session=this, seat=JOBCENTER),
        WithdrawAbsence(session=this, seat=JOBCENTER),
        OpenSession(session=this, chair="karla", keeper="ben"),
        TakeSeat(session=this, seat=JOBCENTER, person=HOLDER),
        LeaveSeat(session=this, seat=JOBCENTER),
        AdmitGuests(session=this, organisation=CARITAS),
        DismissGuests(session=this, organisation=CARITAS),
        DeclareConflict(session=this, item=item, seat=JOBCENTER),
        LiftConflict(session=this, item=item, seat=JOBCENTER),
        AmendProposal(session=this, item=item, alternative=FOUND),
        DiscussItem(session=this, item=item, text="Der Bedarf ist belegt."),
        DeferItem(session=this, item=item, reason="Zahlen fehlen"),
        ResumeItem(session=this, item=item),
        TakeVote(session=this, item=item, alternative=FOUND.key, yes=2, no=1),
        AnnulVote(session=this, number=1, reason="verzählt"),
        OpenCircular(session=CIRCULAR_ID),
        CastBallot(
            session=CIRCULAR_ID,
            item=WRITTEN.item,
            seat=JOBCENTER,
            choice=Choice.YES,
            shown=item_digest(WRITTEN),
        ),
        CloseSession(session=this),
        DraftMinutes(session=this),
        ReturnMinutes(session=this, version=1, reason="Punkt 2 fehlt"),
        ApproveMinutes(session=this, version=1, digest=DRAFTED.digest),
        ReleaseMinutes(session=this, version=1),
        DeclareMinutesOverdue(session=this),
        PublishItem(session=this, item=item),
        WithdrawPublication(session=this, item=item, reason="Irrtum"),
    ]
