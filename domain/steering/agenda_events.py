"""What happens to the agenda of a session until it is held."""

from typing import ClassVar, TypeAlias
from uuid import UUID

from domain.kernel import Event
from domain.steering.agenda import AgendaItem


class ItemProposed(Event, frozen=True, kw_only=True):
    """`organisation` is that of the proposer. `substitutes`: in whose absence, if so."""

    TOPIC: ClassVar[str] = "session.item-proposed"
    item: AgendaItem
    proposer: str
    organisation: str
    substitutes: str = ""


class ItemRevised(Event, frozen=True, kw_only=True):
    """The item as it is now."""

    TOPIC: ClassVar[str] = "session.item-revised"
    item: AgendaItem


class ItemWithdrawn(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.item-withdrawn"
    item: UUID
    reason: str


class AgendaOrdered(Event, frozen=True, kw_only=True):
    """All items, in the order in which they are taken."""

    TOPIC: ClassVar[str] = "session.agenda-ordered"
    items: tuple[UUID, ...]


class AgendaFrozen(Event, frozen=True, kw_only=True):
    """The agenda is what it is; `digest` is that of its items in their order."""

    TOPIC: ClassVar[str] = "session.agenda-frozen"
    items: tuple[UUID, ...]
    digest: str


class AgendaReopened(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "session.agenda-reopened"
    reason: str


AgendaEvent: TypeAlias = (
    ItemProposed | ItemRevised | ItemWithdrawn | AgendaOrdered | AgendaFrozen | AgendaReopened
)
