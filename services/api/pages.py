"""Cursor pages: a stable order, and a cursor that says where the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus
from typing import Generic, TypeVar, cast
from uuid import UUID

import msgspec

from services.api.problems import EdgeProblem

LARGEST = 2**62

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """`next` goes into the `cursor` of the next request; null on the last page."""

    items: list[T]
    next: str | None = None


def write_cursor(after: object) -> str:
    """Where the page ended, as a string for a query."""
    return urlsafe_b64encode(msgspec.json.encode(after)).decode().rstrip("=")


def read_cursor(cursor: str | None, kind: type[T], start: T) -> T:
    """Where to go on; `start` without a cursor. Raises EdgeProblem if it is none of ours."""
    if cursor is None:
        return start
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        after = msgspec.json.decode(urlsafe_b64decode(padded), type=kind)
    except (ValueError, msgspec.MsgspecError) as error:
        raise malformed() from error
    if not _is_possible(after):
        raise malformed()
    return after


def _is_possible(after: object) -> bool:
    """Whether the database can look for it."""
    match after:
        case str():
            return "\x00" not in after
        case int():
            return 0 <= after < LARGEST
        case UUID():
            return True
        case tuple():
            return all(_is_possible(part) for part in cast("tuple[object, ...]", after))
        case _:
            return False


def malformed() -> EdgeProblem:
    """For a cursor that is none of ours."""
    return EdgeProblem(HTTPStatus.BAD_REQUEST, "request.cursor-malformed", parameter="cursor")
