"""What an erasure does here: whoever's data were erased is told nothing, and nothing is left."""

from collections.abc import Sequence

from domain.privacy.events import SubjectErased
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry


class MailErasure:
    """Follows the log like a view. It has no tables: what it deletes is not built from the log."""

    name = "mail erasure"
    tables: Sequence[str] = ()
    topics: Sequence[str] | None = (SubjectErased.TOPIC,)

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        erased = [e.event.subject for e in entries if isinstance(e.event, SubjectErased)]
        for table in ("mail", "mail_choice"):
            await connection.execute(f"delete from {table} where account = any($1)", erased)  # noqa: S608 (our own names)
