"""The pages of the administration, as administrators and coordinators use them."""

from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.directory.commands import RegisterAccount
from services.demo.county import paderborn
from tests.support.days import today
from tests.support.http import recorded
from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.retention import hand_in, left_long_ago, run
from tests.support.stack import Stack

TODAY = today()
IN_A_WEEK = (TODAY + timedelta(days=7)).isoformat()

PLACES = (
    "/verwaltung",
    "/verwaltung/organisationen",
    "/verwaltung/organisationen/neu",
    "/verwaltung/organisationen/jobcenter",
    "/verwaltung/personen",
    "/verwaltung/personen/neu",
    "/verwaltung/aufbewahrung",
    "/verwaltung/prozesse",
    "/verwaltung/einrichtung",
    "/konto/vertretung",
)


@pytest.fixture
async def admin(stack: Stack) -> Visitor:
    return await visitor_of(stack, "verwaltung")


@pytest.fixture
async def coordinator(stack: Stack) -> Visitor:
    return await visitor_of(stack, "koordination")


async def account_of(stack: Stack, key: str) -> UUID:
    return UUID((await stack.people[key].read("/me"))["account"])


async def registered(admin: Visitor, name: str, address: str) -> Page:
    """The page of somebody new."""
    form = await admin.open("/verwaltung/personen/neu")
    return await admin.send(form, "/verwaltung/personen/neu", name=name, address=address)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_every_place_has_one_headline_in_both_languages(stack: Stack, language: str) -> None:
    admin = await visitor_of(stack, "verwaltung", language=language)
    for place in (*PLACES, "/verwaltung/post"):
        page = await admin.open(place)
        assert page.headline, place
        assert page.response.headers["content-language"] == language
        assert "None" not in page.text, place


async def test_all_that_the_administration_leads_to_is_there(admin: Visitor) -> None:
    seen: set[str] = set()
    waiting = ["/verwaltung"]
    while waiting:
        place = waiting.pop()
        page = await admin.open(place)
        links = {link.partition("#")[0] for link in page.links}
        new = {link for link in links if link.startswith("/verwaltung")} - seen
        seen |= new
        waiting += [link for link in new if "ausfuhr" not in link]
    assert len(seen) > 20


@pytest.mark.parametrize("key", ["jobcenter", "revision", "fallmanagement", "berufskolleg"])
async def test_nobody_else_is_let_into_the_administration(stack: Stack, key: str) -> None:
    visitor = await visitor_of(stack, key)
    for place in PLACES[:-1]:
        assert (await visitor.ask(place)).status == HTTPStatus.FORBIDDEN
    assert (await visitor.ask("/konto/vertretung")).status == HTTPStatus.OK


async def test_a_coordinator_sees_what_is_theirs_to_do(coordinator: Visitor) -> None:
    page = await coordinator.open("/verwaltung")
    assert "/verwaltung/post" not in page.links
    assert (await coordinator.ask("/verwaltung/post")).status == HTTPStatus.FORBIDDEN
    people = await coordinator.open("/verwaltung/personen")
    assert "/verwaltung/personen/neu" not in people.links
    for place in PLACES:
        assert (await coordinator.ask(place)).status == HTTPStatus.OK, place


async def test_an_organisation_is_registered_and_renamed(admin: Visitor) -> None:
    page = await admin.open("/verwaltung/organisationen")
    before = page.headline
    form = await admin.open("/verwaltung/organisationen/neu")
    done = await admin.send(
        form,
        "/verwaltung/organisationen/neu",
        name="Diakonie Paderborn",
        schluessel="diakonie",
        kind="welfare",
        ags="05774032",
    )
    assert (done.path, done.headline != before) == ("/verwaltung/organisationen", True)
    assert "Diakonie Paderborn" in done.text
    assert "Eingetragen." in done.text
    this = await admin.open("/verwaltung/organisationen/diakonie")
    renamed = await admin.send(
        this, "/verwaltung/organisationen/diakonie", name="Diakonie Paderborn-Höxter"
    )
    assert "Diakonie Paderborn-Höxter" in renamed.text


async def test_a_short_name_that_is_taken_renames_nobody(admin: Visitor) -> None:
    form = await admin.open("/verwaltung/organisationen/neu")
    page = await admin.send(
        form,
        "/verwaltung/organisationen/neu",
        name="Ein anderes",
        schluessel="jobcenter",
        kind="welfare",
    )
    assert page.status == HTTPStatus.CONFLICT
    assert "Diesen Kurznamen gibt es schon" in page.text
    assert page.form("/verwaltung/organisationen/neu").fields["name"] == ["Ein anderes"]
    assert "Ein anderes" not in (await admin.open("/verwaltung/organisationen")).text


