"""Fixtures for tests with processes of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.support.processes import House, house


@pytest.fixture
async def home() -> AsyncIterator[House]:
    """A data folder whose processes do not outlive the test."""
    async with house() as home:
        yield home
