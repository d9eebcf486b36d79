"""Programmes and trades to choose from: typed into one field that proposes, no script needed."""

from collections.abc import Sequence

import msgspec

from services.api.catalogues import Catalogued, CataloguedEntry
from services.web.inside import Inside, Visit

PAGE = 200


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What holds today, each as the field shows it: the key, then the name."""

    programmes: Sequence[str]
    trades: Sequence[str]

    def as_typed(self, key: str) -> str:
        """How the field shows this key."""
        found = (one for one in (*self.programmes, *self.trades) if key_in(one) == key)
        return next(found, key)


async def choices(inside: Inside, request: Visit) -> Choices:
    """Both catalogues whole."""
    return Choices(
        programmes=[_shown(one) for one in await _all(inside, request, "/programmes")],
        trades=[_shown(one) for one in await _all(inside, request, "/trades")],
    )


def key_in(typed: str) -> str:
    """The key at the beginning of what the field shows, or what was typed."""
    return typed.split(" ", 1)[0]


async def _all(inside: Inside, request: Visit, path: str) -> list[CataloguedEntry]:
    found: list[CataloguedEntry] = []
    cursor: str | None = None
    while True:
        page = await inside.read(request, path, Catalogued, cursor=cursor, limit=PAGE)
        found += [one for one in page.items if one.valid_until is None]
        if page.next is None:
            return found
        cursor = page.next


def _shown(one: CataloguedEntry) -> str:
    return f"{one.key} {one.name}"