async def test_what_was_typed_stays_when_it_is_refused(admin: Visitor) -> None:
    form = await admin.open("/verwaltung/organisationen/neu")
    page = await admin.send(
        form,
        "/verwaltung/organisationen/neu",
        name="Träger <b>",
        schluessel="Große Buchstaben",
        kind="welfare",
    )
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = page.form("/verwaltung/organisationen/neu").fields
    assert (kept["name"], kept["schluessel"]) == (["Träger <b>"], ["Große Buchstaben"])
    assert kept["kind"] == ["welfare"]
    assert 'id="schluessel-fehler"' in page.response.text
    assert "<b>" not in page.response.text


async def test_a_person_is_registered_given_a_role_and_loses_it(admin: Visitor) -> None:
    person = await registered(admin, "Gül Aydin", "guel.aydin@example.org")
    assert person.headline == "Gül Aydin hat noch keine Rolle"
    form = await admin.open(f"{person.path}/rollen/neu")
    granted = await admin.send(
        form,
        f"{person.path}/rollen/neu",
        role="organisation-member",
        organisation="jobcenter",
        until=IN_A_WEEK,
    )
    assert granted.headline == "Gül Aydin hat 1 Rolle"
    assert f"{datetime.fromisoformat(IN_A_WEEK):%d.%m.%Y}" in granted.text, "the day is included"
    [revoking] = [link for link in granted.links if "entziehen" in link]
    asked = await admin.open(revoking)
    assert "Es ist die einzige Rolle" in asked.text
    empty = await admin.send(asked, f"{person.path}/rollen/entziehen", reason="")
    assert empty.status == HTTPStatus.UNPROCESSABLE_ENTITY
    done = await admin.send(asked, f"{person.path}/rollen/entziehen", reason="Neue Stelle")
    assert done.headline == "Gül Aydin hat noch keine Rolle"


async def test_a_form_sent_twice_registers_one_person(admin: Visitor) -> None:
    form = await admin.open("/verwaltung/personen/neu")
    paths = {
        (await admin.send(form, "/verwaltung/personen/neu", name="Ines", address="")).path
        for _ in range(2)
    }
    assert len(paths) == 1


async def test_people_are_found_by_name_address_and_organisation(admin: Visitor) -> None:
    person = await registered(admin, "Gül Aydin", "guel.aydin@example.org")
    for search in ("aydin", "guel.aydin@"):
        page = await admin.open(f"/verwaltung/personen?suche={search}")
        assert person.path in page.links
        assert page.headline.startswith(f"1 von {len(paderborn().people.items) + 1} Personen")
    page = await admin.open("/verwaltung/personen?suche=Jobcenter")
    assert "Jana Jobcenter" in page.text
    nobody = await admin.open("/verwaltung/personen?suche=niemand")
    assert nobody.headline == "Zu „niemand“ wurde niemand gefunden"


async def test_a_malformed_or_taken_address_is_refused_beside_its_field(admin: Visitor) -> None:
    person = await registered(admin, "Gül Aydin", "guel@example.org")
    form = await admin.open("/verwaltung/personen/neu")
    for address in ("guel@", "GUEL@example.org"):
        page = await admin.send(form, "/verwaltung/personen/neu", name="Ines", address=address)
        assert page.status in {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT}
        assert 'id="address-fehler"' in page.response.text
        assert page.form("/verwaltung/personen/neu").fields["address"] == [address]
    changed = await admin.send(person, f"{person.path}/adresse", address="aydin@example.org")
    assert changed.form(f"{person.path}/adresse").fields["address"] == ["aydin@example.org"]
    removed = await admin.send(changed, f"{person.path}/adresse", address="")
    assert removed.form(f"{person.path}/adresse").fields["address"] == [""]


async def test_an_invitation_is_queued(stack: Stack, admin: Visitor) -> None:
    person = await registered(admin, "Gül Aydin", "guel@example.org")
    form = await admin.open(f"{person.path}/rollen/neu")
    ready = await admin.send(
        form, f"{person.path}/rollen/neu", role="auditor", organisation="kim-koordinierung"
    )
    invited = await admin.send(ready, f"{person.path}/einladung")
    assert "Die Einladung ist unterwegs." in invited.text
    count = await stack.runtime.pool.fetchval("select count(*) from mail")
    assert count == 1
    page = await admin.open("/verwaltung/post")
    assert "Gül Aydin" in page.text


