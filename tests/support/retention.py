"""People whose files were closed years ago, and the run over them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from domain.directory.commands import (
    GrantRole,
    RegisterAccount,
    RegisterOrganisation,
    RevokeRole,
)
from domain.directory.events import OrganisationKind
from domain.kernel import Command, Role
from domain.privacy.commands import subject_stream
from services.identity.principal import CONSOLE
from services.orders import Order
from services.processes import retention_log
from services.runtime import Runtime
from services.settings import Settings

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LONG_AGO = datetime(2019, 5, 6, 8, tzinfo=UTC)
"""Closed then, an account is due since 1 January 2025."""

ORGANISATION = "archivtest"


async def hand_in(runtime: Runtime, command: Command, at: datetime = NOW) -> None:
    await runtime.desk.handle(
        Order(command=command, command_id=uuid4(), principal=CONSOLE, at=at, correlation="test")
    )


async def register(runtime: Runtime, name: str, *, at: datetime = LONG_AGO) -> UUID:
    """A person with a role, both from that moment on."""
    account = uuid4()
    for command in (
        RegisterOrganisation(
            key=ORGANISATION, name="Archivtest", kind=OrganisationKind.ASSOCIATION
        ),
        RegisterAccount(account=account, name=name),
        GrantRole(account=account, role=Role.AUDITOR, organisation=ORGANISATION),
    ):
        await hand_in(runtime, command, at)
    return account


async def leave(runtime: Runtime, account: UUID, *, at: datetime = LONG_AGO) -> None:
    """The person's role is revoked at that moment: their file is closed."""
    command = RevokeRole(
        account=account, role=Role.AUDITOR, organisation=ORGANISATION, reason="Ruhestand"
    )
    await hand_in(runtime, command, at)


async def left_long_ago(runtime: Runtime, name: str = "Gisela Gegangen") -> UUID:
    """A person whose retention period is over."""
    account = await register(runtime, name)
    await leave(runtime, account, at=LONG_AGO + timedelta(days=30))
    await runtime.read_models.catch_up()
    return account


async def run(runtime: Runtime, at: datetime = NOW) -> tuple[int, int]:
    """The run over all files; how many steps were taken, and how many files refused."""
    await runtime.read_models.catch_up()
    counted = await retention_log(runtime, Settings()).look_at_all(at)
    await runtime.read_models.catch_up()
    return counted


async def topics(runtime: Runtime, person: UUID) -> list[str]:
    """What happened to the person's file, in order."""
    return [entry.topic for entry in await runtime.store.load(subject_stream(person))]
