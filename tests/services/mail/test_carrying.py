"""A queued mail reaches the mail server: whole, once, and whatever breaks on the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from services.mail.carriage import Carriage
from services.mail.server import MailServer, WayClosed
from tests.services.mail.conftest import Mailroom, person
from tests.support.mail_sink import mail_sink, make_certificate
from tests.support.office import Office

ADDRESS = "jule@jobcenter.example.org"


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content


async def test_a_mail_has_text_and_html_that_say_the_same_and_headers_that_say_what_it_is(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    assert await mailroom.postman().carry_all() == 1
    [message] = mailroom.sink.sent_to(ADDRESS)
    assert mailroom.sink.envelopes == [("kim@kreis.example.org", [ADDRESS])]
    assert message["From"] == "KIM Kreis Paderborn <kim@kreis.example.org>"
    assert message["To"] == f"Jule Jänsen <{ADDRESS}>"
    assert message["Subject"] == "Ihr Zugang ist eingerichtet"
    assert message["List-Id"] == "<kreislauf.kreis.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "de"
    assert abs(message["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    [row] = await mailroom.rows()
    assert message["Message-ID"] == f"<{row['id']}@kreis.example.org>"
    text, html = body(message, "plain"), body(message, "html")
    link = "http://127.0.0.1:8000/anmelden/link/geheimes-token"
    for content in (text, html):
        assert "Guten Tag Jule Jänsen," in content
        assert "Freundliche Grüße" in content
        assert link in content
    assert f'<a href="{link}">Zugang öffnen</a>' in html
    assert '<html lang="de">' in html


async def test_all_that_goes_over_the_wire_is_ascii(mailroom: Mailroom, jule: UUID) -> None:
    await mailroom.queue(jule)
    await mailroom.postman().carry_all()
    [message] = mailroom.sink.messages
    assert message.as_bytes().isascii()


async def test_a_mail_is_queued_once_for_each_key(mailroom: Mailroom, jule: UUID) -> None:
    for key in ("one", "two", "one"):
        await mailroom.queue(jule, key)
    assert await mailroom.postman().carry_all() == 2
    assert await mailroom.postman().carry_all() == 0
    await mailroom.queue(jule, "one")
    assert await mailroom.postman().carry_all() == 0


async def test_once_sent_the_row_says_so_and_the_token_is_gone(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    [before] = await mailroom.rows()
    assert before["secret"] is not None
    assert b"geheimes-token" not in before["secret"]
    await mailroom.postman().carry_all()
    [row] = await mailroom.rows()
    assert (row["state"], row["secret"], row["uncertain"]) == ("sent", None, False)
    assert row["handed_at"] <= row["sent_at"]


async def test_what_the_server_postpones_is_tried_again(mailroom: Mailroom, jule: UUID) -> None:
    mailroom.sink.to_recipients = ["451 4.3.0 try again later"]
    mailroom.sink.to_texts = ["450 busy"]
    await mailroom.queue(jule)
    assert await mailroom.postman().carry_all() == 3
    [row] = await mailroom.rows()
    assert (row["state"], row["attempts"], row["uncertain"]) == ("sent", 3, False)
    assert len(mailroom.sink.messages) == 1


async def test_between_two_attempts_there_are_longer_and_longer_pauses(
    mailroom: Mailroom, jule: UUID
) -> None:
    mailroom.sink.to_recipients = ["451 4.3.0 Jule is away"] * 2
    await mailroom.queue(jule)
    pauses = (timedelta(minutes=1), timedelta(minutes=5))
    for pause in pauses:
        assert await mailroom.postman(pauses=pauses).carry_all() == 1
        [row] = await mailroom.rows()
        assert (row["state"], row["trouble"], row["answer"]) == ("queued", "postponed", "451 4.3.0")
        left = row["next_at"] - datetime.now(UTC)
        assert pause - timedelta(seconds=30) < left <= pause
        assert await mailroom.postman(pauses=pauses).carry_all() == 0
        await mailroom.runtime.pool.execute("update mail set next_at = now()")
    assert await mailroom.postman(pauses=pauses).carry_all() == 1
    assert (await mailroom.rows())[0]["state"] == "sent"


async def test_after_the_last_attempt_a_mail_is_given_up(mailroom: Mailroom, jule: UUID) -> None:
    mailroom.sink.to_recipients = ["451 later"] * 9
    await mailroom.queue(jule)
    assert await mailroom.postman().carry_all() == 4
    [row] = await mailroom.rows()
    assert (row["state"], row["trouble"], row["answer"]) == ("dead", "postponed", "451")


async def test_what_is_refused_for_good_is_given_up_and_the_next_one_still_sent(
    mailroom: Mailroom, office: Office, jule: UUID
) -> None:
    kim = await person(mailroom.runtime, office, "Kim", "kim@caritas.example.org")
    mailroom.sink.to_recipients = [f"550 5.1.1 <{ADDRESS}> unknown"]
    await mailroom.queue(jule, "jule")
    await mailroom.queue(kim, "kim")
    assert await mailroom.postman().carry_all() == 2
    refused, sent = await mailroom.rows()
    assert (refused["state"], refused["trouble"]) == ("dead", "refused")
    assert refused["answer"] == "550 5.1.1"
    assert sent["state"] == "sent"
    assert ADDRESS not in str(refused)


async def test_without_an_address_a_mail_waits_for_an_administrator(
    mailroom: Mailroom, office: Office
) -> None:
    nobody = await person(mailroom.runtime, office, "Ohne Adresse", "")
    await mailroom.queue(nobody)
    await mailroom.postman().carry_all()
    [row] = await mailroom.rows()
    assert (row["state"], row["trouble"]) == ("dead", "no-address")


async def test_an_address_with_an_umlaut_in_its_domain_is_written_as_in_dns(
    mailroom: Mailroom, office: Office
) -> None:
    account = await person(mailroom.runtime, office, "Bär", "info@bäckerei.example")
    other = await person(mailroom.runtime, office, "Ömer", "ömer@example.org")
    await mailroom.queue(account, "domain")
    await mailroom.queue(other, "name")
    await mailroom.postman().carry_all()
    assert mailroom.sink.envelopes[0][1] == ["info@xn--bckerei-5wa.example"]
    assert [(row["state"], row["trouble"]) for row in await mailroom.rows()] == [
        ("sent", ""),
        ("dead", "address-unusable"),
    ]


async def test_a_name_cannot_put_lines_into_the_headers(mailroom: Mailroom, office: Office) -> None:
    name = "Eve\r\nBcc: all@example.org\n\n<script>alert(1)</script>"
    eve = await person(mailroom.runtime, office, name, "eve@example.org")
    await mailroom.queue(eve)
    await mailroom.postman().carry_all()
    [message] = mailroom.sink.messages
    assert message["Bcc"] is None
    assert mailroom.sink.envelopes[0][1] == ["eve@example.org"]
    assert "<script>" not in body(message, "html")


async def test_a_postman_killed_before_handing_over_leaves_no_doubt_and_no_loss(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    gone = Carriage(mailroom.runtime.pool, timedelta(seconds=0.3))
    assert await gone.claim() is not None
    assert await mailroom.postman().carry_all() == 0, "the claim still holds"
    await asyncio.sleep(0.4)
    assert await mailroom.postman().carry_all() == 1
    [row] = await mailroom.rows()
    assert (row["state"], row["uncertain"], row["attempts"]) == ("sent", False, 2)


async def test_a_postman_killed_while_handing_over_leaves_a_mail_that_says_so(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    gone = Carriage(mailroom.runtime.pool, timedelta(seconds=0.3))
    mail = await gone.claim()
    assert mail is not None
    assert await gone.begin_handing(mail)
    await asyncio.sleep(0.4)
    assert await mailroom.postman().carry_all() == 1
    [row] = await mailroom.rows()
    assert (row["state"], row["uncertain"]) == ("sent", True)


async def test_a_connection_lost_while_handing_over_sends_the_same_message_again(
    mailroom: Mailroom, jule: UUID
) -> None:
    mailroom.sink.breaks_off = 1
    await mailroom.queue(jule)
    postman = mailroom.postman()
    assert await postman.carry_all() == 1
    [row] = await mailroom.rows()
    assert (row["state"], row["trouble"], row["uncertain"]) == ("queued", "uncertain", True)
    assert await postman.carry_all() == 1
    first, second = mailroom.sink.messages
    assert first["Message-ID"] == second["Message-ID"]
    [row] = await mailroom.rows()
    assert (row["state"], row["trouble"], row["uncertain"]) == ("sent", "", True)


async def test_a_claim_that_ran_out_hands_nothing_over(mailroom: Mailroom, jule: UUID) -> None:
    await mailroom.queue(jule)
    slow = Carriage(mailroom.runtime.pool, timedelta(seconds=0.2))
    mail = await slow.claim()
    assert mail is not None
    await asyncio.sleep(0.3)
    assert not await slow.begin_handing(mail)
    assert await mailroom.postman().carry_all() == 1
    assert not await slow.sent(mail)
    assert len(mailroom.sink.messages) == 1


async def test_postmen_at_the_same_time_never_double_a_mail(mailroom: Mailroom, jule: UUID) -> None:
    for number in range(40):
        await mailroom.queue(jule, f"mail {number}")
    postmen = [mailroom.postman() for _ in range(4)]
    tried = await asyncio.gather(*(postman.carry_all() for postman in postmen))
    assert sum(tried) == 40
    ids = [message["Message-ID"] for message in mailroom.sink.messages]
    assert len(ids) == len(set(ids)) == 40
    assert {row["state"] for row in await mailroom.rows()} == {"sent"}


async def test_whoever_stops_a_postman_waits_for_the_mail_in_its_hands(
    mailroom: Mailroom, jule: UUID
) -> None:
    mailroom.sink.dawdles = 1.0
    await mailroom.queue(jule)
    work = asyncio.create_task(mailroom.postman().run())
    while (await mailroom.rows())[0]["handed_at"] is None:  # noqa: ASYNC110 (another task)
        await asyncio.sleep(0.02)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    [row] = await mailroom.rows()
    assert (row["state"], row["uncertain"]) == ("sent", False)


async def test_without_a_server_mails_wait_and_it_is_said_why(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    nobody = MailServer(host="127.0.0.1", port=9, tls="none", patience=2)
    postman = mailroom.postman(nobody)
    with pytest.raises(WayClosed):
        await postman.carry_all()
    [row] = await mailroom.rows()
    assert (row["state"], row["attempts"]) == ("queued", 0)
    work = asyncio.create_task(postman.run())
    pool = mailroom.runtime.pool
    while not await pool.fetchval("select trouble from mail_way"):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    work.cancel()
    assert await pool.fetchval("select troubled_since from mail_way") is not None


async def test_a_mail_that_waited_too_long_is_told_to_nobody(
    mailroom: Mailroom, jule: UUID
) -> None:
    await mailroom.queue(jule)
    await mailroom.runtime.pool.execute("update mail set good_until = now() - interval '1 s'")
    await Carriage(mailroom.runtime.pool, timedelta(minutes=1)).tidy()
    assert await mailroom.postman().carry_all() == 0
    [row] = await mailroom.rows()
    assert (row["state"], row["trouble"]) == ("dead", "too-old")


async def test_what_was_sent_long_ago_is_deleted(mailroom: Mailroom, jule: UUID) -> None:
    await mailroom.queue(jule, "old")
    await mailroom.queue(jule, "new")
    await mailroom.postman().carry_all()
    await mailroom.runtime.pool.execute(
        "update mail set sent_at = now() - interval '91 days' where key = 'old'"
    )
    await Carriage(mailroom.runtime.pool, timedelta(minutes=1)).tidy()
    assert [row["key"] for row in await mailroom.rows()] == ["new"]


async def test_the_postman_signs_in_by_tls_where_the_server_asks_for_it(
    mailroom: Mailroom, jule: UUID, tmp_path: Path
) -> None:
    certificate = make_certificate(tmp_path / "server.pem")
    with mail_sink(certificate) as sink:
        await mailroom.queue(jule)
        right = MailServer(
            host="127.0.0.1",
            port=sink.port,
            tls="starttls",
            authority=certificate,
            user="kim",
            password="geheim",
        )
        for wrong, trouble in (
            ({"authority": None}, "SMTP|SSL"),
            ({"password": "falsch"}, "sign-in refused"),
            ({"authority": tmp_path / "none.pem"}, "no certificates in"),
        ):
            postman = mailroom.postman(msgspec.structs.replace(right, **wrong))
            with pytest.raises(WayClosed, match=trouble):
                await postman.carry_all()
        assert await mailroom.postman(right).carry_all() == 1
        assert len(sink.messages) == 1
        assert set(sink.signed_in) == {"kim"}
    assert "geheim" not in repr(right)
