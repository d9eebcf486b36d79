"""From a request to a decision and its answer: keys, versions, positions."""

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4, uuid5

import msgspec
from litestar.openapi.spec import Example
from litestar.params import HeaderParameter
from litestar.response import Response

from domain.kernel import NAMESPACE, Command
from services.api.access import SignedIn
from services.api.problems import EdgeProblem
from services.desk import Desk
from services.eventstore.group_commit import Receipt
from services.orders import Order

LONGEST_KEY = 255

IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[\x21-\x7e]+$",
        description="Names this request: sent again with the same key, it is done once.",
        examples=[Example(value="0f8e3b1c-5f0a-4f0e-8b59-5d1d8d6f2a10")],
    ),
]
IfMatch = Annotated[
    str,
    HeaderParameter(
        name="If-Match",
        min_length=1,
        max_length=LONGEST_KEY,
        description="The ETag of what was seen: the change is refused if it is no longer that.",
        examples=[Example(value='"7"')],
    ),
]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What was recorded. `position` is its place in the log; `recorded` is false if it was so.

    At `receipt` is the proof that it is in the log, to keep; there is none if nothing was recorded.
    """

    id: UUID
    version: int
    position: int
    recorded: bool
    recorded_at: datetime
    receipt: str | None


class Clerk:
    """Hands a request's command in at the desk and answers with what was recorded."""

    def __init__(self, desk: Desk, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._desk = desk
        self.now = now

    async def decide(
        self,
        request: SignedIn,
        command: Command,
        *,
        key: str | None = None,
        expected_version: int | None = None,
    ) -> Receipt:
        """Record what follows from the command. Without a key every request is its own."""
        account = request.user.account
        return await self._desk.handle(
            Order(
                command=command,
                command_id=uuid5(NAMESPACE, f"{account}/{key}") if key else uuid4(),
                principal=request.user,
                at=self.now(),
                correlation=request.scope["state"]["correlation"],
                expected_version=expected_version,
            )
        )

    async def answer(
        self, request: SignedIn, command: Command, *, key: str, if_match: str | None = None
    ) -> Response[Decision]:
        """Decide, and answer with the decision and the new ETag."""
        expected = version_of(if_match) if if_match is not None else None
        receipt = await self.decide(request, command, key=key, expected_version=expected)
        return decided(receipt)


def decided(
    receipt: Receipt, *, status: HTTPStatus = HTTPStatus.OK, location: str | None = None
) -> Response[Decision]:
    """The answer to a command."""
    headers = {"ETag": etag(receipt.version)}
    if location is not None:
        headers["Location"] = location
    return Response(decision(receipt), status_code=status, headers=headers)


def decision(receipt: Receipt) -> Decision:
    recorded = receipt.first <= receipt.last
    return Decision(
        id=receipt.stream,
        version=receipt.version,
        position=receipt.last,
        recorded=recorded,
        recorded_at=receipt.recorded_at,
        receipt=f"/api/v1/receipts/{receipt.command}" if recorded else None,
    )


def etag(version: int) -> str:
    """A strong ETag from a version."""
    return f'"{version}"'


def version_of(if_match: str) -> int:
    """The version an If-Match header names. Raises EdgeProblem if it is no ETag of ours."""
    text = if_match.strip()
    digits = text[1:-1]
    is_etag = len(text) > 2 and text[0] == text[-1] == '"'  # noqa: PLR2004 (quotes)
    if not (is_etag and digits.isascii() and digits.isdigit() and len(digits) < 10):  # noqa: PLR2004
        raise EdgeProblem(HTTPStatus.BAD_REQUEST, "request.version-malformed", parameter="If-Match")
    return int(digits)
