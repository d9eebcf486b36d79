"""What a kind of file is; those of accounts, which people with a role have."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.directory.account import ACCOUNT
from domain.directory.events import AccountRegistered, RoleGranted, RoleRevoked
from domain.retention.classes import PersonFile
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.privacy.retention.plan import ACCOUNTS, RetentionPlan


class PersonFiles(Protocol):
    """What a kind of person's file is, when it was closed, and what is in it."""

    async def closed(self, at: datetime) -> Sequence[UUID]:
        """Those whose file looks closed at this moment; rather too many than too few."""
        ...

    async def kept_of(self, person: UUID) -> PersonFile | None:
        """What the log says of the person's file; None if it knows none."""
        ...

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        """What is in the file, for whoever is to decide whether it is worth archiving."""
        ...


class Accounts:
    """The file of an account is closed when its last role has ended or was revoked.

    One that never had a role was closed on the day it was registered.
    """

    def __init__(self, pool: Pool, store: EventStore, plan: RetentionPlan, zone: ZoneInfo) -> None:
        self._pool = pool
        self._store = store
        self._plan = plan
        self._zone = zone

    async def closed(self, at: datetime) -> Sequence[UUID]:
        rows = await self._pool.fetch(
            "select id from account where not exists (select from account_grant"
            " where account = account.id and (until is null or until > $1)) and not exists"
            " (select from subject_key where subject = account.id and erased_at is not null)"
            " order by id",
            at,
        )
        return [row["id"] for row in rows]

    async def kept_of(self, person: UUID) -> PersonFile | None:
        entries = await self._store.load(person)
        if not any(isinstance(entry.event, AccountRegistered) for entry in entries):
            return None
        closed_at = _closed_at(entries)
        return PersonFile(
            retention_class=self._plan.class_of(ACCOUNTS).key,
            closed_on=closed_at.astimezone(self._zone).date() if closed_at else None,
        )

    async def entries(self, person: UUID) -> Sequence[LogEntry]:
        return await self._store.load(person)


def _closed_at(entries: Sequence[LogEntry]) -> datetime | None:
    """When the last role ended; None while one has no end."""
    account = ACCOUNT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]  (the stream has its own events)
    if any(grant.until is None for grant in account.grants):
        return None
    ends = [grant.until for grant in account.grants if grant.until is not None]
    return max([*ends, *_revocations(entries), _registered_at(entries)])


def _registered_at(entries: Sequence[LogEntry]) -> datetime:
    return next(
        entry.metadata.occurred_at
        for entry in entries
        if isinstance(entry.event, AccountRegistered)
    )


def _revocations(entries: Sequence[LogEntry]) -> list[datetime]:
    """When roles were revoked that had not ended by themselves before."""
    ends: list[datetime] = []
    held: dict[tuple[str, str], list[datetime | None]] = {}
    for entry in entries:
        match entry.event:
            case RoleGranted(role=role, organisation=organisation, until=until):
                held.setdefault((role, organisation), []).append(until)
            case RoleRevoked(role=role, organisation=organisation):
                at = entry.metadata.occurred_at
                spans = held.pop((role, organisation), [])
                ends += [min(at, until) if until else at for until in spans]
            case _:
                pass
    return ends
