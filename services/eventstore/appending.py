"""A command on its way into the log, and what it gets for it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec
from eventsourcing.persistence import StoredEvent


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a command, kept for ever.

    `version` is the stream's after it. No events were needed if `first` is greater than `last`;
    `last` is then the head of the log at that time.
    """

    command: UUID
    digest: bytes
    stream: UUID
    version: int
    first: int
    last: int
    recorded_at: datetime


class Appending(NamedTuple):
    """A command on its way into the log: its events, and the version it saw of its stream."""

    events: Sequence[StoredEvent]
    command: UUID
    digest: bytes
    stream: UUID
    version: int
    outcome: asyncio.Future[Receipt]
