"""What every answer carries in its headers, and HEAD wherever there is GET."""

import asyncio
import re
from http import HTTPStatus
from uuid import UUID, uuid4

import httpx
import pytest

from tests.services.api.conftest import Scene
from tests.support.addresses import filled
from tests.support.http import Json, recorded
from tests.support.stack import Stack

VARYING = {"date", "x-correlation-id", "transfer-encoding"}


async def test_head_answers_on_every_path_as_get_does_without_the_content(scene: Scene) -> None:
    http = scene.stack.http
    headers = {"Authorization": f"Bearer {scene.stack.revision.token}"}
    description = (await http.get("/schema/openapi.json")).json()
    items = description["paths"].items()
    addresses = [address_of(path, item["get"], scene) for path, item in items if "get" in item]
    assert len(addresses) > 20
    for path in [*addresses, "/schema/openapi.json", "/metrics", "/api/v1/nothing"]:
        got = await http.get(path, headers=headers)
        head = await http.head(path, headers=headers)
        assert head.status_code == got.status_code, path
        assert head.content == b"", path
        if path != "/metrics":  # it counts our own requests
            assert steady(head.headers) == steady(got.headers), path


async def test_head_on_the_news_does_not_wait_for_any(scene: Scene) -> None:
    headers = {"Authorization": f"Bearer {scene.stack.revision.token}"}
    async with asyncio.timeout(3):
        response = await scene.stack.http.head("/api/v1/news?seconds=60", headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")


async def test_the_etag_of_a_concept_is_its_version_and_that_of_a_section_its_own(
    scene: Scene,
) -> None:
    reader = scene.stack.revision
    concept = await reader.ask("GET", f"/concepts/{scene.consulting}")
    assert concept.headers["etag"] == f'"{concept.json()["version"]}"'
    section = await reader.ask("GET", f"/concepts/{scene.drafting}/sections/zielgruppe")
    assert section.headers["etag"] == '"1"'
    this = await reader.ask("GET", scene.round)
    assert this.headers["etag"] == concept.headers["etag"]


async def test_a_decision_names_its_place_in_the_record_and_where_to_look(stack: Stack) -> None:
    response = await stack.koordination.post(
        "/concepts", {"municipality": "05774020", "edition": "2025"}
    )
    decision = recorded(response)
    assert response.status_code == HTTPStatus.CREATED
    assert response.headers["etag"] == '"1"'
    assert response.headers["location"] == f"/api/v1/concepts/{decision['id']}"
    assert decision["position"] == await stack.head()
    opened = await stack.http.get(
        response.headers["location"],
        headers={"Authorization": f"Bearer {stack.koordination.token}"},
    )
    assert opened.json()["position"] == decision["position"]


async def test_a_clients_own_uuid_is_the_correlation_id_and_nothing_else_is(stack: Stack) -> None:
    own = str(uuid4())
    for sent, taken in ((own, True), ("Max Mustermann", False), ("' or 1=1", False)):
        response = await stack.http.get("/", headers={"X-Correlation-ID": sent})
        assert (response.headers["x-correlation-id"] == sent) is taken
        UUID(response.headers["x-correlation-id"])


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/health/live", "/schema/openapi.json", "/problems", "/api/v1/me"]
)
async def test_every_answer_has_a_correlation_id(scene: Scene, path: str) -> None:
    response = await scene.stack.http.get(path)
    UUID(response.headers["x-correlation-id"])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("", "de"), ("en", "en"), ("fr", "de"), ("en;q=0.4, de;q=0.5", "de"), (";;,q=", "de")],
)
async def test_sentences_say_which_language_they_are_in(
    scene: Scene, accepted: str, language: str
) -> None:
    reader = scene.stack.revision
    for path in (f"/concepts/{scene.consulting}/history", "/audit/trail", "/nothing"):
        response = await reader.ask("GET", path, headers={"Accept-Language": accepted})
        assert response.headers["content-language"] == language, path


async def test_answers_do_not_say_what_serves_them(scene: Scene) -> None:
    response = await scene.stack.http.get("/")
    assert "server" not in response.headers
    assert not any(re.search("python|uvicorn", value) for value in response.headers.values())


def address_of(path: str, operation: Json, scene: Scene) -> str:
    """Of something there is, where the scene has it."""
    known = {
        "concept_id": scene.consulting,
        "section": "zielgruppe",
        "version": 1,
        "number": 1,
        "organisation": "jobcenter",
        "edition": "2025",
        "code": "request.invalid",
        "instrument": "c-test",
        "kind": "resolution",
        "level": 0,
    }
    more = {"/comparison": "?before=1", "/news": "?seconds=0"}
    query = next((query for end, query in more.items() if path.endswith(end)), "")
    return filled(path, operation, known) + query


def steady(headers: httpx.Headers) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name not in VARYING}
