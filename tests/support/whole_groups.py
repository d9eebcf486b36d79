"""Everything that can happen to a working group, once, through the desk."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from domain.calendar import START_OF_WORK
from domain.concepts.commands import concept_id
from domain.directory.commands import RegisterAccount
from domain.kernel import Command
from domain.steering.agenda import AgendaItem
from domain.steering.mandate import DissolutionMandate, GroupMandate
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    DeclareAgreementOverdue,
    DissolveGroup,
    DropAgreement,
    EstablishGroup,
    ExtendAgreement,
    FulfilAgreement,
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    LinkConsequence,
    MakeAgreement,
    MoveMeeting,
    PlanMeetings,
    PublishGroup,
    RecordMeeting,
    RemindOfAgreement,
    RemindToCall,
    ReopenAgreement,
    ReportBack,
    UnlinkConsequence,
    WithdrawGroupPublication,
    WithdrawMeeting,
    group_id,
)
from domain.working_groups.events import ConsequenceKind, Part
from services.identity.principal import CONSOLE
from tests.domain.county import CARITAS, JOBCENTER
from tests.support.office import AGS, Office
from tests.support.steering_group import SteeringGroup, proposal

BODY = "gruppengremium"
YEAR = "2025/26"
FOUNDED, DISSOLVED = date(2025, 11, 6), date(2026, 6, 18)
CALL_BY, DUE = date(2025, 12, 15), date(2026, 1, 30)
LATER = date(2026, 9, 30)
DAY = timedelta(days=1)
FOUNDING = proposal("Gründung", "Eine Arbeitsgruppe wird eingerichtet.")
DISSOLUTION = proposal("Auflösung", "Die Arbeitsgruppe wird aufgelöst.")
ERROR = "Es war ein Irrtum."


async def work_in_a_group(office: Office) -> None:
    """The office is set up; afterwards there is an event of every topic of the context."""
    seats = {JOBCENTER: str(uuid4()), CARITAS: str(uuid4())}
    for seat, account in seats.items():
        await office.ask(CONSOLE, RegisterAccount(account=UUID(account), name=seat))
    body = SteeringGroup(office.desk, seats)
    await body.found(BODY)
    founding = await _vote(body, FOUNDED, FOUNDING)
    mandate = GroupMandate(title="Theorie", purpose="Sie gelingt.", members=(CARITAS,))
    passing = PassResolution(
        session=founding, number=1, mandate=mandate, owner=JOBCENTER, due=LATER
    )
    await _ask(body, FOUNDED, passing)
    group = group_id(resolution_id(founding, 1))
    await _arrange(office, body, group, founding)
    await _meet(body, group)
    await _agree(office, body, group)
    await _end(body, group)


async def _vote(body: SteeringGroup, day: date, item: AgendaItem) -> UUID:
    session = await body.prepare(day.isoformat(), day, item, body=BODY)
    await body.meet(session, day)
    await body.vote(session, day, item.item, yes=2)
    await body.close(session, day)
    return session


async def _arrange(office: Office, body: SteeringGroup, group: UUID, founding: UUID) -> None:
    """Who is in it, and how often it is to meet; nobody calls a meeting in time."""
    begins = FOUNDED + DAY
    plan = PlanMeetings(group=group, school_year=YEAR, meetings=3, call_by=(CALL_BY,))
    await _ask(
        body,
        begins,
        EstablishGroup(resolution=resolution_id(founding, 1)),
        JoinGroup(group=group, organisation=JOBCENTER, part=Part.GUEST, since=begins),
        LeaveGroup(group=group, organisation=JOBCENTER, until=LATER, reason=ERROR),
        HandOverLead(group=group, lead=CARITAS, reason="Zuständigkeit."),
        plan,
    )
    at = _noon(CALL_BY)
    calendar = office.desk.assessments.calendar
    moment = datetime.combine(CALL_BY, START_OF_WORK, calendar.zone)
    remind = RemindToCall(group=group, school_year=YEAR, moment=moment)
    await office.ask(office.clock, remind, at=at)


async def _meet(body: SteeringGroup, group: UUID) -> None:
    """One is moved and cancelled, one held and corrected, one was not held at all."""
    day = CALL_BY + DAY
    held_at, coming = _noon(day) - timedelta(hours=1), _noon(day) + 7 * DAY
    await _ask(
        body,
        day,
        CallMeeting(group=group, meeting=1, starts_at=coming),
        MoveMeeting(group=group, meeting=1, starts_at=coming + DAY, reason="Belegt."),
        CancelMeeting(group=group, meeting=1, reason="Krank."),
        RecordMeeting(group=group, meeting=2, held_at=held_at, attended=(CARITAS,)),
        CorrectMeeting(
            group=group,
            meeting=2,
            held_at=held_at,
            attended=(CARITAS, JOBCENTER),
            summary="Einig.",
            reason=ERROR,
        ),
        RecordMeeting(group=group, meeting=3, held_at=held_at, attended=(CARITAS,)),
        WithdrawMeeting(group=group, meeting=3, reason=ERROR),
    )


async def _agree(office: Office, body: SteeringGroup, group: UUID) -> None:
    """One agreement in all its fates, and one that is dropped."""
    this, that = (concept_id(AGS, edition) for edition in (office.edition, "2027"))
    kind = ConsequenceKind.CONCEPT
    await _ask(
        body,
        CALL_BY + 2 * DAY,
        *(
            MakeAgreement(
                group=group, agreement=number, meeting=2, text="Tun.", owner=CARITAS, due=DUE
            )
            for number in (1, 2)
        ),
        DropAgreement(group=group, agreement=2, meeting=2, reason="Überholt."),
        RemindOfAgreement(group=group, agreement=1),
    )
    overdue = DeclareAgreementOverdue(group=group, agreement=1)
    await office.ask(office.clock, overdue, at=_noon(DUE + DAY))
    await _ask(
        body,
        DUE + 2 * DAY,
        ExtendAgreement(group=group, agreement=1, due=LATER, reason="Ferien."),
        *(
            LinkConsequence(group=group, agreement=1, kind=kind, consequence=concept)
            for concept in (this, that)
        ),
        UnlinkConsequence(group=group, agreement=1, consequence=that, reason=ERROR),
        FulfilAgreement(group=group, agreement=1, outcome="Getan."),
        ReopenAgreement(group=group, agreement=1, due=LATER, reason=ERROR),
    )


async def _end(body: SteeringGroup, group: UUID) -> None:
    session = await _vote(body, DISSOLVED, DISSOLUTION)
    mandate = DissolutionMandate(group=group)
    await _ask(
        body,
        DISSOLVED,
        ReportBack(group=group, report=1, session=session, text="Ein Konzept ist da."),
        PassResolution(session=session, number=1, mandate=mandate, owner=JOBCENTER, due=LATER),
        DissolveGroup(group=group, resolution=resolution_id(session, 1)),
        PublishGroup(group=group),
        WithdrawGroupPublication(group=group, reason=ERROR),
    )


async def _ask(body: SteeringGroup, day: date, *commands: Command) -> None:
    """On the evening of that day."""
    for command in commands:
        await body.ask(command, _noon(day) + timedelta(hours=6))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
