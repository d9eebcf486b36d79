"""The goals of a school year over HTTP: set, counted from what happens, warned of, closed."""

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

import pytest

from services.goals.counting import school_year_on
from tests.domain.county import NRW
from tests.support.http import Json, pointers, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_log import BODY, SteeringLog

NOW = datetime.now(UTC)
YEAR = school_year_on(NOW.astimezone(NRW.zone).date())
PATH = f"/school-years/{YEAR.replace('/', '-')}"
OVER = "/school-years/2024-25"
SESSIONS = {"key": "sessions", "counts": f"session-held/{BODY}", "at_least": 2}
CONCEPTS = {"key": "concepts", "counts": "concept-adopted", "each_of": "employed-by-county"}
TEXT = "Die Lenkungsgruppe KIM hat zweimal getagt."


def goal(*targets: Json, key: str = "steering-sessions", **more: Json) -> Json:
    return {"goal": key, "text": TEXT, "targets": list(targets), **more}


def only(view: Json) -> Json:
    """The only target of the only goal."""
    [one] = view["goals"]
    [target] = one["targets"]
    return target


@pytest.fixture
async def log(stack: Stack) -> SteeringLog:
    """Of a county with a steering group."""
    log = SteeringLog(stack.runtime.store)
    await log.establish()
    return log


async def test_a_goal_is_counted_from_what_happens_and_leads_to_the_entries_behind_it(
    stack: Stack, log: SteeringLog
) -> None:
    body = goal(SESSIONS, told=["framework-published"], source="Beschluss vom 6. Mai 2025")
    response = await stack.koordination.post(f"{PATH}/goals", body)
    assert recorded(response)["version"] == 1
    assert response.headers["location"] == f"/api/v1{PATH}"
    again = recorded(await stack.koordination.post(f"{PATH}/goals", body))
    assert (again["version"], again["recorded"]) == (1, False)
    view = await stack.fallmanagement.read(PATH)
    assert (view["school_year"], view["stage"], view["version"]) == (YEAR, "running", 1)
    assert (only(view)["required"], only(view)["actual"], only(view)["behind"]) == (2, 0, [])
    assert only(view)["name"] == "abgehaltene Sitzungen (Lenkungsgruppe KIM)"
    session = await log.schedule(NOW)
    assert only(await stack.koordination.read(PATH))["planned"] == 1
    position = await log.hold(session, NOW)
    response = await stack.revision.ask("GET", PATH)
    assert response.headers["etag"] == '"1"'
    target = only(response.json())
    assert (target["actual"], target["is_reached"], target["planned"]) == (1, False, 0)
    [behind] = target["behind"]
    assert (behind["position"], behind["stream"]) == (position, str(session))
    await stack.runtime.read_models.reached(position)
    found = await stack.revision.ask("GET", behind["entry"].removeprefix("/api/v1"))
    [entry] = found.json()["items"]
    assert (entry["topic"], entry["sentence"]) == ("session.closed", behind["sentence"])
    await log.held(NOW)
    reached = await stack.koordination.read(PATH)
    assert only(reached)["standing"] == "reached"
    assert reached["goals"][0]["is_reached"]
    assert reached["goals"][0]["told"][0]["actual"] == 0, "the framework is of another year"
    for until, held in ((position, 1), (position - 1, 0)):
        assert only(await stack.koordination.read(PATH, position=until))["actual"] == held
    as_of = await stack.koordination.read(PATH, as_of=entry["recorded_at"])
    assert only(as_of)["actual"] == 1


async def test_a_goal_can_ask_one_of_each_municipality_and_says_which_are_missing(
    stack: Stack,
) -> None:
    recorded(await stack.koordination.post(f"{PATH}/goals", goal(CONCEPTS, key="concepts")))
    target = only(await stack.koordination.read(PATH))
    assert (target["required"], target["actual"]) == (9, 0)
    assert {"key": "05774020", "name": "Delbrück"} in target["missing"]
    assert "05774032" not in {one["key"] for one in target["missing"]}, "Paderborn has its own"
    kinds = await stack.koordination.read("/goal-kinds")
    [employed] = kinds["groups"]
    assert (employed["key"], employed["members"]) == ("employed-by-county", 9)
    assert "concept-adopted" in {kind["key"] for kind in kinds["kinds"]}


