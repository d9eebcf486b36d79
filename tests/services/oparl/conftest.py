"""A service with the steering group in its log, of which nothing is public yet."""

import pytest

from tests.services.oparl.group import Group
from tests.support.stack import Stack


@pytest.fixture
async def group(stack: Stack) -> Group:
    group = Group(stack)
    await group.set_up()
    return group
