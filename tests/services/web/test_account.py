"""One's own account, and what administrators and the security log see of it."""

import re
from datetime import UTC, datetime
from hashlib import sha1
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
import pytest
from pyotp.totp import TOTP

from services.identity.links import Links
from services.identity.security_log import Happening
from services.identity.totp import SecondFactors
from services.settings import Settings
from services.web.texts import sentences
from tests.support.http import refused
from tests.support.jana import (
    COOKIE,
    GOOD,
    OTHER,
    browser,
    headline,
    is_in,
    mailed,
    send,
    sign_in,
)
from tests.support.stack import Stack, serving


def test_whatever_is_noted_has_its_words() -> None:
    for happening in Happening:
        assert f"sign_in.happenings.{happening.value}" in sentences()
    first, second = ("password", "link"), ("", "-code", "-recovery-code")
    for method in (*(one + two for one in first for two in second), "oidc"):
        assert f"sign_in.methods.{method}" in sentences()


@pytest.mark.usefixtures("jana")
async def test_a_password_is_changed_by_whoever_knows_the_present_one(stack: Stack) -> None:
    async with browser(stack) as client, browser(stack) as elsewhere:
        await sign_in(client)
        await sign_in(elsewhere)
        before = client.cookies[COOKIE]
        new = {"password": OTHER, "again": OTHER}
        wrong = await send(client, "/konto/passwort", present=OTHER, **new)
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Das jetzige Passwort stimmt nicht" in wrong.text
        done = await send(client, "/konto/passwort", present=GOOD, **new)
        assert done.headers["location"] == "/konto?fertig=passwort"
        assert client.cookies[COOKIE] != before
        assert await is_in(client)
        assert not await is_in(elsewhere)


