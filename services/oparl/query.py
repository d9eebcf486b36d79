"""What clients ask of a list: since when, until when, how many, and where to go on."""

import re
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import urlencode

import msgspec
from litestar.datastructures import MultiDict

from services.api.bounds import checked
from services.api.pages import read_cursor, write_cursor
from services.api.problems import EdgeProblem

MOST = 100
"""So many objects stand on a page, unless fewer are asked for."""
LIMIT = re.compile(r"[1-9][0-9]{0,8}")
NOWHERE = ("", "")

Place: TypeAlias = tuple[datetime, str]
"""When an object was created, and its path."""


class Query(msgspec.Struct, frozen=True, kw_only=True):
    """`after` is the place of the object before this page."""

    created_since: datetime | None = None
    created_until: datetime | None = None
    modified_since: datetime | None = None
    modified_until: datetime | None = None
    limit: int = MOST
    omit_internal: bool = False
    after: Place | None = None

    def address(self, path: str, after: Place | None) -> str:
        """The list from there on, filtered as before. The same question has one address."""
        asked = [*self._asked()]
        if after is not None:
            asked.append(("after", write_cursor((after[0].isoformat(), after[1]))))
        return f"{path}?{urlencode(asked)}" if asked else path

    def _asked(self) -> Iterator[tuple[str, str]]:
        for name in ("created_since", "created_until", "modified_since", "modified_until"):
            moment: datetime | None = getattr(self, name)
            if moment is not None:
                yield name, moment.isoformat(timespec="seconds")
        if self.limit != MOST:
            yield "limit", str(self.limit)
        if self.omit_internal:
            yield "omit_internal", "true"


def query_of(sent: MultiDict[Any]) -> Query:
    """The question. Raises EdgeProblem if a moment or the cursor is malformed.

    What OParl does not know is left aside, as are limits that are none.
    """
    created, path = read_cursor(sent.get("after"), tuple[str, str], NOWHERE)
    place = _moment("after", created)
    return Query(
        created_since=_moment("created_since", sent.get("created_since")),
        created_until=_moment("created_until", sent.get("created_until")),
        modified_since=_moment("modified_since", sent.get("modified_since")),
        modified_until=_moment("modified_until", sent.get("modified_until")),
        limit=_limit(sent.get("limit", "")),
        omit_internal=sent.get("omit_internal") == "true",
        after=(place, path) if place else None,
    )


def _moment(name: str, sent: str | None) -> datetime | None:
    """To the second, as ours are, so that none is missed whose fraction we do not show.

    A plus sign that was not encoded arrives as a space; a moment has no other one.
    """
    if not sent:
        return None
    try:
        moment = msgspec.convert(sent.replace(" ", "+"), datetime)
    except msgspec.ValidationError:
        raise EdgeProblem(
            HTTPStatus.BAD_REQUEST,
            "request.moment-malformed",
            facts={"value": sent},
            parameter=name,
        ) from None
    found = checked(moment, parameter=name)
    return found.replace(microsecond=0) if found else None


def _limit(sent: str) -> int:
    wanted = int(sent) if LIMIT.fullmatch(sent) else MOST
    return min(wanted, MOST)
