"""A shared course that waits becomes a task of the coordination: nothing lies unseen."""

from datetime import UTC, datetime, timedelta

import pytest

from services.api.tasks import UNANSWERED
from tests.support.company_reports import triaged
from tests.support.course_pools import ONE, OTHER, answered, formed_pool, proposed_pool
from tests.support.http import Json
from tests.support.stack import Stack
from tests.support.steering import MARCH, Clock

NOW = datetime.now(UTC)


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


async def waiting(stack: Stack) -> list[Json]:
    """The tasks about shared courses."""
    found = await stack.koordination.read("/tasks", at_least=await stack.head())
    return [task for task in found if task["kind"].endswith("-pool")]


async def test_a_company_that_does_not_answer_is_called_after_a_week(
    stack: Stack, clock: Clock
) -> None:
    clock.at = NOW
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    pool = await proposed_pool(stack, one, other)
    await answered(stack, pool, one)
    clock.at += UNANSWERED - timedelta(minutes=1)
    assert await waiting(stack) == []
    clock.at += timedelta(minutes=1)
    (task,) = await waiting(stack)
    reference = (await stack.koordination.read(other))["reference"]
    assert (task["kind"], task["count"], task["names"]) == ("chase-pool", 1, [reference])
    assert task["municipality_name"] == "Delbrück"
    assert pool.endswith(task["target"])
    others = (stack.verwaltung, stack.revision, stack.jobcenter)
    for person in others:
        assert "chase-pool" not in {task["kind"] for task in await person.read("/tasks")}
    await answered(stack, pool, other)
    assert await waiting(stack) == []


async def test_a_pool_with_too_few_left_waits_for_a_decision_at_once(
    stack: Stack, clock: Clock
) -> None:
    clock.at = NOW
    one, other = await triaged(stack, name=ONE), await triaged(stack, name=OTHER)
    pool = await proposed_pool(stack, one, other)
    await answered(stack, pool, one)
    view = await answered(stack, pool, other, "decline", "Eigener Kurs.")
    (task,) = await waiting(stack)
    assert (task["kind"], task["count"], task["names"]) == ("settle-pool", 0, [])
    await stack.koordination.post(
        f"{pool}/dissolution", {"reason": "Zu wenige."}, seen=view["version"]
    )
    await formed_pool(stack)
    assert await waiting(stack) == []
