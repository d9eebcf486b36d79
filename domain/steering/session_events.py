"""What happens to a session before it is held; the other events are those of its parts."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

import msgspec

from domain.kernel import Event
from domain.steering.agenda_events import AgendaEvent
from domain.steering.minutes_events import MinutesEvent
from domain.steering.session_held_events import HeldEvent


class SessionKind(StrEnum):
    """Whether people meet, or vote in writing."""

    MEETING = "meeting"
    CIRCULAR = "circular"


class Occasion(StrEnum):
    """What members are reminded of: to propose items, to come, to vote in writing."""

    CALL = "call"
    SESSION = "session"
    BALLOT = "ballot"


class Invitee(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that is invited, and the accounts that sit on it that day."""

    seat: str
    organisation: str
    people: tuple[str, ...]


class SessionScheduled(Event, frozen=True, kw_only=True):
    """`body` and `key` name it. A vote in writing begins at `starts_at` at the earliest."""

    TOPIC: ClassVar[str] = "session.scheduled"
    session: UUID
    body: str
    key: str
    title: str
    kind: SessionKind
    starts_at: datetime
    ends_at: datetime | None = None
    place: str = ""


class SessionMoved(Event, frozen=True, kw_only=True):
    """`invitation_stands`: the day is the same, so nobody has to be invited again."""

    TOPIC: ClassVar[str] = "session.moved"
    starts_at: datetime
    ends_at: datetime | None
    place: str
    invitation_stands: bool
    reason: str


class SessionCancelled(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.cancelled"
    reason: str


class ItemsCalledFor(Event, frozen=True, kw_only=True):
    """Members are asked for items until then. `reminders` are planned moments."""

    TOPIC: ClassVar[str] = "session.items-called-for"
    until: datetime
    reminders: tuple[datetime, ...]


class SessionInvited(Event, frozen=True, kw_only=True):
    """Under this edition of the rules the invitation was due on the day `due`.

    `urgency` says why it is later than that. `digest` is that of the agenda sent along, which
    may still change unless `is_final`. `reminders` are planned moments.
    """

    TOPIC: ClassVar[str] = "session.invited"
    invitees: tuple[Invitee, ...]
    edition: int
    due: date
    urgency: str
    digest: str
    is_final: bool
    reminders: tuple[datetime, ...]


class MembersReminded(Event, frozen=True, kw_only=True):
    """`moment` is the reminder's planned time; None when a person reminded by hand."""

    TOPIC: ClassVar[str] = "session.members-reminded"
    occasion: Occasion
    seats: tuple[str, ...]
    moment: datetime | None = None


class AbsenceAnnounced(Event, frozen=True, kw_only=True):
    """The holder of the seat will not come, or not vote: it is for a deputy to do so."""

    TOPIC: ClassVar[str] = "session.absence-announced"
    seat: str


class AbsenceWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.absence-withdrawn"
    seat: str


PlanningEvent: TypeAlias = (
    SessionMoved
    | SessionCancelled
    | ItemsCalledFor
    | SessionInvited
    | MembersReminded
    | AbsenceAnnounced
    | AbsenceWithdrawn
)
SessionEvent: TypeAlias = SessionScheduled | PlanningEvent | AgendaEvent | HeldEvent | MinutesEvent
