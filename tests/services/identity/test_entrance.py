"""The door for people: what each attempt costs, and that nothing says who exists."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from pyotp.totp import TOTP

from domain.directory.commands import RecordAddress
from services.identity.entrance import (
    Admitted,
    CodeWanted,
    Entrance,
    Mistaken,
    Outdated,
    Paused,
)
from services.identity.links import LIFETIMES, Purpose
from services.identity.lockout import OF_ACCOUNT
from services.identity.passwords import Passwords
from services.identity.principal import CONSOLE
from services.identity.security_log import Visitor
from services.identity.sessions import Sessions
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.office import Office
from tests.support.passwords import QUICK, Watched

ADDRESS = "erika.muster@example.org"
GOOD = "zwei Hunde bellen nachts"
OTHER = "drei Katzen schweigen am Tag"
HALF_A_MINUTE = timedelta(seconds=30)


def visitor(at: datetime = MONDAY, address: str = "203.0.113.7") -> Visitor:
    return Visitor(at=at, address=address, device="Firefox/128.0 (Linux)", correlation="c")


@pytest.fixture
async def entrance(unfollowed: Runtime, office: Office, erika: UUID) -> Entrance:
    """Erika has an address and a password."""
    await office.ask(CONSOLE, RecordAddress(account=erika, address=ADDRESS))
    await unfollowed.read_models.catch_up()
    door = Entrance(
        unfollowed.pool, unfollowed.master, Sessions(unfollowed.pool), unfollowed.addresses
    )
    door.passwords = Passwords(unfollowed.pool, QUICK)
    await door.passwords.keep(erika, GOOD, MONDAY)
    return door


@pytest.fixture
async def secret(entrance: Entrance, erika: UUID) -> str:
    """Erika's second factor is on; its secret."""
    before = MONDAY - timedelta(hours=1)
    secret = await entrance.factors.prepare(erika, before)
    assert await entrance.factors.confirm(erika, TOTP(secret).at(before), before)
    return secret


async def noted(entrance: Entrance) -> list[str]:
    """What the security log says, in order."""
    return [entry.happening for entry in await entrance.log.read(before=2**62, limit=99)][::-1]


@pytest.mark.parametrize("typed", [ADDRESS, "Erika.Muster@Example.ORG", f" {ADDRESS} "])
async def test_address_and_password_let_in_however_the_address_is_typed(
    entrance: Entrance, erika: UUID, typed: str
) -> None:
    outcome = await entrance.by_password(typed, GOOD, visitor(), "/konzepte")
    assert isinstance(outcome, Admitted)
    assert outcome.target == "/konzepte"
    session = await entrance.sessions.session_of(outcome.cookie, MONDAY)
    assert session is not None
    assert (session.principal.account, session.method) == (str(erika), "password")
    assert await noted(entrance) == ["signed-in"]


async def test_whoever_does_not_exist_fails_like_whoever_mistypes(entrance: Entrance) -> None:
    answers = {
        await entrance.by_password(address, password, visitor())
        for address, password in (
            (ADDRESS, OTHER),
            (ADDRESS, ""),
            ("nobody@example.org", GOOD),
            ("", ""),
            ("\x00", "\x00"),
            ("a" * 5000, "b" * 5000),
        )
    }
    assert answers == {Mistaken()}


async def test_pauses_are_the_same_for_those_who_exist_and_those_who_do_not(
    entrance: Entrance,
) -> None:
    seen: list[list[object]] = []
    for address in (ADDRESS, "nobody@example.org"):
        at = MONDAY
        answers: list[object] = []
        for _ in range(OF_ACCOUNT.free + 3):
            answer = await entrance.by_password(address, OTHER, visitor(at))
            answers.append(answer)
            at += timedelta(seconds=20)
        seen.append(answers)
    assert seen[0] == seen[1]
    assert any(isinstance(answer, Paused) for answer in seen[0])


async def test_an_unknown_address_takes_the_same_work_as_a_wrong_password(
    unfollowed: Runtime, entrance: Entrance, erika: UUID
) -> None:
    hasher = Watched()
    entrance.passwords = Passwords(unfollowed.pool, hasher)
    await entrance.passwords.keep(erika, GOOD, MONDAY)
    for address in (ADDRESS, "nobody@example.org", "no address"):
        assert await entrance.by_password(address, OTHER, visitor()) == Mistaken()
    known, *unknown = hasher.checked
    assert unknown == [known, known]


