"""An order at the desk: a command with who asks and when; what is recorded of it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import msgspec

from domain.kernel import Actor, Command, Event
from services.eventstore.record import Metadata, Recorded
from services.identity.principal import Principal
from services.privacy.box import personal_fields


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """A command with who asks, when, and what it came from.

    `expected_version` is the aggregate's version the person saw; None if it does not matter.
    `at` is when it happened, which for imports (`source`) is before now.
    """

    command: Command
    command_id: UUID
    principal: Principal
    at: datetime
    correlation: str
    causation: int | None = None
    expected_version: int | None = None
    source: str = ""


def digest_of(order: Order) -> bytes:
    """What makes two orders the same: the command and who asks, not when."""
    command = msgspec.json.encode(order.command, order="deterministic")
    name = type(order.command).__name__
    return sha256(f"{name} {order.principal.account} ".encode() + command).digest()


def recorded(order: Order, actor: Actor, events: Sequence[Event], version: int) -> list[Recorded]:
    """The events as they are recorded on a stream of this version."""
    # Metadata are in the clear: what is said about a person is in the event alone, or nowhere.
    is_personal = any(personal_fields(type(event)) for event in events)
    metadata = Metadata(
        command=order.command_id,
        correlation=order.correlation,
        causation=order.causation,
        account=actor.account,
        organisation=actor.organisation,
        role=actor.role,
        signed_in=actor.signed_in,
        occurred_at=order.at,
        reason="" if is_personal else getattr(order.command, "reason", ""),
        shown=getattr(order.command, "shown", ""),
        source=order.source,
        substitutes=actor.substitutes,
    )
    return [
        Recorded(
            originator_id=order.command.subject,
            originator_version=version + index,
            event=event,
            metadata=metadata,
        )
        for index, event in enumerate(events, start=1)
    ]
