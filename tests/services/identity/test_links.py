"""One-time links: for their time, for their purpose, once."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domain.privacy.commands import EraseSubject
from services.identity.links import LIFETIMES, Links, NotHere, Purpose, is_inner
from services.identity.principal import CONSOLE
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.office import Office

INSTANT = timedelta(microseconds=1)
TARGET = "/konzepte/salzkotten/anfrage/1?von=mail"


@pytest.fixture
def links(unfollowed: Runtime) -> Links:
    return Links(unfollowed.pool)


async def _invitation(links: Links, account: UUID) -> str:
    return await links.create(account, purpose="invitation", target=TARGET, at=MONDAY)


async def test_looking_at_a_link_does_not_use_it(links: Links, erika: UUID) -> None:
    token = await _invitation(links, erika)
    for _ in range(3):
        found = await links.look(token, MONDAY)
        assert found is not None
        assert (found.account, found.target, found.is_good) == (erika, TARGET, True)
    assert await links.use(token, MONDAY, Purpose.INVITATION)


async def test_of_many_who_use_a_link_at_once_one_does(links: Links, erika: UUID) -> None:
    token = await _invitation(links, erika)
    used = await asyncio.gather(*(links.use(token, MONDAY, Purpose.INVITATION) for _ in range(8)))
    assert [link is not None for link in used].count(True) == 1
    found = await links.look(token, MONDAY)
    assert found is not None
    assert not found.is_good


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_a_link_ends_at_its_moment(links: Links, erika: UUID, purpose: Purpose) -> None:
    token = await links.create(erika, purpose=purpose, target="/", at=MONDAY)
    end = MONDAY + LIFETIMES[purpose]
    last = await links.look(token, end - INSTANT)
    over = await links.look(token, end)
    assert last is not None
    assert over is not None
    assert (last.is_good, over.is_good) == (True, False)
    assert await links.use(token, end, purpose) is None


async def test_a_link_for_one_thing_is_not_good_for_another(links: Links, erika: UUID) -> None:
    token = await _invitation(links, erika)
    others = [purpose for purpose in Purpose if purpose is not Purpose.INVITATION]
    assert await links.use(token, MONDAY, *others) is None
    assert await links.use(token, MONDAY, Purpose.INVITATION)


async def test_an_unknown_link_is_nothing(links: Links, erika: UUID) -> None:
    token = await _invitation(links, erika)
    for unknown in ("", token[:-1], token.lower() + "x", "%", "\x00"):
        assert await links.look(unknown, MONDAY) is None
        assert await links.use(unknown, MONDAY, *Purpose) is None


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/",
        "//example.org/",
        "/\\example.org",
        "\\\\example.org",
        "javascript:alert(1)",
        "konzepte",
        "",
        "/a\nb",
        "/\t/example.org",
    ],
)
async def test_a_link_leads_nowhere_but_to_a_page_here(
    links: Links, erika: UUID, target: str
) -> None:
    assert not is_inner(target)
    with pytest.raises(NotHere):
        await links.create(erika, purpose="invitation", target=target, at=MONDAY)


async def test_what_is_in_a_link_is_nowhere_in_the_database(
    unfollowed: Runtime, links: Links, erika: UUID
) -> None:
    token = await _invitation(links, erika)
    stored = await unfollowed.pool.fetchval("select string_agg(l::text, '') from one_time_link l")
    assert token not in stored
    assert len(token) >= 43


async def test_dropped_links_are_good_for_nothing(links: Links, erika: UUID) -> None:
    reset = await links.create(erika, purpose="password-reset", target="/", at=MONDAY)
    kept = await _invitation(links, erika)
    await links.drop(erika, Purpose.PASSWORD_RESET)
    assert await links.look(reset, MONDAY) is None
    assert await links.look(kept, MONDAY) is not None


async def test_with_an_erasure_the_links_are_gone(
    unfollowed: Runtime, office: Office, links: Links, erika: UUID
) -> None:
    token = await _invitation(links, erika)
    await office.ask(CONSOLE, EraseSubject(person=erika, reason="Antrag nach Art. 17"))
    await unfollowed.read_models.catch_up()
    assert await links.use(token, MONDAY, Purpose.INVITATION) is None
    assert await links.look(token, MONDAY) is None
