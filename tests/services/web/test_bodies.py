"""Bodies at the pages: established, seated, given rules, read by members, named in public."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from tests.support.days import in_days
from tests.support.reading import Visitor, visitor_of, visitor_with
from tests.support.stack import Stack
from tests.support.steering import BODY, FOUNDED, Member, appointed, established, member, seated
from tests.support.steering_log import SteeringLog

BODIES = "/steuerung/gremien"
ONE = f"{BODIES}/{BODY}"


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


async def named(stack: Stack, person: Member) -> Visitor:
    return await visitor_with(stack, UUID(person.account))


async def test_the_coordinator_establishes_a_body_gives_it_a_seat_a_person_and_rules(
    stack: Stack, karin: Visitor
) -> None:
    dora, emil = await member(stack, "Dora"), await member(stack, "Emil")
    empty = await karin.open(BODIES)
    assert empty.headline == "Es ist noch kein Gremium eingerichtet"
    assert BODIES in (await karin.open("/steuerung")).links
    page = await karin.send(empty, BODIES, title="Beirat für Übergänge", since="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert 'id="since-fehler"' in page.response.text
    assert page.form(BODIES).fields["title"] == ["Beirat für Übergänge"]
    page = await karin.send(page, BODIES, since=FOUNDED)
    here = f"{BODIES}/beirat-fuer-uebergaenge"
    assert (page.path, page.headline) == (here, "Beirat für Übergänge hat heute keine Sitze")

    seats, seat = f"{here}/sitze", f"{here}/sitze/jobcenter"
    page = await karin.send(page, seats, organisation="jobcenter", kind="member", since=FOUNDED)
    assert page.headline == "Jobcenter Kreis Paderborn: Der Sitz ist unbesetzt"
    typed = {"person": dora.account, "capacity": "holder", "since": FOUNDED}
    page = await karin.send(page, f"{seat}/benennen", **typed)
    assert page.headline == "Jobcenter Kreis Paderborn: Dora nimmt den Sitz wahr"
    page = await karin.send(page, f"{seat}/benennen", **{**typed, "person": emil.account})
    assert page.status == HTTPStatus.CONFLICT, "it has a holder"
    assert page.form(f"{seat}/benennen").fields["person"] == [emil.account]
    page = await karin.send(page, f"{seat}/benennen", capacity="deputy", until="2022-06-30")
    assert "1 frühere Benennung" in page.text
    yesterday = in_days(-1).isoformat()
    page = await karin.send(page, f"{seat}/benennung-beenden", appointed_until="morgen")
    assert 'id="appointed_until-fehler"' in page.response.text
    page = await karin.send(page, f"{seat}/benennung-beenden", appointed_until=yesterday)
    assert page.headline == "Jobcenter Kreis Paderborn: Der Sitz ist unbesetzt"

    rules = f"{here}/regeln"
    page = await karin.open(rules)
    page = await karin.send(page, rules, valid_from=FOUNDED, invitation_days="bald", basis="")
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="invitation_days-fehler"' in page.response.text
    assert page.form(rules).fields["invitation_days"] == ["bald"]
    typed = {"invitation_days": "10", "invitation_unit": "working", "circular_days": "7"}
    page = await karin.send(page, rules, basis="Geschäftsordnung", **typed)
    assert page.headline == "Beirat für Übergänge: 0 von 1 Sitzen sind besetzt"
    assert "Einladung spätestens 10 Arbeitstage vorher" in page.text
    assert "Abstimmung im Umlauf: 7 Tage" in page.text


async def test_a_body_is_renamed_and_an_organisation_gets_a_second_seat_that_ends(
    stack: Stack, karin: Visitor
) -> None:
    await established(stack, {"jobcenter": await member(stack, "Dora")})
    here, seat = ONE, f"{ONE}/sitze/jobcenter"
    seats = f"{here}/sitze"
    yesterday = in_days(-1).isoformat()
    page = await karin.open(here)
    before = await karin.open(here)
    second = await karin.send(page, seats, organisation="jobcenter", kind="guest", since=FOUNDED)
    assert second.path == f"{seat}-2"
    assert second.headline == "Jobcenter Kreis Paderborn (jobcenter-2): Der Sitz ist unbesetzt"
    ended = await karin.send(second, f"{seat}-2/beenden", seat_until=yesterday, reason="")
    assert 'id="reason-fehler"' in ended.response.text
    ended = await karin.send(ended, f"{seat}-2/beenden", reason="Doppelt.")
    assert "Der Sitz bestand bis" in ended.headline
    page = await karin.send(before, f"{here}/umbenennen", title="Beirat")
    assert page.status == HTTPStatus.PRECONDITION_FAILED, "somebody created a seat meanwhile"
    assert page.form(f"{here}/umbenennen").fields["title"] == ["Beirat"]
    page = await karin.send(await karin.open(here), f"{here}/umbenennen", title="Beirat")
    assert page.headline == "Beirat: Der einzige Sitz ist besetzt"
    assert "1 früherer oder künftiger Sitz" in page.text


async def test_new_rules_come_from_their_day_and_are_replaced_before_it(
    stack: Stack, karin: Visitor
) -> None:
    await established(stack, {"jobcenter": await member(stack, "Dora")})
    soon = in_days(30).isoformat()
    rules = f"{ONE}/regeln"
    page = await karin.open(rules)
    form = page.form(rules)
    assert form.fields["quorum"] == ["more"], "the form begins with what holds today"
    assert form.fields["urgent_invitation_unit"] == ["working"]
    assert form.fields["valid_from"] == [""]
    numbered = {"quorum": "number", "quorum_seats": "3", "majority": "consensus"}
    page = await karin.send(page, rules, valid_from=soon, basis="Beschluss 4", **numbered)
    assert f"gilt ab {date.fromisoformat(soon):%d.%m.%Y}" in page.text
    assert "gilt heute, seit 17.05.2022" in page.text
    assert f"{rules}?ausgabe=2" in page.links
    page = await karin.open(f"{rules}?ausgabe=2")
    assert page.form(rules).fields["quorum_seats"] == ["3"]
    assert page.form(rules).fields["valid_from"] == [soon]
    page = await karin.send(page, rules, quorum_seats="2", basis="Beschluss 5")
    assert "ersetzt, bevor sie ab" in page.text
    early = await karin.open(rules)
    early = await karin.send(early, rules, valid_from="2022-06-01", basis="Irrtum")
    assert early.status == HTTPStatus.CONFLICT
    assert early.form(rules).fields["basis"] == ["Irrtum"]
    administrator = await visitor_of(stack, "verwaltung")
    assert rules not in (await administrator.open(ONE)).links
    assert (await administrator.ask(rules)).status == HTTPStatus.FORBIDDEN


async def test_a_member_reads_their_bodies_and_decides_on_being_named(stack: Stack) -> None:
    dora, emil = await member(stack, "Dora"), await member(stack, "Emil")
    await established(stack, {"jobcenter": dora})
    await appointed(stack, "jobcenter", emil, "deputy")
    await SteeringLog(stack.runtime.store).schedule(datetime.now(UTC) + timedelta(days=30))
    await stack.runtime.read_models.reached(await stack.head())
    visitor = await named(stack, dora)
    page = await visitor.open(BODIES)
    assert page.headline == "1 Gremium, alle Sitze besetzt"
    assert ONE in page.links
    assert "Beschlussfähig, wenn mehr als 1/2 der stimmberechtigten Sitze" in page.text
    page = await visitor.open(ONE)
    assert "Lenkungsgruppe KIM: Der einzige Sitz ist besetzt" in page.headline
    assert "Emil" in page.text
    allow, withdraw = f"{ONE}/nennung/zustimmen", f"{ONE}/nennung/zuruecknehmen"
    own = {form.action for form in page.forms if form.action.startswith(BODIES)}
    assert own == {allow}, "who sits where is for others to record"
    assert "Verlauf" not in page.text
    page = await visitor.send(page, allow)
    assert "mit Ihrem Namen genannt" in page.text
    page = await visitor.send(page, withdraw)
    assert page.form(allow)
    await visitor.open(f"{ONE}/sitze/jobcenter")
    assert (await visitor.ask(f"{ONE}/sitze/keiner")).status == HTTPStatus.NOT_FOUND

    stranger = await named(stack, await member(stack, "Sina"))
    assert (await stranger.open(BODIES)).headline == "Sie sitzen heute in keinem Gremium"
    assert (await stranger.ask(ONE)).status == HTTPStatus.FORBIDDEN
    case_manager = await visitor_of(stack, "fallmanagement")
    assert BODIES not in (await case_manager.open("/steuerung")).links
    assert (await case_manager.ask(BODIES)).status == HTTPStatus.FORBIDDEN


async def test_the_record_names_seats_by_their_organisations(stack: Stack) -> None:
    dora, emil = await member(stack, "Dora"), await member(stack, "Emil")
    await established(stack, {"jobcenter": dora})
    await seated(stack, "agentur", emil, "guest")
    await stack.runtime.read_models.reached(await stack.head())
    auditor = await visitor_of(stack, "revision")
    page = await auditor.open(ONE)
    assert "Emil für den Sitz „Agentur für Arbeit Paderborn“ benannt" in page.text
    assert {form.action for form in page.forms if form.method == "post"} == {
        "/abmelden",
        "/sprache",
    }
    english = await visitor_of(stack, "koordination", language="en")
    assert (await english.open(BODIES)).headline == "1 body, all seats taken"
    assert "all seats are taken" in (await english.open(ONE)).headline
    assert "is on it" in (await english.open(ONE)).text
