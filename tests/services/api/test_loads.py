"""Loads of many classes: checked whole, taken in beside the request, gone on after a loss."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import pytest

from domain.kernel import NAMESPACE
from services.operations import SILENCE, Load, Operations
from services.orders import Order
from tests.support.assessing import approve_instrument
from tests.support.assessments import present_school_year
from tests.support.http import Json, Person, recorded, refused
from tests.support.own_class import OTHER, OWN, open_round, registered
from tests.support.stack import Stack

NAMES = ("MB26A", "MB26B", "MB26C")
HEADINGS = "Berufskolleg;Schuljahr;Klasse;Pseudonym;Text 1 R/F;Text 1 WE;Im Büro R/F;Im Büro WE"


@pytest.fixture
async def assessment_round(stack: Stack) -> UUID:
    """Open, with three classes of the college."""
    await approve_instrument(stack.runtime)
    this = await open_round(stack)
    for name in NAMES:
        await registered(stack.berufskolleg, name)
    await stack.runtime.read_models.reached(await stack.head())
    return this


def file(
    names: Sequence[str] = NAMES, *, college: str = OWN, learners: int = 4, exact: int = 1
) -> bytes:
    year = present_school_year()
    rows = [
        f"{college};{year};{name};{name}-{n};{exact};2;0;1"
        for name in names
        for n in range(learners)
    ]
    return "\r\n".join((HEADINGS, *rows)).encode()


async def sent(
    person: Person, this: UUID, content: bytes, *, key: str = "", reason: str = ""
) -> httpx.Response:
    headers = {"Content-Type": "text/csv", "Idempotency-Key": key or str(uuid4())}
    if reason:
        headers["Correction-Reason"] = quote(reason)
    return await person.ask("POST", f"/imports?round={this}", headers=headers, content=content)


async def done(person: Person, accepted: httpx.Response) -> Json:
    assert accepted.status_code == HTTPStatus.ACCEPTED, accepted.text
    path = accepted.headers["location"].removeprefix("/api/v1")
    return await person.until(path, lambda view: view["state"] != "running")


async def test_a_load_is_accepted_and_says_how_far_it_is(
    stack: Stack, assessment_round: UUID
) -> None:
    accepted = await sent(stack.berufskolleg, assessment_round, file())
    assert (accepted.json()["rows"], accepted.json()["classes"]) == (12, 3)
    view = await done(stack.berufskolleg, accepted)
    assert (view["state"], view["done"], view["refused"]) == ("done", 3, [])
    assert view["position"] == await stack.head()
    assert view["message"] == "Fertig: 3 von 3 Klassen übernommen."
    listed = await stack.berufskolleg.all_pages("/classes", at_least=view["position"])
    assert [one["learners"] for one in listed] == [4, 4, 4]


async def test_the_same_file_again_changes_nothing(stack: Stack, assessment_round: UUID) -> None:
    await done(stack.berufskolleg, await sent(stack.berufskolleg, assessment_round, file()))
    head = await stack.head()
    view = await done(stack.berufskolleg, await sent(stack.berufskolleg, assessment_round, file()))
    assert (view["done"], view["unchanged"]) == (3, 3)
    assert await stack.head() == head


async def test_corrections_need_a_reason_and_are_refused_class_by_class(
    stack: Stack, assessment_round: UUID
) -> None:
    person = stack.berufskolleg
    await done(person, await sent(person, assessment_round, file(NAMES[:1])))
    corrected = file(exact=2)
    view = await done(person, await sent(person, assessment_round, corrected))
    assert [one["code"] for one in view["refused"]] == ["assessment.reason-missing"]
    assert view["done"] == 3
    reason = "Fehler beim Einlesen der Bögen."
    view = await done(person, await sent(person, assessment_round, corrected, reason=reason))
    assert (view["refused"], view["unchanged"]) == ([], 2)


async def test_a_file_with_one_bad_row_records_nothing(
    stack: Stack, assessment_round: UUID
) -> None:
    head = await stack.head()
    bad = file().replace(b"MB26B-2;1;2", b"MB26B-2;9;2")
    response = await sent(stack.berufskolleg, assessment_round, bad)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert {error["cell"] for error in problem["errors"]} <= {"E8", "F8"}
    unknown = await sent(stack.berufskolleg, assessment_round, file((*NAMES, "XX99")))
    problem = refused(unknown, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert [error["value"] for error in problem["errors"]] == ["XX99"]
    foreign = await sent(stack.berufskolleg, assessment_round, file(college=OTHER))
    problem = refused(foreign, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert {error["code"] for error in problem["errors"]} == {"results.college-unknown"}
    assert await stack.head() == head


async def test_an_operation_is_seen_by_whoever_started_it_alone(
    stack: Stack, assessment_round: UUID
) -> None:
    accepted = await sent(stack.berufskolleg, assessment_round, file())
    path = accepted.headers["location"].removeprefix("/api/v1")
    for other in (stack.nachbarkolleg, stack.koordination, stack.verwaltung):
        refused(await other.ask("GET", path), HTTPStatus.NOT_FOUND, "operation.unknown")
    await done(stack.berufskolleg, accepted)


async def test_the_same_request_again_is_the_same_operation(
    stack: Stack, assessment_round: UUID
) -> None:
    first = await sent(stack.berufskolleg, assessment_round, file(), key="load-1")
    again = await sent(stack.berufskolleg, assessment_round, file(), key="load-1")
    assert first.json()["id"] == again.json()["id"]
    await done(stack.berufskolleg, again)


async def test_a_load_whose_process_is_gone_is_interrupted_and_goes_on(
    stack: Stack, assessment_round: UUID
) -> None:
    person = stack.berufskolleg
    view = await done(person, await sent(person, assessment_round, file(), key="load-1"))
    long_ago = datetime.now(UTC) - SILENCE - timedelta(seconds=1)
    await stack.runtime.pool.execute(
        "update operation set state = 'running', done = 1, alive_at = $1", long_ago
    )
    path = f"/operations/{view['id']}"
    lost = await person.read(path)
    assert lost["state"] == "interrupted"
    assert "dieselbe Datei" in lost["message"]
    head = await stack.head()
    again = await done(person, await sent(person, assessment_round, file(), key="load-1"))
    assert (again["state"], again["done"]) == ("done", 3)
    assert await stack.head() == head, "what was recorded stays as it is"


async def test_a_process_that_ends_says_that_its_loads_are_interrupted(stack: Stack) -> None:
    operations = Operations(stack.runtime.pool, stack.runtime.desk)
    reached = asyncio.Event()

    async def batches() -> AsyncIterator[Sequence[Order]]:
        reached.set()
        await asyncio.Event().wait()
        yield []

    load = Load(
        id=uuid4(), account="me", kind="test", round=NAMESPACE, rows=1, classes=1, batches=batches
    )
    await operations.start(load)
    async with asyncio.timeout(5):
        await reached.wait()
    await operations.dismiss()
    found = await operations.read(load.id, "me")
    assert found is not None
    assert found.state == "interrupted"


async def test_what_breaks_in_a_load_is_no_secret_kept(stack: Stack) -> None:
    operations = Operations(stack.runtime.pool, stack.runtime.desk)

    async def batches() -> AsyncIterator[Sequence[Order]]:
        raise ValueError("p-anna has 3 points")
        yield []

    load = Load(
        id=uuid4(), account="me", kind="test", round=NAMESPACE, rows=1, classes=1, batches=batches
    )
    await operations.start(load)
    async with asyncio.timeout(5):
        while (found := await operations.read(load.id, "me")) and found.state == "running":  # noqa: ASYNC110 (as a person looks)
            await asyncio.sleep(0.02)
    assert found is not None
    assert found.state == "interrupted"


async def test_progress_says_nothing_of_persons(stack: Stack, assessment_round: UUID) -> None:
    await done(stack.berufskolleg, await sent(stack.berufskolleg, assessment_round, file()))
    rows = await stack.runtime.pool.fetch("select * from operation")
    assert len(rows) == 1
    assert "MB26" not in str([dict(row) for row in rows])


async def test_a_round_that_is_not_ones_own_takes_no_load(
    stack: Stack, assessment_round: UUID
) -> None:
    unknown = await sent(stack.berufskolleg, uuid4(), file())
    refused(unknown, HTTPStatus.NOT_FOUND, "assessment.unknown-round")
    others = await sent(stack.koordination, assessment_round, file())
    refused(others, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert recorded(await stack.berufskolleg.ask("GET", "/classes"))
