"""Goals at the pages: set, counted, warned of, changed, dropped, closed and opened again."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from services.web.assessments.viewer import present_year
from tests.support.reading import Visitor, visitor_of
from tests.support.stack import Stack
from tests.support.steering_log import BODY, SteeringLog

YEARS = "/steuerung/ziele"
THIS = f"{YEARS}/{present_year().replace('/', '-')}"
OVER = f"{YEARS}/2024-25"
TEXT = "Die Lenkungsgruppe KIM hat zweimal getagt."
SESSIONS = f"session-held/{BODY}"
KEY = "die-lenkungsgruppe-kim-hat-zweimal-getagt"
READS_ONLY = {"/abmelden", "/sprache"}


@pytest.fixture
async def log(stack: Stack) -> SteeringLog:
    log = SteeringLog(stack.runtime.store)
    await log.establish()
    return log


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


async def test_a_goal_is_set_counted_warned_of_changed_and_dropped(
    log: SteeringLog, karin: Visitor
) -> None:
    overview = await karin.open("/steuerung")
    assert YEARS in overview.links
    empty = await karin.open(YEARS)
    assert empty.headline == f"Für das Schuljahr {present_year()} sind noch keine Ziele festgelegt"
    assert f"{THIS}/neu" in empty.links

    page = await karin.open(f"{THIS}/neu")
    page = await karin.send(page, f"{THIS}/neu", text=TEXT)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert page.form(f"{THIS}/neu").fields["text"] == [TEXT]
    typed = {"counts-0": SESSIONS, "at_least-0": "2", "lead_days-0": "900", "due-0": ""}
    page = await karin.send(page, f"{THIS}/neu", **typed)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="lead_days-0-fehler"' in page.response.text
    assert page.form(f"{THIS}/neu").fields["counts-0"] == [SESSIONS]
    more = await karin.send(page, f"{THIS}/neu", mehr="1", **{"lead_days-0": "366"})
    assert "counts-1" in more.form(f"{THIS}/neu").fields
    page = await karin.send(more, f"{THIS}/neu", told="resolution-passed")
    assert page.path == THIS
    assert page.headline == f"0 von 1 Ziel des Schuljahres {present_year()} sind erreicht"
    assert "abgehaltene Sitzungen (Lenkungsgruppe KIM): 0 von 2" in page.text
    assert "1 Zielwert verlangt Aufmerksamkeit" in page.text
    assert "nicht mehr erreichbar" in page.text
    assert "Dazu erzählt der Bericht: gefasste Beschlüsse (0)" in page.text

    page = await karin.send(page, f"{THIS}/schritt/zaehlen")
    assert "Zielwert „session-held-lenkungsgruppe-kim“" in page.text, "what changed is recorded"
    session = await log.schedule(datetime.now(UTC))
    position = await log.hold(session, datetime.now(UTC))
    page = await karin.open(THIS)
    assert "1 von 2" in page.text
    assert f"/steuerung/sitzungen/{session}" in page.links
    assert f"/revision/vorgang/{session}?position={position}" in page.links

    change = f"{THIS}/ziel/{KEY}"
    page = await karin.open(change)
    assert page.form(change).fields["at_least-0"] == ["2"]
    page = await karin.send(page, change, **{"at_least-0": "1"}, reason="")
    assert page.status >= HTTPStatus.BAD_REQUEST
    assert page.form(change).fields["at_least-0"] == ["1"]
    page = await karin.send(page, change, reason="Die zweite entfällt.")
    assert page.headline == f"1 von 1 Ziel des Schuljahres {present_year()} ist erreicht"
    listed = await karin.open(YEARS)
    assert listed.headline == "1 von 1 Ziel dieses Schuljahres ist erreicht"
    assert THIS in listed.links

    drop = f"{THIS}/{KEY}/streichen"
    page = await karin.send(page, drop, **{f"reason-{KEY}": ""})
    assert f'id="reason-{KEY}-fehler"' in page.response.text
    page = await karin.send(page, drop, **{f"reason-{KEY}": "Steht schon woanders."})
    assert "sind noch keine Ziele festgelegt" in page.headline
    assert "Begründung: Steht schon woanders." in page.text


async def test_a_year_that_is_over_is_closed_and_opened_again(
    stack: Stack, log: SteeringLog, karin: Visitor
) -> None:
    await log.held(datetime(2024, 11, 26, 13, tzinfo=UTC))
    page = await karin.open(f"{OVER}/neu")
    typed = {"text": TEXT, "counts-0": SESSIONS, "at_least-0": "1"}
    page = await karin.send(page, f"{OVER}/neu", **typed)
    assert page.status == HTTPStatus.CONFLICT, "what was aimed at has to be shown"
    page = await karin.send(page, f"{OVER}/neu", source="Bericht 2023/24")
    assert page.headline == "1 von 1 Ziel des Schuljahres 2024/25 ist erreicht"
    page = await karin.send(page, f"{OVER}/schritt/abschliessen")
    assert "Das Schuljahr ist abgeschlossen" in page.text
    page = await karin.send(page, f"{OVER}/schritt/wieder-oeffnen", reason="")
    assert 'id="reason-fehler"' in page.response.text
    page = await karin.send(page, f"{OVER}/schritt/wieder-oeffnen", reason="Nachgetragen.")
    assert "noch nicht abgeschlossen" in page.text

    for person in ("revision", "fallmanagement"):
        reader = await visitor_of(stack, person)
        page = await reader.open(OVER)
        assert {form.action for form in page.forms if form.method == "post"} <= READS_ONLY
        assert f"{OVER}/neu" not in page.links
    jobcenter = await visitor_of(stack, "jobcenter")
    assert YEARS not in (await jobcenter.open("/steuerung")).links
    assert (await jobcenter.ask(YEARS)).status == HTTPStatus.FORBIDDEN
    assert (await karin.ask(f"{YEARS}/1999-00")).status == HTTPStatus.NOT_FOUND
