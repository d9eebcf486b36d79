"""The steering group's session in March up to each of its stages, as it was recorded."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.kernel import Actor, Role
from domain.steering.agenda import AgendaItem, Alternative, ItemKind, agenda_digest, item_digest
from domain.steering.agenda_events import AgendaFrozen, ItemProposed
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.body_rules import Majority, Rules, Tally
from domain.steering.minutes import Minutes, minutes_digest
from domain.steering.minutes_drafting import draft
from domain.steering.minutes_events import MinutesApproved, MinutesDrafted, MinutesReleased
from domain.steering.session import Session, Unknown
from domain.steering.session_commands import session_id
from domain.steering.session_context import SessionContext
from domain.steering.session_decide import SESSION
from domain.steering.session_events import (
    Invitee,
    SessionEvent,
    SessionInvited,
    SessionKind,
    SessionScheduled,
)
from domain.steering.session_held_events import (
    BallotCast,
    CircularOpened,
    SeatTaken,
    SeatThatDay,
    SessionClosed,
    SessionOpened,
    VoteTaken,
)
from domain.steering.vote import Ballot, Choice, Manner, Represented, Vote
from tests.domain.county import ADA, MONDAY, NRW, berlin
from tests.domain.steering.body_example import (
    ALL_ORGANISATIONS,
    BAMF,
    CARITAS,
    DEPUTIES,
    GROUP,
    HOLDERS,
    JOBCENTER,
    KREIS,
    PEOPLE,
    RULES,
    VOTES,
    group,
)
from tests.support.scenario import Scenario

THEME = UUID(int=7)

session = Scenario(
    SESSION,
    SessionContext(
        by=ADA,
        at=MONDAY,
        calendar=NRW,
        body=group(),
        organisations=ALL_ORGANISATIONS,
        people=PEOPLE,
        ready_themes=frozenset({THEME}),
    ),
)

SESSION_ID = session_id(GROUP, "2026-1")
STARTS_AT = berlin(2026, 3, 24, 14)

SCHEDULED = SessionScheduled(
    session=SESSION_ID,
    body=GROUP,
    key="2026-1",
    title="Erste Sitzung 2026",
    kind=SessionKind.MEETING,
    starts_at=STARTS_AT,
    ends_at=berlin(2026, 3, 24, 17),
    place="Kreishaus",
)

REPORT = AgendaItem(item=UUID(int=1), kind=ItemKind.REPORT, title="Stand der Arbeitsgruppen")
FOUND = Alternative(key="a", text="Eine Arbeitsgruppe wird eingerichtet.")
REVIEW = Alternative(key="b", text="Der Bedarf wird zuerst geprüft.")
PROPOSAL = AgendaItem(
    item=UUID(int=2),
    kind=ItemKind.PROPOSAL,
    title="Fachsprachliche Förderung",
    themes=(THEME,),
    alternatives=(FOUND, REVIEW),
)
ITEMS = (REPORT, PROPOSAL)


def proposed(item: AgendaItem) -> ItemProposed:
    return ItemProposed(item=item, proposer="ada", organisation="kreis")


def frozen(*items: AgendaItem) -> AgendaFrozen:
    return AgendaFrozen(items=tuple(item.item for item in items), digest=agenda_digest(items))


INVITED = SessionInvited(
    invitees=tuple(
        Invitee(seat=seat, organisation=seat, people=(HOLDERS[seat], *DEPUTIES.get(seat, ())))
        for seat in sorted(HOLDERS)
    ),
    edition=1,
    due=berlin(2026, 3, 10).date(),
    urgency="",
    digest=agenda_digest(ITEMS),
    is_final=True,
    reminders=(berlin(2026, 3, 20, 9),),
)

PLANNED: tuple[SessionEvent, ...] = (SCHEDULED, *map(proposed, ITEMS))
FROZEN = (*PLANNED, frozen(*ITEMS))
READY = (*FROZEN, INVITED)


def that_day(hour: int, minute: int = 0) -> datetime:
    """A moment of the day of the session."""
    return berlin(2026, 3, 24, hour, minute)


OPENED_AT, VOTED_AT, CLOSED_AT = that_day(14), that_day(15), that_day(17)
OPENED = SessionOpened(at=OPENED_AT, chair="karla", keeper="ben")


def taken(
    seat: str, person: str = "", at: datetime = OPENED_AT, *, deputy: bool = False
) -> SeatTaken:
    """A seat is taken, by its holder unless another person is named."""
    return SeatTaken(
        seat=seat,
        organisation=seat,
        kind=SeatKind.ADVISER if seat == BAMF else SeatKind.MEMBER,
        person=person or HOLDERS[seat],
        capacity=Capacity.DEPUTY if deputy else Capacity.HOLDER,
        at=at,
    )


def meeting(*seats: str) -> tuple[SessionEvent, ...]:
    """The session is open and the holders of these seats are there from the beginning."""
    return (*READY, OPENED, *map(taken, seats))


THREE = (KREIS, JOBCENTER, CARITAS)


def vote(
    tally: Tally,
    *seats: str,
    number: int = 1,
    alternative: Alternative = FOUND,
    rules: Rules = RULES,
    edition: int = 1,
) -> Vote:
    """A count of the proposal with the holders of these seats, in their order."""
    return Vote(
        number=number,
        item=PROPOSAL.item,
        alternative=alternative.key,
        text=alternative.text,
        manner=Manner.COUNTED,
        at=VOTED_AT,
        tally=tally,
        ballots=(),
        represented=tuple(Represented(seat=s, person=HOLDERS[s]) for s in sorted(seats)),
        conflicted=(),
        counted=len(seats),
        needed=3,
        voting_seats=len(VOTES),
        edition=edition,
        majority=rules.majority,
        abstentions_count=rules.abstentions_count,
    )


ADOPTED = VoteTaken(vote=vote(Tally(yes=2, no=1), *THREE), adopted=True)
ALL_SEATS = tuple(
    SeatThatDay(
        seat=seat,
        organisation=seat,
        kind=SeatKind.ADVISER if seat == BAMF else SeatKind.MEMBER,
    )
    for seat in sorted(HOLDERS)
)
CLOSED = SessionClosed(at=CLOSED_AT, seats=ALL_SEATS)
HELD = (*meeting(*THREE), ADOPTED, CLOSED)


def minutes_after(*events: SessionEvent) -> Minutes:
    """The minutes of what was recorded, without a word of anybody's."""
    state = after(*events)
    assert not isinstance(state, Unknown)
    record = state.record
    assert record.opened_at is not None
    assert record.closed_at is not None
    return draft(record, record.opened_at, record.closed_at)


