"""Carry the steering of 2024/25 over into the log: each step at the desk, dated as it happened."""

from collections.abc import AsyncIterator, Sequence
from datetime import time

from domain.findings.bands import Band
from domain.findings.commands import ReportFinding, TakeIntoTheme, finding_id
from domain.findings.commands_theme import (
    OpenTheme,
    SummariseTheme,
    theme_id,
)
from domain.findings.events_theme import SummarySection
from domain.goals.commands import CloseYear, SetGoal
from domain.kernel import Command
from domain.steering.body_commands import AdoptRules, AppointPerson, CreateSeat, EstablishBody
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Period, Rules, Share
from domain.steering.need_review_commands import (
    OpenNeedReview,
    RecordEvidence,
    WriteProposal,
)
from domain.working_groups.commands import (
    MakeAgreement,
    RecordMeeting,
    group_id,
)
from services.demo.carrying import (
    COORDINATION,
    DAY,
    FIRST_YEAR,
    NEXT_YEAR,
    Carrying,
    wording,
)
from services.demo.county import County
from services.demo.steering import Steering, Theme
from services.demo.steering_sessions import follow_up, hold, resolve
from services.desk import Desk
from services.eventstore.store import EventStore

RULES = Rules(
    quorum=Share(parts=1, of=2),
    majority=Majority.SIMPLE,
    invitation=Period(days=14),
    vacant_seats_count=False,
    sessions_a_school_year=2,
)


async def load_steering(
    desk: Desk, store: EventStore, county: County, steering: Steering
) -> AsyncIterator[str]:
    """Record the year, saying what was done. Doing it again records nothing new."""
    carrying = Carrying(desk, store, county, steering)
    await _body(carrying)
    await _goals(carrying, FIRST_YEAR)
    await _review(carrying)
    await _findings(carrying)
    goals, themes = len(steering.goals), len(steering.themes)
    yield f"Gremium {steering.body.title}, {goals} Ziele, {themes} Themen"
    first, second = steering.sessions
    await hold(carrying, first)
    await resolve(carrying, first)
    await hold(carrying, second)
    await follow_up(carrying, second)
    yield "2 Sitzungen mit Niederschrift, 2 Beschlüsse, 2 Arbeitsgruppen"
    await _meetings(carrying)
    await _goals(carrying, NEXT_YEAR)
    closing = CloseYear(school_year=FIRST_YEAR)
    await carrying.carry_over([closing], steering.closed_on, "goals")
    yield "Treffen und Vereinbarungen der Arbeitsgruppen; das Schuljahr 2024/25 ist ausgezählt"


async def _body(carrying: Carrying) -> None:
    body = carrying.steering.body
    commands: list[Command] = [
        EstablishBody(body=body.key, title=body.title, since=body.since),
        AdoptRules(
            body=body.key,
            valid_from=body.since,
            rules=RULES,
            basis=carrying.steering.assumed["body"],
        ),
    ]
    for seat in body.seats:
        key = seat.organisation
        commands += [
            CreateSeat(
                body=body.key,
                seat=key,
                organisation=key,
                kind=SeatKind.MEMBER,
                since=body.since,
            ),
            AppointPerson(
                body=body.key,
                seat=key,
                person=carrying.people[seat.person],
                capacity=Capacity.HOLDER,
                since=body.since,
            ),
        ]
    await carrying.carry_over(commands, body.since, "body")


async def _goals(carrying: Carrying, school_year: str) -> None:
    for goal in carrying.steering.goals:
        if goal.school_year == school_year:
            command = SetGoal(
                school_year=school_year,
                goal=goal.goal,
                text=goal.text,
                targets=goal.targets,
                told=goal.told,
                source=carrying.steering.source,
            )
            await carrying.carry_over([command], goal.agreed_on, "goals")


async def _review(carrying: Carrying) -> None:
    """Opened, examined in two meetings, and a proposal written for each group."""
    asked = carrying.steering.review
    opening = OpenNeedReview(
        school_year=FIRST_YEAR, key=asked.key, question=asked.question, fields=asked.fields
    )
    await carrying.carry_over([opening], asked.opened_on, "evidence")
    for number, held_on in enumerate(asked.meetings, 1):
        evidence = RecordEvidence(
            review=carrying.review,
            meeting=number,
            held_on=held_on,
            fields=asked.fields,
            attended=asked.attended,
            evidence=asked.evidence,
            summary=asked.summary,
        )
        await carrying.carry_over([evidence], held_on, "evidence")
    written_on = asked.meetings[-1] + DAY
    for number, item in enumerate(carrying.proposals(), 1):
        proposal = WriteProposal(
            review=carrying.review,
            proposal=number,
            title=item.title,
            reasons=asked.summary,
            alternatives=wording(item),
            based_on=0,
        )
        await carrying.carry_over([proposal], written_on, "evidence")


async def _findings(carrying: Carrying) -> None:
    for theme in carrying.steering.themes:
        await carrying.carry_over(_bundled(theme), theme.written_on, "findings")


async def _meetings(carrying: Carrying) -> None:
    """Of the working groups; what was agreed was agreed in the last one."""
    for resolution, group in carrying.groups():
        commands: list[Command] = [
            RecordMeeting(
                group=group_id(resolution),
                meeting=number,
                held_at=held_at.replace(tzinfo=carrying.zone),
                attended=group.attended,
            )
            for number, held_at in enumerate(group.meetings, 1)
        ]
        commands.append(
            MakeAgreement(
                group=group_id(resolution),
                agreement=1,
                meeting=len(group.meetings),
                text=group.agreement,
                owner=COORDINATION,
                due=group.due,
            )
        )
        await carrying.carry_over(commands, group.meetings[-1].date(), "meeting", at=time(18))


def _bundled(theme: Theme) -> Sequence[Command]:
    """One finding, and the theme it is bundled in."""
    this = theme_id(theme.key)
    section = SummarySection(key="anlass", heading="Anlass", text=theme.text)
    return [
        ReportFinding(
            municipality=theme.municipality,
            key=theme.key,
            kind=theme.kind,
            field=theme.field,
            school_year=FIRST_YEAR,
            band=Band.FROM_5,
            description=theme.text,
        ),
        OpenTheme(key=theme.key, title=theme.title),
        TakeIntoTheme(finding=finding_id(theme.municipality, theme.key), theme=this),
        SummariseTheme(theme=this, title=theme.title, sections=(section,), based_on=0),
    ]
