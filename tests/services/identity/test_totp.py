"""The second factor: codes that are taken once, and what helps when the app is lost."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from pyotp.totp import TOTP

from domain.privacy.commands import EraseSubject
from services.identity.principal import CONSOLE
from services.identity.totp import STEP, SecondFactors, provisioning_address
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.office import Office

A_STEP = timedelta(seconds=STEP)


@pytest.fixture
def factors(unfollowed: Runtime) -> SecondFactors:
    return SecondFactors(unfollowed.pool, unfollowed.master)


@pytest.fixture
async def secret(factors: SecondFactors, erika: UUID) -> str:
    """Erika's second factor is on; its secret."""
    secret = await factors.prepare(erika, MONDAY)
    assert await factors.confirm(erika, code_at(secret, MONDAY), MONDAY)
    return secret


def code_at(secret: str, at: datetime) -> str:
    return TOTP(secret).at(at)


async def test_a_code_is_asked_for_only_once_one_was_typed(
    factors: SecondFactors, erika: UUID
) -> None:
    assert not await factors.is_on(erika)
    secret = await factors.prepare(erika, MONDAY)
    assert not await factors.is_on(erika)
    assert await factors.confirm(erika, "000000", MONDAY) is None
    assert not await factors.is_on(erika)
    assert await factors.prepared(erika) == secret
    codes = await factors.confirm(erika, code_at(secret, MONDAY), MONDAY)
    assert codes is not None
    assert await factors.is_on(erika)
    assert await factors.prepared(erika) is None


async def test_the_code_of_now_and_those_beside_it_are_taken(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    for steps, is_taken in ((-2, False), (2, False), (-1, True), (0, True), (1, True)):
        at = MONDAY + 10 * (steps + 5) * A_STEP
        code = code_at(secret, at + steps * A_STEP)
        assert await factors.accepts(erika, code, at) == is_taken, steps


async def test_a_code_is_taken_once_even_if_it_is_sent_twice_at_once(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    at = MONDAY + A_STEP
    code = code_at(secret, at)
    taken = await asyncio.gather(*(factors.accepts(erika, code, at) for _ in range(6)))
    assert sorted(taken) == [False] * 5 + [True]
    assert not await factors.accepts(erika, code, at + timedelta(seconds=1))


async def test_a_code_that_came_before_one_that_was_taken_is_not_taken_any_more(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    at = MONDAY + 3 * A_STEP
    assert await factors.accepts(erika, code_at(secret, at), at)
    assert not await factors.accepts(erika, code_at(secret, at - A_STEP), at)


async def test_the_code_that_switched_it_on_does_not_sign_in(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    assert not await factors.accepts(erika, code_at(secret, MONDAY), MONDAY)


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16", "12 34 5"]
)
@pytest.mark.usefixtures("secret")
async def test_what_is_no_code_is_not_taken(factors: SecondFactors, erika: UUID, code: str) -> None:
    assert not await factors.accepts(erika, code, MONDAY + A_STEP)


async def test_blanks_in_a_code_do_no_harm(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    code = code_at(secret, MONDAY + A_STEP)
    assert await factors.accepts(erika, f" {code[:3]} {code[3:]} ", MONDAY + A_STEP)


async def test_each_recovery_code_helps_once_however_it_is_typed(
    factors: SecondFactors, erika: UUID
) -> None:
    secret = await factors.prepare(erika, MONDAY)
    codes = await factors.confirm(erika, code_at(secret, MONDAY), MONDAY)
    assert codes is not None
    assert len(set(codes)) == len(codes) == await factors.left(erika) == 8
    assert all(len(code.replace("-", "")) == 24 for code in codes)
    assert await factors.recovers(erika, codes[0], MONDAY)
    assert not await factors.recovers(erika, codes[0], MONDAY)
    assert await factors.recovers(erika, codes[1].lower().replace("-", " "), MONDAY)
    assert not await factors.recovers(erika, "ABCD-EFGH", MONDAY)
    assert await factors.left(erika) == 6
    renewed = await factors.renew_recovery(erika)
    assert not await factors.recovers(erika, codes[2], MONDAY)
    assert await factors.recovers(erika, renewed[2], MONDAY)


async def test_a_recovery_code_sent_twice_at_once_helps_once(
    factors: SecondFactors, erika: UUID
) -> None:
    [code, *_] = await factors.renew_recovery(erika)
    used = await asyncio.gather(*(factors.recovers(erika, code, MONDAY) for _ in range(6)))
    assert used.count(True) == 1


async def test_nobody_replaces_a_second_factor_that_is_on(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    other = await factors.prepare(erika, MONDAY)
    assert await factors.confirm(erika, code_at(other, MONDAY), MONDAY) is None
    at = MONDAY + A_STEP
    assert await factors.accepts(erika, code_at(secret, at), at)


async def test_after_it_was_removed_no_code_is_asked_for(
    factors: SecondFactors, erika: UUID, secret: str
) -> None:
    await factors.remove(erika)
    assert not await factors.is_on(erika)
    assert await factors.left(erika) == 0
    assert not await factors.accepts(erika, code_at(secret, MONDAY), MONDAY + A_STEP)


async def test_neither_secret_nor_recovery_code_is_in_the_database_in_the_clear(
    unfollowed: Runtime, factors: SecondFactors, erika: UUID
) -> None:
    secret = await factors.prepare(erika, MONDAY)
    codes = await factors.confirm(erika, code_at(secret, MONDAY), MONDAY)
    assert codes is not None
    rows = await unfollowed.pool.fetch(
        "select secret as kept from second_factor union all select digest from recovery_code"
    )
    kept = b"".join(row["kept"] for row in rows)
    assert len(rows) == 9
    for text in (secret, *codes, codes[0].replace("-", "")):
        assert text.encode() not in kept


async def test_the_secret_of_one_person_does_not_open_for_another(
    unfollowed: Runtime, factors: SecondFactors, erika: UUID, secret: str
) -> None:
    other = UUID(int=erika.int ^ 1)
    await factors.prepare(other, MONDAY)
    await unfollowed.pool.execute(
        "update second_factor set secret = (select secret from second_factor where account = $1),"
        " confirmed_at = made_at where account = $2",
        erika,
        other,
    )
    with pytest.raises(InvalidTag):
        await factors.accepts(other, code_at(secret, MONDAY + A_STEP), MONDAY + A_STEP)


async def test_with_an_erasure_the_second_factor_is_gone(
    unfollowed: Runtime, office: Office, factors: SecondFactors, erika: UUID, secret: str
) -> None:
    await office.ask(CONSOLE, EraseSubject(person=erika, reason="Antrag nach Art. 17"))
    await unfollowed.read_models.catch_up()
    assert not await factors.accepts(erika, code_at(secret, MONDAY + A_STEP), MONDAY + A_STEP)
    left = "select (select count(*) from second_factor) + (select count(*) from recovery_code)"
    assert await unfollowed.pool.fetchval(left) == 0


def test_the_picture_says_service_and_person() -> None:
    address = provisioning_address("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "erika@example.org")
    assert address.startswith("otpauth://totp/Kreislauf:erika%40example.org?")
    assert "issuer=Kreislauf" in address
