"""What happens to the data kept about a person."""

from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event


class HoldPlaced(Event, frozen=True, kw_only=True):
    """Nothing about the person may be erased for now, as for a lawsuit."""

    TOPIC: ClassVar[str] = "subject.hold-placed"
    subject: UUID
    hold: UUID
    reason: str


class HoldLifted(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "subject.hold-lifted"
    subject: UUID
    hold: UUID
    reason: str


class SubjectErased(Event, frozen=True, kw_only=True):
    """The person's key is destroyed: what was encrypted with it can never be read again.

    The reason stays readable for ever, so it must not name the person.
    """

    TOPIC: ClassVar[str] = "subject.erased"
    subject: UUID
    reason: str


SubjectEvent: TypeAlias = HoldPlaced | HoldLifted | SubjectErased
