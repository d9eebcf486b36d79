"""Who a mail goes to: name and address, read from the log when it is sent."""

from uuid import UUID

import msgspec

from domain.directory.account import ACCOUNT
from domain.kernel import Erased
from services.eventstore.store import EventStore

KEPT = 2
"""So many of the first characters of an address are shown to administrators."""


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """`address` is empty while none is recorded."""

    name: str
    address: str


async def recipient_of(store: EventStore, account: UUID) -> Recipient | None:
    """None if there is no such person any more."""
    events = (entry.event for entry in await store.load(account))
    state = ACCOUNT.replay(events)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if isinstance(state.name, Erased) or not state.name:
        return None
    address = "" if isinstance(state.address, Erased) else state.address
    return Recipient(name=state.name, address=address)


def masked(address: str) -> str:
    """Enough to see a wrong address, too little to write to it: `er…@kreis.example.org`."""
    name, at, domain = address.rpartition("@")
    kept = name[:KEPT] if len(name) > KEPT else ""
    return f"{kept}…{at}{domain}" if at else ""
