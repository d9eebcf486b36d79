"""Resolutions at the pages: recorded from a vote, followed up, fulfilled, ended; by whom."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.kernel import Role
from domain.steering.resolution_commands import DeclareMandateOverdue
from domain.steering.session_commands import session_id
from services.identity.principal import process
from services.orders import Order
from services.papers.pdf import PDF
from services.papers.word import WORD
from tests.support.appointing import appoint_account
from tests.support.days import today
from tests.support.http import recorded
from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering_group import BODY, SteeringGroup, proposal

LIST, NEW = "/steuerung/beschluesse", "/steuerung/beschluesse/neu"
TODAY = today()
MET = TODAY - timedelta(days=60)
YESTERDAY, DUE = TODAY - timedelta(days=1), TODAY + timedelta(days=90)
GROUP = proposal("Fachsprache", "Eine Arbeitsgruppe wird eingerichtet.")
LETTER = proposal("Berufssprachkurse", "Der Bedarf wird gemeldet.")
NOTED = proposal("Bericht", "Die Lenkungsgruppe nimmt Kenntnis.")
REJECTED = proposal("Umzug", "Die Koordinierung zieht um.")
SESSION = session_id(BODY, "2026-1")


@pytest.fixture
async def group(stack: Stack) -> SteeringGroup:
    """It met sixty days ago, adopted three proposals and rejected one."""
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    items = (GROUP, LETTER, NOTED, REJECTED)
    session = await group.prepare("2026-1", MET, *items)
    await group.meet(session, MET)
    for item in items[:3]:
        await group.vote(session, MET, item.item)
    await group.vote(session, MET, REJECTED.item, yes=1, no=2)
    await group.close(session, MET)
    await stack.runtime.read_models.reached(await stack.head())
    return group


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


async def form_for(karin: Visitor, number: int, kind: str) -> Page:
    return await karin.open(f"{NEW}?sitzung={SESSION}&abstimmung={number}&art={kind}")


async def passed(karin: Visitor, number: int, kind: str, **typed: str | list[str]) -> Page:
    """The page of the resolution of this vote."""
    page = await form_for(karin, number, kind)
    page = await karin.send(page, NEW, **typed)
    assert page.status == HTTPStatus.OK, page.text
    return page


async def step(visitor: Visitor, page: Page, name: str, **typed: str) -> Page:
    """Take a step; its fields are called after it."""
    fields = {f"{name}-{field}": value for field, value in typed.items()}
    [form] = [form for form in page.forms if form.action.endswith(f"/schritt/{name}")]
    return await visitor.send_form(form, **fields)


async def follow_up_of_group(stack: Stack, karin: Visitor, owner: str = "jobcenter") -> Page:
    page = await passed(
        karin,
        1,
        "establish-working-group",
        title="Fachsprachliche Förderung",
        purpose="Auszubildende bestehen den theoretischen Teil.",
        members=["ihk", "jobcenter"],
        owner=owner,
        due=DUE.isoformat(),
    )
    await stack.runtime.read_models.reached(await stack.head())
    return page


@pytest.mark.usefixtures("group")
async def test_the_coordination_records_what_a_vote_resolved_step_by_step(
    stack: Stack, karin: Visitor
) -> None:
    empty = await karin.open(LIST)
    assert empty.headline == "Es ist noch kein Beschluss festgehalten"
    assert NEW in empty.links
    votes = await karin.open(NEW)
    assert votes.headline == "3 Beschlüsse sind noch festzuhalten"
    assert REJECTED.title not in votes.text
    chosen = f"{NEW}?sitzung={SESSION}&abstimmung=1"
    assert chosen in votes.links
    kinds = await karin.open(chosen)
    assert kinds.headline == "Angenommen: Fachsprache"
    assert "dem Ministerium einen Bedarf melden" in kinds.text

    form = await form_for(karin, 1, "establish-working-group")
    typed = {"title": "Fachsprache", "purpose": "Prüfungen bestehen.", "owner": "ihk"}
    late = await karin.send(form, NEW, **typed, members=["ihk", "hwk"], due="2024-01-01")
    assert late.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="due-fehler"' in late.response.text
    kept = late.form(NEW).fields
    assert kept["purpose"] == ["Prüfungen bestehen."]
    assert sorted(kept["members"]) == ["hwk", "ihk"]
    assert kept["owner"] == ["ihk"]
    page = await karin.send(late, NEW, due=DUE.isoformat(), reference="Beschluss 3/2026")
    assert page.headline == "Fachsprache"
    for said in (
        "Eine Arbeitsgruppe wird eingerichtet.",
        "Beschluss 3/2026",
        "3 Ja, 0 Nein, 0 Enthaltungen",
        "Nach Fassung 1 der Regeln",
        "eine Arbeitsgruppe einrichten",
    ):
        assert said in page.text
    assert f"/steuerung/sitzungen/{SESSION}" in page.links
    assert f"/steuerung/gremien/{BODY}" in page.links
    again = await karin.open(chosen)
    assert again.path == page.path, "what is recorded has its own page"

    await stack.runtime.read_models.reached(await stack.head())
    noted = await passed(karin, 3, "take-note")
    assert "nichts weiter zu tun" in noted.text
    await stack.runtime.read_models.reached(await stack.head())
    listed = await karin.open(LIST)
    assert listed.headline == "1 Auftrag läuft"
    assert {page.path, noted.path} <= set(listed.links)
    settled = await karin.open(f"{LIST}?stand=settled&art=take-note&gremium=alle&zustaendig=alle")
    assert settled.headline == "1 Beschluss passt zu dieser Auswahl"
    assert page.path not in settled.links
    none = await karin.open(f"{LIST}?zustaendig=agentur")
    assert none.headline == "Kein Beschluss passt zu dieser Auswahl"


@pytest.mark.usefixtures("group")
async def test_a_mandate_is_reported_on_extended_handed_over_and_causes_its_group(
    stack: Stack, karin: Visitor
) -> None:
    page = await follow_up_of_group(stack, karin)
    early = await step(karin, page, "erfuellt")
    assert early.status == HTTPStatus.CONFLICT
    assert "Das Beauftragte liegt noch nicht vor" in early.text
    page = await step(karin, page, "fortschritt", text="Alle sind gefragt.")
    assert "Bericht 1" in page.text
    page = await step(karin, page, "erinnern")
    unreasoned = await step(karin, page, "frist", due=DUE.isoformat(), reason="Ferien.")
    assert unreasoned.status == HTTPStatus.CONFLICT
    assert 'id="frist-due-fehler"' in unreasoned.response.text
    action = f"{page.path}/schritt/frist"
    assert unreasoned.form(action).fields["frist-reason"] == ["Ferien."]
    later = DUE + timedelta(days=30)
    page = await step(karin, unreasoned, "frist", due=later.isoformat())
    assert "beschlossen: " in page.text
    page = await step(karin, page, "zustaendigkeit", owner="ihk", reason="Zuständigkeit.")
    assert "beschlossen: Jobcenter" in page.text
    assert "Zuständigkeit" in page.text
    group = await karin.send(page, f"{page.path}/arbeitsgruppe")
    assert group.path.startswith("/steuerung/arbeitsgruppen/")
    page = await karin.open(page.path)
    assert group.path in page.links
    page = await step(karin, page, "erfuellt", outcome="Die Arbeitsgruppe hat sich getroffen.")
    assert "Der Auftrag ist erfüllt" in page.text
    page = await step(karin, page, "wieder-aufnehmen", due=DUE.isoformat(), reason="Irrtum.")
    assert "kümmert sich darum bis" in page.text
    assert f"/revision/vorgang/{page.path.rpartition('/')[2]}" in page.links
    assert f"/steuerung/spur/resolution/{page.path.rpartition('/')[2]}" in page.links


@pytest.mark.usefixtures("group")
async def test_the_owner_reports_on_their_mandate_and_others_do_not_see_it(
    stack: Stack, karin: Visitor
) -> None:
    here = (await follow_up_of_group(stack, karin)).path
    owner = await visitor_of(stack, "jobcenter")
    assert here in (await owner.open("/aufgaben")).links
    listed = await owner.open(LIST)
    assert here in listed.links
    assert NEW not in listed.links
    page = await owner.open(here)
    offered = {form.action for form in page.forms if form.method == "post"}
    assert offered == {"/abmelden", "/sprache", f"{here}/schritt/fortschritt"}
    nothing = await step(owner, page, "fortschritt", text="")
    assert nothing.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="fortschritt-text-fehler"' in nothing.response.text
    page = await step(owner, page, "fortschritt", text="Wir haben eingeladen.")
    assert (page.path, "Wir haben eingeladen." in page.text) == (here, True)
    assert (await owner.ask(NEW)).status == HTTPStatus.FORBIDDEN
    other = await visitor_of(stack, "agentur")
    assert (await other.ask(here)).status == HTTPStatus.FORBIDDEN
    assert (await other.open(LIST)).headline == "Es ist noch kein Beschluss festgehalten"
    college = await visitor_of(stack, "berufskolleg")
    assert LIST not in (await college.open("/steuerung")).links
    for key in ("fallmanagement", "revision"):
        reader = await visitor_of(stack, key)
        page = await reader.open(here)
        assert {form.action for form in page.forms if form.method == "post"} <= {
            "/abmelden",
            "/sprache",
        }
    member = await visitor_with(stack, await appoint_account(stack, Role.STEERING_MEMBER, "ihk"))
    assert "Wir haben eingeladen." in (await member.open(here)).text


@pytest.mark.usefixtures("group")
async def test_a_letter_is_drafted_recorded_and_downloaded(karin: Visitor) -> None:
    page = await passed(
        karin,
        2,
        "report-to-ministry",
        need="Im ganzen Land fehlen Kurse.",
        owner="kim-koordinierung",
        due=DUE.isoformat(),
    )
    here = page.path
    assert {f"{here}/brief.pdf", f"{here}/brief.docx"} <= set(page.links)
    prefilled = page.form(f"{here}/schritt/brief").fields
    assert prefilled["brief-text"] == ["Im ganzen Land fehlen Kurse."]
    early = await step(karin, page, "brief", addressee="Ministerium", sent_on="2020-01-01")
    assert 'id="brief-sent_on-fehler"' in early.response.text
    page = await step(karin, early, "brief", sent_on=TODAY.isoformat())
    assert "Schreiben an Ministerium" in page.text
    paper = await karin.ask(f"{here}/brief.pdf?nummer=1")
    assert paper.response.headers["content-type"] == PDF
    assert "attachment" in paper.response.headers["content-disposition"]
    document = await karin.ask(f"{here}/brief.docx?nummer=1")
    assert document.response.headers["content-type"] == WORD
    assert (await karin.ask(f"{here}/brief.pdf?nummer=2")).status == HTTPStatus.NOT_FOUND
    page = await step(karin, page, "erfuellt")
    assert "Der Auftrag ist erfüllt" in page.text


async def test_a_later_resolution_revokes_an_earlier_and_a_void_vote_annuls(
    stack: Stack, group: SteeringGroup, karin: Visitor
) -> None:
    earlier = (await follow_up_of_group(stack, karin)).path
    day = TODAY - timedelta(days=2)
    ending = proposal("Aufhebung", "Die Arbeitsgruppe unterbleibt.")
    void = proposal("Zählung", "Es wird gezählt.")
    session = await group.prepare("2026-2", day, ending, void)
    await group.meet(session, day)
    for item in (ending, void):
        await group.vote(session, day, item.item)
    await stack.runtime.read_models.reached(await stack.head())
    form = await karin.open(f"{NEW}?sitzung={session}&abstimmung=1&art=revoke-resolution")
    revoking = await karin.send(form, NEW, resolution=earlier.rpartition("/")[2])
    assert earlier in revoking.links
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(earlier)
    page = await step(karin, page, "aufheben", revoking=revoking.path.rpartition("/")[2])
    assert "Dieser Beschluss ist aufgehoben" in page.text
    assert revoking.path in page.links
    form = await karin.open(f"{NEW}?sitzung={session}&abstimmung=2&art=take-note")
    noted = await karin.send(form, NEW)
    assert f"{noted.path}/schritt/hinfaellig" not in {form.action for form in noted.forms}
    await group.annul(session, day, 2)
    page = await step(karin, await karin.open(noted.path), "hinfaellig", reason="Verzählt.")
    assert "Dieser Beschluss ist hinfällig" in page.text


async def test_a_later_session_is_shown_what_became_of_it(
    stack: Stack, group: SteeringGroup, karin: Visitor
) -> None:
    here = (await follow_up_of_group(stack, karin)).path
    session = await group.prepare("2026-2", TODAY + timedelta(days=60))
    await stack.runtime.read_models.reached(await stack.head())
    page = await karin.open(f"/steuerung/sitzungen/{session}")
    assert "Was aus den Beschlüssen wurde" in page.text
    assert here in page.links
    page = await karin.send(page, f"{here}/gezeigt")
    assert page.path == f"/steuerung/sitzungen/{session}"
    assert "In dieser Sitzung gezeigt mit dem Stand: offen" in page.text
    assert f"{here}/gezeigt" not in {form.action for form in page.forms}
    page = await karin.open(here)
    assert "Gezeigt in" in page.text
    assert f"/steuerung/sitzungen/{session}" in page.links


@pytest.mark.usefixtures("group")
async def test_what_is_overdue_is_said_first(stack: Stack, karin: Visitor) -> None:
    page = await passed(karin, 1, "commission", owner="jobcenter", due=YESTERDAY.isoformat())
    await stack.runtime.read_models.reached(await stack.head())
    await passed(karin, 2, "commission", owner="ihk", due=DUE.isoformat())
    late = DeclareMandateOverdue(resolution=UUID(page.path.rpartition("/")[2]))
    order = Order(
        command=late,
        command_id=uuid4(),
        principal=process("resolution"),
        at=datetime.now(UTC),
        correlation="test",
    )
    await stack.runtime.desk.handle(order)
    await stack.runtime.read_models.reached(await stack.head())
    listed = await karin.open(LIST)
    assert listed.headline == "1 Auftrag ist überfällig"
    open_ones = [link for link in listed.links if link.startswith(f"{LIST}/") and link != NEW]
    assert open_ones[0] == page.path
    assert "Der Auftrag ist überfällig" in (await karin.open(page.path)).text


@pytest.mark.usefixtures("group")
async def test_the_pages_of_resolutions_speak_english_too(stack: Stack, karin: Visitor) -> None:
    here = (await follow_up_of_group(stack, karin)).path
    reader = await visitor_of(stack, "revision", language="en")
    assert (await reader.open(LIST)).headline == "1 mandate is running"
    assert "establish a working group" in (await reader.open(here)).text


async def test_the_adoption_of_a_concept_leads_to_it(
    stack: Stack, group: SteeringGroup, karin: Visitor
) -> None:
    opening = {"municipality": "05774020", "edition": "2025"}
    concept = recorded(await stack.koordination.post("/concepts", opening))["id"]
    day = TODAY - timedelta(days=2)
    adoption = proposal("Konzept für Delbrück", "Es wird verabschiedet.", about=[UUID(concept)])
    session = await group.prepare("2026-2", day, adoption)
    await group.meet(session, day)
    await group.vote(session, day, adoption.item)
    await stack.runtime.read_models.reached(await stack.head())
    form = await karin.open(f"{NEW}?sitzung={session}&abstimmung=1&art=adopt-concept")
    assert form.form(NEW).fields["concept"] == [concept], "the item is about it"
    page = await karin.send(form, NEW, due=DUE.isoformat())
    assert "Delbrück 2025" in page.text
    assert f"/konzepte/{concept}" in page.links
