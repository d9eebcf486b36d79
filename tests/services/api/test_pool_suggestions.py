"""Courses for several companies together over HTTP: looked for beside the request."""

import sys
from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from uuid import uuid4

import pytest

from services.pooling.asking import Solver
from services.pooling.searches import SECONDS
from services.runtime import Runtime
from services.settings import Settings
from tests.support.company_reports import content, triaged
from tests.support.http import Json, refused
from tests.support.pool_searches import SUGGEST, ended, path_of, started, suggestions, with_report
from tests.support.stack import Stack, serving


def need(number: int, **changes: object) -> Json:
    group = {"number": number, "status": "employed", "present": "b1", "wanted": "b2"}
    return {"groups": [group], "times": {"shift": "late"}, **changes}


async def test_two_companies_that_are_too_small_are_suggested_together(stack: Stack) -> None:
    assert content(need=need(1))["need"]["pooling"], "the example company would share"
    one = await triaged(stack, name="Eins GmbH", need=need(1))
    other = await triaged(stack, name="Zwei GmbH", need=need(2))
    alone = await triaged(stack, name="Drei GmbH", need=need(1, pooling=False))
    ids = [path.rpartition("/")[2] for path in (one, other, alone)]

    found = await suggestions(stack)

    course = with_report(found, ids[0])
    assert course == with_report(found, ids[1])
    assert (course["is_pool"], course["companies"], course["offer"]) == (True, 2, None)
    assert course["learners"] >= course["minimum"] == 3
    assert (course["present"], course["level"]) == ("b1", "b2")
    assert {member["company_name"] for member in course["members"]} == {"Eins GmbH", "Zwei GmbH"}
    assert {member["learners"] for member in course["members"]} == {1, 2}
    assert all(member["reference"] for member in course["members"])
    said = {reason["topic"]: reason for reason in course["members"][0]["reasons"]}
    assert {"level", "entitlement", "start", "time"} <= set(said)
    assert all(reason["text"] for reason in said.values())
    assert found["proof"] == "optimal"
    assert (found["waiting"], found["served"]) == (4, 3)
    [left] = found["unserved"]
    assert (left["report"], left["because"]) == (ids[2], "too-few-alone")
    assert (left["together"], left["needed"]) == (1, 3)
    assert "1 von 3" in left["text"]


async def test_companies_without_two_weekdays_in_common_are_not_suggested_together(
    stack: Stack,
) -> None:
    early = {"times": {"shift": "late", "weekdays": [1, 2]}}
    late = {"times": {"shift": "late", "weekdays": [2, 3, 4]}}
    one = await triaged(stack, name="Eins GmbH", need=need(2, **early))
    await triaged(stack, name="Zwei GmbH", need=need(2, **late))
    assert (await suggestions(stack))["courses"] == []

    other = await triaged(stack, name="Drei GmbH", need=need(1))
    found = await suggestions(stack)
    ids = [path.rpartition("/")[2] for path in (one, other)]
    [course] = found["courses"]
    assert with_report(found, ids[1]) == course
    assert course["learners"] == 3
    assert course["weekdays"] in ([1, 2], [2, 3, 4])


async def test_a_search_is_seen_by_whoever_started_it_alone(stack: Stack) -> None:
    response = await stack.revision.post(SUGGEST)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")

    path = await started(stack)
    response = await stack.verwaltung.ask("GET", path)
    assert response.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    unknown = await stack.koordination.ask("GET", f"{SUGGEST}/{uuid4()}")
    refused(unknown, HTTPStatus.NOT_FOUND, "operation.unknown")
    await ended(stack, path)


async def test_the_same_request_again_is_the_same_search(stack: Stack) -> None:
    key = {"Idempotency-Key": "search-1"}
    first = path_of(await stack.koordination.ask("POST", SUGGEST, headers=key))
    view = await ended(stack, first)
    again = await stack.koordination.ask("POST", SUGGEST, headers=key)
    assert path_of(again) == first
    assert again.json()["started_at"] == view["started_at"]
    assert again.json()["found"] == view["found"]


async def test_a_search_is_cancelled_and_what_is_done_stays_done(stack: Stack) -> None:
    await triaged(stack, need=need(2))
    path = await started(stack)
    cancelled = await stack.koordination.post(f"{path}/cancellation")
    assert cancelled.json()["state"] == "cancelled", cancelled.text
    assert "abgebrochen" in cancelled.json()["message"]
    assert (await ended(stack, path))["state"] == "cancelled"

    done = await started(stack)
    assert (await ended(stack, done))["state"] == "done"
    await stack.koordination.post(f"{done}/cancellation")
    assert (await stack.koordination.read(done))["state"] == "done"


DIES = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
TROUBLES = {
    "it fails": ("import sys; sys.stdin.read(); sys.exit(1)", 60, "pool-search.failed"),
    "it is killed": (DIES, 60, "pool-search.failed"),
    "it talks": ("import sys; sys.stdin.read(); print('no answer')", 60, "pool-search.failed"),
    "it never ends": ("import time; time.sleep(600)", 0.5 - SECONDS, "pool-search.too-long"),
}
"""What the solver does instead, how many seconds it gets besides, and the problem it is."""


@pytest.fixture(params=TROUBLES.values(), ids=tuple(TROUBLES))
async def troubled(
    request: pytest.FixtureRequest,
    runtime: Runtime,
    settings: Settings,
    county: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[tuple[Stack, str]]:
    """A service whose solver is in trouble, and the code of the problem."""
    program, after, code = request.param
    solver = partial(Solver, (sys.executable, "-c", program), after)
    monkeypatch.setattr("services.api.parts.Solver", solver)
    async with serving(runtime, settings, county) as stack:
        yield stack, code


async def test_a_solver_in_trouble_is_a_problem_in_words_and_nothing_is_changed(
    troubled: tuple[Stack, str],
) -> None:
    stack, code = troubled
    await triaged(stack, need=need(2))
    head = await stack.head()

    view = await ended(stack, await started(stack))

    assert (view["state"], view.get("found")) == ("failed", None)
    assert view["problem"]["type"] == f"/problems/{code}"
    assert view["problem"]["status"] == HTTPStatus.SERVICE_UNAVAILABLE
    assert "nichts geändert" in view["problem"]["detail"]
    english = await stack.koordination.ask(
        "GET", f"{SUGGEST}/{view['id']}", headers={"Accept-Language": "en"}
    )
    assert "nothing was changed" in english.json()["problem"]["detail"]
    assert await stack.head() == head
