"""Everything that can happen to a body and its sessions, once, through the desk."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest

from domain.directory.account import Grant
from domain.directory.commands import RegisterAccount
from domain.kernel import Command, Role
from domain.steering.agenda import AgendaItem, Alternative, item_digest
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
from domain.steering.body_rules import Majority, Number, Period, Rules
from domain.steering.minutes_errors import OtherMinutesShown
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
    session_id,
)
from domain.steering.session_events import Occasion, SessionKind
from domain.steering.vote import Choice
from services.identity.principal import CONSOLE, Principal, process
from tests.domain.county import CARITAS, JOBCENTER
from tests.support.office import ADA, Office, person
from tests.support.steering_group import ALTERNATIVE, proposal

BODY = "beirat"
FOUNDED = date(2022, 5, 17)
STARTS_AT = datetime(2026, 6, 16, 13, tzinfo=UTC)
RULES = Rules(
    quorum=Number(seats=2),
    majority=Majority.SIMPLE,
    invitation=Period(days=7),
    circular=Period(days=10),
    minutes=Period(days=10),
)
MEETING, CALLED_OFF, WRITTEN = (session_id(BODY, key) for key in ("eins", "zwei", "umlauf"))
FIRST = proposal("Wohnen", "Der Bedarf wird geprüft.")
SECOND = proposal("Arbeit", "Die Agentur berichtet.")
THIRD = proposal("Sport", "Der Kreissportbund berichtet.")
DAY = timedelta(days=1)


async def sit_in_sessions(office: Office) -> None:
    """The office is set up; afterwards there is an event of every topic of the two contexts."""
    dora, fadi = await _member(office), await _member(office)
    await _fill_the_seats(office, dora, fadi)
    await _plan(office, dora)
    await _meet(office, dora, fadi)
    await _write_minutes(office, fadi)
    await _call_one_off(office)
    await _vote_in_writing(office, dora)


async def _member(office: Office) -> Principal:
    account = uuid4()
    await office.ask(CONSOLE, RegisterAccount(account=account, name="Mitglied"))
    return person(str(account), Grant(role=Role.STEERING_MEMBER, organisation=JOBCENTER))


async def _take(
    office: Office, at: datetime, steps: Iterable[Command], by: Principal = ADA
) -> None:
    for step in steps:
        await office.ask(by, step, at=at)


async def _fill_the_seats(office: Office, dora: Principal, fadi: Principal) -> None:
    at = datetime(2022, 5, 17, 8, tzinfo=UTC)
    seats = ((JOBCENTER, dora), (CARITAS, fadi))
    appointments = [
        AppointPerson(
            body=BODY,
            seat=seat,
            person=holder.account,
            capacity=Capacity.HOLDER,
            since=FOUNDED,
        )
        for seat, holder in seats
    ]
    deputy = msgspec.structs.replace(appointments[0], person=fadi.account, capacity=Capacity.DEPUTY)
    steps: list[Command] = [
        EstablishBody(body=BODY, title="Beirat", since=FOUNDED),
        RenameBody(body=BODY, title="Beirat Integration"),
        *(_seat(seat, SeatKind.MEMBER) for seat, _ in seats),
        _seat("gast", SeatKind.GUEST),
        *appointments,
        deputy,
        EndAppointment(
            body=BODY,
            seat=JOBCENTER,
            person=fadi.account,
            capacity=Capacity.DEPUTY,
            since=FOUNDED,
            until=date(2023, 5, 17),
        ),
        EndSeat(body=BODY, seat="gast", until=date(2023, 5, 17), reason="Kein Gast mehr."),
        AdoptRules(body=BODY, valid_from=FOUNDED, rules=RULES, basis="Satzung"),
    ]
    await _take(office, at, steps)
    await _take(office, at, (AllowNaming(body=BODY), WithdrawNaming(body=BODY)), dora)


def _seat(seat: str, kind: SeatKind) -> CreateSeat:
    return CreateSeat(body=BODY, seat=seat, organisation=JOBCENTER, kind=kind, since=FOUNDED)


async def _plan(office: Office, dora: Principal) -> None:
    revised = msgspec.structs.replace(FIRST, text="Wohnungen fehlen.")
    steps: list[Command] = [
        _schedule("eins"),
        CallForItems(session=MEETING, until=STARTS_AT - 14 * DAY),
        RemindMembers(session=MEETING, occasion=Occasion.CALL),
        *(ProposeItem(session=MEETING, item=item) for item in (FIRST, SECOND, THIRD)),
        ReviseItem(session=MEETING, item=revised),
        WithdrawItem(session=MEETING, item=THIRD.item, reason="Erledigt."),
        OrderAgenda(session=MEETING, items=(SECOND.item, FIRST.item)),
        FreezeAgenda(session=MEETING),
        ReopenAgenda(session=MEETING, reason="Nachtrag."),
        FreezeAgenda(session=MEETING),
        InviteToSession(session=MEETING),
        MoveSession(session=MEETING, starts_at=STARTS_AT, place="Rathaus", reason="Umzug."),
    ]
    await _take(office, STARTS_AT - 30 * DAY, steps)
    absence = (
        AnnounceAbsence(session=MEETING, seat=JOBCENTER),
        WithdrawAbsence(session=MEETING, seat=JOBCENTER),
    )
    await _take(office, STARTS_AT - 20 * DAY, absence, dora)


async def _meet(office: Office, dora: Principal, fadi: Principal) -> None:
    item = FIRST.item
    voting = TakeVote(session=MEETING, item=item, alternative=ALTERNATIVE, yes=2)
    steps: list[Command] = [
        OpenSession(session=MEETING, chair=dora.account, keeper=dora.account),
        TakeSeat(session=MEETING, seat=JOBCENTER, person=dora.account),
        TakeSeat(session=MEETING, seat=CARITAS, person=fadi.account),
        AdmitGuests(session=MEETING, organisation=CARITAS, people=2),
        DismissGuests(session=MEETING, organisation=CARITAS),
        DeclareConflict(session=MEETING, item=item, seat=CARITAS),
        LiftConflict(session=MEETING, item=item, seat=CARITAS),
        AmendProposal(
            session=MEETING, item=item, alternative=Alternative(key="neu", text="Ja, und bald.")
        ),
        DiscussItem(session=MEETING, item=item, text="Der Bedarf ist da."),
        DeferItem(session=MEETING, item=item, reason="Später."),
        ResumeItem(session=MEETING, item=item),
        voting,
        AnnulVote(session=MEETING, number=1, reason="Verzählt."),
        voting,
    ]
    await _take(office, STARTS_AT, steps)
    one_left: list[Command] = [
        LeaveSeat(session=MEETING, seat=CARITAS),
        TakeVote(session=MEETING, item=SECOND.item, alternative=ALTERNATIVE, yes=1),
        CloseSession(session=MEETING),
    ]
    await _take(office, STARTS_AT + timedelta(hours=1), one_left)


async def _write_minutes(office: Office, fadi: Principal) -> None:
    at = STARTS_AT + DAY
    await _take(office, at, [DraftMinutes(session=MEETING)])
    returning = ReturnMinutes(session=MEETING, version=1, reason="Ein Wort fehlt.")
    await _take(office, at, [returning], fadi)
    overdue = DeclareMinutesOverdue(session=MEETING)
    await _take(office, STARTS_AT + 20 * DAY, [overdue], process(f"session/{MEETING}"))
    at = STARTS_AT + 21 * DAY
    await _take(office, at, [DraftMinutes(session=MEETING, remark="Nächstes Mal im Herbst.")])
    unread = ApproveMinutes(session=MEETING, version=2, digest="")
    with pytest.raises(OtherMinutesShown) as refusal:
        await office.ask(fadi, unread, at=at)
    read = msgspec.structs.replace(unread, digest=refusal.value.current)
    await _take(office, at, [read], fadi)
    steps: list[Command] = [
        ReleaseMinutes(session=MEETING, version=2),
        PublishItem(session=MEETING, item=FIRST.item),
        PublishItem(session=MEETING, item=SECOND.item),
        WithdrawPublication(session=MEETING, item=SECOND.item, reason="Noch nicht."),
    ]
    await _take(office, at, steps)


async def _call_one_off(office: Office) -> None:
    cancelling = CancelSession(session=CALLED_OFF, reason="Niemand kann kommen.")
    await _take(office, STARTS_AT - 30 * DAY, [_schedule("zwei"), cancelling])


async def _vote_in_writing(office: Office, dora: Principal) -> None:
    planned: list[Command] = [
        _schedule("umlauf", SessionKind.CIRCULAR),
        ProposeItem(session=WRITTEN, item=FIRST),
        FreezeAgenda(session=WRITTEN),
    ]
    await _take(office, STARTS_AT - 30 * DAY, planned)
    absence = AnnounceAbsence(session=WRITTEN, seat=CARITAS)
    await _take(office, STARTS_AT, [OpenCircular(session=WRITTEN), absence])
    await _take(office, STARTS_AT, [_ballot(FIRST)], dora)


def _ballot(item: AgendaItem) -> CastBallot:
    return CastBallot(
        session=WRITTEN,
        item=item.item,
        seat=JOBCENTER,
        choice=Choice.YES,
        shown=item_digest(item),
    )


def _schedule(key: str, kind: SessionKind = SessionKind.MEETING) -> ScheduleSession:
    return ScheduleSession(body=BODY, key=key, title=key, kind=kind, starts_at=STARTS_AT)
