"""Sessions at the pages: scheduled, called for, their agenda collected and settled, invited to."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from domain.kernel import Role
from services.web.assessments.viewer import ZONE
from tests.support.appointing import appoint_account
from tests.support.findings import Bundler
from tests.support.http import Json
from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering import (
    BODY,
    RULES,
    Member,
    Sitting,
    appointed,
    established,
    member,
)

SESSIONS = "/steuerung/sitzungen"
NEW = f"{SESSIONS}/neu"
DAY = datetime.now(ZONE).replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=70)
EARLIER = DAY - timedelta(days=7)
CALLING: Json = {**RULES, "call": {"days": 56}, "agenda": {"days": 25}}
NOTHING_TO_SEND = {"/abmelden", "/sprache"}


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


@pytest.fixture
async def people(stack: Stack) -> list[Member]:
    """Dora and Fadi hold the two votes, Emil is Dora's deputy."""
    dora, fadi, emil = [await member(stack, name) for name in ("Dora", "Fadi", "Emil")]
    await established(stack, {"jobcenter": dora, "agentur": fadi}, CALLING)
    await appointed(stack, "jobcenter", emil, "deputy")
    await stack.runtime.read_models.reached(await stack.head())
    return [dora, fadi, emil]


def typed(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


def sent(page: Page) -> set[str]:
    """Where the forms of the page are sent."""
    return {form.action for form in page.forms if form.method == "post"}


async def of(stack: Stack, sitting: Member) -> Visitor:
    return await visitor_with(stack, UUID(sitting.account))


async def scheduled(stack: Stack, starts_at: datetime = DAY) -> str:
    """The page of a session there is already."""
    sitting = await Sitting.scheduled(stack, "2026-1", starts_at.astimezone(UTC))
    await stack.runtime.read_models.reached(await stack.head())
    return f"{SESSIONS}/{sitting.id}"


async def test_the_coordinator_schedules_a_session_and_moves_it(
    stack: Stack, karin: Visitor
) -> None:
    empty = await karin.open(SESSIONS)
    assert empty.headline == "Es gibt noch keine Sitzung"
    assert NEW in empty.links
    assert "/steuerung/gremien" in (await karin.open(NEW)).links, "first there is to be a body"
    dora = await member(stack, "Dora")
    await established(stack, {"jobcenter": dora}, CALLING)
    await stack.runtime.read_models.reached(await stack.head())

    page = await karin.open(NEW)
    assert "56 Tage vor der Sitzung. Angenommen werden sie bis 25 Tage vorher." in page.text
    assert "Eingeladen wird spätestens 14 Tage vor der Sitzung" in page.text
    filled = {"title": "Erste Sitzung", "place": "Kreishaus", "starts_at": typed(EARLIER)}
    wrong = await karin.send(page, NEW, **filled, ends_at=typed(EARLIER - timedelta(hours=1)))
    assert wrong.status >= HTTPStatus.BAD_REQUEST
    assert wrong.form(NEW).fields["title"] == ["Erste Sitzung"]
    assert wrong.form(NEW).fields["starts_at"] == [typed(EARLIER)]
    page = await karin.send(wrong, NEW, ends_at=typed(EARLIER + timedelta(hours=2)))
    here = page.path
    assert page.headline.startswith("Erste Sitzung ist am ")
    assert "bittet der Dienst von selbst um Punkte für die Tagesordnung" in page.text
    assert "Noch steht kein Punkt auf der Tagesordnung." in page.text

    move = f"{here}/planung/verschieben"
    assert page.form(move).fields["starts_at"] == [typed(EARLIER)]
    page = await karin.send(page, move, starts_at=typed(DAY), ends_at="", move_reason="")
    assert 'id="move_reason-fehler"' in page.response.text
    assert page.form(move).fields["starts_at"] == [typed(DAY)]
    page = await karin.send(page, move, move_reason="Der Raum fehlt.")
    assert page.form(move).fields["starts_at"] == [typed(DAY)]
    assert "Der Raum fehlt." in page.text, "the record says why"
    listed = await karin.open(SESSIONS)
    assert listed.headline.startswith("Die nächste Sitzung ist am ")
    assert here in listed.links

    page = await karin.send(page, f"{here}/planung/absagen", cancel_reason="Niemand kann.")
    assert page.headline.endswith(" fällt aus")
    assert "Niemand kann." in page.text
    assert not sent(page) - NOTHING_TO_SEND
    listed = await karin.open(f"{SESSIONS}?gremium={BODY}&schuljahr=alle")
    assert listed.headline == "Im Augenblick ist keine Sitzung geplant"
    assert here in listed.links


async def test_items_are_called_for_proposed_and_put_in_order(
    stack: Stack, people: list[Member], karin: Visitor
) -> None:
    here = await scheduled(stack)
    bundler = Bundler(stack, stack.koordination)
    theme = await bundler.opened("Wohnen")
    finding = await bundler.reported(band="10-24")
    await bundler.take(finding, theme)
    await bundler.write(theme)
    await bundler.hand_over(theme, UUID(here.rpartition("/")[2]))
    assert here in (await karin.open(f"/steuerung/themen/{theme}")).links

    page = await karin.open(here)
    assert "Ein Thema wurde dieser Sitzung vorgelegt" in page.text
    page = await karin.send(page, f"{here}/planung/aufrufen", call_until=typed(DAY))
    assert 'id="call_until-fehler"' in page.response.text
    page = await karin.send(
        page, f"{here}/planung/aufrufen", call_until=typed(DAY - timedelta(days=30))
    )
    assert "Punkte vorschlagen bis" in page.text
    dora = await of(stack, people[0])
    assert here in (await dora.open("/aufgaben")).links, "she is asked to propose some"
    page = await karin.send(page, f"{here}/planung/erinnern", occasion="call")
    assert "Gespeichert als Eintrag" in page.text

    new = f"{here}/punkte/neu"
    form = await karin.open(f"{new}?thema={theme}")
    assert form.form(new).fields["themes"] == [theme]
    page = await karin.send(form, new, title="Wohnen", text="Es fehlt an kleinen Wohnungen.")
    assert "TOP 1 Wohnen" in page.text
    assert "Ein Thema wurde dieser Sitzung vorgelegt" not in page.text
    proposal = {"kind": "proposal", "title": "AG Sprache", "wording-0": "Eine AG entsteht."}
    form = await karin.send(await karin.open(new), new, mehr="1", **proposal)
    assert form.form(new).fields["wording-0"] == ["Eine AG entsteht."]
    assert "wording-2" in form.form(new).fields
    refused = await karin.send(form, new, title="")
    assert refused.status >= HTTPStatus.BAD_REQUEST
    assert refused.form(new).fields["wording-0"] == ["Eine AG entsteht."]
    page = await karin.send(refused, new, title="AG Sprache", **{"wording-1": "Der Kreis prüft."})
    assert "Zur Abstimmung stehen 2 Fassungen" in page.text
    order = f"{here}/planung/reihenfolge"
    last = page.form(order).fields["items"][-1]
    page = await karin.send(page, order, hoch=last)
    assert page.form(order).fields["items"][0] == last
    assert "TOP 1 AG Sprache" in page.text


@pytest.mark.usefixtures("people")
async def test_the_agenda_is_settled_sent_and_made_public(stack: Stack, karin: Visitor) -> None:
    here = await scheduled(stack)
    new = f"{here}/punkte/neu"
    page = await karin.send(await karin.open(new), new, kind="report", title="AG Sprache")
    [item] = {link for link in page.links if link.startswith(f"{here}/punkte/")} - {new}
    page = await karin.send(page, f"{here}/planung/festlegen")
    assert "Die Tagesordnung steht fest: 1 Punkt." in page.text
    assert new not in page.links
    page = await karin.send(page, f"{here}/planung/wieder-oeffnen", reopen_reason="")
    assert 'id="reopen_reason-fehler"' in page.response.text
    page = await karin.send(page, f"{here}/planung/wieder-oeffnen", reopen_reason="Nachtrag.")
    page = await karin.send(
        await karin.open(f"{item}/aendern"), f"{item}/aendern", title="AG Fachsprache"
    )
    assert page.headline == "TOP 1: AG Fachsprache"
    page = await karin.send(await karin.open(here), f"{here}/planung/festlegen")
    page = await karin.send(page, f"{here}/planung/einladen")
    assert "Alle sind eingeladen." in page.text
    page = await karin.send(page, f"{here}/planung/erinnern", occasion="session")
    assert "Gespeichert als Eintrag" in page.text

    public = await karin.send(await karin.open(item), f"{item}/schritt/veroeffentlichen")
    assert f"/oparl/v1.1/agenda-item/{item.rpartition('/')[2]}" in public.links
    back = f"{item}/schritt/nicht-mehr-veroeffentlichen"
    public = await karin.send(public, back, publication_reason="")
    assert 'id="publication_reason-fehler"' in public.response.text
    public = await karin.send(public, back, publication_reason="Versehen.")
    assert f"{item}/schritt/veroeffentlichen" in sent(public)
    for name, kind in (("pdf", "application/pdf"), ("docx", "officedocument")):
        answer = await karin.ask(f"{here}/tagesordnung.{name}")
        assert kind in answer.response.headers["content-type"]


@pytest.mark.usefixtures("people")
async def test_an_invitation_that_is_late_says_why(stack: Stack, karin: Visitor) -> None:
    here = await scheduled(stack, datetime.now(ZONE) + timedelta(days=10))
    page = await karin.open(here)
    page = await karin.send(page, f"{here}/planung/einladen", urgency="")
    assert page.status == HTTPStatus.CONFLICT
    assert 'id="urgency-fehler"' in page.response.text
    page = await karin.send(page, f"{here}/planung/einladen", urgency="Mittel verfallen.")
    assert "Kürzer eingeladen, weil: Mittel verfallen." in page.text


@pytest.mark.usefixtures("people")
async def test_who_can_be_invited_no_more_even_with_a_reason_is_not_asked_for_one(
    stack: Stack, karin: Visitor
) -> None:
    here = await scheduled(stack, datetime.now(ZONE) + timedelta(days=1))
    page = await karin.open(here)
    assert "muss auf einen späteren Tag verschoben werden" in page.text
    assert f"{here}/planung/einladen" not in sent(page)
    assert f"{here}/planung/verschieben" in sent(page)


async def test_a_member_proposes_an_item_and_says_that_they_will_not_come(
    stack: Stack, people: list[Member], karin: Visitor
) -> None:
    here = await scheduled(stack)
    dora, fadi = await of(stack, people[0]), await of(stack, people[1])
    overview = await dora.open("/steuerung")
    assert overview.headline.startswith("Die nächste Sitzung ist am ")
    assert here in overview.links
    page = await dora.open(here)
    new, away = f"{here}/punkte/neu", f"{here}/planung/abwesend"
    assert new in page.links
    assert sent(page) - NOTHING_TO_SEND == {away}, "nothing but what is a member's to do"
    assert "Verlauf" not in page.text, "the record is for others"

    form = await dora.open(new)
    page = await dora.send(form, new, kind="report", title="Aus dem Jobcenter")
    assert "Ihr Vorschlag" in page.text
    [item] = {link for link in page.links if link.startswith(f"{here}/punkte/")} - {new}
    page = await dora.send(
        await dora.open(f"{item}/aendern"), f"{item}/aendern", title="Bericht des Jobcenters"
    )
    assert page.headline.endswith("Bericht des Jobcenters")
    others = await fadi.open(item)
    assert not sent(others) - NOTHING_TO_SEND
    assert f"{item}/aendern" not in others.links
    page = await dora.send(page, f"{item}/schritt/zurueckziehen", reason="")
    assert 'id="reason-fehler"' in page.response.text
    page = await dora.send(page, f"{item}/schritt/zurueckziehen", reason="Erledigt.")
    assert "Noch steht kein Punkt auf der Tagesordnung." in page.text

    assert "Ihre Stellvertretung: Emil." in page.text
    page = await dora.send(page, away)
    assert "Sie haben sich für den Sitz" in page.text
    assert "nein, die Stellvertretung ist gefragt" in (await karin.open(here)).text
    deputy = await (await of(stack, people[2])).open(here)
    assert not sent(deputy) - NOTHING_TO_SEND, "a deputy does not say so for the holder"
    page = await dora.send(page, f"{here}/planung/anwesend")
    assert "Sie werden auf dem Sitz" in page.text


@pytest.mark.usefixtures("people")
async def test_who_may_only_read_is_offered_nothing_and_others_are_not_let_in(
    stack: Stack,
) -> None:
    here = await scheduled(stack)
    auditor = await visitor_of(stack, "revision")
    page = await auditor.open(here)
    assert not sent(page) - NOTHING_TO_SEND
    assert f"{here}/punkte/neu" not in page.links
    assert NEW not in (await auditor.open(SESSIONS)).links
    for form in (NEW, f"{here}/punkte/neu"):
        assert (await auditor.ask(form)).status == HTTPStatus.FORBIDDEN
    stranger = await visitor_with(stack, await appoint_account(stack, Role.STEERING_MEMBER, "ihk"))
    assert (await stranger.open(SESSIONS)).headline == "Es gibt noch keine Sitzung"
    assert (await stranger.ask(here)).status == HTTPStatus.FORBIDDEN
    falk = await visitor_of(stack, "fallmanagement")
    assert (await falk.ask(SESSIONS)).status == HTTPStatus.FORBIDDEN
    assert SESSIONS not in (await falk.open("/steuerung")).links
    english = await visitor_of(stack, "koordination", language="en")
    assert (await english.open(SESSIONS)).headline.startswith("The next session is on ")
