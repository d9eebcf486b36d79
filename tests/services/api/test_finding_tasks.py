"""Findings that wait for a theme become a task of the coordination, once it has been long."""

from datetime import UTC, datetime, timedelta

import pytest

from services.api.tasks import UNBUNDLED
from tests.support.findings import SALZKOTTEN, Bundler
from tests.support.http import Json, Person
from tests.support.stack import Stack
from tests.support.steering import MARCH, Clock

NOW = datetime.now(UTC)


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


async def waiting(stack: Stack, person: Person) -> Json:
    """The task; None if there is none."""
    found = await person.read("/tasks", at_least=await stack.head())
    return next((task for task in found if task["kind"] == "bundle-findings"), None)


async def test_findings_nobody_took_into_a_theme_are_pointed_out_after_a_while(
    stack: Stack, clock: Clock
) -> None:
    bundler = Bundler(stack, stack.koordination)
    clock.at = NOW - 2 * UNBUNDLED
    taken = await bundler.reported(by=stack.fallmanagement)
    await bundler.reported(municipality=SALZKOTTEN)
    clock.at += UNBUNDLED - timedelta(minutes=1)
    assert await waiting(stack, stack.koordination) is None
    await bundler.reported(by=stack.fallmanagement)
    clock.at += timedelta(minutes=1)
    task = await waiting(stack, stack.koordination)
    assert (task["count"], task["names"]) == (2, ["Delbrück", "Salzkotten"])
    assert datetime.fromisoformat(task["since"]) == NOW - 2 * UNBUNDLED
    assert await waiting(stack, stack.fallmanagement) is None, "case managers do not bundle"
    await bundler.take(taken, await bundler.opened())
    task = await waiting(stack, stack.koordination)
    assert (task["count"], task["names"]) == (1, ["Salzkotten"])
