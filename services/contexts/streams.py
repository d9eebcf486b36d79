"""Aggregates as they stand now, replayed from the log."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from domain.directory.account import ACCOUNT
from domain.directory.commands import municipality_id, organisation_id
from domain.directory.municipality import MUNICIPALITY, Municipality
from domain.directory.organisation import ORGANISATION, Organisation
from domain.kernel import Aggregate, Erased
from services.eventstore.store import NOW, EventStore, Moment

S = TypeVar("S")


class Streams:
    """What is asked for is loaded anew each time: it is never older than the log."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    async def state(
        self, aggregate: Aggregate[Any, Any, S, Any], stream: UUID, until: Moment = NOW
    ) -> S:
        """The aggregate, also one that nothing is known of."""
        entries = await self._store.load(stream, until)
        return aggregate.replay(entry.event for entry in entries)

    async def organisation(self, key: str) -> Organisation:
        return await self.state(ORGANISATION, organisation_id(key))

    async def organisations(self, keys: Iterable[str]) -> Mapping[str, Organisation]:
        """Those named, also unknown ones."""
        return {key: await self.organisation(key) for key in keys}

    async def municipality(self, ags: str) -> Municipality:
        return await self.state(MUNICIPALITY, municipality_id(ags))

    async def people(self, accounts: Iterable[str]) -> frozenset[str]:
        """Those of the accounts that exist. What is no id is nobody's."""
        return frozenset({account for account in accounts if await self._exists(account)})

    async def _exists(self, account: str) -> bool:
        try:
            stream = UUID(account)
        except ValueError:
            return False
        name = (await self.state(ACCOUNT, stream)).name
        return bool(name) and not isinstance(name, Erased)
