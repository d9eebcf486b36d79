"""From a decision over HTTP to the mailbox, with all that runs in between."""

import asyncio
from http import HTTPStatus

import msgspec
import pytest

from services.crew import Crew
from services.demo.county import paderborn
from services.mail.post import keep_posting, postman_of
from services.settings import Settings
from tests.services.mail.test_carrying import body
from tests.support.http import recorded
from tests.support.mail_sink import Sink
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

ADDRESS = "jana@jobcenter.example.org"


@pytest.fixture
def posting(settings: Settings, sink: Sink) -> Settings:
    """The settings of a service that sends mail."""
    return msgspec.structs.replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=sink.port,
        smtp_tls="none",
        mail_from="KIM Kreis Paderborn <kim@kreis.example.org>",
        public_url="https://kim.example.org",
    )


async def test_who_is_invited_over_http_has_mail_within_seconds(
    stack: Stack, posting: Settings, sink: Sink
) -> None:
    [account] = [p.account for p in paderborn().people.items if p.key == "jobcenter"]
    answer = await stack.verwaltung.put(f"/accounts/{account}/address", {"address": ADDRESS})
    assert answer.status_code == HTTPStatus.OK, answer.text
    opening = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", opening))["id"]
    await submit_draft(stack.fallmanagement, concept)
    crew = Crew()
    keep_posting(stack.runtime, posting, crew)
    try:
        await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
        async with asyncio.timeout(20):
            while not sink.sent_to(ADDRESS):  # noqa: ASYNC110 (a thread)
                await asyncio.sleep(0.05)
    finally:
        await crew.dismiss()
    [message] = sink.sent_to(ADDRESS)
    assert message["Subject"].startswith("Konzept für Delbrück: Bitte antworten Sie bis ")
    assert "https://kim.example.org/anmelden/link/" in body(message, "plain")
    summary = await stack.verwaltung.read("/mail/summary")
    assert summary["postman_seen_at"] is not None


def test_without_a_server_nobody_carries_mails(stack: Stack, settings: Settings) -> None:
    assert postman_of(stack.runtime, settings) is None
