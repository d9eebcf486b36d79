"""Who looked at the contact a company named, recorded before it is shown."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import msgspec

from domain.kernel import Aggregate, Command, Context, Event, stream_id


class NoteContactLook(Command, frozen=True, kw_only=True):
    """Record that somebody looks at the contact of a report, before it is shown."""

    report: UUID
    reference: str

    @property
    def subject(self) -> UUID:
        """Looks have a stream beside the report, so that reading never delays writing."""
        return stream_id("contact-look", str(self.report))


class ContactSeen(Event, frozen=True, kw_only=True):
    """Somebody who works on the report looked at whom to call."""

    TOPIC: ClassVar[str] = "contact-look.contact-seen"
    report: UUID
    reference: str


class ContactLooks(msgspec.Struct, frozen=True, kw_only=True):
    """How often somebody looked. Nothing is decided by what was seen before."""

    count: int = 0


def evolve(looks: ContactLooks, _: ContactSeen) -> ContactLooks:
    return ContactLooks(count=looks.count + 1)


def decide(command: NoteContactLook, _: ContactLooks, __: Context) -> Sequence[ContactSeen]:
    return [ContactSeen(report=command.report, reference=command.reference)]


CONTACT_LOOK = Aggregate("contact-look", initial=ContactLooks(), evolve=evolve, decide=decide)
