"""The text of an annual report over HTTP: put into own words, given out, on paper."""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import httpx
import pytest

from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_log import BODY, SteeringLog

PATH = "/school-years/2024-25"
REPORT, PROSE = f"{PATH}/report", f"{PATH}/report/prose"
SESSIONS = "steering-sessions/sessions"
VERDICT = "steering-sessions/attainment"
SAID = "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 {sessions:times} getagt."
PLAIN = "Die Lenkungsgruppe KIM hat im Schuljahr 2024/25 einmal getagt."
OWN = "Getagt hat die Lenkungsgruppe KIM {sessions:times}; {sessions:required} waren vorgesehen."
FIRST, SECOND = (datetime(2024, 11, 26, 13, tzinfo=UTC), datetime(2025, 5, 6, 13, tzinfo=UTC))


@pytest.fixture
async def log(stack: Stack) -> SteeringLog:
    """Of a year with a goal, in which one session was held."""
    log = SteeringLog(stack.runtime.store)
    await log.establish()
    goal = {
        "goal": "steering-sessions",
        "text": "Die Lenkungsgruppe KIM hat zweimal getagt.",
        "targets": [{"key": "sessions", "counts": f"session-held/{BODY}", "at_least": 2}],
        "source": "Bericht 2023/24",
    }
    recorded(await stack.koordination.post(f"{PATH}/goals", goal))
    await log.held(FIRST)
    return log


async def put(person: Person, statement: str, text: str, *, seen: int) -> httpx.Response:
    body = {"statement": statement, "text": text}
    headers = {"If-Match": f'"{seen}"', "Idempotency-Key": str(uuid4())}
    return await person.ask("PUT", PROSE, body, headers=headers)


async def write(stack: Stack, statement: str, text: str, *, seen: int) -> Json:
    return recorded(await put(stack.koordination, statement, text, seen=seen))


def told(report: Json, key: str = SESSIONS) -> Json:
    return next(
        one for section in report["sections"] for one in section["statements"] if one["key"] == key
    )


async def test_a_statement_in_own_words_goes_on_with_the_figures_of_the_log(
    stack: Stack, log: SteeringLog
) -> None:
    before = await stack.fallmanagement.ask("GET", REPORT)
    assert before.headers["etag"] == '"0"'
    plain = told(before.json())
    assert (plain["text"], plain["generated"], plain["prose"]) == (PLAIN, SAID, "")
    assert plain["offered"] == {
        "sessions": "1",
        "sessions:required": "2",
        "sessions:times": "einmal",
    }
    written = await write(stack, SESSIONS, OWN, seen=0)
    edited = told(await stack.fallmanagement.read(REPORT))
    assert edited["text"] == "Getagt hat die Lenkungsgruppe KIM einmal; 2 waren vorgesehen."
    assert [span["text"] for span in edited["wording"] if span["figure"]] == ["einmal", "2"]
    assert (edited["written"], edited["is_outdated"]) == (written["position"], False)
    await log.held(SECOND)
    later = told(await stack.fallmanagement.read(REPORT))
    assert later["text"] == "Getagt hat die Lenkungsgruppe KIM zweimal; 2 waren vorgesehen."
    assert len(later["figures"][0]["positions"]) == 2
    as_of = await stack.fallmanagement.read(REPORT, position=written["position"] - 1)
    assert (told(as_of)["text"], as_of["version"]) == (PLAIN, 0)
    reset = await stack.koordination.post(f"{PROSE}/removal", {"statement": SESSIONS}, seen=1)
    assert recorded(reset)["version"] == 2
    assert told(await stack.fallmanagement.read(REPORT))["text"] == PLAIN.replace("ein", "zwei")
    story = await stack.revision.all_pages(f"{REPORT}/history", limit=1)
    assert [entry["topic"] for entry in story] == [
        "annual-report.prose-written",
        "annual-report.prose-reset",
    ]


async def test_whether_a_goal_is_reached_is_a_figure_and_no_word(
    stack: Stack, log: SteeringLog
) -> None:
    verdict = "{attainment:sentence} Das lag an den Ferien."
    await write(stack, VERDICT, verdict, seen=0)
    report = await stack.koordination.read(REPORT)
    missed = "Dieses Ziel wurde noch nicht erreicht. Das lag an den Ferien."
    assert (told(report, VERDICT)["text"], told(report, VERDICT)["is_outdated"]) == (missed, False)
    await log.held(SECOND)
    report = await stack.koordination.read(REPORT)
    assert told(report, VERDICT)["text"].startswith("Dieses Ziel wurde erreicht.")
    assert not told(report, VERDICT)["is_outdated"], "the verdict is a figure, not a word"


async def test_a_figure_is_neither_left_out_nor_made_up_and_a_stale_page_changes_nothing(
    stack: Stack, log: SteeringLog
) -> None:
    assert log
    for text, code in (
        ("Sie hat fünfmal getagt.", "annual-report.figure-left-out"),
        ("Sie hat {sessions:times} getagt, {meetings} Treffen.", "annual-report.unknown-figure"),
        (" ", "annual-report.prose-missing"),
    ):
        answer = await put(stack.koordination, SESSIONS, text, seen=0)
        assert pointers(refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY, code)) == ["/text"]
    answer = await put(stack.koordination, "beyond/nothing-of-it", "Text", seen=0)
    refused(answer, HTTPStatus.NOT_FOUND, "annual-report.unknown-statement")
    await write(stack, "remark:introduction", "Zum vierten Mal berichtet der Kreis.", seen=0)
    stale = await put(stack.koordination, SESSIONS, OWN, seen=0)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    report = await stack.koordination.read(REPORT)
    assert report["sections"][0]["title"] == "Einleitung"
    for person in (stack.fallmanagement, stack.revision, stack.jobcenter):
        answer = await put(person, SESSIONS, OWN, seen=1)
        refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")
    for path in (f"{REPORT}.pdf", f"{REPORT}.docx", f"{REPORT}/entries"):
        answer = await stack.jobcenter.ask("GET", path)
        refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_the_text_that_is_given_out_is_kept_and_read_again_as_it_was(
    stack: Stack, log: SteeringLog
) -> None:
    await write(stack, SESSIONS, OWN, seen=0)
    kept = recorded(await stack.koordination.post(f"{REPORT}/states", seen=1))
    again = recorded(await stack.koordination.post(f"{REPORT}/states", seen=2))
    assert (kept["recorded"], again["recorded"]) == (True, False)
    await log.held(SECOND)
    report = await stack.koordination.read(REPORT)
    [state] = report["kept"]
    assert (state["number"], state["position"]) == (1, kept["position"])
    assert report["digest"] != state["digest"]
    then = await stack.koordination.read(REPORT, position=state["up_to"])
    assert then["digest"] == state["digest"]
    entries = await stack.revision.read(f"{REPORT}/entries")
    assert [entry["topic"] for entry in entries].count("session.closed") == 2

    paper = await stack.fallmanagement.ask("GET", f"{REPORT}.pdf?position={state['up_to']}")
    assert paper.content.startswith(b"%PDF-")
    assert "2024-25.pdf" in paper.headers["content-disposition"]
    document = await stack.fallmanagement.ask("GET", f"{REPORT}.docx")
    with ZipFile(BytesIO(document.content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Getagt hat die Lenkungsgruppe KIM zweimal; 2 waren vorgesehen.\u00a0[1]" in text
    assert "[1]\u00a0Sitzungen: 2 von 2" in text
    [figure] = told(report)["figures"]
    assert ", ".join(map(str, figure["positions"])) in text
    assert "Vorläufig" in text
    assert report["digest"] in text
