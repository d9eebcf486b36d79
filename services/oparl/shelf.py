"""Where the objects stand: each with the moment since when it is as it is, and what is gone."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from hashlib import sha512
from typing import Any, cast

import msgspec

from services.eventstore.database import Connection
from services.oparl.addresses import Kind
from services.oparl.draft import Draft, Inside
from services.papers.pdf import pdf

STAMPS = ("created", "modified", "deleted")
MADE = ("size", "sha512Checksum")
"""What is known of a file once it is made, which it is only if what it says has changed."""
NEEDED = frozenset({"legislativeTerm"})
"""Lists that OParl wants even if they are empty."""
KEPT: Mapping[Kind, str] = {Kind.FILE: "accessUrl", Kind.AGENDA_ITEM: "order"}
"""What OParl's own schema wants of every object of the type, also of one that is gone."""

Content = dict[str, Any]

SELECT = "select path, kind, deleted, content from oparl_object where source = $1 order by path"
UPSERT = """
    insert into oparl_object (path, kind, source, created, modified, deleted, organization,
        account, file, content)
    values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9)
    on conflict (path) do update set modified = excluded.modified, deleted = excluded.deleted,
        organization = coalesce(excluded.organization, oparl_object.organization),
        account = excluded.account, file = excluded.file, content = excluded.content
"""


class Shelf:
    """The objects that follow from one source, such as a session, as they were until now."""

    def __init__(self, connection: Connection, source: str, at: datetime, zone: tzinfo) -> None:
        """What changes does so `at` that moment, which is written on the clock of the zone."""
        self._connection = connection
        self._source = source
        self._at = at.replace(microsecond=0)
        self._stamp = self._at.astimezone(zone).isoformat(timespec="seconds")
        self._known: dict[str, Content] = {}

    async def fill(self, drafts: Sequence[Draft]) -> None:
        """Make it what the drafts say, of which each comes after those it holds.

        What they say no more is gone from now on, and leaves a tombstone.
        """
        rows = await self._connection.fetch(SELECT, self._source)
        self._known = {row["path"]: msgspec.json.decode(row["content"]) for row in rows}
        changed = [row for draft in drafts if (row := await self._put(draft)) is not None]
        drafted = {draft.path for draft in drafts}
        gone = [row for row in rows if row["path"] not in drafted and not row["deleted"]]
        changed += [self._bury(row["path"], Kind(row["kind"])) for row in gone]
        await self._connection.executemany(UPSERT, changed)

    async def _put(self, draft: Draft) -> tuple[object, ...] | None:
        """Its row if it is new or differs from what stands there."""
        fields = {
            name: self._whole(value)
            for name, value in draft.fields.items()
            if value not in (None, "", [], ()) or name in NEEDED
        }
        fields = {"id": draft.path, "type": draft.kind.type, **fields}
        before = self._known.get(draft.path, {})
        if "deleted" not in before and _said(before, draft) == fields:
            return None
        file = await pdf(draft.paper) if draft.paper else None
        content = self._stamped({**fields, **_made(file)}, before)
        self._known[draft.path] = content
        return self._row(draft.path, draft.kind, content, draft, file)

    def _bury(self, path: str, kind: Kind) -> tuple[object, ...]:
        before = self._known[path]
        kept = {name: before[name] for name in ("id", "type", KEPT.get(kind, "id"))}
        return self._row(path, kind, {**self._stamped(kept, before), "deleted": True}, None)

    def _stamped(self, fields: Content, before: Content) -> Content:
        created = before.get("created", self._stamp)
        return {**fields, "created": created, "modified": self._stamp}

    def _row(
        self,
        path: str,
        kind: Kind,
        content: Content,
        draft: Draft | None,
        file: bytes | None = None,
    ) -> tuple[object, ...]:
        return (
            path,
            kind.value,
            self._source,
            self._at,
            draft is None,
            draft.organization if draft else None,
            draft.account if draft else None,
            file,
            msgspec.json.encode(content).decode(),
        )

    def _whole(self, value: object) -> object:
        """The field with whole objects in the places of those that stand inside."""
        match value:
            case Inside(path=path, without=without):
                held = self._known[path]
                return {name: one for name, one in held.items() if name != without}
            case list() | tuple():
                return [self._whole(one) for one in cast("Sequence[object]", value)]
            case _:
                return value


def _said(content: Content, draft: Draft) -> Content:
    """What a draft says of the object, too."""
    left_out = STAMPS + (MADE if draft.paper else ())
    return {name: value for name, value in content.items() if name not in left_out}


def _made(file: bytes | None) -> Content:
    if file is None:
        return {}
    return {"size": len(file), "sha512Checksum": sha512(file).hexdigest()}