async def test_a_target_out_of_reach_is_recorded_once_and_told_in_the_history(
    stack: Stack, log: SteeringLog
) -> None:
    slow = {**SESSIONS, "lead_days": 366}
    recorded(await stack.koordination.post(f"{PATH}/goals", goal(slow)))
    counted = recorded(await stack.koordination.post(f"{PATH}/standings"))
    processes = await stack.revision.read("/processes", at_least=counted["position"])
    [process] = [one for one in processes["items"] if one["kind"] == "school-year"]
    assert (process["title"], process["next_step"]) == (YEAR, "count-goals")
    again = recorded(await stack.koordination.post(f"{PATH}/standings"))
    assert (counted["recorded"], again["recorded"]) == (True, False)
    assert only(await stack.koordination.read(PATH))["standing"] == "out-of-reach"
    [row] = (await stack.revision.read("/school-years", at_least=counted["position"]))["items"]
    assert (row["school_year"], row["goals"], row["reached"], row["at_risk"]) == (YEAR, 1, 0, 1)
    changed = {"text": TEXT, "targets": [SESSIONS], "reason": "Ohne Vorlauf."}
    stale = await stack.koordination.ask(
        "PUT",
        f"{PATH}/goals/steering-sessions",
        changed,
        headers={"If-Match": '"1"', "Idempotency-Key": str(uuid4())},
    )
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    await change(stack, f"{PATH}/goals/steering-sessions", changed, seen=2)
    await log.held(NOW)
    await log.held(NOW)
    counted = recorded(await stack.koordination.post(f"{PATH}/standings"))
    removal = {"reason": "Steht schon woanders."}
    path = f"{PATH}/goals/steering-sessions/removal"
    recorded(await stack.koordination.post(path, removal, seen=counted["version"]))
    assert (await stack.koordination.read(PATH))["goals"] == []
    told = await stack.revision.all_pages(f"{PATH}/history", limit=2)
    assert [entry["topic"].removeprefix("school-year.") for entry in told] == [
        "goal-set",
        "standing-noted",
        "goal-changed",
        "standing-noted",
        "goal-dropped",
    ]
    assert "nicht mehr erreichbar, 0 von 2" in told[1]["sentence"]
    assert "erreicht, 2 von 2" in told[3]["sentence"]
    earlier = await stack.revision.read(f"{PATH}/history", position=told[1]["position"])
    assert earlier["items"] == told[:2]


async def test_a_year_that_is_over_is_closed_with_its_figures_and_opened_with_a_reason(
    stack: Stack, log: SteeringLog
) -> None:
    late = await stack.koordination.post(f"{OVER}/goals", goal(SESSIONS))
    refused(late, HTTPStatus.CONFLICT, "school-year.over")
    carried_over = goal(SESSIONS, told=["framework-published"], source="Bericht 2024/25")
    recorded(await stack.koordination.post(f"{OVER}/goals", carried_over))
    await log.held(datetime(2024, 11, 26, 13, tzinfo=UTC))
    recorded(await stack.koordination.post(f"{OVER}/closing", seen=1))
    view = await stack.koordination.read(OVER)
    assert view["stage"] == "closed"
    assert (only(view)["actual"], only(view)["standing"]) == (1, "missed")
    assert view["goals"][0]["told"][0]["actual"] == 1, "the framework was published that year"
    await log.held(datetime(2025, 5, 6, 13, tzinfo=UTC))
    assert only(await stack.koordination.read(OVER))["actual"] == 1, "closed is closed"
    reason = {"reason": "Die zweite Sitzung wurde nachgetragen."}
    recorded(await stack.koordination.post(f"{OVER}/reopening", reason, seen=2))
    reopened = only(await stack.koordination.read(OVER))
    assert (reopened["actual"], reopened["standing"]) == (2, "reached")
    recorded(await stack.koordination.post(f"{OVER}/closing", seen=3))
    recorded(await stack.koordination.post(f"{PATH}/goals", goal(SESSIONS)))
    early = await stack.koordination.post(f"{PATH}/closing", seen=1)
    refused(early, HTTPStatus.CONFLICT, "school-year.not-over")
    report = await stack.fallmanagement.read(f"{OVER}/report")
    [told, *_] = report["sections"][0]["statements"]
    assert told["text"].endswith("hat im Schuljahr 2024/25 zweimal getagt.")
    assert [len(figure["positions"]) for figure in told["figures"]] == [2]
    assert report["is_final"]
    years = await stack.koordination.all_pages("/school-years", limit=1)
    assert [row["school_year"] for row in years] == ["2024/25", YEAR]


async def test_what_cannot_be_counted_is_no_goal_and_who_may_not_sets_none(stack: Stack) -> None:
    path = f"{PATH}/goals"
    unknown = await stack.koordination.post(path, goal({**SESSIONS, "counts": "cake-eaten"}))
    refused(unknown, HTTPStatus.NOT_FOUND, "school-year.unknown-kind")
    both = await stack.koordination.post(path, goal({**CONCEPTS, "at_least": 2}))
    problem = refused(both, HTTPStatus.UNPROCESSABLE_ENTITY, "school-year.malformed-target")
    assert pointers(problem) == ["/targets"]
    nothing = await stack.koordination.post(path, goal())
    assert pointers(refused(nothing, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid"))
    mistyped = await stack.koordination.ask("GET", "/school-years/2024-26")
    refused(mistyped, HTTPStatus.NOT_FOUND, "school-year.unknown")
    for person in (stack.fallmanagement, stack.revision, stack.jobcenter):
        refused(
            await person.post(path, goal(CONCEPTS)), HTTPStatus.FORBIDDEN, "identity.role-missing"
        )
    for asked in ("/school-years", PATH, f"{PATH}/history", f"{PATH}/report", "/goal-kinds"):
        refused(
            await stack.jobcenter.ask("GET", asked), HTTPStatus.FORBIDDEN, "identity.role-missing"
        )
    history = await stack.fallmanagement.ask("GET", f"{PATH}/history")
    refused(history, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def change(stack: Stack, path: str, body: Json, *, seen: int) -> None:
    headers = {"If-Match": f'"{seen}"', "Idempotency-Key": str(uuid4())}
    recorded(await stack.koordination.ask("PUT", path, body, headers=headers))
