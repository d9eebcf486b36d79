"""What a list of courses would change, decided offer by offer before anything is recorded."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

import msgspec

from domain.course_offers.commands import (
    CheckOffer,
    CourseOfferCommand,
    EnterOffer,
    UpdateOffer,
    WithdrawOffer,
    offer_id,
)
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.details import Details, Source
from domain.course_offers.offer import Offer, Offered
from services.contexts.streams import Streams
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.importers.course_offers import ListedOffer, OfferList

VANISHED = """
    select id, key, provider, course_type, starts_on from course_offer
    where source = $1 and stage = 'offered' and provider = any($2) and starts_on > $3
        and not id = any($4)
    order by starts_on, key
"""


class Vanished(msgspec.Struct, frozen=True, kw_only=True):
    """An offer of the same source and provider that has not begun and is not in the list."""

    id: UUID
    key: str
    provider: str
    course_type: str
    starts_on: date


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a list says that is new, or changed, or confirmed; what is so, and what is older.

    `changed` has the fields that change. An older row changes nothing.
    """

    new: tuple[ListedOffer, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = {}
    confirmed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    vanished: tuple[Vanished, ...] = ()
    commands: tuple[CourseOfferCommand, ...] = ()


class OfferLists:
    """Compares a list with what is recorded; what is recorded is as new as the log."""

    def __init__(self, pool: Pool, store: EventStore) -> None:
        self._pool = pool
        self._streams = Streams(store)

    async def plan(self, listed: OfferList, source: Source, today: date) -> Plan:
        """For the rows without faults, what is to be asked of the desk."""
        new: list[ListedOffer] = []
        changed: dict[str, tuple[str, ...]] = {}
        others: dict[str, list[str]] = {"confirmed": [], "same": [], "older": []}
        commands: list[CourseOfferCommand] = []
        for row in listed.offers:
            offer = await self._streams.state(COURSE_OFFER, offer_id(source, row.key))
            what, command = step(offer, row, source)
            if command is not None:
                commands.append(command)
            if what == "new":
                new.append(row)
            elif what == "changed" and isinstance(offer, Offered):
                changed[row.key] = differing(offer.record.details, row.details)
            else:
                others[what].append(row.key)
        return Plan(
            new=tuple(new),
            changed=changed,
            confirmed=tuple(others["confirmed"]),
            same=tuple(others["same"]),
            older=tuple(others["older"]),
            vanished=await self._vanished(listed, source, today),
            commands=tuple(commands),
        )

    async def _vanished(
        self, listed: OfferList, source: Source, today: date
    ) -> tuple[Vanished, ...]:
        """Nothing is said to have vanished while there are rows that nobody can read."""
        if listed.faults or not listed.offers:
            return ()
        providers = sorted({row.details.provider for row in listed.offers})
        ids = [offer_id(source, row.key) for row in listed.offers]
        rows = await self._pool.fetch(VANISHED, source, providers, today, ids)
        return tuple(Vanished(**dict(row)) for row in rows)


def step(offer: Offer, row: ListedOffer, source: Source) -> tuple[str, CourseOfferCommand | None]:
    """What a row is beside what is recorded, and what is to be asked."""
    if not isinstance(offer, Offered):
        return "new", EnterOffer(source=source, key=row.key, details=row.details, as_of=row.as_of)
    record = offer.record
    if row.as_of < record.as_of:
        return "older", None
    if row.details != record.details:
        return "changed", UpdateOffer(offer=record.offer, details=row.details, as_of=row.as_of)
    if row.as_of == record.as_of:
        return "same", None
    return "confirmed", CheckOffer(offer=record.offer, as_of=row.as_of)


def differing(old: Details, new: Details) -> tuple[str, ...]:
    """The fields that differ."""
    return tuple(
        field for field in Details.__struct_fields__ if getattr(old, field) != getattr(new, field)
    )


def withdrawals(vanished: Collection[Vanished], reason: str) -> Iterator[WithdrawOffer]:
    """To take out what is no longer in the list."""
    return (WithdrawOffer(offer=each.id, reason=reason) for each in vanished)
