"""A session at the pages from its opening on: who is there, how is voted, what the minutes say."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering import (
    MARCH,
    MEETING,
    RULES,
    Clock,
    Member,
    Sitting,
    appointed,
    established,
    member,
    seated,
)

WORDING = "Eine Arbeitsgruppe Sprache wird eingerichtet."
OPENED_AT = "14:00"
NOTED = "Die Mitglieder wünschen sich einen Bericht im Herbst."


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


@pytest.fixture
async def people(stack: Stack) -> list[Member]:
    """Dora, Fadi and Gina hold the three votes, Emil is Dora's deputy, Ira advises."""
    names = ("Dora", "Fadi", "Gina", "Emil", "Ira")
    people = [await member(stack, name) for name in names]
    dora, fadi, gina, emil, ira = people
    await established(stack, {"jobcenter": dora, "agentur": fadi, "ihk": gina}, RULES)
    await appointed(stack, "jobcenter", emil, "deputy")
    await seated(stack, "bamf", ira, "adviser")
    return people


async def page_of(stack: Stack, sitting: Sitting) -> str:
    await stack.runtime.read_models.reached(await stack.head())
    return f"/steuerung/sitzungen/{sitting.id}"


async def sent(visitor: Visitor, page: Page, action: str, mark: str, **filled: str) -> Page:
    """Send this form of several that lead to the same address, told apart by their mark or seat."""
    found = [
        form
        for form in page.forms
        if form.action == action and [mark] in (form.fields.get("mark"), form.fields.get("seat"))
    ]
    assert len(found) == 1, f"{len(found)} forms {action} are marked {mark}"
    return await visitor.send_form(found[0], **filled)


async def test_a_session_is_held_and_voted_in_and_its_minutes_are_released_by_two(
    stack: Stack, karin: Visitor, people: list[Member], clock: Clock
) -> None:
    dora, *_, emil, _ = people
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    await sitting.proposed("Sprache", WORDING)
    await sitting.proposed("Wohnen", "Der Bedarf wird geprüft.", "Die Agentur berichtet.")
    await sitting.do("agenda/freezing")
    await sitting.do("invitation", {})
    clock.at = MEETING + timedelta(days=1)
    here = await page_of(stack, sitting)
    step = f"{here}/verlauf"

    page = await karin.open(here)
    nobody = await karin.send(page, f"{step}/eroeffnen", chair="")
    assert nobody.status >= HTTPStatus.BAD_REQUEST
    assert 'id="chair-fehler"' in nobody.response.text
    page = await karin.send(nobody, f"{step}/eroeffnen", chair=dora.account, opened_at=OPENED_AT)
    assert (page.status, page.path) == (HTTPStatus.OK, here)
    assert (
        "0 von 3 stimmberechtigten Sitzen anwesend: nicht beschlussfähig (erst ab 2)" in page.text
    )

    page = await sent(
        karin, page, f"{step}/platz-nehmen", "jobcenter", **{"person-jobcenter": emil.account}
    )
    assert "1 von 3 stimmberechtigten Sitzen anwesend" in page.text
    assert "Was Sie als Nächstes festhalten, gilt für 14:02 Uhr." in page.text
    page = await sent(karin, page, f"{step}/abstimmen", "-2-b", **{"yes-2-b": "2"})
    assert page.status >= HTTPStatus.BAD_REQUEST, "more votes than seats that are there"
    assert "Das wird eine Empfehlung, kein Beschluss" in page.text
    page = await sent(karin, page, f"{step}/abstimmen", "-2-b", **{"yes-2-b": "1"})
    assert "empfohlen 1 Ja, 0 Nein, 0 Enthaltungen" in page.text
    assert "Das ist eine Empfehlung und kein Beschluss." in page.text

    page = await sent(karin, page, f"{step}/platz-nehmen", "agentur")
    page = await sent(karin, page, f"{step}/platz-nehmen", "ihk")
    assert "3 von 3 stimmberechtigten Sitzen anwesend: beschlussfähig (ab 2)" in page.text
    assert "Es gilt Ausgabe 1 der Regeln, gültig seit Dienstag, 17. Mai 2022" in page.text
    page = await karin.send(page, f"{step}/gaeste", **{"organisation": "hwk", "people-gaeste": "2"})
    assert "2 Personen, seit" in page.text
    await _discuss_and_vote(karin, page, step)

    page = await karin.send(await karin.open(f"{here}?um=16:00"), f"{step}/schliessen")
    assert "Geschlossen um 16:00 Uhr." in page.text
    assert f"/steuerung/beschluesse/neu?sitzung={sitting.id}&abstimmung=3" in page.links
    await _write_minutes(stack, karin, page, dora)


