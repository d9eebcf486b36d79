"""From the form to the page of the report, as somebody in a company goes it, without script."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from domain.kernel import Command, Role
from domain.language_needs.commands import AcknowledgeReport, AskCompany
from domain.language_needs.reference import report_id
from services.identity.principal import Grant, Principal
from services.orders import Order
from services.runtime import Runtime
from services.settings import Settings
from services.web.reporting.steps import STEPS, Step
from tests.support.browser_like import View, Visitor
from tests.support.http import recorded
from tests.support.report_form import FILLED, mailed_token, of, stamp
from tests.support.stack import Stack, serving

COUNTY_SITE = "https://www.kreis.example"


@pytest.fixture
async def somebody(stack: Stack) -> AsyncIterator[Visitor]:
    async with httpx.AsyncClient(
        base_url=stack.address, follow_redirects=True, timeout=30
    ) as browser:
        yield Visitor(browser)


async def on(visitor: Visitor, page: View, step: Step, **more: str) -> View:
    """Fill in the step and go on."""
    return await visitor.send(page.form("Weiter"), {**of(step), **more})


async def filled_in(visitor: Visitor, started: str, **more: str) -> View:
    """Up to the last step, where everything stands in words."""
    page = await visitor.see((await visitor.see("/melden")).link("Jetzt melden"))
    for step in STEPS[:-1]:
        given = more if step is Step.CONTACT else {}
        page = await on(visitor, page, step, started=started, **given)
    return page


async def test_a_company_reports_confirms_changes_and_withdraws_without_an_account(
    stack: Stack, somebody: Visitor
) -> None:
    started, before = await stamp(stack), await stack.head()
    page = await filled_in(somebody, started)
    assert page.headline == "Stimmt alles?"
    for words in ("Metallbau Senne GmbH", "50 bis 249", "Dienstag, Donnerstag", "Jobcenter"):
        assert words in page.text
    page = await somebody.send(page.form("Meldung absenden"))
    assert (page.path, page.headline) == (
        "/melden/gesendet",
        "Wir haben Ihnen eine E-Mail geschickt",
    )
    assert await stack.head() == before, "nothing is recorded before somebody confirms"

    link = f"/melden/bestaetigen/{await mailed_token(stack, started)}"
    page = await somebody.see(link)
    assert await stack.head() == before, "to open the link does nothing"
    page = await somebody.send(page.form("Meldung bestätigen"))
    assert page.headline.startswith("Ihre Meldung DF-")
    assert await stack.head() == before + 1
    status = page.link("Stand der Meldung")
    again = await somebody.send((await somebody.see(link)).form("Meldung bestätigen"))
    assert again.link("Stand der Meldung") == status

    page = await somebody.see(status)
    assert page.headline == "Ihre Meldung ist angekommen und wird gelesen"
    assert "die KIM-Koordinierung Ihres Kreises" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]

    page = await somebody.see(page.link("Angaben ansehen und ändern"))
    assert "Der Schulungsraum ist ab Februar frei." in page.text
    page = await somebody.send(page.form("Änderung absenden"))
    assert "Ihre Änderung ist angekommen" in page.text

    page = await somebody.send(page.form("Jetzt zurückziehen"), {"reason": "solved-otherwise"})
    assert page.headline == "Ihre Meldung ist zurückgezogen"
    assert page.links("Angaben ansehen und ändern") == []


async def test_a_question_of_the_coordination_is_answered_on_the_page_of_the_report(
    stack: Stack, somebody: Visitor
) -> None:
    status, report = await reported(stack, somebody)
    person = (await stack.koordination.read("/me"))["account"]
    for command in (
        AcknowledgeReport(report=report, contact_person=person, message="Ich rufe Sie an."),
        AskCompany(report=report, question="Gibt es einen Raum?"),
    ):
        await decided(stack, command, person)
    page = await somebody.see(status)
    assert page.headline == "Wir haben eine Frage an Sie"
    assert "Gibt es einen Raum?" in page.text
    assert "Ich rufe Sie an." in page.text
    assert "Sie selbst" in page.text
    named = "Herr Max Mustermann, geb. 3.4.1991, kennt den Raum."
    page = await somebody.send(page.form("Antwort senden"), {"text": named})
    assert page.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form("Antwort senden").value("text") == named
    page = await somebody.send(page.form("Antwort senden"), {"text": "Ja, für zwölf."})
    assert "Ihre Antwort ist angekommen" in page.text
    assert page.headline == "Ihre Meldung wird geprüft"


async def reported(stack: Stack, visitor: Visitor) -> tuple[str, UUID]:
    """Report a need and confirm it: the address of its page, and which report it is."""
    started = await stamp(stack)
    page = await filled_in(visitor, started)
    await visitor.send(page.form("Meldung absenden"))
    page = await visitor.see(f"/melden/bestaetigen/{await mailed_token(stack, started)}")
    page = await visitor.send(page.form("Meldung bestätigen"))
    return page.link("Stand der Meldung"), report_id(page.headline.split()[2])


async def decided(stack: Stack, command: Command, account: str) -> None:
    grant = Grant(role=Role.COORDINATOR, organisation="kreis-paderborn")
    await stack.runtime.desk.handle(
        Order(
            command=command,
            command_id=uuid4(),
            principal=Principal(account=account, grants=(grant,), signed_in="test"),
            at=datetime.now(UTC),
            correlation="test",
        )
    )


async def test_what_was_answered_is_not_lost_on_the_way_back_or_in_another_language(
    somebody: Visitor,
) -> None:
    page = await somebody.see("/melden/unternehmen")
    page = await on(somebody, page, Step.COMPANY)
    form = page.form("Zurück")
    form.action = "/melden/unternehmen"
    page = await somebody.send(form, {"group-0-number": "44"})
    assert page.form("Weiter").value("company-name") == FILLED["company-name"][0]
    form = page.form("Weiter")
    form.action = "/melden/lernende?sprache=en"
    page = await somebody.send(form)
    assert page.headline == "Who is to learn German?"
    assert page.root.all("html", lang="en")
    assert page.form("Next").value("group-0-number") == "44"


async def test_names_in_a_text_are_refused_at_the_text_with_the_reason(
    stack: Stack, somebody: Visitor
) -> None:
    before = await stack.head()
    remark = "Frau Erika Mustermann, geb. 12.03.1990, spricht schon gut."
    page = await filled_in(somebody, await stamp(stack), remark=remark)
    page = await somebody.send(page.form("Meldung absenden"))
    assert page.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.headline == "Wen dürfen wir anrufen oder anschreiben?"
    assert page.root.all("textarea", aria_invalid="true", name="remark")
    assert next(one.attributes["href"] for one in page.main.all("a")) == "#remark"
    assert page.form("Weiter").value("remark") == remark
    assert await stack.head() == before


async def test_a_step_with_something_missing_comes_again_with_links_to_it(
    somebody: Visitor,
) -> None:
    page = await somebody.see("/melden/unternehmen")
    page = await somebody.send(page.form("Weiter"), {"company-name": "Metallbau"})
    assert page.status is HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.headline == "Welches Unternehmen meldet den Bedarf?"
    assert page.form("Weiter").value("company-name") == "Metallbau"
    assert page.root.all("a", href="#company-size")


async def test_whoever_comes_in_the_middle_is_led_to_the_beginning(somebody: Visitor) -> None:
    for step in STEPS[1:]:
        assert (await somebody.see(f"/melden/{step}")).path == "/melden"


async def test_a_link_that_leads_to_nothing_says_how_to_get_one(somebody: Visitor) -> None:
    page = await somebody.see("/meldung/nichts")
    assert page.status is HTTPStatus.GONE
    page = await somebody.see(page.link("Link verloren"))
    page = await somebody.send(
        page.form("Link schicken"), {"reference": "DF-0000-0000", "email": "wer@example.org"}
    )
    assert page.headline == "Wenn es diese Meldung gibt, ist der Link unterwegs"
    page = await somebody.see("/melden/bestaetigen/nichts")
    page = await somebody.send(page.form("Meldung bestätigen"))
    assert page.status is HTTPStatus.GONE


async def test_a_link_to_what_is_erased_says_so_kindly_and_shows_nothing_of_it(
    stack: Stack, somebody: Visitor
) -> None:
    status, report = await reported(stack, somebody)
    form = (await somebody.see(status)).form("Jetzt zurückziehen")
    why = {"reason": "Antrag nach Art. 17 DSGVO"}
    recorded(await stack.verwaltung.post(f"/subjects/{report}/erasure", why))
    for page in (
        await somebody.see(status),
        await somebody.see(f"{status}/aendern"),
        await somebody.send(form, {"reason": "other"}),
    ):
        assert page.status is HTTPStatus.GONE
        assert page.headline == "Ihre Angaben zu dieser Meldung sind gelöscht"
        assert page.headers["cache-control"] == "no-store"
        for name in ("company-name", "contact-name", "contact-email", "remark"):
            assert FILLED[name][0] not in page.text
    page = await somebody.see(f"{status}?sprache=en")
    assert page.headline == "What you told us in this report is erased"
    assert (await somebody.see(page.link("Report once more"))).path == "/melden"


async def test_a_file_brings_a_language_and_a_setting_lets_another_site_show_the_form(
    runtime: Runtime, settings: Settings, county: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "tlh.toml").write_text(
        'name = "tlhIngan Hol"\ndirection = "rtl"\n[texts.reporting.start]\nbegin = "tagh"\n',
        encoding="utf-8",
    )
    changed = msgspec.structs.replace(settings, report_languages=tmp_path, embedded_by=COUNTY_SITE)
    async with (
        serving(runtime, changed, county) as stack,
        httpx.AsyncClient(base_url=stack.address, timeout=30, follow_redirects=True) as browser,
    ):
        visitor = Visitor(browser)
        page = await visitor.see((await visitor.see("/melden")).link("tlhIngan Hol"))
        assert page.root.all("html", lang="tlh", dir="rtl")
        assert "Diese Seiten gibt es noch nicht ganz in dieser Sprache: tlhIngan Hol" in page.text
        page = await visitor.see(page.link("tagh"))
        assert page.root.all("html", lang="tlh")
        assert page.headline == "Welches Unternehmen meldet den Bedarf?"

        page = await visitor.see("/melden?eingebettet")
        assert f"frame-ancestors {COUNTY_SITE}" in page.headers["content-security-policy"]
        assert "x-frame-options" not in page.headers
        assert not page.root.all("header") + page.root.all("footer")
        page = await visitor.see(page.link("Jetzt melden"))
        assert f"frame-ancestors {COUNTY_SITE}" in page.headers["content-security-policy"]
        for path in (
            "/melden",
            "/anmelden?eingebettet",
            "/meldung/x?eingebettet",
            "/melden/bestaetigen/x?eingebettet",
            "/melden/link?eingebettet",
        ):
            page = await visitor.see(path)
            assert "frame-ancestors 'none'" in page.headers["content-security-policy"], path


async def test_no_site_shows_the_form_unless_a_setting_says_so(somebody: Visitor) -> None:
    page = await somebody.see("/melden?eingebettet")
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"
