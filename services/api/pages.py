"""Cursor pages: a stable order, and a cursor that says where the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from http import HTTPStatus
from typing import Generic, TypeVar

import msgspec

from services.api.problems import EdgeProblem

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
        raise _malformed() from error
    if "\x00" in str(after) or (isinstance(after, int) and not -1 < after < 2**62):
        raise _malformed()
    return after


def _malformed() -> EdgeProblem:
    return EdgeProblem(HTTPStatus.BAD_REQUEST, "request.cursor-malformed", parameter="cursor")
