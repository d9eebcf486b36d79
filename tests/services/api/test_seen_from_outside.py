"""Logs and metrics let operators follow a request, and say nothing about people or texts."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
import structlog
from structlog.typing import EventDict

from services.demo.county import paderborn
from services.demo.texts import FIRST_DRAFT, OBJECTION
from tests.services.api.conftest import Scene
from tests.support.http import recorded
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

DELBRUECK = {"municipality": "05774020", "edition": "2025"}
NAMES = [word for p in paderborn().people.items for word in p.name.split() if word[0] != "("]


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What is logged, as at the most talkative level, with what is bound to the request."""
    captured = structlog.testing.LogCapture()
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, captured],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        cache_logger_on_first_use=False,
    )
    yield captured.entries
    structlog.configure(**before)


async def test_the_log_tells_what_was_recorded_but_no_name_text_or_token(
    stack: Stack, lines: list[EventDict]
) -> None:
    concept = recorded(await stack.koordination.post("/concepts", DELBRUECK))["id"]
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=600)
    objection = {"position": "object", "remark": OBJECTION}
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", objection))
    refusals = [
        await stack.koordination.post("/concepts", DELBRUECK),
        await stack.revision.put(f"/concepts/{concept}/sections/ziele", {"text": OBJECTION}),
        await stack.http.get("/api/v1/me", headers={"Authorization": "Bearer krs_secret"}),
    ]
    assert all(response.is_client_error for response in refusals)

    assert {line["event"] for line in lines} >= {"recorded"}
    topics = {topic for line in lines for topic in line.get("topics", ())}
    assert "concept.response-given" in topics
    log = "\n".join(map(str, lines))
    tokens = [person.token for person in stack.people.values()]
    for secret in (*NAMES, *FIRST_DRAFT.values(), OBJECTION, *tokens, "krs_"):
        assert secret not in log


async def test_a_recorded_line_has_the_correlation_of_its_request(
    stack: Stack, lines: list[EventDict]
) -> None:
    response = await stack.koordination.post("/concepts", DELBRUECK)
    (line,) = [line for line in lines if line["event"] == "recorded"]
    assert line["correlation"] == response.headers["x-correlation-id"]
    assert line["position"] == response.json()["position"]


async def test_the_correlation_of_a_request_is_in_the_event_it_caused(stack: Stack) -> None:
    correlation = str(uuid4())
    response = await stack.koordination.ask(
        "POST",
        "/concepts",
        DELBRUECK,
        headers={"Idempotency-Key": "1", "X-Correlation-ID": correlation},
    )
    (entry,) = await stack.runtime.store.at([recorded(response)["position"]])
    assert entry.metadata.correlation == correlation
    assert response.headers["x-correlation-id"] == correlation
    UUID(str(entry.metadata.command))


async def test_metrics_count_routes_and_name_nobody(scene: Scene) -> None:
    await scene.stack.revision.read(f"/concepts/{scene.consulting}")
    await scene.stack.revision.ask("GET", f"/audit/trail?account={uuid4()}")
    response = await scene.stack.http.get("/metrics")
    assert response.status_code == HTTPStatus.OK
    assert "kreislauf_requests_total" in response.text
    assert '"/api/v1/concepts/{concept_id}"' in response.text
    for secret in (*NAMES, scene.consulting, scene.stack.revision.token, "krs_", "account="):
        assert secret not in response.text
