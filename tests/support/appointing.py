"""People with a role of their own, for tests that need more of them than the demo county has."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from domain.directory.commands import GrantRole, RegisterAccount
from domain.kernel import Role
from services.identity.principal import CONSOLE
from services.identity.tokens import issue_token
from services.orders import Order
from tests.support.http import Person
from tests.support.stack import Stack


async def appoint(
    stack: Stack, role: Role, organisation: str, municipality: str | None = None
) -> Person:
    """Somebody new with this role, at the front door with a token of their own."""
    account = await appoint_account(stack, role, organisation, municipality)
    now = datetime.now(UTC)
    token = await issue_token(stack.runtime.desk, account, "test", days=None, at=now)
    await stack.runtime.read_models.reached(await stack.head())
    return Person(stack.http, token)


async def appoint_account(
    stack: Stack, role: Role, organisation: str, municipality: str | None = None
) -> UUID:
    """The account of somebody new with this role."""
    account, now = uuid4(), datetime.now(UTC)
    for command in (
        RegisterAccount(account=account, name=f"{role} (erfunden)"),
        GrantRole(account=account, role=role, organisation=organisation, municipality=municipality),
    ):
        order = Order(
            command=command, command_id=uuid4(), principal=CONSOLE, at=now, correlation="test"
        )
        await stack.runtime.desk.handle(order)
    await stack.runtime.read_models.reached(await stack.head())
    return account