async def test_somebody_substitutes_and_it_ends(stack: Stack, admin: Visitor) -> None:
    absent = await account_of(stack, "koordination")
    substitute = await account_of(stack, "fachgruppe")
    path = f"/verwaltung/personen/{absent}/vertretung"
    form = await admin.open(path)
    assert form.headline == "Niemand vertritt Karin Koordination (erfunden)"
    filled = {
        "substitute": str(substitute),
        "since": TODAY.isoformat(),
        "until": IN_A_WEEK,
        "reason": "Urlaub",
    }
    done = await admin.send(form, path, **filled)
    assert done.headline.startswith("Frida Fachgruppe (erfunden) vertritt Karin Koordination")
    frida = await visitor_of(stack, "fachgruppe")
    page = await frida.open("/verwaltung")
    assert "in Vertretung für Karin Koordination (erfunden)" in page.text
    opening = {"municipality": "05774020", "edition": "2025"}
    recorded(await stack.fachgruppe.post("/concepts", opening))
    [ending] = [link for link in done.links if link.endswith("/beenden")]
    ended = await admin.send(await admin.open(ending), ending, reason="Früher zurück")
    assert ended.headline == form.headline
    assert (await frida.ask("/verwaltung")).status == HTTPStatus.FORBIDDEN


async def test_a_refused_substitution_keeps_what_was_typed(stack: Stack, admin: Visitor) -> None:
    absent = await account_of(stack, "koordination")
    path = f"/verwaltung/personen/{absent}/vertretung"
    form = await admin.open(path)
    page = await admin.send(
        form,
        path,
        substitute=str(await account_of(stack, "jobcenter")),
        since=IN_A_WEEK,
        until="2020-01-01",
        reason="Urlaub",
    )
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = page.form(path).fields
    assert kept["reason"] == ["Urlaub"]
    assert kept["until"] == ["2020-01-01"]
    assert kept["roles"] == ["coordinator"]
    nonsense = await admin.send(
        form, path, substitute="niemand", since="gestern", until="", roles=[]
    )
    assert nonsense.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


async def test_everybody_appoints_somebody_of_their_own_organisation(stack: Stack) -> None:
    karin = await visitor_of(stack, "koordination")
    form = await karin.open("/konto/vertretung")
    assert form.headline == "Niemand vertritt Sie"
    assert "Jana Jobcenter" not in form.response.text
    done = await karin.send(
        form,
        "/konto/vertretung",
        substitute=str(await account_of(stack, "fachgruppe")),
        since=TODAY.isoformat(),
        until=IN_A_WEEK,
        reason="Urlaub",
    )
    assert done.headline.startswith("Frida Fachgruppe (erfunden) vertritt Sie bis")
    frida = await visitor_of(stack, "fachgruppe")
    assert "Karin Koordination" in (await frida.open("/konto/vertretung")).text
    [ending] = [link for link in done.links if link.endswith("/beenden")]
    assert (await frida.ask(ending)).status == HTTPStatus.NOT_FOUND, "it is not theirs to end"
    ended = await karin.send(await karin.open(ending), ending, reason="Bleibe doch da")
    assert ended.headline == "Niemand vertritt Sie"


async def test_a_file_goes_all_the_way_to_its_erasure(
    stack: Stack, admin: Visitor, coordinator: Visitor
) -> None:
    who = await left_long_ago(stack.runtime)
    await run(stack.runtime)
    listed = await coordinator.open("/verwaltung/aufbewahrung")
    assert "Gisela Gegangen" in listed.text
    assert "1 Löschvorschlag wartet" in (await coordinator.open("/verwaltung")).text
    path = f"/verwaltung/aufbewahrung/{who}"
    case = await coordinator.open(path)
    export = await coordinator.ask(f"{path}/ausfuhr")
    assert "attachment" in export.response.headers["content-disposition"]
    assert "Gisela Gegangen" in export.response.text
    offered = await coordinator.send(case, f"{path}/angebot", reference="Az. 41-07")
    assert offered.headline == "Die Akte von Gisela Gegangen ist dem Archiv angeboten"
    answered = await coordinator.send(offered, f"{path}/antwort", answer="declines", reference="")
    assert "Löschung vorbereiten" not in answered.text, "that is for administrators"
    ready = await admin.open(path)
    assert f"{path}/loeschung" in ready.links
    asked = await admin.open(f"{path}/loeschung")
    assert "Das lässt sich nicht rückgängig machen." in asked.text
    gone = await admin.send(asked, f"{path}/loeschung")
    assert gone.headline == "Die Daten dieser Person sind gelöscht"
    assert "Gisela" not in gone.response.text