async def test_during_a_pause_even_the_right_password_is_not_taken_and_afterwards_it_is(
    entrance: Entrance,
) -> None:
    for _ in range(OF_ACCOUNT.free):
        assert await entrance.by_password(ADDRESS, OTHER, visitor()) == Mistaken()
    assert await entrance.by_password(ADDRESS, GOOD, visitor()) == Paused(HALF_A_MINUTE)
    elsewhere = visitor(address="198.51.100.9")
    assert await entrance.by_password(ADDRESS, GOOD, elsewhere) == Paused(HALF_A_MINUTE)
    later = visitor(MONDAY + HALF_A_MINUTE)
    assert isinstance(await entrance.by_password(ADDRESS, GOOD, later), Admitted)
    assert (await noted(entrance))[-2:] == ["sign-in-paused", "signed-in"]


async def test_guesses_that_are_sent_at_once_are_not_more_than_those_sent_one_by_one(
    entrance: Entrance,
) -> None:
    guesses = [entrance.by_password(ADDRESS, f"{OTHER} {n}", visitor()) for n in range(20)]
    answers = await asyncio.gather(*guesses)
    assert answers.count(Mistaken()) == OF_ACCOUNT.free


async def test_with_a_second_factor_the_password_alone_lets_nobody_in(
    entrance: Entrance, erika: UUID, secret: str
) -> None:
    first = await entrance.by_password(ADDRESS, GOOD, visitor(), "/konzepte?ab=7")
    assert isinstance(first, CodeWanted)
    assert await entrance.sessions.open_sessions(erika, MONDAY) == []
    assert await entrance.by_code(first.token, "000000", visitor()) == Mistaken()
    code = TOTP(secret).at(MONDAY)
    second = await entrance.by_code(first.token, code, visitor())
    assert isinstance(second, Admitted)
    assert second.target == "/konzepte?ab=7"
    [session] = await entrance.sessions.open_sessions(erika, MONDAY)
    assert (session.method, session.device) == ("password-code", "Firefox, Linux")
    assert await noted(entrance) == ["code-failed", "signed-in"]


async def test_the_first_step_is_good_once_and_for_ten_minutes(
    entrance: Entrance, secret: str
) -> None:
    first = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(first, CodeWanted)
    late = MONDAY + LIFETIMES[Purpose.SECOND_FACTOR]
    code = TOTP(secret)
    assert await entrance.by_code(first.token, code.at(late), visitor(late)) == Outdated()
    assert isinstance(await entrance.by_code(first.token, code.at(MONDAY), visitor()), Admitted)
    soon = MONDAY + timedelta(minutes=1)
    assert await entrance.by_code(first.token, code.at(soon), visitor(soon)) == Outdated()


async def test_codes_cannot_be_guessed(entrance: Entrance, secret: str) -> None:
    first = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(first, CodeWanted)
    for number in range(OF_ACCOUNT.free):
        assert await entrance.by_code(first.token, f"{number:06}", visitor()) == Mistaken()
    right = TOTP(secret).at(MONDAY)
    assert await entrance.by_code(first.token, right, visitor()) == Paused(HALF_A_MINUTE)
    again = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(again, CodeWanted)
    assert isinstance(await entrance.by_code(again.token, right, visitor()), Paused)


async def test_a_recovery_code_takes_the_place_of_the_code(entrance: Entrance, erika: UUID) -> None:
    secret = await entrance.factors.prepare(erika, MONDAY)
    codes = await entrance.factors.confirm(erika, TOTP(secret).at(MONDAY), MONDAY)
    assert codes is not None
    first = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(first, CodeWanted)
    assert isinstance(await entrance.by_code(first.token, codes[3], visitor()), Admitted)
    assert await noted(entrance) == ["recovery-code-used", "signed-in"]
    assert await entrance.factors.left(erika) == 7


async def test_the_token_of_another_kind_of_link_is_no_first_step(
    entrance: Entrance, erika: UUID, secret: str
) -> None:
    token = await entrance.links.create(erika, purpose="invitation", target="/", at=MONDAY)
    code = TOTP(secret).at(MONDAY)
    for step in (token, "", "\x00"):
        assert await entrance.by_code(step, code, visitor()) == Outdated()


async def test_a_link_lets_in_once(entrance: Entrance, erika: UUID) -> None:
    target = "/konzepte/x/anfrage/1"
    token = await entrance.links.create(erika, purpose="consultation", target=target, at=MONDAY)
    outcomes = await asyncio.gather(*(entrance.by_link(token, visitor()) for _ in range(5)))
    [admitted] = [outcome for outcome in outcomes if isinstance(outcome, Admitted)]
    assert admitted.target == target
    assert outcomes.count(Outdated()) == 4
    [session] = await entrance.sessions.open_sessions(erika, MONDAY)
    assert session.method == "link"


