"""The report at the pages: read beside its figures, put into own words, given out."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from services.report.report import statement
from services.web.report.writing import Words, joined, words_of
from tests.services.api.test_posts import draft
from tests.support.http import recorded
from tests.support.reading import Visitor, visitor_of
from tests.support.stack import Stack
from tests.support.steering_log import BODY, SteeringLog

HERE = "/bericht/2024-25"
SESSIONS = "steering-sessions/sessions"
REWORD = f"{HERE}/text?aussage=steering-sessions%2Fsessions"
INTRODUCE = f"{HERE}/text?aussage=remark%3Aintroduction"
WRITE, KEEP, RESET = f"{HERE}/text", f"{HERE}/stand", f"{HERE}/zuruecksetzen"
READS_ONLY = {"/abmelden", "/sprache"}


@pytest.fixture
async def log(stack: Stack) -> SteeringLog:
    """Of a year with a goal of two sessions, of which one was held."""
    log = SteeringLog(stack.runtime.store)
    await log.establish()
    goal = {
        "goal": "steering-sessions",
        "text": "Die Lenkungsgruppe KIM hat zweimal getagt.",
        "targets": [{"key": "sessions", "counts": f"session-held/{BODY}", "at_least": 2}],
        "source": "Bericht 2023/24",
    }
    path = "/school-years/2024-25/goals"
    decision = recorded(await stack.koordination.post(path, goal))
    await log.held(datetime(2024, 11, 26, 13, tzinfo=UTC))
    await stack.runtime.read_models.reached(decision["position"])
    return log


@pytest.fixture
async def karin(stack: Stack) -> Visitor:
    """The coordinator."""
    return await visitor_of(stack, "koordination")


async def test_without_goals_there_is_no_report_and_the_page_says_where_it_comes_from(
    karin: Visitor,
) -> None:
    page = await karin.open("/bericht")
    assert page.headline == "Noch hat kein Schuljahr einen Bericht"
    assert "/steuerung/ziele" in page.links


async def test_what_is_told_of_funded_posts_leads_to_the_posts(
    log: SteeringLog, karin: Visitor, stack: Stack
) -> None:
    assert log
    body = draft("cm-bericht", effective_from="2024-09-01", funding=None)
    post = recorded(await stack.koordination.post("/posts", body))
    await stack.runtime.read_models.reached(post["position"])
    page = await karin.open(HERE)
    assert f"/stellen/{post['id']}" in page.links
    assert (await karin.open(f"/stellen/{post['id']}")).status == HTTPStatus.OK
    other = await (await visitor_of(stack, "fallmanagement")).open(HERE)
    assert not any(link.startswith("/stellen") for link in other.links), "it is not theirs"


async def test_the_text_is_read_reworded_around_its_figures_and_given_out(
    log: SteeringLog, karin: Visitor
) -> None:
    start = await karin.open("/aufgaben")
    assert "/bericht" in start.links
    listed = await karin.open("/bericht")
    assert (listed.headline, HERE in listed.links) == ("1 Schuljahr hat einen Bericht", True)
    page = await karin.open(HERE)
    assert page.headline == "Der Bericht zum Schuljahr 2024/25 ist noch nicht herausgegeben"
    assert "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 einmal getagt." in page.text
    assert "Sitzungen: 1 von 2" in page.text
    assert "abgehaltene Sitzungen (Lenkungsgruppe KIM): 1 von 2." in page.text, "is outstanding"
    assert "die Zahlen sind vorläufig" in page.text

    page = await karin.open(REWORD)
    assert page.form(WRITE).fields["figure-0"] == ["sessions:times"]
    words = {"words-0": "Die Gruppe kam", "words-1": ", mit {meetings} Treffen, zusammen."}
    page = await karin.send(page, WRITE, **words)
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'id="words-0-fehler"' in page.response.text
    assert "meetings" in page.text
    page = await karin.open(REWORD)
    words["words-1"] = "zusammen."
    page = await karin.send(page, WRITE, **words, **{"figure-0": "sessions:often"})
    assert page.status == HTTPStatus.UNPROCESSABLE_ENTITY, "a figure cannot be exchanged"
    assert page.form(WRITE).fields["words-0"] == ["Die Gruppe kam"]
    page = await karin.send(page, WRITE, **{"figure-0": "sessions:times"})
    assert page.path == HERE
    assert "Die Gruppe kam einmal zusammen." in page.text
    assert "In eigenen Worten." in page.text

    page = await karin.send(page, KEEP)
    assert page.headline == "Der Bericht zum Schuljahr 2024/25 ist seit Stand 1 unverändert"
    assert KEEP not in {form.action for form in page.forms}
    [kept, *_] = [link for link in page.links if ".pdf?eintrag=" in link]
    assert (await karin.ask(kept)).response.content.startswith(b"%PDF-")
    assert (await karin.ask(f"{HERE}/bericht.docx")).response.content.startswith(b"PK")

    await log.held(datetime(2025, 5, 6, 13, tzinfo=UTC))
    await karin.send(await karin.open(INTRODUCE), WRITE, **{"words-0": "Ein Jahr der Anfänge."})
    page = await karin.open(HERE)
    assert "Die Gruppe kam zweimal zusammen." in page.text
    assert page.headline.endswith("Aussagen haben sich seit Stand 1 geändert")
    assert "<del>einmal </del><ins>zweimal </ins>" in page.response.text
    assert "Einleitung" in page.text
    page = await karin.send(await karin.open(REWORD), RESET)
    assert "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 zweimal getagt." in page.text
    assert "Stand 1 des Berichts zum Schuljahr 2024/25 festgehalten" in page.text, "the history"


async def test_who_may_only_read_is_offered_no_pen_and_others_are_not_led_there(
    stack: Stack, log: SteeringLog
) -> None:
    assert log
    for person in ("revision", "fallmanagement"):
        reader = await visitor_of(stack, person)
        page = await reader.open(HERE)
        assert {form.action for form in page.forms if form.method == "post"} <= READS_ONLY
        assert not [link for link in page.links if "/text?" in link]
        assert f"{HERE}/bericht.pdf" in page.links
    jobcenter = await visitor_of(stack, "jobcenter")
    assert "/bericht" not in (await jobcenter.open("/aufgaben")).links
    assert (await jobcenter.ask(HERE)).status == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    "text",
    [
        "Die Gruppe hat {sessions:times} getagt.",
        "{attainment:sentence}",
        "In {concepts} von {concepts:required} Kommunen: {names}.",
        "Getagt ({sessions:times}), „{sessions}“, {sessions}-mal.",
        "Ein Absatz.\n\nNoch einer.",
    ],
)
def test_a_text_taken_apart_and_put_together_is_the_same(text: str) -> None:
    said = statement("key", "Text")
    assert joined(words_of(text, said)) == text


def test_between_words_and_a_figure_stands_a_blank() -> None:
    fields = [Words(number=0, text="Sie kam", figure="times"), Words(number=1, text="zusammen.")]
    assert joined(fields) == "Sie kam {times} zusammen."
