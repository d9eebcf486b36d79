"""What everybody may know of a working group."""

from typing import ClassVar
from uuid import UUID

from domain.kernel import Event


class GroupPublished(Event, frozen=True, kw_only=True):
    """Its name, its time, and the organisations in it are public from now on, as they change."""

    TOPIC: ClassVar[str] = "working-group.published"
    group: UUID


class GroupPublicationWithdrawn(Event, frozen=True, kw_only=True):
    """Nothing of it is public any more."""

    TOPIC: ClassVar[str] = "working-group.publication-withdrawn"
    group: UUID
    reason: str
