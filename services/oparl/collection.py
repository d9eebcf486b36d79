"""The objects as they are read: one by its path, or the page of a list."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

import asyncpg
import msgspec

from domain.kernel import Erased
from services.api.bounds import FIRST_YEAR
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.oparl.addresses import SYSTEM, Kind
from services.oparl.body_objects import system_fields
from services.oparl.publisher import Publisher
from services.oparl.query import Query
from services.oparl.wording import words

INTERNAL = frozenset({"auxiliaryFile", "membership", "agendaItem", "location"})
"""Lists of whole objects that a client can do without."""

WHERE = """
    from oparl_object where kind = $1 and ($2::text is null or organization = $2)
        and created >= coalesce($3, created) and created <= coalesce($4, created)
        and modified >= coalesce($5, modified) and modified <= coalesce($6, modified)
        and (not deleted or $5 is not null)
"""
COUNT = f"select count(*) {WHERE}"
PAGE = f"""
    select path, kind, created, modified, account, content {WHERE}
        and (created, path) > ($7, $8)
    order by created, path limit $9
"""
ONE = "select path, kind, created, modified, deleted, account, file, content from oparl_object"
FROM_THE_FIRST = (datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), "")

Content = dict[str, Any]


class Collection:
    """Reads what is public, and of what was the tombstones."""

    def __init__(self, pool: Pool, store: EventStore, publisher: Publisher) -> None:
        self._pool = pool
        self._store = store
        self._publisher = publisher

    async def system(self) -> Content:
        """The entrance: there also before anything was recorded."""
        found = await self.one(SYSTEM)
        if found is not None:
            return found
        name = words().system.format(county=words().county)
        said = await self._publisher.said_of(Kind.SYSTEM, self._pool)
        return {"id": SYSTEM, "type": Kind.SYSTEM.type, **system_fields(name), **said}

    async def one(self, path: str) -> Content | None:
        """The object or its tombstone; None if it was never public."""
        row = await self._pool.fetchrow(f"{ONE} where path = $1", path)
        return (await self._named([row]))[0] if row else None

    async def file(self, path: str) -> tuple[Content, bytes | None] | None:
        """A file and what it has in it, which is None once it is gone."""
        row = await self._pool.fetchrow(
            f"{ONE} where path = $1 and kind = $2", path, Kind.FILE.value
        )
        return (msgspec.json.decode(row["content"]), row["file"]) if row else None

    async def page(self, kind: Kind, path: str, query: Query, organization: str | None) -> Content:
        """A page of the list at this path: in the order of creation, which never changes."""
        asked = (
            kind.value,
            organization,
            query.created_since,
            query.created_until,
            query.modified_since,
            query.modified_until,
        )
        total = await self._pool.fetchval(COUNT, *asked)
        rows = await self._pool.fetch(
            PAGE, *asked, *(query.after or FROM_THE_FIRST), query.limit + 1
        )
        shown = rows[: query.limit]
        links = {"first": query.address(path, None), "self": query.address(path, query.after)}
        if len(rows) > len(shown):
            last = shown[-1]
            links["next"] = query.address(path, (last["created"], last["path"]))
        objects = await self._named(shown)
        if query.omit_internal:
            objects = [_without_lists(one) for one in objects]
        return {
            "data": objects,
            "pagination": {"totalElements": total, "elementsPerPage": query.limit},
            "links": links,
        }

    async def _named(self, rows: Sequence[asyncpg.Record]) -> list[Content]:
        """The objects, persons with their names, which are nowhere but in the log.

        The system and the county with what the settings say of who publishes.
        """
        accounts = [row["account"] for row in rows if row["account"]]
        positions = await self._pool.fetch(
            "select position from account where id::text = any($1)", accounts
        )
        names = await account_names(self._store, [row["position"] for row in positions])
        objects: list[Content] = []
        for row in rows:
            content: Content = msgspec.json.decode(row["content"])
            if "deleted" not in content:
                content |= await self._publisher.said_of(Kind(row["kind"]), self._pool)
            name = names.get(row["account"] or "")
            if name and not isinstance(name, Erased):
                content["name"] = name
            objects.append(content)
        return objects


def _without_lists(content: Content) -> Content:
    """One that OParl needs, such as a meeting's place or an organization's members, stays."""
    return {
        name: value
        for name, value in content.items()
        if name not in INTERNAL or not _has_objects(value)
    }


def _has_objects(value: object) -> bool:
    return isinstance(value, list) and any(
        isinstance(one, dict) for one in cast("list[object]", value)
    )