async def test_a_hold_stops_an_erasure_until_it_is_lifted(stack: Stack, admin: Visitor) -> None:
    who = await left_long_ago(stack.runtime)
    await run(stack.runtime)
    path = f"/verwaltung/aufbewahrung/{who}"
    before = await admin.open(path)
    held = await admin.send(before, f"{path}/sperre", reason="Klage 12 K 3/31")
    assert held.headline == "Die Akte von Gisela Gegangen ist vor Löschung geschützt"
    refused = await admin.send(before, f"{path}/angebot", reference="")
    assert refused.status == HTTPStatus.CONFLICT
    assert "Klage 12 K 3/31" in refused.text
    [lifting] = [form for form in held.forms if form.action.endswith("/aufheben")]
    lifted = await admin.send_form(lifting, reason="Urteil")
    assert lifted.headline == "Die Löschung der Daten von Gisela Gegangen ist vorgeschlagen"


async def test_a_case_is_postponed_and_withdrawn(stack: Stack, admin: Visitor) -> None:
    who = await left_long_ago(stack.runtime)
    await run(stack.runtime)
    path = f"/verwaltung/aufbewahrung/{who}"
    case = await admin.open(path)
    past = await admin.send(
        case, f"{path}/zurueckstellung", until="2020-01-01", reason="Prüfung läuft"
    )
    assert past.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert past.form(f"{path}/zurueckstellung").fields["reason"] == ["Prüfung läuft"]
    postponed = await admin.send(
        case, f"{path}/zurueckstellung", until="2199-01-01", reason="Prüfung läuft"
    )
    assert "1. Januar 2199" in postponed.text
    outdated = await admin.send(case, f"{path}/ruecknahme", reason="Wird gebraucht")
    assert outdated.status == HTTPStatus.CONFLICT, "it is not what was seen"
    done = await admin.send(postponed, f"{path}/ruecknahme", reason="Wird gebraucht")
    assert done.headline.endswith("ist zurückgenommen")


async def test_running_processes_are_listed_also_without_temporal(
    stack: Stack, admin: Visitor
) -> None:
    opening = {"municipality": "05774020", "edition": "2025"}
    recorded(await stack.koordination.post("/concepts", opening))
    await stack.runtime.read_models.reached(await stack.head())
    page = await admin.open("/verwaltung/prozesse")
    assert page.headline == "Die Zeitsteuerung antwortet nicht"
    assert "Konzept Delbrück" in page.text
    assert "wartet auf Menschen" in page.text
    assert "Tägliche Prüfung der Aufbewahrungsfristen" in page.text


async def test_a_mail_is_discarded_with_a_reason(admin: Visitor) -> None:
    person = await registered(admin, "Gül Aydin", "guel@example.org")
    form = await admin.open(f"{person.path}/rollen/neu")
    ready = await admin.send(
        form, f"{person.path}/rollen/neu", role="auditor", organisation="kim-koordinierung"
    )
    await admin.send(ready, f"{person.path}/einladung")
    page = await admin.open("/verwaltung/post")
    [path] = [link for link in page.links if link.startswith("/verwaltung/post/")]
    letter = await admin.open(path)
    assert "guel@example.org" not in letter.response.text, "shown in part only"
    empty = await admin.send(letter, f"{path}/verwerfen", reason="")
    assert empty.status == HTTPStatus.UNPROCESSABLE_ENTITY
    done = await admin.send(letter, f"{path}/verwerfen", reason="Doppelt")
    assert "Die E-Mail wird nicht verschickt." in done.text
    assert "verworfen" in done.text


async def test_the_set_up_shows_no_secret(stack: Stack, admin: Visitor) -> None:
    page = await admin.open("/verwaltung/einrichtung")
    assert "nicht eingerichtet" in page.text
    assert stack.verwaltung.token not in page.response.text


async def test_what_is_not_there_is_said_to_be_missing(admin: Visitor) -> None:
    for path in (
        "/verwaltung/organisationen/gibt-es-nicht",
        f"/verwaltung/personen/{uuid4()}",
        f"/verwaltung/personen/{uuid4()}/vertretung",
        f"/verwaltung/aufbewahrung/{uuid4()}",
        f"/verwaltung/post/{uuid4()}",
    ):
        page = await admin.ask(path)
        assert page.status == HTTPStatus.NOT_FOUND, path
        assert page.headline


async def test_whoever_has_no_role_substitutes_nobody_and_has_no_substitute(
    stack: Stack,
) -> None:
    account = uuid4()
    await hand_in(stack.runtime, RegisterAccount(account=account, name="Ines"))
    await stack.runtime.read_models.reached(await stack.head())
    ines = await visitor_with(stack, account)
    page = await ines.open("/konto/vertretung")
    assert "Ohne Rolle gibt es nichts zu vertreten." in page.text
