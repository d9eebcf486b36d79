"""A course that companies fill together, as each of them sees it by the link of its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from domain.course_pools.commands import DissolvePool, RemovePoolMember
from services.mail.carriage import Carriage
from services.mail.notifier import Notifier
from services.mail.post import letters_of, notifier_of
from services.mail.postman import LEASE, Postman
from services.mail.server import MailServer
from services.settings import Settings
from tests.services.mail.conftest import SENDER
from tests.support.http import API, Json, recorded, refused
from tests.support.mail_sink import Sink, mail_sink
from tests.support.sharing_firms import (
    BAKERY,
    CARE,
    FIRMS,
    METAL,
    SharedCourse,
    SharingFirm,
    asked_in,
)
from tests.support.stack import Stack

OWN = f"{API}/reports/own"


@dataclass(frozen=True)
class Sharing:
    """The companies with their browsers and mailboxes, and all that each of them was shown."""

    stack: Stack
    shared: SharedCourse
    links: dict[SharingFirm, str]
    shown: dict[SharingFirm, list[str]]
    sink: Sink
    notifier: Notifier
    postman: Postman

    async def ask(
        self, firm: SharingFirm, method: str, path: str = "", body: Json = None, tongue: str = "de"
    ) -> httpx.Response:
        response = await self.stack.http.request(
            method,
            f"{OWN}{path}",
            json=body,
            headers={
                "Authorization": f"Report {self.links[firm]}",
                "Idempotency-Key": str(uuid4()),
                "Accept-Language": tongue,
            },
        )
        self.shown[firm].append(f"{response.headers}{response.text}")
        return response

    async def answer(self, firm: SharingFirm, what: str, body: Json = None) -> httpx.Response:
        response = await self.ask(firm, "POST", f"/pools/{self.shared.pool}/{what}", body)
        await self.stack.runtime.read_models.catch_up()
        return response

    async def agree(self, firm: SharingFirm) -> None:
        recorded(await self.answer(firm, "agreement"))

    async def own(self, firm: SharingFirm) -> Json:
        return (await self.ask(firm, "GET")).json()

    async def pool(self, firm: SharingFirm) -> Json:
        return (await self.own(firm))["pool"]

    async def everything(self, firm: SharingFirm) -> str:
        """All that this company was ever answered, shown on its pages, and sent by mail."""
        for tongue in ("de", "en"):
            await self.ask(firm, "GET", tongue=tongue)
            for path in ("", "/aendern"):
                page = f"/meldung/{self.links[firm]}{path}?sprache={tongue}"
                self.shown[firm].append((await self.stack.http.get(page)).text)
        await self.stack.runtime.read_models.catch_up()
        while await self.notifier.tell(datetime.now(UTC)):
            pass
        await self.postman.carry_all()
        mails = [_read(mail) for mail in self.sink.sent_to(firm.address)]
        return "\n".join([*self.shown[firm], *mails])

    async def knows(self, firm: SharingFirm) -> set[str]:
        """Whose names this company has come across."""
        everything = await self.everything(firm)
        others = [other for other in FIRMS if other is not firm]
        for other in others:
            assert not [said for said in other.telling[1:] if said in everything]
        return {other.name for other in others if other.name in everything}


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_sink() as sink:
        yield sink


@pytest.fixture
async def sharing(stack: Stack, settings: Settings, sink: Sink) -> Sharing:
    runtime = stack.runtime
    shared = await asked_in(stack)
    server = MailServer(host="127.0.0.1", port=sink.port, tls="none", patience=5)
    letters = letters_of(runtime, settings)
    return Sharing(
        stack=stack,
        shared=shared,
        links={firm: await shared.link(firm) for firm in FIRMS},
        shown={firm: [] for firm in FIRMS},
        sink=sink,
        notifier=notifier_of(runtime),
        postman=Postman(Carriage(runtime.pool, LEASE), letters, server, SENDER),
    )


def _read(mail: EmailMessage) -> str:
    """All of a mail as whoever gets it can read it."""
    parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])


async def test_nobody_learns_another_companys_name_before_all_have_agreed(
    sharing: Sharing,
) -> None:
    asked = await sharing.pool(METAL)
    assert (asked["standing"], asked["companies"], asked["learners"]) == ("asked", 3, 12)
    assert (asked["municipality_name"], asked["partners"]) == ("Delbrück", [])
    await sharing.agree(METAL)
    assert (await sharing.pool(METAL))["standing"] == "agreed"
    await sharing.agree(BAKERY)
    for firm in FIRMS:
        await sharing.ask(firm, "POST", f"/pools/{uuid4()}/agreement")
        assert await sharing.knows(firm) == set()
    recorded(await sharing.answer(CARE, "refusal", {"because": "Der Mittwoch geht nicht."}))
    formed = await sharing.pool(METAL)
    assert (formed["standing"], formed["companies"]) == ("formed", 2)
    assert formed["partners"] == [
        {"company": BAKERY.name, "municipality_name": "", "learners": BAKERY.learners}
    ]
    assert await sharing.knows(METAL) == {BAKERY.name}
    assert await sharing.knows(BAKERY) == {METAL.name}
    assert await sharing.knows(CARE) == set(), "who declined learns of nobody"


async def test_a_company_changes_its_mind_until_the_course_is_certain(sharing: Sharing) -> None:
    await sharing.agree(METAL)
    await sharing.agree(METAL)
    recorded(await sharing.answer(METAL, "refusal", {}))
    declined = await sharing.pool(METAL)
    assert (declined["standing"], declined["companies"]) == ("declined", 0)
    assert (declined["may_agree"], declined["may_decline"]) == (True, False)
    assert (await sharing.pool(CARE))["companies"] == 2
    for firm in FIRMS:
        await sharing.agree(firm)
    formed = await sharing.pool(METAL)
    assert (formed["standing"], formed["companies"]) == ("formed", 3)
    assert (formed["may_agree"], formed["may_decline"]) == (False, False)
    response = await sharing.answer(METAL, "refusal", {})
    refused(response, HTTPStatus.CONFLICT, "course-pool.already-formed")


async def test_a_company_answers_for_itself_only_and_names_nobody(sharing: Sharing) -> None:
    before = await sharing.stack.head()
    other = SharedCourse(sharing.stack.runtime)
    response = await sharing.ask(METAL, "POST", f"/pools/{other.pool}/agreement")
    refused(response, HTTPStatus.NOT_FOUND, "course-pool.unknown")
    named = {"because": "Frau Öztürk, geb. 12.03.1990, kann nicht."}
    response = await sharing.answer(METAL, "refusal", named)
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "company-report.names-somebody")
    response = await sharing.stack.http.post(
        f"{OWN}/pools/{sharing.shared.pool}/agreement", headers={"Idempotency-Key": "x"}
    )
    refused(response, HTTPStatus.UNAUTHORIZED, "intake.link-unknown")
    assert await sharing.stack.head() == before


async def test_whoever_was_taken_out_or_whose_course_is_dissolved_reads_that_and_not_why(
    sharing: Sharing,
) -> None:
    pool, reason = sharing.shared.pool, f"{METAL.name} will das so."
    await sharing.shared.do(RemovePoolMember(pool=pool, report=CARE.report, reason=reason))
    left = await sharing.pool(CARE)
    assert (left["standing"], left["companies"], left["may_agree"]) == ("left", 0, False)
    response = await sharing.answer(CARE, "agreement")
    refused(response, HTTPStatus.NOT_FOUND, "course-pool.not-a-member")
    await sharing.shared.do(DissolvePool(pool=pool, reason=reason))
    assert (await sharing.pool(BAKERY))["standing"] == "dissolved"
    assert await sharing.knows(CARE) == await sharing.knows(BAKERY) == set()


async def test_who_withdraws_is_in_no_course_any_more_and_is_named_to_nobody(
    sharing: Sharing,
) -> None:
    for firm in FIRMS:
        await sharing.agree(firm)
    recorded(await sharing.ask(CARE, "POST", "/withdrawal", {"reason": "other"}))
    ended = await sharing.pool(CARE)
    assert (ended["standing"], ended["companies"], ended["partners"]) == ("ended", 0, [])
    partners = (await sharing.pool(METAL))["partners"]
    assert [one["company"] for one in partners] == [BAKERY.name]
    assert await sharing.knows(METAL) == {BAKERY.name}
