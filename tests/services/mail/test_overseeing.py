"""Administrators see how mails fare and mend what went wrong; each person chooses their way."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from services.demo.county import paderborn
from services.mail.carriage import Carriage
from services.mail.choices import choice_of
from services.mail.outbox import mail_id
from services.mail.post import outbox_of
from tests.support.http import refused
from tests.support.stack import Stack

ADMINISTRATOR = "verwaltung"


@pytest.fixture
async def member(stack: Stack) -> UUID:
    """Somebody of the Jobcenter, to whom three mails wait."""
    [account] = [p.account for p in paderborn().people.items if p.key == "jobcenter"]
    address = {"address": "jana@jobcenter.example.org"}
    answer = await stack.verwaltung.put(f"/accounts/{account}/address", address)
    assert answer.status_code == HTTPStatus.OK, answer.text
    outbox = outbox_of(stack.runtime)
    for number in range(3):
        await outbox.queue(
            account=account,
            template="invitation",
            facts={"token": f"token-marker-{number}", "target": "/konto"},
            key=f"mail {number}",
            at=datetime.now(UTC),
        )
    await stack.runtime.read_models.reached(await stack.head())
    return account


async def test_an_administrator_sees_the_mails_without_their_addresses_and_links(
    stack: Stack, member: UUID
) -> None:
    page = await stack.verwaltung.read("/mail", limit=2)
    assert len(page["items"]) == 2
    assert len(await stack.verwaltung.all_pages("/mail", limit=2)) == 3
    first = page["items"][0]
    assert first["id"] == str(mail_id("mail 2")), "the latest first"
    assert first["account"] == str(member)
    assert first["name"].startswith("Jana")
    assert first["address"] == "ja…@jobcenter.example.org"
    assert (first["state"], first["title"]) == ("queued", "Einladung zum Zugang")
    text = await stack.verwaltung.read(f"/mail/{first['id']}")
    assert text["subject"] == "Ihr Zugang ist eingerichtet"
    assert "Guten Tag Jana" in text["text"]
    assert "token-marker" not in str(text)
    assert await stack.verwaltung.read("/mail", state="dead") == {"items": [], "next": None}


@pytest.mark.usefixtures("member")
async def test_nobody_else_sees_or_changes_mails(stack: Stack) -> None:
    mail = mail_id("mail 0")
    for person in (stack.jobcenter, stack.koordination, stack.revision):
        for path in ("/mail", "/mail/summary", f"/mail/{mail}"):
            refused(await person.ask("GET", path), HTTPStatus.FORBIDDEN, "identity.role-missing")
        for step, body in (("retry", None), ("discard", {"reason": "Weg."})):
            response = await person.post(f"/mail/{mail}/{step}", body)
            refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


@pytest.mark.usefixtures("member")
async def test_a_mail_that_could_not_be_delivered_is_sent_again(stack: Stack) -> None:
    carriage = Carriage(stack.runtime.pool, timedelta(minutes=1))
    mail = await carriage.claim()
    assert mail is not None
    path = f"/mail/{mail.id}"
    refused(await stack.verwaltung.post(f"{path}/retry"), HTTPStatus.CONFLICT, "mail.gone")
    await carriage.give_up(mail, "refused", "550 5.1.1")
    [dead] = (await stack.verwaltung.read("/mail", state="dead"))["items"]
    assert (dead["id"], dead["answer"]) == (str(mail.id), "550 5.1.1")
    assert dead["message"].startswith("Der Mailserver nimmt diese Nachricht nicht an.")
    for _ in range(2):
        answer = await stack.verwaltung.post(f"{path}/retry")
        assert answer.status_code == HTTPStatus.OK
        assert answer.json()["state"] == "queued"
    again = [await carriage.claim() for _ in range(3)]
    assert mail.id in {one.id for one in again if one}


@pytest.mark.usefixtures("member")
async def test_a_discarded_mail_is_never_sent(stack: Stack) -> None:
    path = f"/mail/{mail_id('mail 1')}"
    answer = await stack.verwaltung.post(f"{path}/discard", {"reason": "Ausgeschieden."})
    assert answer.json()["state"] == "discarded"
    assert answer.json()["reason"] == "Ausgeschieden."
    refused(await stack.verwaltung.post(f"{path}/retry"), HTTPStatus.CONFLICT, "mail.gone")
    carriage = Carriage(stack.runtime.pool, timedelta(minutes=1))
    claimed = [await carriage.claim() for _ in range(3)]
    assert sorted(mail.id for mail in claimed if mail) == sorted(
        mail_id(key) for key in ("mail 0", "mail 2")
    )
    secret = await stack.runtime.pool.fetchval(
        "select secret from mail where id = $1", mail_id("mail 1")
    )
    assert secret is None


async def test_an_unknown_mail_is_said_to_be_unknown(stack: Stack) -> None:
    path = f"/mail/{uuid4()}"
    for response in (
        await stack.verwaltung.ask("GET", path),
        await stack.verwaltung.post(f"{path}/retry"),
        await stack.verwaltung.post(f"{path}/discard", {"reason": "Weg."}),
    ):
        refused(response, HTTPStatus.NOT_FOUND, "mail.unknown")


@pytest.mark.usefixtures("member")
async def test_the_summary_says_how_many_wait_and_whether_anybody_carries_them(
    stack: Stack,
) -> None:
    summary = await stack.verwaltung.read("/mail/summary")
    assert (summary["queued"], summary["sent"]) == (3, 0)
    assert summary["waiting_since"] is not None
    assert summary["postman_seen_at"] is None
    carriage = Carriage(stack.runtime.pool, timedelta(minutes=1))
    for trouble in ("SMTPConnectError", "sign-in refused (535)", ""):
        await carriage.note_way(trouble)
        summary = await stack.verwaltung.read("/mail/summary")
        assert summary["postman_seen_at"] is not None
        assert summary["trouble"] == trouble
        assert (summary["troubled_since"] is None) == (trouble == "")


async def test_everybody_chooses_when_and_in_which_language_they_are_told(
    stack: Stack, member: UUID
) -> None:
    assert await stack.jobcenter.read("/me/mail") == {"rhythm": "at-once", "language": "de"}
    choice = {"rhythm": "daily", "language": "en"}
    for _ in range(2):
        answer = await stack.jobcenter.put("/me/mail", choice)
        assert answer.status_code == HTTPStatus.OK
    assert await stack.jobcenter.read("/me/mail") == choice
    assert await stack.revision.read("/me/mail") == {"rhythm": "at-once", "language": "de"}
    assert (await choice_of(stack.runtime.pool, member)).language == "en"
    for wrong in ({"rhythm": "weekly", "language": "de"}, {"rhythm": "daily", "language": "fr"}):
        response = await stack.jobcenter.put("/me/mail", wrong)
        refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
