"""When the file of an account is closed."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import GrantRole, RegisterAccount
from domain.kernel import Role
from services.runtime import Runtime
from tests.support.retention import (
    LONG_AGO,
    NOW,
    ORGANISATION,
    hand_in,
    leave,
    register,
)

DAY = timedelta(days=1)


async def closed_on(runtime: Runtime, person: UUID) -> date | None:
    found = await runtime.files.kept_of(person)
    assert found is not None
    assert found[1].key == found[0].retention_class == "accounts"
    return found[0].closed_on


async def looks_closed(runtime: Runtime, person: UUID, at: datetime = NOW) -> bool:
    await runtime.read_models.catch_up()
    return person in await runtime.files.closed(at)


async def grant(runtime: Runtime, person: UUID, *, until: datetime | None = None) -> None:
    command = GrantRole(
        account=person, role=Role.STEERING_MEMBER, organisation=ORGANISATION, until=until
    )
    await hand_in(runtime, command, LONG_AGO)


async def test_an_account_with_a_role_is_open(runtime: Runtime) -> None:
    person = await register(runtime, "Olga Offen")
    assert await closed_on(runtime, person) is None
    assert not await looks_closed(runtime, person)


async def test_it_is_closed_when_the_last_role_is_revoked(runtime: Runtime) -> None:
    person = await register(runtime, "Rita Revoziert")
    await grant(runtime, person, until=LONG_AGO + 2 * DAY)
    assert await closed_on(runtime, person) is None
    await leave(runtime, person, at=LONG_AGO + 9 * DAY)
    assert await closed_on(runtime, person) == date(2019, 5, 15)
    assert await looks_closed(runtime, person)


async def test_it_is_closed_when_the_last_role_has_ended(runtime: Runtime) -> None:
    person = await register(runtime, "Ende Ernst")
    await leave(runtime, person)
    await grant(runtime, person, until=NOW + DAY)
    assert await closed_on(runtime, person) == date(2026, 11, 24)
    assert not await looks_closed(runtime, person)
    assert await looks_closed(runtime, person, NOW + 2 * DAY)


async def test_a_role_that_had_ended_is_not_ended_again_by_its_revocation(
    runtime: Runtime,
) -> None:
    person = uuid4()
    await register(runtime, "Jemand")
    await hand_in(runtime, RegisterAccount(account=person, name="Zeit Weise"), LONG_AGO)
    ends = GrantRole(
        account=person,
        role=Role.AUDITOR,
        organisation=ORGANISATION,
        until=LONG_AGO + 3 * DAY,
    )
    await hand_in(runtime, ends, LONG_AGO)
    await leave(runtime, person, at=LONG_AGO + 500 * DAY)
    assert await closed_on(runtime, person) == date(2019, 5, 9)


async def test_it_is_open_again_with_a_new_role(runtime: Runtime) -> None:
    person = await register(runtime, "Wieder Da")
    await leave(runtime, person)
    await grant(runtime, person)
    assert await closed_on(runtime, person) is None
    assert not await looks_closed(runtime, person)


async def test_an_account_without_any_role_was_closed_when_it_was_registered(
    runtime: Runtime,
) -> None:
    person = uuid4()
    await hand_in(runtime, RegisterAccount(account=person, name="Nie Da"), LONG_AGO)
    assert await closed_on(runtime, person) == LONG_AGO.date()
    assert await looks_closed(runtime, person)


@pytest.mark.parametrize("person", [UUID(int=0)])
async def test_of_whom_nothing_is_recorded_nothing_is_kept(runtime: Runtime, person: UUID) -> None:
    assert await runtime.files.kept_of(person) is None
