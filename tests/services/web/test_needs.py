"""Companies' reports at the pages: taken by telephone, handed on, answered, closed."""

from http import HTTPStatus

from tests.support.company_reports import CONTACT, NAME, QUESTION, referred, told
from tests.support.reading import visitor_of
from tests.support.stack import Stack

HERE = "/meldungen"
TYPED = {
    "company-name": NAME,
    "company-size": "10-49",
    "company-municipality": "05774020",
    "contact-name": CONTACT,
    "contact-phone": "05250 12345",
    "group-0-number": "4",
    "group-0-status": "employed",
    "group-0-present": "a2",
    "group-0-wanted": "b1",
    "consent": "jobcenter",
}


async def test_a_report_is_taken_by_telephone_and_led_to_its_answer(stack: Stack) -> None:
    karin = await visitor_of(stack, "koordination")
    empty = await karin.open(HERE)
    assert empty.headline == "Keine Meldung ist offen"
    page = await karin.open(f"{HERE}/neu")
    page = await karin.send(page, f"{HERE}/neu", **{**TYPED, "group-0-wanted": "a1"})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form(f"{HERE}/neu").fields["company-name"] == [NAME]
    assert 'id="group-0-wanted-fehler"' in page.response.text
    more = await karin.send(page, f"{HERE}/neu", mehr="1")
    assert "group-1-number" in more.form(f"{HERE}/neu").fields
    page = await karin.send(page, f"{HERE}/neu", **{"group-0-wanted": "b1"})
    assert page.headline.startswith("Bis ")
    assert page.headline.endswith("ist der Eingang zu bestätigen")
    assert all(shown in page.text for shown in (NAME, CONTACT, "B1: kommt im Alltag zurecht"))
    report = page.path
    page = await karin.send(page, f"{report}/schritt/bestaetigen")
    page = await karin.send(
        page, f"{report}/schritt/einordnen", **{"einordnen-routes": "jobcenter"}
    )
    assert page.headline.endswith("wird eine Antwort für das Unternehmen gesucht")
    asked = {"vermitteln-question": QUESTION, "vermitteln-organisation": "jobcenter"}
    page = await karin.send(page, f"{report}/schritt/vermitteln", **asked)
    assert "Jobcenter" in page.headline
    jana = await visitor_of(stack, "jobcenter")
    assert report in (await jana.open("/aufgaben")).links
    page = await jana.open(report)
    assert QUESTION in page.text
    answer = f"{report}/schritt/antwort-des-partners"
    page = await jana.send(page, answer, **{"antwort-des-partners-answer": "declined"})
    assert page.status == HTTPStatus.OK
    page = await karin.open(report)
    page = await karin.send(page, f"{report}/luecke")
    assert "Als Lücke gemeldet" in page.text
    answered = {"antworten-kind": "none", "antworten-text": "Zurzeit gibt es keinen Kurs."}
    page = await karin.send(page, f"{report}/schritt/antworten", **answered)
    close = f"{report}/schritt/abschliessen"
    page = await karin.send(page, close)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    page = await karin.send(page, close, **{"abschliessen-outcome": "no-offer"})
    assert page.headline == "Die Meldung ist abgeschlossen: Es gibt kein Angebot"
    listed = await karin.open(HERE)
    assert listed.headline == "Keine Meldung ist offen"
    assert report in listed.links
    again = f"{report}/schritt/wieder-aufnehmen"
    page = await karin.send(page, again, **{"wieder-aufnehmen-reason": "Doch ein Kurs."})
    assert page.headline.endswith("ist zu klären, wer helfen kann")


async def test_the_inbox_shows_what_is_open_and_the_auditor_no_contact(stack: Stack) -> None:
    path = await referred(stack)
    other = await told(stack, name="Bäckerei Lippe", municipality="05774036", trade="G")
    here, there = (f"{HERE}/{one.rpartition('/')[2]}" for one in (path, other))
    karin = await visitor_of(stack, "koordination")
    rita = await visitor_of(stack, "revision")
    page = await karin.open(HERE)
    assert page.headline == "2 Meldungen sind offen, keine ist überfällig"
    page = await karin.open(f"{HERE}?stand=referred")
    assert page.headline == "1 offene Meldung passt zur Auswahl"
    assert here in page.links
    assert there not in page.links
    page = await rita.open(here)
    assert all(secret not in page.text for secret in (NAME, CONTACT, QUESTION))
    assert "für Sie nicht sichtbar" in page.text
    assert not any(form.action.startswith(here) for form in page.forms)
    page = await karin.open(f"{there}/aendern")
    assert page.form(f"{there}/aendern").fields["company-name"] == ["Bäckerei Lippe"]
    page = await karin.send(page, f"{there}/aendern", **{"group-0-number": "9"})
    assert page.path == there
    assert "Seitdem 1-mal geändert." in page.text
    erik = await visitor_of(stack, "koordination", language="en")
    assert (await erik.open(there)).headline.startswith("The report is to be acknowledged by")
    refused = await (await visitor_of(stack, "berufskolleg")).ask(HERE)
    assert refused.status == HTTPStatus.FORBIDDEN
