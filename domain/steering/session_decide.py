"""What a session decides: dispatch to planning, agenda, meeting, voting and minutes."""

from collections.abc import Sequence
from typing import assert_never

from domain.kernel import Aggregate
from domain.steering import (
    session_attendance,
    session_inviting,
    session_planning,
    session_proceedings,
    session_reminding,
    vote_circular,
    vote_taking,
)
from domain.steering.agenda_decide import decide_agenda
from domain.steering.minutes_decide import decide_minutes
from domain.steering.session import (
    Circulating,
    Existing,
    Open,
    Session,
    Unknown,
    evolve,
    stage_of,
)
from domain.steering.session_commands import (
    AdmitGuests,
    AgendaCommand,
    AmendProposal,
    AnnounceAbsence,
    AnnulVote,
    CallForItems,
    CancelSession,
    CastBallot,
    CloseSession,
    DeclareConflict,
    DeferItem,
    DiscussItem,
    DismissGuests,
    InviteToSession,
    LeaveSeat,
    LiftConflict,
    MeetingCommand,
    MinutesCommand,
    MoveSession,
    OpenCircular,
    OpenSession,
    PlanningCommand,
    RemindMembers,
    ResumeItem,
    ScheduleSession,
    SessionCommand,
    TakeSeat,
    TakeVote,
    VotingCommand,
    WithdrawAbsence,
)
from domain.steering.session_context import SessionContext
from domain.steering.session_errors import NotOpen, UnknownSession
from domain.steering.session_events import SessionEvent


def decide(
    command: SessionCommand, session: Session, context: SessionContext
) -> Sequence[SessionEvent]:
    if isinstance(command, ScheduleSession):
        return session_planning.schedule_session(command, session, context)
    if isinstance(session, Unknown):
        raise UnknownSession(str(command.session))
    if isinstance(command, PlanningCommand):
        return _plan(command, session, context)
    if isinstance(command, AgendaCommand):
        return decide_agenda(command, session, context)
    if isinstance(command, MeetingCommand):
        return _meet(command, session, context)
    if isinstance(command, MinutesCommand):
        return decide_minutes(command, session, context)
    return _vote(command, session, context)


def _plan(
    command: PlanningCommand, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    match command:
        case MoveSession():
            return session_planning.move_session(command, session, context)
        case CancelSession():
            return session_planning.cancel_session(command, session)
        case CallForItems():
            return session_planning.call_for_items(command, session, context)
        case InviteToSession():
            return session_inviting.invite(command, session, context)
        case RemindMembers():
            return session_reminding.remind(command, session, context)
        case AnnounceAbsence():
            return session_inviting.announce_absence(command, session, context)
        case WithdrawAbsence():
            return session_inviting.withdraw_absence(command, session, context)
        case _:
            assert_never(command)


def _meet(  # noqa: C901, PLR0911 (one case for each command)
    command: MeetingCommand, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    match command:
        case OpenSession():
            return session_attendance.open_session(command, session, context)
        case TakeSeat():
            return session_attendance.take_seat(command, session, context)
        case LeaveSeat():
            return session_attendance.leave_seat(command, session, context)
        case AdmitGuests():
            return session_attendance.admit_guests(command, session, context)
        case DismissGuests():
            return session_attendance.dismiss_guests(command, session, context)
        case DeclareConflict() | LiftConflict():
            return session_proceedings.change_conflict(command, session, context)
        case AmendProposal():
            return session_proceedings.amend_proposal(command, session)
        case DiscussItem():
            return session_proceedings.discuss_item(command, session, context)
        case DeferItem():
            return session_proceedings.defer_item(command, session)
        case ResumeItem():
            return session_proceedings.resume_item(command, session)
        case _:
            assert_never(command)


def _vote(
    command: VotingCommand, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    match command:
        case TakeVote():
            return vote_taking.take_vote(command, session, context)
        case AnnulVote():
            return vote_taking.annul_vote(command, session)
        case OpenCircular():
            return vote_circular.open_circular(command, session, context)
        case CastBallot():
            return vote_circular.cast_ballot(command, session, context)
        case CloseSession():
            return _close(command, session, context)
        case _:
            assert_never(command)


def _close(
    command: CloseSession, session: Existing, context: SessionContext
) -> Sequence[SessionEvent]:
    if session.record.closed_at is not None:
        return []
    match session:
        case Open():
            return vote_taking.close_meeting(command, session, context)
        case Circulating():
            return vote_circular.close_circular(session, context)
        case _:
            raise NotOpen(stage_of(session))


SESSION: Aggregate[SessionCommand, SessionEvent, Session, SessionContext] = Aggregate(
    "session", initial=Unknown(), evolve=evolve, decide=decide
)
