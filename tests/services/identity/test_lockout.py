"""Pauses after failures, and limits for what anybody may ask."""

import asyncio
from datetime import timedelta

import pytest

from services.identity.lockout import (
    OF_ACCOUNT,
    OF_ORIGIN,
    Lockout,
    Rate,
    RateLimits,
    from_origin,
    named,
)
from services.runtime import Runtime
from tests.domain.county import MONDAY

ERIKA = named("erika@example.org")
OFFICE = from_origin("203.0.113.7/32")
SECOND = timedelta(seconds=1)


@pytest.fixture
def lockout(unfollowed: Runtime) -> Lockout:
    return Lockout(unfollowed.pool)


async def test_the_first_failures_cost_nothing_and_then_the_pauses_grow(lockout: Lockout) -> None:
    at = MONDAY
    for _ in range(OF_ACCOUNT.free):
        assert await lockout.attempt(at, [ERIKA]) is None
    pauses: list[timedelta] = []
    for _ in range(7):
        pause = await lockout.attempt(at, [ERIKA])
        assert pause is not None
        pauses.append(pause)
        at += pause
        assert await lockout.attempt(at, [ERIKA]) is None
    half = timedelta(seconds=30)
    assert pauses[:5] == [half, 2 * half, 4 * half, 8 * half, 16 * half]
    assert set(pauses[5:]) == {OF_ACCOUNT.longest}


async def test_during_a_pause_nothing_is_counted_so_it_ends_when_it_said(lockout: Lockout) -> None:
    for _ in range(OF_ACCOUNT.free):
        await lockout.attempt(MONDAY, [ERIKA])
    for passed in (0, 10, 29):
        left = await lockout.attempt(MONDAY + passed * SECOND, [ERIKA])
        assert left == (30 - passed) * SECOND
    assert await lockout.attempt(MONDAY + 30 * SECOND, [ERIKA]) is None


async def test_of_many_attempts_at_once_no_more_get_through_than_one_after_another(
    lockout: Lockout,
) -> None:
    tried = await asyncio.gather(*(lockout.attempt(MONDAY, [ERIKA]) for _ in range(40)))
    assert tried.count(None) == OF_ACCOUNT.free


async def test_whoever_gets_in_begins_anew(lockout: Lockout) -> None:
    for _ in range(3):
        for _ in range(OF_ACCOUNT.free - 1):
            assert await lockout.attempt(MONDAY, [ERIKA, OFFICE]) is None
        await lockout.succeeded(ERIKA, OFFICE)


async def test_guessing_at_many_names_from_one_place_is_slowed_down_too(lockout: Lockout) -> None:
    for number in range(OF_ORIGIN.free):
        assert await lockout.attempt(MONDAY, [named(f"nr{number}"), OFFICE]) is None
    assert await lockout.attempt(MONDAY, [named("another"), OFFICE]) == 30 * SECOND
    elsewhere = from_origin("198.51.100.1/32")
    assert await lockout.attempt(MONDAY, [named("another"), elsewhere]) is None


async def test_an_office_that_signs_in_behind_one_address_is_not_slowed_down(
    lockout: Lockout,
) -> None:
    for number in range(3 * OF_ORIGIN.free):
        person = named(f"nr{number}")
        assert await lockout.attempt(MONDAY, [person, OFFICE]) is None
        await lockout.succeeded(person, OFFICE)


async def test_old_failures_are_forgotten(lockout: Lockout) -> None:
    for _ in range(OF_ACCOUNT.free):
        await lockout.attempt(MONDAY, [ERIKA])
    at = MONDAY + OF_ACCOUNT.forgotten_after + SECOND
    for _ in range(OF_ACCOUNT.free):
        assert await lockout.attempt(at, [ERIKA]) is None


async def test_after_a_reset_somebody_need_not_wait(lockout: Lockout) -> None:
    for _ in range(OF_ACCOUNT.free):
        await lockout.attempt(MONDAY, [ERIKA])
    assert await lockout.attempt(MONDAY, [ERIKA])
    await lockout.forget(ERIKA)
    assert await lockout.attempt(MONDAY, [ERIKA]) is None


async def test_names_and_addresses_are_not_kept_in_the_clear(
    unfollowed: Runtime, lockout: Lockout
) -> None:
    await lockout.attempt(MONDAY, [ERIKA, OFFICE])
    await RateLimits(unfollowed.pool).allows("reset", ERIKA.key, Rate(burst=1, each=SECOND), MONDAY)
    kept = await unfollowed.pool.fetchval(
        "select (select string_agg(a::text, '') from attempt a)"
        " || (select string_agg(r::text, '') from rate_limit r)"
    )
    assert "erika" not in kept
    assert "203.0.113" not in kept


async def test_a_limit_lets_a_burst_through_and_then_one_by_one(unfollowed: Runtime) -> None:
    limits = RateLimits(unfollowed.pool)
    rate = Rate(burst=3, each=timedelta(minutes=1))

    async def allowed(seconds: float, who: str = "a") -> bool:
        at = MONDAY + timedelta(seconds=seconds)
        return await limits.allows("form", who, rate, at)

    assert [await allowed(0) for _ in range(5)] == [True, True, True, False, False]
    assert await allowed(0, "b")
    assert [await allowed(60), await allowed(61)] == [True, False]
    assert [await allowed(600) for _ in range(4)] == [True, True, True, False]


async def test_a_limit_holds_for_many_at_once_in_all_processes(unfollowed: Runtime) -> None:
    rate = Rate(burst=4, each=timedelta(minutes=1))
    processes = [RateLimits(unfollowed.pool) for _ in range(3)]
    asked = [limits.allows("form", "a", rate, MONDAY) for limits in processes * 8]
    assert (await asyncio.gather(*asked)).count(True) == 4