async def _discuss_and_vote(karin: Visitor, page: Page, step: str) -> None:
    """Item 1: a note, a new wording, a count that is annulled, a roll call; item 2: put off."""
    page = await sent(karin, page, f"{step}/besprechen", "-1", **{"text-1": NOTED})
    assert page.text.count(NOTED) > 1, "in the field, and in the minutes beside it"
    page = await sent(karin, page, f"{step}/fassen", "-1", **{"wording-1": "Es bleibt dabei."})
    assert "Wortlaut b Es bleibt dabei." in page.text
    page = await sent(karin, page, f"{step}/befangen", "-1", **{"seat-1": "ihk"})
    assert "Befangen und ohne Stimme:" in page.text
    page = await sent(karin, page, f"{step}/abstimmen", "-1-a", **{"yes-1-a": "1", "no-1-a": "1"})
    assert "abgelehnt 1 Ja, 1 Nein, 0 Enthaltungen" in page.text
    page = await sent(karin, page, f"{step}/aufheben", "-1-a", **{"reason-1-a": ""})
    assert 'id="reason-1-a-fehler"' in page.response.text
    page = await sent(karin, page, f"{step}/aufheben", "-1-a", **{"reason-1-a": "Verzählt."})
    said = {"answers-1-a/jobcenter": "yes", "answers-1-a/agentur": "abstain"}
    page = await sent(karin, page, f"{step}/aufrufen", "-1-a", **said)
    assert "angenommen 1 Ja, 0 Nein, 1 Enthaltung " in page.text
    assert "Es zählten 2 von 3 stimmberechtigten Sitzen, nötig waren 2." in page.text
    assert "Entschieden hat Ausgabe 1 der Regeln" in page.text
    assert "(Emil): Ja" in page.text
    page = await sent(karin, page, f"{step}/vertagen", "-2", **{"reason-2": "Es fehlen Zahlen."})
    assert "Vertagt: Es fehlen Zahlen." in page.text


async def _write_minutes(stack: Stack, karin: Visitor, page: Page, dora: Member) -> None:
    here = page.path
    step = f"{here}/verlauf"
    assert NOTED in page.text
    page = await karin.send(page, f"{step}/entwurf", remark="Die nächste Sitzung ist im Herbst.")
    assert "wartet auf die Genehmigung durch eine zweite Person" in page.text
    assert "Genehmigen muss eine zweite Person" in page.text
    assert all(form.action != f"{step}/genehmigen" for form in page.forms)

    member = await visitor_with(stack, UUID(dora.account))
    page = await member.open(here)
    assert all(form.action != f"{step}/entwurf" for form in page.forms)
    back = await member.send(page, f"{step}/zurueckgeben", **{"reason-protokoll": "Kürzer bitte."})
    assert "Fassung 1 kam zurück Kürzer bitte." in back.text
    page = await karin.send(await karin.open(here), f"{step}/entwurf", remark="Bis zum Herbst.")
    page = await member.send(await member.open(here), f"{step}/genehmigen")
    assert "Fassung 2 ist genehmigt von Dora" in page.text
    assert all(form.action != f"{step}/freigeben" for form in page.forms)
    page = await karin.send(await karin.open(here), f"{step}/freigeben")
    assert "Fassung 2 ist freigegeben seit" in page.text
    for name, begin in (("protokoll.pdf", b"%PDF"), ("protokoll.docx", b"PK")):
        assert f"{here}/{name}" in page.links
        assert (await member.open(f"{here}/{name}")).response.content.startswith(begin)

    corrected = await karin.send(page, f"{step}/entwurf", remark="Bis zum Winter.", correction="")
    assert corrected.status >= HTTPStatus.BAD_REQUEST
    assert corrected.form(f"{step}/entwurf").fields["remark"] == ["Bis zum Winter."]


async def test_a_vote_in_writing_takes_each_ballot_from_its_own_seat(
    stack: Stack, karin: Visitor, people: list[Member], clock: Clock
) -> None:
    dora, fadi, gina, *_ = people
    starts_at = MARCH + timedelta(hours=1)
    sitting = await Sitting.scheduled(stack, "2026-u", starts_at, kind="circular")
    await sitting.proposed("Sprache", WORDING)
    await sitting.do("agenda/freezing")
    clock.at = starts_at
    here = await page_of(stack, sitting)
    step = f"{here}/verlauf"
    page = await karin.send(await karin.open(here), f"{step}/umlauf", remind="3")
    assert "0 von 3 gefragten Sitzen haben vollständig abgestimmt." in page.text
    assert all(form.action != f"{step}/stimme" for form in page.forms)

    for person, choice in ((dora, "yes"), (fadi, "no"), (gina, "yes")):
        visitor = await visitor_with(stack, UUID(person.account))
        tasks = await visitor.open("/aufgaben")
        assert f"{here}#verlauf" in tasks.links
        page = await visitor.open(here)
        [ballot] = [form for form in page.forms if form.action == f"{step}/stimme"]
        mark = ballot.fields["mark"][0]
        silent = await visitor.send_form(ballot)
        assert silent.status >= HTTPStatus.BAD_REQUEST
        page = await visitor.send(silent, f"{step}/stimme", **{f"choice{mark}": choice})
        assert "Sie haben abgestimmt." in page.text
        await stack.runtime.read_models.reached(await stack.head())
        assert f"{here}#verlauf" not in (await visitor.open("/aufgaben")).links

    page = await karin.open(here)
    assert "3 von 3 gefragten Sitzen haben vollständig abgestimmt." in page.text
    page = await karin.send(page, f"{step}/schliessen")
    assert "angenommen 2 Ja, 1 Nein, 0 Enthaltungen" in page.text
    assert "Abgestimmt im Umlauf" in page.text


async def test_who_has_no_seat_is_not_led_to_a_session(stack: Stack, people: list[Member]) -> None:
    assert people
    sitting = await Sitting.scheduled(stack, "2026-1", MEETING)
    here = await page_of(stack, sitting)
    for name in ("fallmanagement", "berufskolleg"):
        visitor = await visitor_of(stack, name)
        assert (await visitor.ask(here)).status == HTTPStatus.FORBIDDEN
