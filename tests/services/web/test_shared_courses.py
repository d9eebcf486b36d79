"""The page of a report says what becomes of a course that companies share, without script."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx
import pytest

from tests.support.browser_like import View, Visitor
from tests.support.sharing_firms import BAKERY, CARE, METAL, SharedCourse, asked_in
from tests.support.stack import Stack


@pytest.fixture
async def shared(stack: Stack) -> SharedCourse:
    return await asked_in(stack)


@pytest.fixture
async def somebody(stack: Stack) -> AsyncIterator[Visitor]:
    async with httpx.AsyncClient(
        base_url=stack.address, follow_redirects=True, timeout=30
    ) as browser:
        yield Visitor(browser)


async def join(visitor: Visitor, page: View, label: str = "Wir sind dabei") -> View:
    return await visitor.send(page.form(label), {"einverstanden": "ja"})


async def test_a_company_agrees_takes_it_back_and_learns_who_the_others_are_at_the_end(
    shared: SharedCourse, somebody: Visitor
) -> None:
    own = f"/meldung/{await shared.link(METAL)}"
    page = await somebody.see(own)
    assert page.headline == "Möchten Sie bei einem gemeinsamen Kurs dabei sein?"
    for words in ("Job-Berufssprachkurs", "Delbrück", "3 Unternehmen mit zusammen 12 Lernenden"):
        assert words in page.text

    page = await somebody.send(page.form("Wir sind dabei"), {})
    assert page.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ihr Häkchen fehlt noch" in page.text
    page = await join(somebody, page)
    assert "Ihre Zustimmung ist angekommen" in page.text
    assert page.headline == "Wir suchen ein Angebot für Sie"
    assert "Jetzt warten wir auf die anderen Unternehmen" in page.text

    because = {"because": "Der Mittwoch geht nicht."}
    page = await somebody.send(page.form("Jetzt absagen"), because)
    assert "Ihre Absage ist angekommen" in page.text
    assert "Sie haben abgesagt" in page.text
    page = await join(somebody, page, "Wir sind doch dabei")
    await shared.agree(BAKERY)
    assert BAKERY.name not in (await somebody.see(own)).text

    await shared.agree(CARE)
    page = await somebody.see(own)
    assert page.headline == "Der gemeinsame Kurs kommt zustande"
    assert f"{BAKERY.name}: 5 Personen" in page.text
    assert f"{CARE.name}: 3 Personen" in page.text
    assert "Die KIM-Koordinierung stellt den Kontakt her." in page.text
    assert not page.main.all("input", name="einverstanden")
    assert not page.main.all("textarea", name="because")
    assert not [said for one in (BAKERY, CARE) for said in one.telling[1:] if said in page.source]


async def test_a_name_in_the_reason_is_refused_at_the_reason_and_nothing_is_lost(
    shared: SharedCourse, somebody: Visitor
) -> None:
    page = await somebody.see(f"/meldung/{await shared.link(METAL)}")
    named = {"because": "Frau Erika Mustermann, geb. 12.03.1990, kann nicht."}
    page = await somebody.send(page.form("Jetzt absagen"), named)
    assert page.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form("Jetzt absagen").value("because") == named["because"]
    assert page.root.all("textarea", aria_invalid="true", name="because")


async def test_to_withdraw_the_report_says_what_happens_to_the_shared_course(
    shared: SharedCourse, somebody: Visitor
) -> None:
    page = await somebody.see(f"/meldung/{await shared.link(METAL)}")
    assert "Ihr Unternehmen ist dann auch im gemeinsamen Kurs nicht mehr dabei." in page.text
    page = await somebody.send(page.form("Jetzt zurückziehen"), {"reason": "other"})
    assert page.headline == "Ihre Meldung ist zurückgezogen"
    assert "wir geben nichts über Sie an die anderen weiter" in page.text
    assert not page.root.all("textarea", name="because")
    for firm in (BAKERY, CARE):
        await shared.agree(firm)
        page = await somebody.see(f"/meldung/{await shared.link(firm)}")
        assert METAL.name not in page.text


async def test_it_reads_in_english_too(shared: SharedCourse, somebody: Visitor) -> None:
    page = await somebody.see(f"/meldung/{await shared.link(CARE)}?sprache=en")
    assert page.headline == "Would you like to join a shared course?"
    assert "job-related language course (Job-BSK)" in page.text
    page = await join(somebody, page, "We join")
    assert "Your agreement has arrived" in page.text
    assert "Now we wait for the other companies" in page.text
