"""The receipts of the live log beside the events they are about."""

import re
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.cursor import Cursor as AsyncpgCursor

from services.eventstore.database import Connection
from services.ledger.sealed import SealedEvent
from services.ledger.verifier import Finding

if TYPE_CHECKING:
    Cursor: TypeAlias = AsyncpgCursor[asyncpg.Record]
else:  # only the stubs know what it is generic in
    Cursor = AsyncpgCursor

PORTION = 2048
COMMAND = re.compile(rb'\{(?:"schema":\d+,)?"metadata":\{"command":"([0-9a-f-]{36})"')
"""How what we record begins; events of other applications in the same log have no receipts."""


class ReceiptsInOrder:
    """Compares each receipt with the events that come by, from the first event on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor: Cursor | None = None
        self._coming: list[asyncpg.Record] = []
        self._current: asyncpg.Record | None = None
        self._count = 0

    async def check(self, event: SealedEvent) -> None:
        """Raises Finding if the event has no receipt it should have, or one that does not fit."""
        receipt = await self._receipt_at(event.position)
        recorded = COMMAND.match(event.state)
        command = recorded[1].decode() if recorded else None
        if receipt is None:
            if command is not None:
                raise Finding("receipt", event.position, command=command)
            return
        if (
            str(receipt["command_id"]) != command
            or receipt["originator_id"] != event.stream
            or receipt["originator_version"] - receipt["last_position"] + event.position
            != event.version
            or receipt["recorded_at"] != event.recorded_at
        ):
            raise Finding("receipt", event.position, command=receipt["command_id"])

    async def finish(self, head: int) -> int:
        """Raises Finding if a receipt is about events that are not there; how many there are."""
        if await self._receipt_at(head) is not None and self._is_over(head):
            self._current = None
        left = self._current or await self._take()
        if left is not None:
            first = max(1, min(head + 1, left["first_position"]))
            raise Finding("receipt", first, command=left["command_id"])
        return self._count

    async def _receipt_at(self, position: int) -> asyncpg.Record | None:
        """The receipt of the event there. Raises Finding if it reaches into the one before."""
        while self._current is None or self._is_over(position - 1):
            self._current = await self._take()
            if self._current is None:
                return None
            if self._current["first_position"] < position:
                first = max(1, self._current["first_position"])
                raise Finding("receipt", first, command=self._current["command_id"])
        return self._current if self._current["first_position"] <= position else None

    def _is_over(self, position: int) -> bool:
        return self._current is not None and self._current["last_position"] <= position

    async def _take(self) -> asyncpg.Record | None:
        if not self._coming:
            if self._cursor is None:
                self._cursor = await self._connection.cursor(
                    "select * from receipt where first_position <= last_position"
                    " order by first_position"
                )
            self._coming = (await self._cursor.fetch(PORTION))[::-1]
        if not self._coming:
            return None
        self._count += 1
        return self._coming.pop()
