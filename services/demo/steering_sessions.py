"""The two sessions of 2024/25, from their planning to their minutes, and what followed."""

from datetime import date, datetime
from uuid import UUID

from domain.findings.commands_theme import (
    HandOver,
    NoteDiscussion,
    theme_id,
)
from domain.kernel import Command
from domain.steering.agenda import AgendaItem, ItemKind
from domain.steering.mandate import GroupMandate
from domain.steering.minutes import minutes_digest
from domain.steering.need_review_commands import (
    CloseNeedReview,
    NoteResolution,
    PutProposalForward,
)
from domain.steering.resolution_commands import (
    FulfilMandate,
    PassResolution,
    ShowProgress,
    resolution_id,
)
from domain.steering.session import Drafted
from domain.steering.session_commands import (
    ApproveMinutes,
    CloseSession,
    DiscussItem,
    DraftMinutes,
    FreezeAgenda,
    InviteToSession,
    OpenSession,
    ProposeItem,
    ReleaseMinutes,
    ScheduleSession,
    TakeSeat,
    TakeVote,
)
from domain.steering.session_decide import SESSION
from domain.steering.session_events import SessionKind
from domain.working_groups.commands import (
    EstablishGroup,
    ReportBack,
    group_id,
)
from services.demo.carrying import (
    BEGINS,
    COORDINATION,
    COORDINATOR,
    DAY,
    ENDS,
    KEEPER,
    WORDING,
    Carrying,
    item_id,
    wording,
)
from services.demo.steering import Item, SessionHeld


async def hold(carrying: Carrying, held: SessionHeld) -> None:
    """From its planning to its minutes, which a second person approves."""
    session = carrying.session(held)
    begins = datetime.combine(held.on, BEGINS, carrying.zone)
    scheduling = ScheduleSession(
        body=carrying.steering.body.key,
        key=held.key,
        title=f"Sitzung der {carrying.steering.body.title}",
        kind=SessionKind.MEETING,
        starts_at=begins,
        ends_at=datetime.combine(held.on, ENDS, carrying.zone),
    )
    await carrying.carry_over([scheduling], held.scheduled_on, "session")
    themes = [theme_id(item.theme) for item in held.items if item.theme]
    planning: list[Command] = [HandOver(theme=theme, session=session) for theme in themes]
    planning += [ProposeItem(session=session, item=_item(carrying, item)) for item in held.items]
    planning += [
        PutProposalForward(
            review=carrying.review, proposal=number, session=session, item=item_id(item)
        )
        for number, item in enumerate(carrying.proposals(), 1)
        if item in held.items
    ]
    planning += [FreezeAgenda(session=session), InviteToSession(session=session)]
    await carrying.carry_over(planning, held.on - 20 * DAY, "session")
    await _meet(carrying, held, session, begins)
    await _minutes(carrying, session, held.on + 7 * DAY)


async def resolve(carrying: Carrying, held: SessionHeld) -> None:
    """What followed from the votes: resolutions, groups, and the end of the need review."""
    session = carrying.session(held)
    for number, item in enumerate(carrying.proposals(), 1):
        group = carrying.group(item)
        resolution = resolution_id(session, number)
        mandate = GroupMandate(
            title=group.title,
            purpose=group.purpose,
            members=group.members,
            guests=group.guests,
        )
        await carrying.carry_over(
            [
                PassResolution(
                    session=session,
                    number=number,
                    mandate=mandate,
                    owner=COORDINATION,
                    due=held.on + 30 * DAY,
                ),
                EstablishGroup(resolution=resolution),
                FulfilMandate(resolution=resolution),
                NoteResolution(review=carrying.review, proposal=number, resolution=resolution),
                NoteDiscussion(
                    theme=theme_id(item.theme), session=session, resolutions=(resolution,)
                ),
            ],
            held.on,
            "session",
            at=ENDS,
        )
    closing = CloseNeedReview(
        review=carrying.review, summary="Zwei Arbeitsgruppen werden eingerichtet."
    )
    await carrying.carry_over([closing], held.on, "session", at=ENDS)


async def follow_up(carrying: Carrying, held: SessionHeld) -> None:
    """What the later session was told of the resolutions and groups."""
    session = carrying.session(held)
    commands: list[Command] = []
    for resolution, group in carrying.groups():
        commands += [
            ShowProgress(resolution=resolution, session=session),
            ReportBack(group=group_id(resolution), report=1, session=session, text=group.report),
        ]
    commands += [
        NoteDiscussion(theme=theme_id(item.theme), session=session)
        for item in held.items
        if item.theme
    ]
    await carrying.carry_over(commands, held.on, "session", at=ENDS)


async def _meet(carrying: Carrying, held: SessionHeld, session: UUID, begins: datetime) -> None:
    chair, keeper = carrying.people[COORDINATOR], carrying.people[KEEPER]
    seats = [(seat.organisation, seat.person) for seat in carrying.steering.body.seats]
    opening: list[Command] = [OpenSession(session=session, chair=chair, keeper=keeper)]
    opening += [
        TakeSeat(session=session, seat=seat, person=carrying.people[person])
        for seat, person in seats
    ]
    opening += [
        DiscussItem(session=session, item=item_id(item), text=item.note)
        for item in held.items
        if item.note
    ]
    opening += [
        TakeVote(session=session, item=item_id(item), alternative=WORDING, yes=len(seats))
        for item in held.items
        if item.kind is ItemKind.PROPOSAL
    ]
    await carrying.carry_over(opening, held.on, "session", at=begins.time())
    closing = CloseSession(session=session)
    await carrying.carry_over([closing], held.on, "session", at=ENDS)


async def _minutes(carrying: Carrying, session: UUID, on: date) -> None:
    await carrying.carry_over([DraftMinutes(session=session)], on, "session")
    state = await carrying.streams.state(SESSION, session)
    if isinstance(state, Drafted):
        approving = ApproveMinutes(session=session, version=1, digest=minutes_digest(state.minutes))
        await carrying.carry_over([approving], on + 7 * DAY, "session", by=carrying.second)
    await carrying.carry_over([ReleaseMinutes(session=session, version=1)], on + 7 * DAY, "session")


def _item(carrying: Carrying, item: Item) -> AgendaItem:
    resolutions = [resolution for resolution, _ in carrying.groups()] if item.groups else []
    return AgendaItem(
        item=item_id(item),
        kind=item.kind,
        title=item.title,
        themes=(theme_id(item.theme),) if item.theme else (),
        about=tuple(resolutions),
        alternatives=wording(item) if item.text else (),
    )
