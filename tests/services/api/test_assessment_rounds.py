"""Rounds over HTTP: announced, followed by college, extended, closed; who sees what of them."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.assessing import (
    RoundSteps,
    announcement,
    approve_instrument,
    coming_school_year,
    learners,
)
from tests.support.assessments import in_school_year
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack

EDITH, HELENE = "edith-stein-berufskolleg", "helene-weber-berufskolleg"
KIM = "kim-koordinierung"
YEAR = coming_school_year(datetime.now(UTC))


@pytest.fixture
async def stack(stack: Stack) -> Stack:
    """With an approved version of the instrument `c-test`."""
    await approve_instrument(stack.runtime)
    return stack


async def announced(stack: Stack) -> RoundSteps:
    body = announcement(YEAR, (HELENE, EDITH))
    decision = recorded(await stack.koordination.post("/rounds", body))
    await stack.runtime.read_models.reached(decision["position"])
    return RoundSteps(stack.runtime, UUID(decision["id"]), YEAR)


async def test_a_round_is_announced_once_and_shows_its_plan(stack: Stack) -> None:
    body = announcement(YEAR, (HELENE, EDITH))
    response = await stack.koordination.post("/rounds", body)
    decision = recorded(response)
    assert response.headers["location"] == f"/api/v1/rounds/{decision['id']}"
    again = recorded(await stack.koordination.post("/rounds", body))
    assert (again["id"], again["recorded"]) == (decision["id"], False)
    view = await stack.koordination.ask("GET", f"/rounds/{decision['id']}")
    assert view.headers["etag"] == '"1"'
    assert view.json()["stage"] == "announced"
    assert view.json()["colleges"] == [EDITH, HELENE]
    assert view.json()["retest_missed"] is False
    listed = await stack.revision.read("/rounds", school_year=YEAR, at_least=decision["position"])
    assert [row["id"] for row in listed["items"]] == [decision["id"]]
    assert (await stack.revision.read("/rounds", school_year="2020/21"))["items"] == []


async def test_an_extension_gives_one_college_more_time_with_a_reason(stack: Stack) -> None:
    steps = await announced(stack)
    later = in_school_year(YEAR, 10, 2)
    body = {"closes_at": later.isoformat(), "reason": "Blockunterricht.", "colleges": [EDITH]}
    path = f"/rounds/{steps.round}"
    stale = await stack.koordination.post(f"{path}/extensions", body, seen=7)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    recorded(await stack.koordination.post(f"{path}/extensions", body, seen=1))
    view = await stack.koordination.read(path)
    assert [longer["college"] for longer in view["longer"]] == [EDITH]
    progress = await stack.koordination.read(f"{path}/colleges")
    closing = {row["college"]: datetime.fromisoformat(row["closes_at"]) for row in progress}
    assert closing == {EDITH: later, HELENE: steps.closes_at}


async def test_each_college_shows_its_missing_classes_and_nothing_of_learners(
    stack: Stack,
) -> None:
    steps = await announced(stack)
    await steps.open()
    for name in ("MB26A", "MB26B"):
        await steps.register(EDITH, name)
    await steps.submit(EDITH, "MB26A", learners("geheim", [4, 3, -1]))
    await stack.runtime.read_models.reached(await stack.head())
    response = await stack.revision.ask("GET", f"/rounds/{steps.round}/colleges")
    edith, helene = response.json()
    assert (edith["expected"], edith["submitted"], edith["released"]) == (2, 1, 0)
    assert [missing["name"] for missing in edith["missing"]] == ["MB26B"]
    assert (helene["expected"], helene["missing"]) == (0, [])
    assert edith["name"] == "Edith-Stein-Berufskolleg"
    assert "geheim" not in response.text


async def test_a_closed_round_names_the_classes_that_hold_its_release_up_and_why(
    stack: Stack,
) -> None:
    steps = await announced(stack)
    await steps.open()
    for name in ("MB26A", "MB26B"):
        await steps.register(EDITH, name)
    await steps.submit(EDITH, "MB26A", learners("geheim", [4, 3, -1]))
    await stack.runtime.read_models.reached(await stack.head())
    path = f"/rounds/{steps.round}/colleges"
    assert (await stack.revision.read(path))[0]["unreleased"] == []
    await steps.close()
    # A view that is wrong is one of the few things that can be against a release.
    await stack.runtime.pool.execute(
        "insert into class_sitting (class, round, submitted, position)"
        " select id, $1, true, 1 from training_class where name = 'MB26B'",
        steps.round,
    )
    response = await stack.revision.ask("GET", path)
    edith, helene = response.json()
    assert [(one["name"], one["code"]) for one in edith["unreleased"]] == [
        ("MB26A", ""),
        ("MB26B", "class.not-submitted"),
    ]
    assert edith["unreleased"][1]["title"]
    assert helene["unreleased"] == []
    assert response.headers["content-language"] == "de"
    async with stack.runtime.pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(
            "update event set state = '\\x00' where topic = 'class-assessment.result-recorded'"
        )
    unreadable = (await stack.revision.read(path))[0]["unreleased"][0]
    assert (unreadable["name"], unreadable["code"]) == ("MB26A", "service.broken")
    of_helene = await appoint(stack, Role.COLLEGE, HELENE)
    assert "MB26" not in (await of_helene.ask("GET", path)).text


async def test_a_college_sees_only_rounds_and_progress_of_its_own(stack: Stack) -> None:
    steps = await announced(stack)
    edith = await appoint(stack, Role.COLLEGE, EDITH)
    outsider = await appoint(stack, Role.COLLEGE, "gregor-mendel-berufskolleg")
    assert [row["id"] for row in (await edith.read("/rounds"))["items"]] == [str(steps.round)]
    assert (await edith.read(f"/rounds/{steps.round}"))["colleges"] == [EDITH]
    progress = await edith.read(f"/rounds/{steps.round}/colleges")
    assert [row["college"] for row in progress] == [EDITH]
    assert (await outsider.read("/rounds"))["items"] == []
    for path in ("", "/colleges"):
        response = await outsider.ask("GET", f"/rounds/{steps.round}{path}")
        refused(response, HTTPStatus.NOT_FOUND, "assessment.unknown-round")
    for path in ("/rounds", f"/rounds/{steps.round}", f"/rounds/{steps.round}/colleges"):
        response = await stack.jobcenter.ask("GET", path)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_the_history_is_for_those_who_read_the_record(stack: Stack) -> None:
    steps = await announced(stack)
    path = f"/rounds/{steps.round}"
    body = {"reason": "Die Schulen sind überlastet."}
    recorded(await stack.koordination.post(f"{path}/cancellation", body, seen=1))
    told = await stack.revision.all_pages(f"{path}/history", limit=1)
    assert [entry["topic"] for entry in told] == [
        "assessment-round.announced",
        "assessment-round.cancelled",
    ]
    assert told[1]["reason"] == "Die Schulen sind überlastet."
    assert (await stack.koordination.read(path))["stage"] == "cancelled"
    edith = await appoint(stack, Role.COLLEGE, EDITH)
    response = await edith.ask("GET", f"{path}/history")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_only_the_coordination_announces_and_changes_rounds(stack: Stack) -> None:
    steps = await announced(stack)
    before = await stack.head()
    people: list[Person] = [stack.revision, stack.verwaltung, stack.jobcenter]
    for person in people:
        response = await person.post("/rounds", announcement(YEAR, (EDITH,), key="zweite"))
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
        response = await person.post(f"/rounds/{steps.round}/closing", seen=1)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    assert await stack.head() == before


async def test_reminding_and_closing_wait_for_the_window(stack: Stack) -> None:
    steps = await announced(stack)
    path = f"/rounds/{steps.round}"
    reminding = await stack.koordination.post(f"{path}/reminders")
    refused(reminding, HTTPStatus.CONFLICT, "assessment.round-not-open")
    closing = await stack.koordination.post(f"{path}/closing", seen=1)
    refused(closing, HTTPStatus.CONFLICT, "assessment.round-not-open")
    await steps.open()
    await steps.register(EDITH, "MB26A")
    recorded(await stack.koordination.post(f"{path}/reminders"))
    history = await stack.koordination.all_pages(f"{path}/history")
    assert history[-1]["topic"] == "assessment-round.colleges-reminded"
    assert "Edith-Stein-Berufskolleg" in history[-1]["sentence"]


async def test_what_cannot_be_announced_is_pointed_to(stack: Stack) -> None:
    body = announcement(YEAR, (EDITH,))
    wrong: tuple[tuple[Json, str], ...] = (
        ({"school_year": "2026"}, "/school_year"),
        ({"opens_at": "3000-09-01T08:00:00+02:00"}, "/opens_at"),
        ({"colleges": []}, "/colleges"),
    )
    for change, pointer in wrong:
        response = await stack.koordination.post("/rounds", {**body, **change})
        assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert pointers(response.json()) == [pointer]
    response = await stack.koordination.post("/rounds", announcement(YEAR, ("jobcenter",)))
    refused(response, HTTPStatus.CONFLICT, "assessment.not-a-college")
    response = await stack.koordination.ask("GET", f"/rounds/{uuid4()}")
    refused(response, HTTPStatus.NOT_FOUND, "assessment.unknown-round")
