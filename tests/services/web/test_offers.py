"""Course offers at the pages: entered, confirmed, changed, withdrawn, read in from a list."""

from base64 import b64encode
from http import HTTPStatus
from uuid import uuid4

import pytest

from tests.support.course_lists import course_list, iso, line
from tests.support.reading import Visitor, visitor_of
from tests.support.stack import Stack

LIST = "/meldungen/angebote"
NEW = f"{LIST}/neu"
TAKE = f"{LIST}/einlesen"


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


async def test_a_course_is_entered_changed_confirmed_and_withdrawn(karin: Visitor) -> None:
    provider = f"Träger {uuid4()}"
    page = await karin.open(NEW)
    typed = {
        "course_type": "job-bsk",
        "provider": provider,
        "starts_on": iso(60),
        "weekdays": ["2", "4"],
        "begins": "17:30",
        "ends": "20:00",
        "seats": "15",
        "booked": "16",
        "price": "2,56",
    }
    page = await karin.send(page, NEW, **typed)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="booked-fehler"' in page.response.text
    assert page.form(NEW).fields["weekdays"] == ["2", "4"]
    page = await karin.send(page, NEW, booked="11")
    one = page.path
    assert page.headline.startswith("Job-Berufssprachkurs (Job-BSK), Beginn ")
    for told in ("aktuell", "Dienstag, Donnerstag 17:30–20:00", "4 von 15 frei", "2,56 Euro"):
        assert told in page.text
    assert provider in (await karin.open(LIST)).text
    change = await karin.open(f"{one}/aendern")
    assert change.form(f"{one}/aendern").fields["price"] == ["2,56"]
    page = await karin.send(change, f"{one}/aendern", booked="15")
    assert "ausgebucht" in page.text
    page = await karin.send(page, f"{one}/bestaetigen")
    assert page.status == HTTPStatus.OK
    page = await karin.send(page, f"{one}/herausnehmen", reason="Der Kurs fällt aus.")
    assert "herausgenommen: Der Kurs fällt aus." in page.text
    assert f"{one}/aendern" not in page.links


async def test_a_list_is_looked_at_before_it_is_taken_in(stack: Stack, karin: Visitor) -> None:
    good, bad = uuid4().hex[:8], uuid4().hex[:8]
    before = await stack.head()
    page = await karin.open(TAKE)
    content = b64encode(course_list(line(good), line(bad, booked="viele"))).decode()
    page = await karin.send(page, TAKE, source="kursnet", inhalt=content)
    assert page.headline.startswith("Noch nichts gespeichert: 1 Fehler in der Liste.")
    assert "Zelle F3: „viele“ ist nicht zu verstehen." in page.text
    assert await stack.head() == before
    refused = await karin.send(page, TAKE)
    assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
    page = await karin.send(page, TAKE, only_clean="1")
    assert page.path == LIST
    assert "Festgehalten als Eintrag" in page.text
    unreadable = await karin.send(await karin.open(TAKE), TAKE, inhalt="")
    assert unreadable.headline.startswith("Noch nichts gespeichert")


async def test_members_read_offers_and_types_and_enter_those_of_their_own_organisation(
    stack: Stack,
) -> None:
    jana = await visitor_of(stack, "jobcenter")
    page = await jana.open(LIST)
    assert page.status == HTTPStatus.OK
    assert NEW in page.links
    assert f"{LIST}/einlesen" not in page.links
    types = await jana.open("/meldungen/kursarten")
    assert "Job-Berufssprachkurs (Job-BSK)" in types.text
    assert "derzeit nicht" in types.text
    exported = await jana.open(f"{LIST}/angebote.csv")
    assert exported.response.headers["content-type"].startswith("text/csv")
    form = await jana.open(NEW)
    refused = await jana.send(form, NEW, course_type="job-bsk", provider="x", starts_on=iso(60))
    assert refused.status == HTTPStatus.FORBIDDEN
    name = next(
        one["name"]
        for one in await stack.jobcenter.read("/organisations")
        if one["key"] == "jobcenter"
    )
    form = await jana.open(NEW)
    entered = await jana.send(form, NEW, course_type="job-bsk", provider=name, starts_on=iso(60))
    assert entered.status == HTTPStatus.OK
    assert "Angebot bestätigen" in entered.text
