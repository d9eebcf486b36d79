"""Sessions: kept by us, known by a digest, over after a while or when somebody says so."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import GrantRole, RevokeRole
from domain.kernel import Role
from domain.privacy.commands import EraseSubject
from services.identity.devices import device_of
from services.identity.leaving import SESSIONS_KEPT, Tidying
from services.identity.principal import CONSOLE
from services.identity.sessions import ABSOLUTE, IDLE, Sessions
from services.runtime import Runtime
from tests.domain.county import CARITAS, MONDAY
from tests.support.office import Office

INSTANT = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def sessions(unfollowed: Runtime) -> Sessions:
    return Sessions(unfollowed.pool)


async def test_a_session_says_who_it_is_with_their_roles_of_now(
    unfollowed: Runtime, office: Office, sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    granting = GrantRole(account=erika, role=Role.AUDITOR, organisation=CARITAS)
    await office.ask(CONSOLE, granting)
    await unfollowed.read_models.catch_up()
    session = await sessions.session_of(cookie, MONDAY)
    assert session is not None
    assert session.principal.account == str(erika)
    assert session.principal.signed_in == session.method == "password"
    assert [grant.role for grant in session.principal.grants] == [Role.AUDITOR]
    revoking = RevokeRole(account=erika, role=Role.AUDITOR, organisation=CARITAS, reason="Ende")
    await office.ask(CONSOLE, revoking)
    await unfollowed.read_models.catch_up()
    session = await sessions.session_of(cookie, MONDAY)
    assert session is not None
    assert session.principal.grants == ()


async def test_a_session_ends_when_nothing_was_asked_for_too_long(
    sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    assert await sessions.session_of(cookie, MONDAY + IDLE)
    assert await sessions.session_of(cookie, MONDAY + 2 * IDLE)
    assert await sessions.session_of(cookie, MONDAY + 3 * IDLE + INSTANT) is None


async def test_a_session_ends_after_a_day_at_the_office_however_much_is_asked(
    sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    at = MONDAY
    while at + IDLE <= MONDAY + ABSOLUTE:
        at += IDLE
        assert await sessions.session_of(cookie, at)
    assert await sessions.session_of(cookie, MONDAY + ABSOLUTE + INSTANT) is None


async def test_that_somebody_was_seen_is_written_once_a_minute_at_most(
    unfollowed: Runtime, sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    seen = "select last_seen_at from web_session"
    await sessions.session_of(cookie, MONDAY + MINUTE)
    assert await unfollowed.pool.fetchval(seen) == MONDAY
    await sessions.session_of(cookie, MONDAY + MINUTE + INSTANT)
    assert await unfollowed.pool.fetchval(seen) == MONDAY + MINUTE + INSTANT


async def test_what_ended_stays_ended(sessions: Sessions, erika: UUID) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    session = await sessions.session_of(cookie, MONDAY)
    assert session is not None
    await sessions.end(session.id, MONDAY)
    assert await sessions.session_of(cookie, MONDAY) is None
    assert await sessions.session_of(cookie, MONDAY - MINUTE) is None


async def test_a_person_ends_one_of_their_sessions_or_all_but_this_one(
    sessions: Sessions, erika: UUID
) -> None:
    cookies = [await sessions.start(erika, method="password", at=MONDAY) for _ in range(4)]
    first, second, *_ = [await sessions.session_of(cookie, MONDAY) for cookie in cookies]
    assert first is not None
    assert second is not None
    assert await sessions.end_own(erika, second.id, MONDAY)
    assert not await sessions.end_own(erika, second.id, MONDAY)
    assert await sessions.end_all(erika, MONDAY, but=first.id) == 2
    left = [await sessions.session_of(cookie, MONDAY) for cookie in cookies]
    assert [session is not None for session in left] == [True, False, False, False]
    assert await sessions.end_all(erika, MONDAY) == 1


async def test_nobody_ends_the_session_of_somebody_else(sessions: Sessions, erika: UUID) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    session = await sessions.session_of(cookie, MONDAY)
    assert session is not None
    assert not await sessions.end_own(uuid4(), session.id, MONDAY)
    assert await sessions.end_all(uuid4(), MONDAY) == 0
    assert await sessions.session_of(cookie, MONDAY)


async def test_the_list_shows_the_open_ones_the_latest_first(
    sessions: Sessions, erika: UUID
) -> None:
    old = await sessions.start(erika, method="link", at=MONDAY, device=IPHONE)
    at = MONDAY + timedelta(hours=1)
    await sessions.start(erika, method="password+code", at=at, device="Firefox/128.0 " * 99)
    ended = await sessions.session_of(
        await sessions.start(erika, method="password", at=MONDAY), MONDAY
    )
    assert ended is not None
    await sessions.end(ended.id, MONDAY)
    listed = await sessions.open_sessions(erika, at)
    assert [session.method for session in listed] == ["password+code", "link"]
    assert listed[1].device == "Safari, iPhone"
    assert listed[0].device == "Firefox"
    await sessions.session_of(old, at + 2 * MINUTE)
    assert [s.method for s in await sessions.open_sessions(erika, at + 2 * MINUTE)] == [
        "link",
        "password+code",
    ]
    assert await sessions.open_sessions(erika, MONDAY + ABSOLUTE + timedelta(hours=2)) == []


async def test_a_renewed_session_is_known_by_its_new_cookie_only(
    sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    before = await sessions.session_of(cookie, MONDAY)
    assert before is not None
    renewed = await sessions.renew(before.id)
    after = await sessions.session_of(renewed, MONDAY)
    assert after is not None
    assert (after.id, after.csrf != before.csrf) == (before.id, True)
    assert await sessions.session_of(cookie, MONDAY) is None


async def test_the_cookie_is_long_and_nowhere_in_the_database(
    unfollowed: Runtime, sessions: Sessions, erika: UUID
) -> None:
    cookies = {await sessions.start(erika, method="password", at=MONDAY) for _ in range(20)}
    stored = await unfollowed.pool.fetchval("select string_agg(s::text, '') from web_session s")
    assert len(cookies) == 20
    assert all(len(cookie) >= 43 and cookie not in stored for cookie in cookies)
    for unknown in ("", next(iter(cookies))[:-1], "\x00"):
        assert await sessions.session_of(unknown, MONDAY) is None


async def test_limits_are_what_is_set(unfollowed: Runtime, erika: UUID) -> None:
    sessions = Sessions(unfollowed.pool, idle=MINUTE, absolute=3 * MINUTE)
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    assert await sessions.session_of(cookie, MONDAY + MINUTE)
    assert await sessions.session_of(cookie, MONDAY + MINUTE + MINUTE + INSTANT) is None


async def test_with_an_erasure_the_person_is_out(
    unfollowed: Runtime, office: Office, sessions: Sessions, erika: UUID
) -> None:
    cookie = await sessions.start(erika, method="password", at=MONDAY)
    await office.ask(CONSOLE, EraseSubject(person=erika, reason="Antrag nach Art. 17"))
    await unfollowed.read_models.catch_up()
    assert await sessions.session_of(cookie, MONDAY) is None
    assert await unfollowed.pool.fetchval("select count(*) from web_session") == 0


async def test_long_ended_sessions_are_thrown_away(
    unfollowed: Runtime, sessions: Sessions, erika: UUID
) -> None:
    await sessions.start(erika, method="password", at=MONDAY)
    tidying = Tidying(unfollowed.pool)
    count = "select count(*) from web_session"
    await tidying.tidy(MONDAY + SESSIONS_KEPT)
    assert await unfollowed.pool.fetchval(count) == 1
    await tidying.tidy(MONDAY + SESSIONS_KEPT + INSTANT)
    assert await unfollowed.pool.fetchval(count) == 0


@pytest.mark.parametrize(
    ("said", "device"),
    [
        (IPHONE, "Safari, iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0.0.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/126.0.0.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)
def test_of_what_a_browser_says_its_name_and_system_are_kept(said: str, device: str) -> None:
    assert device_of(said) == device
