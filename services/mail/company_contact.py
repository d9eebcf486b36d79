"""Whom a company named as its contact, and how its report stands: read from the log when needed."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.kernel import Erased, Event
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.holder import Holder
from domain.language_needs.record import Record
from domain.language_needs.report import Unknown, holder_of
from services.eventstore.store import EventStore
from services.mail.people import Recipient


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What a report says, and who holds it; nobody once it is closed or withdrawn."""

    record: Record
    holder: Holder | None

    @property
    def recipient(self) -> Recipient | None:
        """The contact; None once their data were erased. The address may be empty."""
        contact = self.record.contact
        if isinstance(contact, Erased):
            return None
        return Recipient(name=contact.name, address=contact.email)


class Contacts:
    """Looks up whom a report names."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def of_report(self, report: UUID) -> Recipient | None:
        """None if there is no such report, or its contact was erased."""
        standing = await self.standing(report)
        return None if standing is None else standing.recipient

    async def standing(self, report: UUID) -> Standing | None:
        """None if there is no such report."""
        return standing_after([entry.event for entry in await self._store.load(report)])


def standing_after(events: Sequence[Event]) -> Standing | None:
    """How a report stands after these events; None if there are none of a report."""
    state = COMPANY_REPORT.replay(events)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state, Unknown):
        return None
    return Standing(record=state.record, holder=holder_of(state))
