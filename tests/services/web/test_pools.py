"""Shared courses at the pages: looked for, proposed, answered by telephone, formed, given up."""

import asyncio
from http import HTTPStatus

from tests.support.company_reports import DELBRUECK, told, triaged
from tests.support.course_pools import ONE, OTHER, STARTS, formed_pool, proposed_pool, report_of
from tests.support.reading import Page, Visitor, visitor_of
from tests.support.stack import Stack

HOME = "/meldungen/kurse-gemeinsam"
NEW = f"{HOME}/neu"
TWO = {"groups": [{"number": 2, "status": "employed", "present": "a2", "wanted": "b1"}]}


async def two_waiting(stack: Stack) -> tuple[str, str]:
    """Two companies whose learners fill a course together, and neither alone."""
    one = await triaged(stack, name=ONE, need=TWO)
    other = await triaged(stack, name=OTHER, need=TWO)
    return report_of(one), report_of(other)


async def found_by(visitor: Visitor) -> Page:
    """What the search suggests, looked at again until it is done, as without a script."""
    page = await visitor.send(await visitor.open(HOME), f"{HOME}/suche")
    async with asyncio.timeout(60):
        while any(form.action.endswith("/abbrechen") for form in page.forms):
            page = await visitor.open(page.path)
    return page


async def test_what_the_search_suggests_is_proposed_and_formed_by_two_agreements(
    stack: Stack,
) -> None:
    one, other = await two_waiting(stack)
    karin = await visitor_of(stack, "koordination")
    assert HOME in (await karin.open("/meldungen")).links
    assert (await karin.open(HOME)).headline == "Noch kein gemeinsamer Kurs ist vorgeschlagen"

    found = await found_by(karin)
    assert found.headline == "4 von 4 Lernenden fänden in 1 Kurs Platz"
    assert "Keine andere Verteilung ist besser" in found.text
    assert "2 Unternehmen, 4 Lernende; der Kurs braucht mindestens" in found.text
    assert {f"/meldungen/{one}", f"/meldungen/{other}"} <= set(found.links)
    page = await karin.send(found, f"{found.path}/vorschlagen")
    here = page.path
    assert here.startswith(f"{HOME}/")
    assert page.headline == "2 von 2 Unternehmen haben noch nicht geantwortet"
    again = await karin.send(found, f"{found.path}/vorschlagen")
    assert again.path == here, "sent twice, proposed once"

    step = f"{here}/schritt/antwort"
    agreed = {"antwort-answer": "agree"}
    page = await karin.send(page, step, **agreed, **{"antwort-report": one})
    assert page.headline == "1 von 2 Unternehmen hat noch nicht geantwortet"
    page = await karin.send(page, step, **agreed, **{"antwort-report": other})
    assert page.headline == "Der Kurs kommt zustande: 2 Unternehmen, 4 Lernende"
    assert "Die Unternehmen haben voneinander erfahren." in page.text
    listed = await karin.open(f"{HOME}?stand=formed")
    assert here in listed.links
    assert here not in (await karin.open(f"{HOME}?stand=proposed")).links


async def test_a_search_tells_who_stays_without_a_course_and_why(stack: Stack) -> None:
    alone = report_of(await triaged(stack, name=ONE, need=TWO))
    page = await found_by(await visitor_of(stack, "koordination"))
    assert page.headline == "Zurzeit lässt sich kein Kurs füllen"
    assert "2 Lernende bleiben ohne Kurs" in page.text
    assert "gebraucht werden" in page.text
    assert f"/meldungen/{alone}" in page.links


async def test_a_search_can_be_cancelled_and_says_that_nothing_was_changed(stack: Stack) -> None:
    before = await stack.head()
    anna = await visitor_of(stack, "koordination", language="en")
    page = await anna.send(await anna.open(HOME), f"{HOME}/suche")
    cancel = f"{page.path}/abbrechen"
    if any(form.action == cancel for form in page.forms):
        page = await anna.send(page, cancel)
    assert page.headline in {"The search was cancelled", "Nobody waits for a course at present"}
    assert await stack.head() == before


