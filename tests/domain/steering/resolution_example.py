"""Resolutions of the steering group's session of 26 February 2026, and what was voted on in it."""

from datetime import date
from uuid import UUID

import msgspec

from domain.kernel import stream_id
from domain.steering.agenda import AgendaItem, Alternative, ItemKind
from domain.steering.body_rules import Majority, Tally
from domain.steering.mandate import (
    Commission,
    GroupMandate,
    Mandate,
    MinistryMandate,
    Notice,
)
from domain.steering.minutes import Decided
from domain.steering.resolution import Resolution
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.steering.resolution_context import ResolutionContext, SessionOfBody, Voted
from domain.steering.resolution_decide import RESOLUTION
from domain.steering.resolution_events import ResolutionEvent, ResolutionPassed
from domain.steering.vote import Manner, Vote
from tests.domain.county import (
    ADA,
    CARITAS,
    CHAMBER,
    JOBCENTER,
    MONDAY,
    NRW,
    ORGANISATIONS,
    berlin,
)
from tests.support.scenario import Scenario

BODY = "lenkungsgruppe"
SESSION = stream_id("session", f"{BODY}/2026-02")
NEXT_SESSION = stream_id("session", f"{BODY}/2026-09")
EARLIER_SESSION = stream_id("session", f"{BODY}/2025-11")
SESSION_OF_OTHERS = stream_id("session", "beirat/2026-09")
ITEM = stream_id("item", "language")
THEME = stream_id("theme", "language")
DECIDED_AT = berlin(2026, 2, 26, 16, 30)
BALLOTS = Tally(yes=3, no=1)

SESSIONS = {
    SESSION: SessionOfBody(body=BODY, starts_at=berlin(2026, 2, 26, 15)),
    NEXT_SESSION: SessionOfBody(body=BODY, starts_at=berlin(2026, 9, 10, 15)),
    EARLIER_SESSION: SessionOfBody(body=BODY, starts_at=berlin(2025, 11, 20, 15)),
    SESSION_OF_OTHERS: SessionOfBody(body="beirat", starts_at=berlin(2026, 9, 11, 15)),
}

TEXT = "Eine Arbeitsgruppe wird eingerichtet."
GROUP_MANDATE = GroupMandate(
    title="Fachsprachliche Förderung im Rahmen von Ausbildungen",
    purpose="Auszubildende bestehen den theoretischen Teil.",
    members=(CHAMBER, CARITAS),
    guests=(JOBCENTER,),
)
LETTER_MANDATE = MinistryMandate(need="Berufssprachkurse fehlen landesweit.")

vote = Vote(
    number=1,
    item=ITEM,
    alternative="group",
    text=TEXT,
    manner=Manner.ROLL_CALL,
    at=DECIDED_AT,
    tally=BALLOTS,
    ballots=(),
    represented=(),
    conflicted=(),
    counted=4,
    needed=3,
    voting_seats=4,
    edition=2,
    majority=Majority.SIMPLE,
    abstentions_count=False,
)
VOTED = Voted(
    body=BODY,
    item=AgendaItem(
        item=ITEM,
        kind=ItemKind.PROPOSAL,
        title="Fachsprache in der Ausbildung",
        themes=(THEME,),
        alternatives=(Alternative(key="group", text=TEXT),),
    ),
    vote=vote,
    decided=Decided.ADOPTED,
)

resolution = Scenario(
    RESOLUTION,
    ResolutionContext(
        by=ADA,
        at=MONDAY,
        calendar=NRW,
        voted=VOTED,
        organisations=ORGANISATIONS,
        sessions=SESSIONS,
    ),
)

RESOLUTION_ID = resolution_id(SESSION, 1)
COORDINATION = JOBCENTER
"""Who sees to the mandates of these tests."""

DUE = date(2026, 6, 30)
DUE_AT = berlin(2026, 6, 30, 18)
TEN_DAYS_BEFORE, TWO_DAYS_BEFORE = berlin(2026, 6, 16, 9), berlin(2026, 6, 26, 9)
LATER = date(2026, 9, 30)
LATER_AT = berlin(2026, 9, 30, 18)
LATER_REMINDERS = (berlin(2026, 9, 16, 9), berlin(2026, 9, 28, 9))


def to_pass(mandate: Mandate) -> PassResolution:
    """As asked for: with owner and day, or for what asks for nothing more without."""
    if isinstance(mandate, Notice):
        return PassResolution(session=SESSION, number=1, mandate=mandate)
    return PassResolution(session=SESSION, number=1, mandate=mandate, owner=COORDINATION, due=DUE)


def passed(mandate: Mandate, *, session: UUID = SESSION, number: int = 1) -> ResolutionPassed:
    """As it is recorded."""
    event = ResolutionPassed(
        resolution=resolution_id(session, number),
        body=BODY,
        session=session,
        number=number,
        item=ITEM,
        alternative="group",
        themes=(THEME,),
        title="Fachsprache in der Ausbildung",
        text=TEXT,
        decided_at=DECIDED_AT,
        manner=Manner.ROLL_CALL,
        edition=2,
        tally=BALLOTS,
        mandate=mandate,
    )
    if isinstance(mandate, Notice):
        return event
    return msgspec.structs.replace(
        event,
        owner=COORDINATION,
        due=DUE_AT,
        reminders=(TEN_DAYS_BEFORE, TWO_DAYS_BEFORE),
    )


COMMISSIONED = passed(Commission())
NOTED = passed(Notice())


def after(*events: ResolutionEvent) -> Resolution:
    """The resolution after these events."""
    return RESOLUTION.replay(events)
