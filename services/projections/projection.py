"""What a projection is."""

from collections.abc import Sequence
from typing import Protocol

from services.eventstore.database import Connection
from services.eventstore.record import LogEntry


class Projection(Protocol):
    """A view of the log. Never refuses an event; may be dropped and built again."""

    @property
    def name(self) -> str:
        """What its position is tracked under; part of the name of a schema while it is rebuilt."""
        ...

    @property
    def tables(self) -> Sequence[str]:
        """What it writes to. It names them without a schema: a rebuild sets another one."""
        ...

    @property
    def topics(self) -> Sequence[str] | None:
        """The only events it needs; None for all."""
        ...

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        """Write what follows from these events, in their order, within the open transaction."""
        ...
