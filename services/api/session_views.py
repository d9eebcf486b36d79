"""How a session looks from outside: its plan, who is there, what was counted, where it stands."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.kernel import Erased
from domain.steering.agenda import agenda_digest
from domain.steering.body import Body
from domain.steering.body_events import Capacity, SeatKind
from domain.steering.session import (
    Approved,
    Cancelled,
    Circulating,
    Drafted,
    Existing,
    Released,
    stage_of,
)
from domain.steering.session_course import course
from domain.steering.session_events import SessionKind
from domain.steering.session_inviting import last_urgent_day
from domain.steering.session_record import Record
from services.api.agenda_views import ItemView, VoteView, item_views, vote_views
from services.api.attendance_views import QuorumView, quorum_view
from services.api.next_steps import NextStep, coming_of_session
from services.api.session_reading import SessionAt


class SessionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `minutes` is the version drafted last, `released` the one to go by."""

    id: UUID
    body: str
    body_title: str
    key: str
    title: str
    kind: SessionKind
    stage: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str
    called_until: datetime | None = None
    is_invited: bool
    closes_at: datetime | None = None
    minutes: int
    released: int
    minutes_overdue: bool
    version: int
    position: int
    changed_at: datetime


class InvitationView(msgspec.Struct, frozen=True, kw_only=True):
    """Under this edition of the rules the invitation was due on the day `due`."""

    edition: int
    due: date
    urgency: str
    reminders: list[datetime]


class PresenceView(msgspec.Struct, frozen=True, kw_only=True):
    """An account on a seat; still there if `until` is missing."""

    seat: str
    organisation: str
    kind: SeatKind
    person: str
    capacity: Capacity
    since: datetime
    until: datetime | None = None


class GuestsView(msgspec.Struct, frozen=True, kw_only=True):
    """So many people of an organisation without a seat; still there if `until` is missing."""

    organisation: str
    people: int
    since: datetime
    until: datetime | None = None


