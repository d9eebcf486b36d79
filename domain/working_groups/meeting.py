"""A meeting of a group: called, moved, held, and what was recorded of it."""

from datetime import datetime
from typing import TypeAlias, assert_never

import msgspec

from domain.working_groups.events import (
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingWithdrawn,
    Present,
)


class Called(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    starts_at: datetime
    place: str = ""
    purpose: str = ""


class Held(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    held_at: datetime
    attended: tuple[Present, ...]
    summary: str = ""


class Cancelled(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It was called and did not take place."""

    reason: str


class Withdrawn(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """It was recorded as held by mistake."""

    reason: str


Meeting: TypeAlias = Called | Held | Cancelled | Withdrawn
MeetingEvent: TypeAlias = (
    MeetingCalled
    | MeetingMoved
    | MeetingCancelled
    | MeetingHeld
    | MeetingCorrected
    | MeetingWithdrawn
)


def stage_of(meeting: Meeting) -> str:
    """The stage's name as it is stored, sent and shown, such as `called` or `held`."""
    return type(meeting).__name__.lower()


def time_of(meeting: Meeting) -> datetime | None:
    """When it is or was; None if it does not count."""
    match meeting:
        case Called(starts_at=moment) | Held(held_at=moment):
            return moment
        case Cancelled() | Withdrawn():
            return None
        case _:
            assert_never(meeting)


def evolve(meeting: Meeting | None, event: MeetingEvent) -> Meeting | None:
    """The meeting after the event; None if there is none it could be about."""
    match event:
        case MeetingCalled():
            return Called(starts_at=event.starts_at, place=event.place, purpose=event.purpose)
        case MeetingHeld() | MeetingCorrected():
            return Held(held_at=event.held_at, attended=event.attended, summary=event.summary)
        case MeetingMoved():
            if not isinstance(meeting, Called):
                return meeting
            return msgspec.structs.replace(meeting, starts_at=event.starts_at, place=event.place)
        case MeetingCancelled(reason=reason):
            return meeting and Cancelled(reason=reason)
        case MeetingWithdrawn(reason=reason):
            return meeting and Withdrawn(reason=reason)
        case _:
            assert_never(event)