def drafted(
    minutes: Minutes, version: int = 1, by: Actor = ADA, reason: str = ""
) -> MinutesDrafted:
    return MinutesDrafted(
        version=version,
        minutes=minutes,
        digest=minutes_digest(minutes),
        author=by.account,
        substitutes=by.substitutes,
        reason=reason,
    )


def after(*events: SessionEvent) -> Session:
    return SESSION.replay(events)


MINUTES = minutes_after(*HELD)
DRAFTED = drafted(MINUTES)
APPROVED = MinutesApproved(version=1, digest=DRAFTED.digest, approver="lena")
RELEASED = MinutesReleased(version=1)

CIRCULAR_ID = session_id(GROUP, "umlauf-1")
CIRCULAR_OPENED_AT = berlin(2026, 3, 2, 10)
CIRCULAR_CLOSES_AT = berlin(2026, 3, 16, 18)
WRITTEN = msgspec.structs.replace(PROPOSAL, item=UUID(int=3), alternatives=(FOUND,))
CIRCULAR = (
    SessionScheduled(
        session=CIRCULAR_ID,
        body=GROUP,
        key="umlauf-1",
        title="Umlaufbeschluss",
        kind=SessionKind.CIRCULAR,
        starts_at=CIRCULAR_OPENED_AT,
    ),
    proposed(WRITTEN),
    frozen(WRITTEN),
)
CIRCULATING: tuple[SessionEvent, ...] = (
    *CIRCULAR,
    CircularOpened(
        at=CIRCULAR_OPENED_AT,
        edition=1,
        closes_at=CIRCULAR_CLOSES_AT,
        seats=tuple(sorted(VOTES)),
        reminders=(berlin(2026, 3, 12, 9),),
        digest=agenda_digest((WRITTEN,)),
    ),
)


def member(person: str, substitutes: str = "") -> Actor:
    return Actor(account=person, role=Role.STEERING_MEMBER, substitutes=substitutes)


def ballot(seat: str, choice: Choice = Choice.YES, person: str = "") -> BallotCast:
    return BallotCast(
        item=WRITTEN.item,
        seat=seat,
        person=person or HOLDERS[seat],
        choice=choice,
        shown=item_digest(WRITTEN),
    )


def counted_in_writing(**said: Choice) -> Vote:
    """The count of what these seats said, by the persons who hold them."""
    ballots = tuple(
        Ballot(seat=seat, person=HOLDERS[seat], choice=choice)
        for seat, choice in sorted(said.items())
    )
    choices = list(said.values())
    return Vote(
        number=1,
        item=WRITTEN.item,
        alternative=FOUND.key,
        text=FOUND.text,
        manner=Manner.CIRCULAR,
        at=CIRCULAR_CLOSES_AT,
        tally=Tally(
            yes=choices.count(Choice.YES),
            no=choices.count(Choice.NO),
            abstain=choices.count(Choice.ABSTAIN),
        ),
        ballots=ballots,
        represented=tuple(Represented(seat=b.seat, person=b.person) for b in ballots),
        conflicted=(),
        counted=len(ballots),
        needed=3,
        voting_seats=len(VOTES),
        edition=1,
        majority=Majority.SIMPLE,
        abstentions_count=False,
    )