class PlanView(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules of the body and the process of the session still have before them.

    The process calls for items at `call_at`, to be proposed until `items_until`; it settles the
    agenda at `freeze_at`. `invite_by` is the last day on which to invite without urgency,
    `urgent_by` with it; the process invites at `invite_at`. `next_step` is what it does first of
    all by itself, without `next_at` at once. What is missing is done, left to people, or not ruled.
    """

    call_at: datetime | None = None
    items_until: datetime | None = None
    freeze_at: datetime | None = None
    invite_by: date | None = None
    urgent_by: date | None = None
    invite_at: datetime | None = None
    next_step: NextStep | None = None
    next_at: datetime | None = None


class CircularView(msgspec.Struct, frozen=True, kw_only=True):
    """A vote in writing that is running: the seats that were asked, and the rules it goes by."""

    closes_at: datetime
    seats: list[str]
    edition: int
    reminders: list[datetime]


class MinutesStanding(msgspec.Struct, frozen=True, kw_only=True):
    """Where the minutes stand. `released` is the version the body has; 0: none.

    `writers` are the accounts that wrote something of it, none of which approves them.
    """

    version: int
    digest: str
    released: int
    is_overdue: bool
    writers: list[str]


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """A session at a moment. `agenda` is the digest of its items.

    `quorum` is how many seats are represented while people meet. `people` are the names of the
    accounts that are spoken of.
    """

    id: UUID
    body: str
    body_title: str
    key: str
    title: str
    kind: SessionKind
    stage: str
    starts_at: datetime
    ends_at: datetime | None = None
    place: str
    called_until: datetime | None = None
    plan: PlanView
    invitation: InvitationView | None = None
    absences: list[str]
    items: list[ItemView]
    agenda: str
    opened_at: datetime | None = None
    chair: str
    keeper: str
    presences: list[PresenceView]
    guests: list[GuestsView]
    quorum: QuorumView | None = None
    circular: CircularView | None = None
    votes: list[VoteView]
    closed_at: datetime | None = None
    minutes: MinutesStanding
    cancelled_because: str
    people: Mapping[str, str | Erased]
    version: int
    position: int


def session_view(
    at: SessionAt,
    people: Mapping[str, str | Erased],
    calendar: Calendar,
    moment: datetime,
) -> SessionView:
    """The session as it follows from its entries; who is there, and what comes, at this moment."""
    this, record = at.found.state, at.found.state.record
    day = record.starts_at.astimezone(calendar.zone).date()
    return SessionView(
        id=record.session,
        body=record.body,
        body_title=at.body.title,
        key=record.key,
        title=record.title,
        kind=record.kind,
        stage=stage_of(this),
        starts_at=record.starts_at,
        ends_at=record.ends_at,
        place=record.place,
        called_until=record.called_until,
        plan=_plan(at, calendar, moment),
        invitation=_invitation(record),
        absences=sorted(record.absences),
        items=item_views(at),
        agenda=agenda_digest(record.items),
        opened_at=record.opened_at,
        chair=record.chair,
        keeper=record.keeper,
        presences=[PresenceView(**msgspec.structs.asdict(one)) for one in record.presences],
        guests=[GuestsView(**msgspec.structs.asdict(one)) for one in record.guests],
        quorum=quorum_view(this, at.body, day, moment),
        circular=_circular(this),
        votes=vote_views(record.counts),
        closed_at=record.closed_at,
        minutes=_minutes(this),
        cancelled_because=this.reason if isinstance(this, Cancelled) else "",
        people=people,
        version=at.found.version,
        position=at.found.position,
    )


def people_in(this: Existing, body: Body, day: date) -> frozenset[str]:
    """Every account the view speaks of: on the body's seats that day, and in the session."""
    record = this.record
    return frozenset(
        {
            record.chair,
            record.keeper,
            *(person for seat in body.seats_at(day) for person in seat.people_on(day)),
            *(presence.person for presence in record.presences),
            *(ballot.person for ballots in record.ballots.values() for ballot in ballots),
            *(one.person for count in record.counts for one in count.vote.represented),
        }
    )


def _plan(at: SessionAt, calendar: Calendar, moment: datetime) -> PlanView:
    today = moment.astimezone(calendar.zone).date()
    ahead = course(at.found.state, at.body, calendar, today)
    step, next_at = coming_of_session(ahead, moment) or (None, None)
    return PlanView(
        call_at=ahead.call_at,
        items_until=ahead.items_until,
        freeze_at=ahead.freeze_at,
        invite_by=ahead.invite_by,
        urgent_by=_urgent_by(at, calendar, today) if ahead.invite_by else None,
        invite_at=ahead.invite_at,
        next_step=step,
        next_at=next_at,
    )


def _urgent_by(at: SessionAt, calendar: Calendar, today: date) -> date | None:
    edition = at.body.rules_at(today)
    day = at.found.state.record.starts_at.astimezone(calendar.zone).date()
    return last_urgent_day(edition.rules, day, calendar) if edition else None


def _invitation(record: Record) -> InvitationView | None:
    invitation = record.invitation
    if invitation is None:
        return None
    return InvitationView(
        edition=invitation.edition,
        due=invitation.due,
        urgency=invitation.urgency,
        reminders=list(invitation.reminders),
    )


def _circular(this: Existing) -> CircularView | None:
    if not isinstance(this, Circulating):
        return None
    return CircularView(
        closes_at=this.closes_at,
        seats=list(this.seats),
        edition=this.edition,
        reminders=list(this.reminders),
    )


def _minutes(this: Existing) -> MinutesStanding:
    is_written = isinstance(this, Drafted | Approved | Released)
    return MinutesStanding(
        version=this.record.versions,
        digest=this.digest if is_written else "",
        released=this.record.released,
        is_overdue=this.record.minutes_overdue,
        writers=sorted(this.record.writers),
    )
