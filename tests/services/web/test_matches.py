"""The courses for a report at the pages: each with its reasons, and one of them proposed."""

from http import HTTPStatus

from tests.services.api.test_report_matches import entered
from tests.support.company_reports import triaged
from tests.support.course_lists import iso
from tests.support.reading import visitor_of
from tests.support.stack import Stack

EVENING = {"begins": "17:30", "ends": "20:00"}


async def test_the_coordination_sees_why_a_course_fits_and_proposes_it(stack: Stack) -> None:
    fitting = await entered(stack, starts_on=iso(30), **EVENING)
    report = f"/meldungen/{(await triaged(stack)).rpartition('/')[2]}"
    here = f"{report}/angebote"
    karin = await visitor_of(stack, "koordination")

    assert here in (await karin.open(report)).links
    page = await karin.open(here)
    assert page.headline == "1 Kurs passt zu dieser Meldung"
    assert "4 Lernende von A2 nach B1" in page.text
    assert "Die Berechtigung ist noch zu klären" in page.text
    assert page.form(here).fields["offer"] == [fitting]
    assert "level" in page.form(here).fields["reasons"]
    page = await karin.send(page, here)
    assert page.path == report
    assert f"/meldungen/angebote/{fitting}" in page.links
    page = await karin.open(here)
    assert "schon vorgeschlagen" in page.text
    assert not any(form.action == here for form in page.forms)


async def test_an_offer_that_has_expired_is_shown_as_unchecked_and_never_recommended(
    stack: Stack,
) -> None:
    expired = await entered(stack, starts_on=iso(30), as_of=iso(-40), **EVENING)
    late = await entered(stack, starts_on=iso(200), **EVENING)
    here = f"/meldungen/{(await triaged(stack)).rpartition('/')[2]}/angebote"
    page = await (await visitor_of(stack, "koordination")).open(here)

    assert page.headline == "Zurzeit passt kein Kurs zu dieser Meldung"
    assert "2 weitere Kurse passen nicht ganz" in page.text
    assert "Das Angebot wird nicht empfohlen: ungeprüft" in page.text
    assert f"/meldungen/angebote/{expired}" in page.links
    offered = [form.fields["offer"] for form in page.forms if form.action == here]
    assert offered == [[late]]


async def test_auditors_see_the_matches_and_propose_nothing(stack: Stack) -> None:
    await entered(stack, starts_on=iso(30), **EVENING)
    here = f"/meldungen/{(await triaged(stack)).rpartition('/')[2]}/angebote"

    page = await (await visitor_of(stack, "revision", language="en")).open(here)
    assert page.headline == "1 course fits this report"
    assert not any(form.action == here for form in page.forms)
    page = await (await visitor_of(stack, "jobcenter")).ask(here)
    assert page.status == HTTPStatus.FORBIDDEN
