"""The way of a company's form: checked, confirmed by mail, reported, and its own from then on."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx
import msgspec
import pytest

from domain.language_needs.commands import AcknowledgeReport, AskCompany
from domain.language_needs.reference import report_id
from services.api.examples.company_intake import CONTENT
from services.identity.principal import CONSOLE
from services.intake.key import IntakeKey
from services.intake.limits import PER_ADDRESS
from services.intake.stamps import Stamps
from services.mail.carriage import Carriage
from services.mail.post import letters_of, notifier_of
from services.mail.postman import LEASE, Postman
from services.mail.server import MailServer
from services.settings import Settings
from tests.services.mail.conftest import SENDER
from tests.support.http import Json, pointers, recorded, refused
from tests.support.mail_sink import Sink, mail_sink
from tests.support.office import Office
from tests.support.stack import Stack
from tests.support.stored import everything_stored

ADDRESS = CONTENT.contact.email
REPORTS = "/api/v1/reports"
CONFIRM = re.compile(r"/melden/bestaetigen/([\w-]+)")
STATUS = re.compile(r"/meldung/([\w-]+)")


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as sink:
        yield sink


class Company:
    """Somebody in a company, with a browser and a mailbox."""

    def __init__(self, stack: Stack, settings: Settings, sink: Sink) -> None:
        self.stack = stack
        self.sink = sink
        runtime = stack.runtime
        self.stamps = Stamps(IntakeKey(runtime.pool, runtime.master))
        self._notifier = notifier_of(runtime)
        server = MailServer(host="127.0.0.1", port=sink.port, tls="none", patience=5)
        letters = letters_of(runtime, settings)
        self._postman = Postman(Carriage(runtime.pool, LEASE), letters, server, SENDER)

    async def form(self, minutes: int = 8, **changed: object) -> Json:
        """The form, opened so many minutes ago, with some of its content changed."""
        content = {**msgspec.to_builtins(CONTENT), **changed}
        started = await self.stamps.give(datetime.now(UTC) - timedelta(minutes=minutes))
        return {"content": content, "started": started}

    async def send(self, form: Json) -> httpx.Response:
        return await self.stack.http.post(f"{REPORTS}/intake", json=form)

    async def mails(self) -> list[str]:
        """Carry what is queued; the texts of all mails so far."""
        await self.stack.runtime.read_models.catch_up()
        while await self._notifier.tell(datetime.now(UTC)):
            pass
        await self._postman.carry_all()
        return [_text(message) for message in self.sink.messages]

    async def confirm(self, token: str) -> httpx.Response:
        return await self.stack.http.post(f"{REPORTS}/confirmation", json={"token": token})

    async def reported(self) -> str:
        """Report a need; the token of its status page."""
        assert (await self.send(await self.form())).status_code == HTTPStatus.ACCEPTED
        [mail] = await self.mails()
        [token] = CONFIRM.findall(mail)
        answer = await self.confirm(token)
        assert answer.status_code == HTTPStatus.CREATED, answer.text
        return str(answer.json()["token"])

    async def own(
        self, method: str, token: str, path: str = "", body: object = None
    ) -> httpx.Response:
        headers: Mapping[str, str] = {
            "Authorization": f"Report {token}",
            "Idempotency-Key": f"{method} {path}".replace(" ", ""),
        }
        return await self.stack.http.request(
            method, f"{REPORTS}/own{path}", json=body, headers=headers
        )


def _text(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


@pytest.fixture
def company(stack: Stack, settings: Settings, sink: Sink) -> Company:
    return Company(stack, settings, sink)


async def test_from_the_form_to_a_withdrawn_report_the_company_needs_no_account(
    company: Company,
) -> None:
    before = await company.stack.head()
    opened = (await company.stack.http.get(f"{REPORTS}/form")).json()
    assert "jobcenter" in {partner["key"] for partner in opened["partners"]}
    assert (await company.send(await company.form())).status_code == HTTPStatus.ACCEPTED
    [mail] = await company.mails()
    assert await company.stack.head() == before
    [token] = CONFIRM.findall(mail)
    confirmed = (await company.confirm(token)).json()
    assert confirmed["position"] == await company.stack.head() == before + 1
    _, received = await company.mails()
    assert confirmed["reference"] in received
    [mailed] = STATUS.findall(received)
    for way in (confirmed["token"], mailed):
        report = (await company.own("GET", way)).json()
        assert (report["stage"], report["company"]["name"]) == ("received", CONTENT.company.name)
        assert report["holder"]["what"] == "acknowledge"
    changed = {**msgspec.to_builtins(CONTENT), "remark": "Lieber am Abend."}
    assert (await company.own("PUT", mailed, "", changed)).status_code == HTTPStatus.OK
    assert (await company.own("GET", mailed)).json()["remark"] == "Lieber am Abend."
    reason = {"reason": "solved-otherwise"}
    answer = await company.own("POST", mailed, "/withdrawal", reason)
    assert answer.status_code == HTTPStatus.OK, answer.text
    report = (await company.own("GET", mailed)).json()
    assert (report["stage"], report["holder"], report["may_change"]) == ("withdrawn", None, False)
    assert "zurückgezogen" in (await company.mails())[-1]


async def test_what_does_not_fit_is_refused_and_leaves_nothing(company: Company) -> None:
    head, http = await company.stack.head(), company.stack.http
    cases: list[tuple[Json, HTTPStatus, str, list[str]]] = [
        (
            await company.form(minutes=0),
            HTTPStatus.CONFLICT,
            "intake.too-fast",
            ["/started"],
        ),
        (
            {**await company.form(), "started": "A" * 62},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "intake.stamp-foreign",
            ["/started"],
        ),
        (
            await company.form(remark="Frau Öztürk, geb. 12.03.1990, soll auch kommen."),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "company-report.names-somebody",
            ["/content/remark", "/content/remark"],
        ),
        (
            {**await company.form(), "nationality": "x"},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "request.invalid",
            ["/nationality"],
        ),
        (
            await company.form(need={"groups": []}),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "request.invalid",
            ["/content/need/groups"],
        ),
        (
            await company.form(need=_need(present="b1", wanted="a2")),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "company-report.level-not-higher",
            ["/content/need/groups/0/wanted"],
        ),
        (
            await company.form(need={**_need(), "consent": ["niemand"]}),
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "organisation.unknown",
            ["/content/need/consent/0"],
        ),
    ]
    for form, status, code, places in cases:
        response = await company.send(form)
        assert pointers(refused(response, status, code)) == places
        assert "Öztürk" not in response.text
    assert await company.mails() == []
    assert await company.stack.head() == head
    assert "Öztürk".encode() not in await everything_stored(company.stack.runtime.pool)
    assert (await http.get("/api/v1/organisations")).status_code == HTTPStatus.UNAUTHORIZED


def _need(**changed: object) -> Json:
    need = msgspec.to_builtins(CONTENT.need)
    return {**need, "groups": [{**need["groups"][0], **changed}]}


async def test_an_impatient_click_a_corrected_address_and_two_confirmations_are_one_report(
    company: Company,
) -> None:
    head, form = await company.stack.head(), await company.form()
    answers = await asyncio.gather(*(company.send(form) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {HTTPStatus.ACCEPTED}
    [first] = await company.mails()
    assert CONTENT.company.name not in first
    assert "Probst" not in first
    contact = {**form["content"]["contact"], "email": "neu@metallbau-senne.example"}
    corrected = {**form, "content": {**form["content"], "contact": contact}}
    assert (await company.send(corrected)).status_code == HTTPStatus.ACCEPTED
    _, second = await company.mails()
    assert len(company.sink.sent_to("neu@metallbau-senne.example")) == 1
    [old], [new] = CONFIRM.findall(first), CONFIRM.findall(second)
    refused(await company.confirm(old), HTTPStatus.NOT_FOUND, "intake.confirmation-unknown")
    confirmed = await asyncio.gather(*(company.confirm(new) for _ in range(5)))
    assert len({answer.text for answer in confirmed}) == 1
    assert confirmed[0].status_code == HTTPStatus.CREATED
    assert (await company.confirm(new)).text == confirmed[0].text
    assert await company.stack.head() == head + 1
    assert len(await company.mails()) == 3
    response = await company.send(form)
    refused(response, HTTPStatus.CONFLICT, "intake.confirmed-already")


async def test_the_link_opens_its_own_report_and_nothing_else(company: Company) -> None:
    token = await company.reported()
    report = {"Authorization": f"Report {token}"}
    for path in ("/api/v1/organisations", "/api/v1/me", "/api/v1/company-reports"):
        response = await company.stack.http.get(path, headers=report)
        assert response.status_code == HTTPStatus.UNAUTHORIZED, path
    response = await company.own("GET", token + "x")
    problem = refused(response, HTTPStatus.UNAUTHORIZED, "intake.link-unknown")
    assert response.headers["www-authenticate"] == "Report"
    assert problem["detail"]
    response = await company.stack.http.get(f"{REPORTS}/own")
    refused(response, HTTPStatus.UNAUTHORIZED, "intake.link-unknown")


async def test_the_company_is_told_who_sees_to_it_and_answers_what_it_is_asked(
    company: Company,
) -> None:
    token = await company.reported()
    reference = (await company.own("GET", token)).json()["reference"]
    report = report_id(reference)
    office = Office(company.stack.runtime.desk, clock=lambda: datetime.now(UTC))
    me = await company.stack.koordination.read("/me")
    await office.ask(CONSOLE, AcknowledgeReport(report=report, contact_person=me["account"]))
    await office.ask(CONSOLE, AskCompany(report=report, question="Ab wann ist der Raum frei?"))
    *_, acknowledged, asked = await company.mails()
    assert me["name"] in acknowledged
    assert "Bitte antworten Sie bis" in asked
    assert "Raum" not in asked
    own = (await company.own("GET", token)).json()
    assert (own["is_asked"], own["contact_person"]) == (True, me["name"])
    assert own["questions"][0]["question"] == "Ab wann ist der Raum frei?"
    named = {"text": "Fragen Sie Frau Öztürk, geb. 12.03.1990."}
    response = await company.own("POST", token, "/answer", named)
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "company-report.names-somebody")
    response = await company.own("POST", token, "/answer", {"text": "Ab dem 1. Februar."})
    assert response.status_code == HTTPStatus.OK, response.text
    own = (await company.own("GET", token)).json()
    assert (own["is_asked"], own["questions"][0]["answer"]) == (False, "Ab dem 1. Februar.")


async def test_a_lost_link_is_mailed_to_the_reports_own_address_and_nobody_learns_whether(
    company: Company,
) -> None:
    token = await company.reported()
    reference = (await company.own("GET", token)).json()["reference"]
    count = len(await company.mails())
    asked = [
        {"reference": reference.lower().replace("-", " "), "email": ADDRESS.upper()},
        {"reference": reference, "email": "anderer@betrieb.example"},
        {"reference": "DF-0000-0000", "email": ADDRESS},
        {"reference": "Quatsch", "email": ADDRESS},
    ]
    answers = [await company.stack.http.post(f"{REPORTS}/link", json=body) for body in asked]
    assert {answer.status_code for answer in answers} == {HTTPStatus.NO_CONTENT}
    mails = await company.mails()
    assert len(mails) == count + 1
    [again] = STATUS.findall(mails[-1])
    assert (await company.own("GET", again)).json()["reference"] == reference


async def test_once_the_contact_is_erased_every_link_says_so_and_shows_nothing_of_it(
    company: Company,
) -> None:
    token = await company.reported()
    reference = (await company.own("GET", token)).json()["reference"]
    *_, received = await company.mails()
    [mailed] = STATUS.findall(received)
    path = f"/subjects/{report_id(reference)}/erasure"
    recorded(await company.stack.verwaltung.post(path, {"reason": "Art. 17 DSGVO"}))
    told = len(await company.mails())
    for link in (token, mailed):
        for method, way, body in (
            ("GET", "", None),
            ("PUT", "", msgspec.to_builtins(CONTENT)),
            ("POST", "/withdrawal", {"reason": "other"}),
            ("POST", "/answer", {"text": "Ab dem 1. Februar."}),
        ):
            response = await company.own(method, link, way, body)
            refused(response, HTTPStatus.GONE, "intake.link-erased")
            for said in (reference, CONTENT.company.name, CONTENT.contact.name, ADDRESS):
                assert said not in response.text, method
    response = await company.own("GET", token + "x")
    refused(response, HTTPStatus.UNAUTHORIZED, "intake.link-unknown")
    lost = {"reference": reference, "email": ADDRESS}
    answer = await company.stack.http.post(f"{REPORTS}/link", json=lost)
    assert answer.status_code == HTTPStatus.NO_CONTENT
    assert len(await company.mails()) == told


async def test_nobody_fills_a_mailbox_by_the_form(company: Company) -> None:
    answers = [await company.send(await company.form()) for _ in range(PER_ADDRESS.burst + 1)]
    refused(answers[-1], HTTPStatus.TOO_MANY_REQUESTS, "intake.too-many")
    assert int(answers[-1].headers["retry-after"]) > 0
    assert len(await company.mails()) == PER_ADDRESS.burst