async def test_a_link_does_not_go_round_the_second_factor(
    entrance: Entrance, erika: UUID, secret: str
) -> None:
    token = await entrance.links.create(erika, purpose="consultation", target="/x", at=MONDAY)
    first = await entrance.by_link(token, visitor())
    assert isinstance(first, CodeWanted)
    second = await entrance.by_code(first.token, TOTP(secret).at(MONDAY), visitor())
    assert isinstance(second, Admitted)
    [session] = await entrance.sessions.open_sessions(erika, MONDAY)
    assert session.method == "link-code"


@pytest.mark.parametrize("purpose", [Purpose.PASSWORD_RESET, Purpose.SECOND_FACTOR])
async def test_links_for_something_else_let_nobody_in(
    entrance: Entrance, erika: UUID, purpose: Purpose
) -> None:
    token = await entrance.links.create(erika, purpose=purpose, target="/", at=MONDAY)
    assert await entrance.by_link(token, visitor()) == Outdated()


async def test_a_reset_ends_all_sessions_and_all_pauses_but_signs_nobody_in(
    entrance: Entrance, erika: UUID
) -> None:
    before = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(before, Admitted)
    for _ in range(OF_ACCOUNT.free):
        await entrance.by_password(ADDRESS, OTHER, visitor())
    tokens = [
        await entrance.links.create(erika, purpose="password-reset", target="/", at=MONDAY)
        for _ in range(2)
    ]
    assert await entrance.reset_password(tokens[0], OTHER, visitor())
    assert await entrance.sessions.session_of(before.cookie, MONDAY) is None
    assert not await entrance.reset_password(tokens[0], GOOD, visitor())
    assert not await entrance.reset_password(tokens[1], GOOD, visitor()), "the others end with it"
    assert await entrance.by_password(ADDRESS, GOOD, visitor()) == Mistaken()
    assert isinstance(await entrance.by_password(ADDRESS, OTHER, visitor()), Admitted)


@pytest.mark.usefixtures("secret")
async def test_a_reset_does_not_switch_the_second_factor_off(
    entrance: Entrance, erika: UUID
) -> None:
    token = await entrance.links.create(erika, purpose="password-reset", target="/", at=MONDAY)
    assert await entrance.reset_password(token, OTHER, visitor())
    assert isinstance(await entrance.by_password(ADDRESS, OTHER, visitor()), CodeWanted)
    assert await entrance.factors.is_on(erika)


async def test_other_sessions_end_when_the_password_changes_and_this_one_stays(
    entrance: Entrance, erika: UUID
) -> None:
    here, there = [await entrance.by_password(ADDRESS, GOOD, visitor()) for _ in range(2)]
    assert isinstance(here, Admitted)
    assert isinstance(there, Admitted)
    session = await entrance.sessions.session_of(here.cookie, MONDAY)
    assert session is not None
    await entrance.change_password(erika, OTHER, visitor(), staying=session.id)
    assert await entrance.sessions.session_of(here.cookie, MONDAY)
    assert await entrance.sessions.session_of(there.cookie, MONDAY) is None


async def test_at_an_unlocked_screen_the_password_cannot_be_guessed_either(
    entrance: Entrance, erika: UUID
) -> None:
    for _ in range(OF_ACCOUNT.free):
        assert await entrance.confirms(erika, OTHER, visitor()) == Mistaken()
    assert await entrance.confirms(erika, GOOD, visitor()) == Paused(HALF_A_MINUTE)
    later = visitor(MONDAY + HALF_A_MINUTE)
    assert await entrance.confirms(erika, GOOD, later) is None


async def test_no_secret_is_in_the_security_log(
    unfollowed: Runtime, entrance: Entrance, erika: UUID, secret: str
) -> None:
    token = await entrance.links.create(erika, purpose="invitation", target="/", at=MONDAY)
    await entrance.by_password(ADDRESS, OTHER, visitor())
    first = await entrance.by_password(ADDRESS, GOOD, visitor())
    assert isinstance(first, CodeWanted)
    await entrance.by_code(first.token, "123456", visitor())
    await entrance.by_link(token, visitor())
    await entrance.by_link(str(uuid4()), visitor())
    kept = await unfollowed.pool.fetchval("select string_agg(l::text, '') from security_log l")
    for word in (GOOD, OTHER, ADDRESS, secret, first.token, token, "123456", "203.0.113.7"):
        assert word not in kept
