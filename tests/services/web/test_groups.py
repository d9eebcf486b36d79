"""Working groups at the pages: established, met, agreed, fulfilled, reported, dissolved."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.kernel import Role
from domain.steering.mandate import DissolutionMandate, GroupMandate
from services.web.assessments.viewer import ZONE, present_year
from tests.domain.steering.session_example import SCHEDULED
from tests.support.appointing import appoint_account
from tests.support.assessing import announcement, approve_instrument, coming_school_year
from tests.support.groups import record, resolve
from tests.support.http import recorded
from tests.support.reading import Page, Visitor, visitor_of, visitor_with
from tests.support.stack import Stack

GROUPS = "/steuerung/arbeitsgruppen"
ESTABLISH = f"{GROUPS}/einrichten"
COLLEGE = "richard-von-weizsaecker-berufskolleg"
LEAD, GUEST = "jobcenter", "agentur"
TITLE = "Sprache in der Ausbildung"
ASSESSMENT = "Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen."
MANDATE = GroupMandate(
    title=TITLE,
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    members=(COLLEGE, "ihk"),
    guests=(GUEST,),
)
OURS = {"/abmelden", "/sprache"}
"""Forms that stand on every page."""


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


@pytest.fixture
async def lead(stack: Stack) -> Visitor:
    """A member of the organisation that leads the group."""
    return await visitor_of(stack, LEAD)


def typed(moment: datetime) -> str:
    """As a field for day and time holds it."""
    return moment.astimezone(ZONE).strftime("%Y-%m-%dT%H:%M")


def in_days(count: int) -> datetime:
    return datetime.now(UTC) + timedelta(days=count)


async def resolved(stack: Stack) -> UUID:
    """The steering group resolved some days ago that there is to be a group."""
    resolution = await resolve(stack.runtime, MANDATE, in_days(-5), owner=LEAD)
    await stack.runtime.read_models.reached(await stack.head())
    return resolution


async def established(stack: Stack) -> str:
    """The address of a group that began some days ago, led by the jobcenter."""
    body = {"resolution": str(await resolved(stack))}
    group = recorded(await stack.koordination.post("/working-groups", body))
    await stack.runtime.read_models.reached(group["position"])
    return f"{GROUPS}/{group['id']}"


async def session_to_come(stack: Stack) -> UUID:
    session = uuid4()
    event = SCHEDULED.__class__(
        session=session,
        body=SCHEDULED.body,
        key="naechste",
        title="Nächste Sitzung",
        kind=SCHEDULED.kind,
        starts_at=in_days(60),
    )
    await record(stack.runtime, session, event, at=datetime.now(UTC))
    await stack.runtime.read_models.reached(await stack.head())
    return session


async def step(who: Visitor, page: Page, name: str, **fields: str | Sequence[str]) -> Page:
    """Fill in the form of this step, whose fields begin with its name, and send it."""
    filled = {f"{name}-{field}": value for field, value in fields.items()}
    return await who.send(page, f"{page.path.partition('/schritt/')[0]}/schritt/{name}", **filled)


async def met(who: Visitor, group: str) -> Page:
    """The group has met yesterday; the page of that meeting."""
    page = await who.open(group)
    page = await step(
        who,
        page,
        "nachtragen",
        held_at=typed(in_days(-1)),
        attended=[COLLEGE, GUEST],
        summary="Alle waren sich einig.",
    )
    assert page.status == HTTPStatus.OK, page.text
    return await who.open(f"{group}/treffen/1")


async def agreed(who: Visitor, group: str, owner: str = COLLEGE) -> Page:
    """In a meeting yesterday; the page of the agreement."""
    page = await met(who, group)
    due = in_days(40).date().isoformat()
    page = await step(who, page, "vereinbaren", text=ASSESSMENT, owner=owner, due=due)
    assert page.status == HTTPStatus.OK, page.text
    return await who.open(f"{group}/vereinbarungen/1")


async def test_a_resolution_becomes_a_group_which_the_coordination_arranges(
    stack: Stack, karin: Visitor
) -> None:
    empty = await karin.open(GROUPS)
    assert empty.headline == "Im Augenblick arbeitet keine Arbeitsgruppe"
    assert "Eine Arbeitsgruppe beginnt mit einem Beschluss" in empty.text
    resolution = await resolved(stack)
    listed = await karin.open(GROUPS)
    assert f"/steuerung/beschluesse/{resolution}" in listed.links
    page = await karin.send(listed, ESTABLISH)
    group = page.path
    assert page.headline == f"{TITLE}: Es ist kein Treffen einberufen"
    assert MANDATE.purpose in page.text
    assert f"/steuerung/beschluesse/{resolution}" in page.links

    page = await step(karin, page, "planen", school_year=present_year(), meetings="3")
    assert "0 von 3 geplanten Treffen durchgeführt" in page.text
    page = await step(karin, page, "aufnehmen", organisation="hwk", part="guest", reason="")
    assert "Handwerkskammer" in page.text
    page = await step(karin, page, "ausscheiden", organisation="hwk", reason="")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="ausscheiden-reason-fehler"' in page.response.text
    until = in_days(-9).date().isoformat()
    page = await step(karin, page, "ausscheiden", until=until, reason="Ein Versehen.")
    assert "irrtümlich eingetragen" in page.text
    page = await step(karin, page, "veroeffentlichen")
    assert f"/oparl/v1.1/organization/{group.rpartition('/')[2]}" in page.links
    page = await step(karin, page, "verbergen", reason="Ein Irrtum.")
    assert "Als offene Daten veröffentlichen" in page.text
    page = await step(karin, page, "federfuehrung", lead="ihk", reason="Ein Wechsel.")
    assert "Federführung" in page.text
    assert "Begründung: Ein Wechsel." in page.text, "the history tells"
    listed = await karin.open(GROUPS)
    assert listed.headline == "1 Arbeitsgruppe arbeitet"
    assert "2 Mitglieder, 1 Gast" in listed.text
    assert "0 von 3 geplanten" in listed.text
    assert group in listed.links
    assert not [form for form in listed.forms if form.action == ESTABLISH]


async def test_the_lead_calls_moves_and_records_meetings(stack: Stack, lead: Visitor) -> None:
    group = await established(stack)
    overview = await lead.open("/steuerung")
    assert GROUPS in overview.links
    page = await lead.open(group)
    actions = {form.action for form in page.forms}
    assert f"{group}/schritt/einberufen" in actions
    assert f"{group}/schritt/aufnehmen" not in actions, "that is for the coordination"
    past = typed(in_days(-3))
    page = await step(lead, page, "einberufen", starts_at=past, place="Kreishaus")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = page.form(f"{group}/schritt/einberufen").fields
    assert (kept["einberufen-starts_at"], kept["einberufen-place"]) == ([past], ["Kreishaus"])
    page = await step(lead, page, "einberufen", starts_at=typed(in_days(9)))
    assert page.headline.startswith(f"{TITLE}: Das nächste Treffen ist am ")

    here = f"{group}/treffen/1"
    page = await lead.open(here)
    page = await step(lead, page, "verlegen", starts_at=typed(in_days(12)), reason="Ferien.")
    page = await step(lead, page, "absagen", reason="Niemand kann.")
    assert page.headline == "Treffen 1 ist abgesagt"
    page = await lead.open(group)
    page = await step(
        lead, page, "nachtragen", held_at=typed(in_days(-1)), attended=[], summary="Einig."
    )
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="nachtragen-attended-fehler"' in page.response.text
    assert page.form(f"{group}/schritt/nachtragen").fields["nachtragen-summary"] == ["Einig."]
    page = await step(lead, page, "nachtragen", attended=[COLLEGE])
    assert "nicht einberufen war" in page.text
    page = await lead.open(f"{group}/treffen/2")
    assert "Treffen 2 fand am" in page.headline
    page = await step(
        lead,
        page,
        "berichtigen",
        attended=[COLLEGE, "ihk"],
        summary="Fast einig.",
        reason="Genauer.",
    )
    assert "Fast einig." in page.text
    page = await step(lead, page, "zuruecknehmen", reason="Es fiel aus.")
    assert page.headline == "Treffen 2 fand nicht statt"
    assert (await lead.ask(f"{group}/treffen/9")).status == HTTPStatus.NOT_FOUND


async def test_an_agreement_leads_to_an_assessment_round_and_is_found_from_it(
    stack: Stack, karin: Visitor, lead: Visitor
) -> None:
    group = await established(stack)
    page = await agreed(lead, group)
    assert "ist bis" in page.headline
    await approve_instrument(stack.runtime)
    year = coming_school_year(datetime.now(UTC))
    body = announcement(year, (COLLEGE,))
    round_id = recorded(await stack.koordination.post("/rounds", body))["id"]
    await stack.runtime.read_models.reached(await stack.head())

    page = await karin.open(page.path)
    chosen = f"assessment-round/{round_id}"
    page = await step(karin, page, "verknuepfen", consequence=chosen)
    led_to = f"/erhebungen/runden/{round_id}"
    assert led_to in page.links
    assert page.path in (await karin.open(led_to)).links
    college = await visitor_of(stack, "berufskolleg")
    seen = await college.open(page.path)
    assert f"{led_to}/kolleg" in seen.links
    assert (await college.open(f"{led_to}/kolleg")).status == HTTPStatus.OK
    page = await step(karin, page, "trennen", reason="Die falsche Erhebung.")
    assert led_to not in page.links

    page = await step(karin, page, "verlaengern", due="", reason="Die Ferien.")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    kept = page.form(f"{page.path.partition('/schritt/')[0]}/schritt/verlaengern").fields
    assert kept["verlaengern-reason"] == ["Die Ferien."]
    page = await step(karin, page, "verlaengern", due=in_days(90).date().isoformat())
    assert "Ursprünglich bis" in page.text
    page = await step(karin, page, "erinnern")
    page = await step(karin, page, "erfuellen", outcome="Die Erhebung läuft.")
    assert page.headline == "Vereinbarung 1 ist erfüllt"
    later = in_days(50).date().isoformat()
    page = await step(karin, page, "wieder-oeffnen", due=later, reason="Doch nicht überall.")
    page = await step(karin, page, "fallenlassen", reason="Es geht anders.")
    assert page.headline == "Vereinbarung 1 ist fallen gelassen"
    assert "Es geht anders." in (await karin.open(group)).text or page.text


async def test_who_is_in_the_group_reads_it_and_fulfils_what_is_theirs(
    stack: Stack, lead: Visitor
) -> None:
    group = await established(stack)
    agreement = (await agreed(lead, group)).path
    college, guest = await visitor_of(stack, "berufskolleg"), await visitor_of(stack, GUEST)
    assert group in (await college.open(GROUPS)).links
    page = await college.open(group)
    assert {form.action for form in page.forms if form.method == "post"} <= OURS
    seen = await guest.open(agreement)
    assert {form.action for form in seen.forms if form.method == "post"} <= OURS
    assert agreement in (await college.open("/aufgaben")).links
    page = await college.open(agreement)
    steps = {form.action for form in page.forms if "/schritt/" in form.action}
    assert steps == {f"{agreement}/schritt/erfuellen"}
    page = await step(college, page, "erfuellen", outcome="Die Erhebung läuft.")
    assert page.headline == "Vereinbarung 1 ist erfüllt"
    assert "Die Erhebung läuft." in page.text

    outsider = await visitor_of(stack, "auslaenderbehoerde")
    assert (await outsider.open(GROUPS)).headline == "Im Augenblick arbeitet keine Arbeitsgruppe"
    for path in (group, agreement, f"{group}/treffen/1"):
        assert (await outsider.ask(path)).status == HTTPStatus.FORBIDDEN
    expert = await visitor_of(stack, "fachgruppe")
    assert (await expert.ask(GROUPS)).status == HTTPStatus.FORBIDDEN
    of_body = await appoint_account(stack, Role.STEERING_MEMBER, "kim-koordinierung")
    reader = await visitor_with(stack, of_body)
    for path in (GROUPS, group, agreement, f"{group}/treffen/1"):
        page = await reader.open(path)
        assert {form.action for form in page.forms if form.method == "post"} <= OURS
    english = await visitor_of(stack, "revision", language="en")
    assert (await english.open(GROUPS)).headline == "1 working group is at work"
    assert "Meeting 1 took place" in (await english.open(f"{group}/treffen/1")).headline
    assert "is fulfilled" in (await english.open(agreement)).headline


async def test_a_group_reports_to_its_body_until_a_resolution_dissolves_it(
    stack: Stack, karin: Visitor, lead: Visitor
) -> None:
    group = await established(stack)
    await session_to_come(stack)
    page = await lead.open(group)
    page = await step(lead, page, "berichten", text="")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    page = await step(lead, page, "berichten", text="Wir haben begonnen.")
    assert "Wir haben begonnen." in page.text
    assert "Nächste Sitzung" in page.text
    page = await karin.open(group)
    assert "Ein solcher Beschluss liegt nicht vor." in page.text
    ending = DissolutionMandate(group=UUID(group.rpartition("/")[2]))
    await resolve(stack.runtime, ending, in_days(-1))
    await stack.runtime.read_models.reached(await stack.head())
    page = await step(karin, await karin.open(group), "aufloesen")
    assert f"{TITLE}: aufgelöst am" in page.headline
    steps = {form.action for form in page.forms if "/schritt/" in form.action}
    assert steps == {f"{group}/schritt/veroeffentlichen"}, "what is public is decided at any time"
    listed = await karin.open(GROUPS)
    assert "Aufgelöste Arbeitsgruppen" in listed.text
    assert group in listed.links
