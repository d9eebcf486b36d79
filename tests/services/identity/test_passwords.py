"""Passwords: kept as argon2id hashes, and found to fit or not with the same work."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher

from domain.privacy.commands import EraseSubject
from services.identity.passwords import HASHER, Passwords
from services.identity.principal import CONSOLE
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.office import Office
from tests.support.passwords import Watched

GOOD = "zwei Hunde bellen nachts"
OTHER = "drei Katzen schweigen am Tag"

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Where it does not matter how long a password takes."""


@pytest.fixture
def passwords(unfollowed: Runtime) -> Passwords:
    return Passwords(unfollowed.pool, QUICK)


async def test_only_the_right_password_fits_and_only_its_account(
    passwords: Passwords, erika: UUID
) -> None:
    await passwords.keep(erika, GOOD, MONDAY)
    assert await passwords.matches(erika, GOOD)
    for account, password in ((erika, OTHER), (erika, GOOD[:-1]), (erika, ""), (uuid4(), GOOD)):
        assert not await passwords.matches(account, password)
    assert not await passwords.matches(None, GOOD)


async def test_nothing_of_a_password_is_cut_off_or_folded(
    passwords: Passwords, erika: UUID
) -> None:
    long = "ä" * 99 + GOOD
    await passwords.keep(erika, long, MONDAY)
    assert await passwords.matches(erika, long)
    assert not await passwords.matches(erika, long + "x")
    assert not await passwords.matches(erika, long.upper())


async def test_the_same_letters_composed_otherwise_are_the_same_password(
    passwords: Passwords, erika: UUID
) -> None:
    await passwords.keep(erika, "Zwölf Möwen fliegen", MONDAY)
    assert await passwords.matches(erika, "Zwo\u0308lf Mo\u0308wen fliegen")


async def test_a_new_password_takes_the_place_of_the_old_one(
    passwords: Passwords, erika: UUID
) -> None:
    assert await passwords.changed_at(erika) is None
    await passwords.keep(erika, GOOD, MONDAY)
    later = MONDAY + timedelta(days=1)
    await passwords.keep(erika, OTHER, later)
    assert not await passwords.matches(erika, GOOD)
    assert await passwords.matches(erika, OTHER)
    assert await passwords.changed_at(erika) == later


async def test_what_is_stored_is_argon2id_with_64_mib_and_a_salt_of_its_own(
    unfollowed: Runtime, erika: UUID
) -> None:
    passwords = Passwords(unfollowed.pool)
    stored: list[str] = []
    for _ in range(2):
        await passwords.keep(erika, GOOD, MONDAY)
        stored.append(await unfollowed.pool.fetchval("select hash from credential"))
    assert all(text.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for text in stored)
    assert stored[0] != stored[1]
    assert GOOD not in stored[0]


async def test_a_hash_with_older_parameters_is_made_anew_when_the_password_is_typed(
    unfollowed: Runtime, passwords: Passwords, erika: UUID
) -> None:
    await passwords.keep(erika, GOOD, MONDAY)
    passwords = Passwords(unfollowed.pool)
    before = await unfollowed.pool.fetchval("select hash from credential")
    assert not await passwords.matches(erika, OTHER)
    assert await unfollowed.pool.fetchval("select hash from credential") == before
    assert await passwords.matches(erika, GOOD)
    after = await unfollowed.pool.fetchval("select hash from credential")
    assert HASHER.check_needs_rehash(before)
    assert not HASHER.check_needs_rehash(after)
    assert await passwords.matches(erika, GOOD)
    assert await passwords.changed_at(erika) == MONDAY


async def test_an_unknown_account_takes_the_same_work_as_a_wrong_password(
    unfollowed: Runtime, erika: UUID
) -> None:
    hasher = Watched()
    passwords = Passwords(unfollowed.pool, hasher)
    await passwords.keep(erika, GOOD, MONDAY)
    for account in (erika, uuid4(), None):
        assert not await passwords.matches(account, OTHER)
    known, *unknown = hasher.checked
    assert unknown == [known, known]


async def test_many_at_once_are_all_answered(unfollowed: Runtime, erika: UUID) -> None:
    passwords = Passwords(unfollowed.pool)
    await passwords.keep(erika, GOOD, MONDAY)
    asked = [passwords.matches(erika, password) for password in (GOOD, OTHER) * 6]
    assert await asyncio.gather(*asked) == [True, False] * 6


async def test_whose_data_were_erased_has_no_password_any_more(
    unfollowed: Runtime, office: Office, passwords: Passwords, erika: UUID
) -> None:
    await passwords.keep(erika, GOOD, MONDAY)
    await office.ask(CONSOLE, EraseSubject(person=erika, reason="Antrag nach Art. 17"))
    await unfollowed.read_models.catch_up()
    assert not await passwords.matches(erika, GOOD)
    assert await unfollowed.pool.fetchval("select count(*) from credential") == 0
