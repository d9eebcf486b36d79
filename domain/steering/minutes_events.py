"""What happens to the minutes of a session, and what of it is public."""

from datetime import datetime
from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event
from domain.steering.minutes import Minutes


class MinutesDrafted(Event, frozen=True, kw_only=True):
    """`version` counts from 1. `reason` says what is corrected, once minutes were released."""

    TOPIC: ClassVar[str] = "session.minutes-drafted"
    version: int
    minutes: Minutes
    digest: str
    author: str
    substitutes: str = ""
    reason: str = ""


class MinutesReturned(Event, frozen=True, kw_only=True):
    """The second person does not approve them as they are."""

    TOPIC: ClassVar[str] = "session.minutes-returned"
    version: int
    reason: str


class MinutesApproved(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.minutes-approved"
    version: int
    digest: str
    approver: str
    substitutes: str = ""


class MinutesReleased(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.minutes-released"
    version: int


class MinutesFellOverdue(Event, frozen=True, kw_only=True):
    """They were not released by this moment, which the rules of the body set."""

    TOPIC: ClassVar[str] = "session.minutes-fell-overdue"
    due: datetime


class ItemPublished(Event, frozen=True, kw_only=True):
    """For everybody to see; what was decided on it once minutes are released."""

    TOPIC: ClassVar[str] = "session.item-published"
    item: UUID
    digest: str


class PublicationWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.publication-withdrawn"
    item: UUID
    reason: str


MinutesEvent: TypeAlias = (
    MinutesDrafted
    | MinutesReturned
    | MinutesApproved
    | MinutesReleased
    | MinutesFellOverdue
    | ItemPublished
    | PublicationWithdrawn
)
