"""What stands on an agenda."""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

import msgspec


class ItemKind(StrEnum):
    """What the body does with an item. Only a proposal is voted on."""

    REPORT = "report"
    WORKSHOP = "workshop"
    THEME = "theme"
    PROPOSAL = "proposal"
    FOLLOW_UP = "follow-up"


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of a proposal, put to the vote by itself."""

    key: str
    text: str


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    """`themes` it comes from; `about` are ids of what else it is about, such as resolutions.

    A proposal has at least one alternative, a theme names at least one theme, and a follow-up
    names at least one thing whose progress it shows.
    """

    item: UUID
    kind: ItemKind
    title: str
    text: str = ""
    themes: tuple[UUID, ...] = ()
    about: tuple[UUID, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def alternative(self, key: str) -> Alternative | None:
        return next((one for one in self.alternatives if one.key == key), None)


def agenda_digest(items: Iterable[AgendaItem]) -> str:
    """SHA-256 over the items as JSON, in their order: which agenda exactly was sent or frozen."""
    return sha256(msgspec.json.encode(tuple(items))).hexdigest()


def item_digest(item: AgendaItem) -> str:
    """SHA-256 over the item as JSON: what exactly was voted on or published."""
    return sha256(msgspec.json.encode(item)).hexdigest()