async def test_a_refusal_by_telephone_needs_its_reason_and_another_company_is_asked(
    stack: Stack,
) -> None:
    reports = [await triaged(stack, name=name) for name in (ONE, OTHER, "Tischlerei Egge")]
    pool = report_of(await proposed_pool(stack, *reports[:2]))
    here = f"{HOME}/{pool}"
    karin = await visitor_of(stack, "koordination")
    refusal = {"antwort-report": report_of(reports[1]), "antwort-answer": "decline"}
    page = await karin.open(here)
    page = await karin.send(page, f"{here}/schritt/antwort", **refusal)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form(f"{here}/schritt/antwort").fields["antwort-answer"] == ["decline"]
    why = {"antwort-reason": "Der Beginn passt nicht."}
    page = await karin.send(page, f"{here}/schritt/antwort", **why)
    assert "abgesagt" in page.text
    assert "Der Beginn passt nicht." in page.text
    more = {"hinzufuegen-report": report_of(reports[2]), "hinzufuegen-learners": "3"}
    page = await karin.send(page, f"{here}/schritt/hinzufuegen", **more)
    assert "Tischlerei Egge" in page.text
    assert page.headline == "2 von 2 Unternehmen haben noch nicht geantwortet"
    out = {"herausnehmen-report": report_of(reports[2]), "herausnehmen-reason": "Zu weit."}
    page = await karin.send(page, f"{here}/schritt/herausnehmen", **out)
    assert "herausgenommen" in page.text
    end = {"aufloesen-reason": "Es fehlen Lernende."}
    page = await karin.send(page, f"{here}/schritt/aufloesen", **end)
    assert page.headline == "Der gemeinsame Kurs ist aufgelöst"
    assert "Es fehlen Lernende." in page.text
    assert not any(form.action.startswith(here) for form in page.forms)


async def test_a_course_is_put_together_by_hand_and_faults_stand_where_they_belong(
    stack: Stack,
) -> None:
    one, other = await two_waiting(stack)
    shy = report_of(await triaged(stack, name="Allein GmbH", need={"pooling": False}))
    karin = await visitor_of(stack, "koordination")
    page = await karin.open(NEW)
    typed = {
        "course_type": "job-bsk",
        "level": "b1",
        "municipality": DELBRUECK,
        "starts_on": STARTS,
    }
    page = await karin.send(page, NEW, **typed, members=[one, shy])
    assert page.status == HTTPStatus.CONFLICT
    assert f'href="#members-{shy}"' in page.response.text
    assert set(page.form(NEW).fields["members"]) == {one, shy}
    page = await karin.send(page, NEW, members=[one, other])
    assert page.headline == "2 von 2 Unternehmen haben noch nicht geantwortet"


async def test_auditors_read_shared_courses_without_names_and_partners_do_not(
    stack: Stack,
) -> None:
    pool = report_of(await formed_pool(stack))
    here = f"{HOME}/{pool}"
    rita = await visitor_of(stack, "revision")
    page = await rita.open(here)
    assert page.headline.startswith("Der Kurs kommt zustande: 2 Unternehmen")
    assert ONE not in page.text
    assert not any(form.action.startswith(HOME) and form.method == "post" for form in page.forms)
    assert f"/revision/vorgang/{pool}" in page.links
    jana = await visitor_of(stack, "jobcenter")
    assert HOME not in (await jana.open("/meldungen")).links
    for path in (HOME, here):
        assert (await jana.ask(path)).status == HTTPStatus.FORBIDDEN


async def test_the_form_by_hand_says_what_it_takes_while_hardly_anybody_waits(
    stack: Stack,
) -> None:
    await told(stack)
    page = await (await visitor_of(stack, "koordination")).open(NEW)
    assert "mindestens zwei Meldungen" in page.text
