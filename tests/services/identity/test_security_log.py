"""The security log: what happened at the door, without secrets and without whole addresses."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.privacy.commands import EraseSubject
from services.identity.leaving import Tidying
from services.identity.principal import CONSOLE
from services.identity.security_log import (
    BY_ANYBODY,
    FROM_ONE_PLACE,
    KEPT,
    Happening,
    SecurityLog,
    Visitor,
    origin_of,
)
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.office import Office

LARGEST = 2**62
VISITOR = Visitor(at=MONDAY, address="203.0.113.77", device="Firefox", correlation="c1")


@pytest.fixture
def log(unfollowed: Runtime) -> SecurityLog:
    return SecurityLog(unfollowed.pool)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("127.0.0.1", "127.0.0.0/24"),
        ("", ""),
        ("unix", ""),
        ("203.0.113.77<script>", ""),
    ],
)
def test_of_an_address_only_the_network_is_kept(address: str, origin: str) -> None:
    assert origin_of(address) == origin


def test_pauses_are_for_an_address_or_for_a_household_with_ipv6() -> None:
    assert Visitor(at=MONDAY, address="203.0.113.77").source == "203.0.113.77/32"
    near = {Visitor(at=MONDAY, address=f"2001:db8::{n}").source for n in range(9)}
    assert near == {"2001:db8::/64"}


async def test_an_entry_says_who_what_when_and_from_where(log: SecurityLog, erika: UUID) -> None:
    await log.note(Happening.SIGNED_IN, VISITOR, account=erika, method="password")
    await log.note(Happening.SIGN_IN_FAILED, VISITOR)
    await log.note(Happening.INVITED, VISITOR, account=erika, by="console")
    invited, failed, signed_in = await log.read(before=LARGEST, limit=10)
    assert (signed_in.happening, signed_in.account, signed_in.by) == (
        "signed-in",
        erika,
        str(erika),
    )
    assert (signed_in.at, signed_in.origin) == (MONDAY, "203.0.113.0/24")
    assert (signed_in.method, signed_in.correlation) == ("password", "c1")
    assert (failed.account, failed.by) == (None, "")
    assert (invited.account, invited.by) == (erika, "console")


async def test_a_failure_does_not_say_that_it_was_the_person(log: SecurityLog, erika: UUID) -> None:
    for happening in BY_ANYBODY:
        await log.note(happening, VISITOR, account=erika)
    noted = await log.read(before=LARGEST, limit=10)
    assert {(entry.account, entry.by) for entry in noted} == {(erika, "")}


async def test_it_is_read_from_the_newest_entry_back_and_by_person_and_happening(
    log: SecurityLog, erika: UUID
) -> None:
    for _ in range(3):
        await log.note(Happening.SIGN_IN_FAILED, VISITOR)
        await log.note(Happening.SIGNED_IN, VISITOR, account=erika)
    first = await log.read(before=LARGEST, limit=4)
    rest = await log.read(before=first[-1].id, limit=4)
    assert [entry.id for entry in (*first, *rest)] == [6, 5, 4, 3, 2, 1]
    assert len(await log.read(before=LARGEST, limit=9, account=erika)) == 3
    assert len(await log.read(before=LARGEST, limit=9, happening="sign-in-failed")) == 3


async def test_nobody_without_a_name_fills_it(log: SecurityLog, erika: UUID) -> None:
    for _ in range(FROM_ONE_PLACE.burst + 20):
        await log.note(Happening.SIGN_IN_PAUSED, VISITOR)
    await log.note(Happening.SIGN_IN_FAILED, VISITOR, account=erika)
    elsewhere = Visitor(at=MONDAY, address="198.51.100.1")
    await log.note(Happening.SIGN_IN_PAUSED, elsewhere)
    noted = await log.read(before=LARGEST, limit=200)
    assert len(noted) == FROM_ONE_PLACE.burst + 2


async def test_after_an_erasure_it_no_longer_says_from_where(
    unfollowed: Runtime, office: Office, log: SecurityLog, erika: UUID
) -> None:
    await log.note(Happening.SIGNED_IN, VISITOR, account=erika)
    await office.ask(CONSOLE, EraseSubject(person=erika, reason="Antrag nach Art. 17"))
    await unfollowed.read_models.catch_up()
    [entry] = await log.read(before=LARGEST, limit=9)
    assert (entry.account, entry.origin) == (erika, "")


async def test_it_is_kept_for_a_year(unfollowed: Runtime, log: SecurityLog) -> None:
    await log.note(Happening.SIGN_IN_FAILED, VISITOR)
    tidying = Tidying(unfollowed.pool)
    await tidying.tidy(MONDAY + KEPT)
    assert await log.read(before=LARGEST, limit=9)
    await tidying.tidy(MONDAY + KEPT + timedelta(seconds=1))
    assert not await log.read(before=LARGEST, limit=9)
