"""What a clock has to know of a resolution: the moments at which its mandate is followed up."""

from datetime import datetime
from enum import StrEnum
from typing import assert_never

import msgspec

from domain.steering.resolution import (
    Annulled,
    Fulfilled,
    Open,
    Resolution,
    Revoked,
    Settled,
    Unknown,
)


class Phase(StrEnum):
    """What the process waits for. A fulfilled mandate may be reopened, so its process is asked."""

    FOLLOWED_UP = "followed-up"
    FULFILLED = "fulfilled"
    ENDED = "ended"


class ResolutionCourse(msgspec.Struct, frozen=True, kw_only=True):
    """Moments only. `reminders` are those not sent yet; no `due` once it was found overdue."""

    phase: Phase
    reminders: tuple[datetime, ...] = ()
    due: datetime | None = None


def course(resolution: Resolution) -> ResolutionCourse:
    """The course of a resolution from where it stands now."""
    match resolution:
        case Open(follow_up=follow_up):
            if follow_up.is_overdue:
                return ResolutionCourse(phase=Phase.FOLLOWED_UP)
            return ResolutionCourse(
                phase=Phase.FOLLOWED_UP,
                reminders=follow_up.reminders_to_come,
                due=follow_up.due,
            )
        case Fulfilled():
            return ResolutionCourse(phase=Phase.FULFILLED)
        case Unknown() | Settled() | Revoked() | Annulled():
            return ResolutionCourse(phase=Phase.ENDED)
        case _:
            assert_never(resolution)
