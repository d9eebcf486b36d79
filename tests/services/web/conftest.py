"""Somebody who signs in at the pages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import RecordAddress
from services.identity.passwords import Passwords
from services.identity.principal import CONSOLE
from services.orders import Order
from tests.support.jana import ADDRESS, GOOD
from tests.support.passwords import QUICK, quickly_checked
from tests.support.stack import Stack


@pytest.fixture(autouse=True, scope="package")
def quick_passwords() -> Iterator[None]:
    with quickly_checked():
        yield


@pytest.fixture
async def jana(stack: Stack) -> UUID:
    """Jana of the Jobcenter, with an address and a password."""
    account = UUID((await stack.jobcenter.read("/me"))["account"])
    now = datetime.now(UTC)
    await stack.runtime.desk.handle(
        Order(
            command=RecordAddress(account=account, address=ADDRESS),
            command_id=uuid4(),
            principal=CONSOLE,
            at=now,
            correlation="test",
        )
    )
    await stack.runtime.read_models.reached(await stack.head())
    await Passwords(stack.runtime.pool, QUICK).keep(account, GOOD, now)
    return account