@pytest.mark.usefixtures("jana")
async def test_a_password_in_the_file_of_the_operator_is_not_chosen(
    stack: Stack, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "hashes.txt"
    digest = sha1(OTHER.encode(), usedforsecurity=False).hexdigest().upper()
    file.write_text(f"{digest}:3\n")
    careful = msgspec.structs.replace(settings, breached_passwords=file)
    async with serving(stack.runtime, careful, {}) as there, browser(there) as client:
        await sign_in(client)
        typed = {"present": GOOD, "password": OTHER, "again": OTHER}
        answer = await send(client, "/konto/passwort", **typed)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Listen gestohlener" in answer.text
    async with browser(stack) as client:
        assert (await sign_in(client, OTHER)).status_code == HTTPStatus.UNAUTHORIZED


@pytest.mark.usefixtures("jana")
async def test_blanks_at_the_ends_belong_to_a_password(stack: Stack) -> None:
    blank = f" {OTHER} "
    async with browser(stack) as client:
        await sign_in(client)
        await send(client, "/konto/passwort", present=GOOD, password=blank, again=blank)
    async with browser(stack) as client:
        assert (await sign_in(client, OTHER)).status_code == HTTPStatus.UNAUTHORIZED
        assert (await sign_in(client, blank)).status_code == HTTPStatus.SEE_OTHER


@pytest.mark.usefixtures("jana")
async def test_a_second_factor_is_set_up_from_the_picture_and_switched_off_again(
    stack: Stack,
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        page = await client.get("/konto/zweiter-faktor")
        assert 'src="data:image/svg+xml' in page.text
        [written] = re.findall(r"<code>([A-Z2-7 ]+)</code>", page.text)
        secret = written.replace(" ", "")
        again = await client.get("/konto/zweiter-faktor")
        assert written in again.text, "a page that is loaded again shows the same"
        wrong = await send(client, "/konto/zweiter-faktor/ein", code="000000", present=GOOD)
        assert "Der Code stimmt nicht" in wrong.text
        code = TOTP(secret).now()
        without = await send(client, "/konto/zweiter-faktor/ein", code=code, present=OTHER)
        assert without.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        done = await send(client, "/konto/zweiter-faktor/ein", code=code, present=GOOD)
        codes = re.findall(r"<code>([A-Z2-9-]{29})</code>", done.text)
        assert len(codes) == 8
        assert codes[0] not in (await client.get("/konto/zweiter-faktor")).text
    async with browser(stack) as client:
        await sign_in(client)
        recovered = await client.post("/anmelden/code", data={"code": codes[0]})
        assert recovered.status_code == HTTPStatus.SEE_OTHER
        assert "7 Notfallcodes" in (await client.get("/konto")).text
        renewed = await send(client, "/konto/zweiter-faktor/notfallcodes", present=GOOD)
        assert len(re.findall(r"<code>([A-Z2-9-]{29})</code>", renewed.text)) == 8
        off = await send(client, "/konto/zweiter-faktor/aus", present=GOOD)
        assert off.headers["location"] == "/konto?fertig=aus"
    async with browser(stack) as client:
        await sign_in(client)
        assert await is_in(client)


@pytest.mark.usefixtures("jana")
async def test_a_person_sees_where_they_are_signed_in_and_ends_it(stack: Stack) -> None:
    firefox = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0"}
    async with browser(stack) as client, browser(stack) as elsewhere:
        await sign_in(client)
        elsewhere.headers.update(firefox)
        await sign_in(elsewhere)
        page = await client.get("/konto")
        assert "Sie sind auf 2 Geräten angemeldet" in page.text
        assert "Firefox, Windows" in page.text
        [there] = re.findall(r'action="(/konto/sitzungen/[0-9a-f-]+/ende)"', page.text)
        await send(client, there)
        assert not await is_in(elsewhere)
        await sign_in(elsewhere)
        gone = await send(client, "/konto/sitzungen/ende")
        assert gone.headers["location"] == "/abgemeldet"
        assert not await is_in(client)
        assert not await is_in(elsewhere)


async def test_whoever_was_invited_signs_in_by_the_link_and_chooses_a_password(
    stack: Stack, jana: UUID
) -> None:
    await stack.runtime.pool.execute("delete from credential")
    links = Links(stack.runtime.pool)
    token = await links.create(
        jana, purpose="invitation", target="/konto/passwort", at=datetime.now(UTC)
    )
    async with browser(stack) as client:
        answer = await client.post(f"/anmelden/link/{token}")
        assert answer.headers["location"] == "/konto/passwort"
        page = await client.get("/konto/passwort")
        assert headline(page) == "Wählen Sie Ihr Passwort"
        assert 'name="present"' not in page.text
        await send(client, "/konto/passwort", password=OTHER, again=OTHER)
    async with browser(stack) as client:
        assert (await sign_in(client, OTHER)).status_code == HTTPStatus.SEE_OTHER


@pytest.mark.usefixtures("jana")
async def test_a_person_chooses_when_they_are_told_by_mail(stack: Stack) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        done = await send(client, "/konto/post", rhythm="daily", language="en")
        assert done.headers["location"] == "/konto?fertig=post"
        page = await client.get("/konto?fertig=post")
        assert re.search(r'value="daily" checked', page.text)
        assert '<option value="en" selected>' in page.text
        assert (await send(client, "/konto/post", rhythm="hourly")).status_code == 422
    assert (await stack.jobcenter.read("/me/mail"))["rhythm"] == "daily"


async def test_who_may_not_is_noted_once_with_where_they_came_from(
    stack: Stack, jana: UUID
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        await client.get("/verwaltung")
        await client.get("/revision/sicherheit")
        await client.post("/konto/post", data={"rhythm": "daily"})
    await stack.jobcenter.ask("GET", "/accounts")
    path = f"/security-log?account={jana}"
    log = await stack.revision.until(path, lambda log: len(log["items"]) >= 5)
    noted = [
        (entry["happening"], entry["account"], entry["origin"]) for entry in log["items"][::-1]
    ]
    refusal = ("access-refused", str(jana), "127.0.0.0/24")
    assert noted[1:] == [refusal, refusal, ("form-refused", *refusal[1:]), refusal]


async def test_an_administrator_invites_and_a_coordinator_only_members(
    stack: Stack, jana: UUID
) -> None:
    path = f"/accounts/{jana}/invitation"
    first = await stack.verwaltung.post(path, key="a")
    again = await stack.verwaltung.post(path, key="a")
    assert first.status_code == again.status_code == HTTPStatus.ACCEPTED
    assert first.json()["account"] == str(jana)
    assert (await stack.koordination.post(path, key="b")).status_code == HTTPStatus.ACCEPTED
    assert await mailed(stack, jana) == ["invitation"] * 2
    refused(await stack.verwaltung.post(path), HTTPStatus.CONFLICT, "account.invited-too-often")
    for person in (stack.jobcenter, stack.revision):
        refused(await person.post(path), HTTPStatus.FORBIDDEN, "identity.role-missing")
    auditor = (await stack.revision.read("/me"))["account"]
    path = f"/accounts/{auditor}/invitation"
    refused(await stack.koordination.post(path), HTTPStatus.FORBIDDEN, "identity.role-missing")
    refused(await stack.verwaltung.post(path), HTTPStatus.CONFLICT, "account.no-address")
    path = f"/accounts/{uuid4()}/invitation"
    refused(await stack.verwaltung.post(path), HTTPStatus.NOT_FOUND, "account.unknown")
    log = await stack.revision.read("/security-log", happening="invited")
    assert [entry["by_name"] for entry in log["items"]][-1].startswith("Viktor")


async def test_an_administrator_signs_somebody_out_and_removes_a_lost_second_factor(
    stack: Stack, jana: UUID
) -> None:
    factors = SecondFactors(stack.runtime.pool, stack.runtime.master)
    secret = await factors.prepare(jana, datetime.now(UTC))
    path = f"/accounts/{jana}"
    async with browser(stack) as client:
        await sign_in(client)
        ended = await stack.verwaltung.post(f"{path}/sessions/end")
        assert ended.json() == {"account": str(jana), "ended": 1}
        assert not await is_in(client)
        await factors.confirm(jana, TOTP(secret).now(), datetime.now(UTC))
        assert (await sign_in(client)).headers["location"] == "/anmelden/code"
        removed = await stack.verwaltung.post(f"{path}/second-factor/removal")
        assert removed.status_code == HTTPStatus.OK
        assert (await sign_in(client)).headers["location"] == "/"
    for step in ("/sessions/end", "/second-factor/removal"):
        for person in (stack.koordination, stack.jobcenter, stack.revision):
            refused(await person.post(path + step), HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_the_api_says_nothing_about_passwords_and_a_session_changes_nothing_there(
    stack: Stack, jana: UUID
) -> None:
    async with browser(stack) as client:
        await sign_in(client)
        assert (await client.get("/api/v1/me")).json()["signed_in"] == "password"
        refused(
            await client.post(
                f"/api/v1/accounts/{jana}/invitation", headers={"Idempotency-Key": "a"}
            ),
            HTTPStatus.UNAUTHORIZED,
            "identity.not-signed-in",
        )


async def test_auditors_and_administrators_read_what_happened_at_the_door(
    stack: Stack, jana: UUID
) -> None:
    async with browser(stack) as client:
        await sign_in(client, OTHER)
        await sign_in(client)
        answer = await client.get("/revision/sicherheit")
        assert answer.status_code == HTTPStatus.FORBIDDEN
    happened = ["access-refused", "signed-in", "sign-in-failed"]
    log = await stack.revision.until("/security-log", lambda log: len(log["items"]) == 3)
    assert [entry["happening"] for entry in log["items"]] == happened
    [one] = await stack.revision.all_pages("/security-log", happening="signed-in")
    assert (one["account"], one["method"], one["origin"]) == (
        str(jana),
        "password",
        "127.0.0.0/24",
    )
    assert one["name"] == one["by_name"] == "Jana Jobcenter (erfunden)"
    assert len(await stack.revision.all_pages("/security-log", account=str(jana), limit=1)) == 3
    refused(
        await stack.koordination.ask("GET", "/security-log"),
        HTTPStatus.FORBIDDEN,
        "identity.role-missing",
    )
