"""What does not fit is refused with a problem people can act on, and nothing is recorded."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from uuid import uuid4

import pytest

from services.api.bounds import LONGEST_TEXT
from tests.services.api.conftest import BODY_LIMIT, Scene
from tests.support.http import Json, from_now, pointers, refused
from tests.support.stack import Stack

OPENING = {"municipality": "05774036", "edition": "2025"}
KEY = {"Idempotency-Key": "a-key-of-a-test"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(autouse=True)
async def nothing_is_recorded(scene: Scene) -> AsyncIterator[None]:
    before = await scene.stack.head()
    yield
    assert await scene.stack.head() == before


@pytest.fixture
def stack(scene: Scene) -> Stack:
    return scene.stack


async def test_an_unknown_municipality_is_refused_in_german_unless_english_is_asked_for(
    stack: Stack,
) -> None:
    body = {"municipality": "05770000", "edition": "2025"}
    german = refused(
        await stack.koordination.post("/concepts", body),
        HTTPStatus.NOT_FOUND,
        "municipality.unknown",
    )
    english = await stack.koordination.post("/concepts", body, language="en-GB, de;q=0.5")
    assert pointers(german) == ["/municipality"]
    assert "Kommune" in german["title"]
    assert english.headers["content-language"] == "en"
    assert "municipality" in refused(english, HTTPStatus.NOT_FOUND, "municipality.unknown")["title"]


@pytest.mark.parametrize("key", ["Delbrück", "5774", "057740200", "", "05774020\n"])
async def test_a_malformed_municipality_key_is_pointed_to(stack: Stack, key: str) -> None:
    response = await stack.koordination.post("/concepts", {**OPENING, "municipality": key})
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert pointers(problem) == ["/municipality"]


async def test_a_municipality_where_the_county_does_not_employ_is_refused(stack: Stack) -> None:
    response = await stack.koordination.post("/concepts", {**OPENING, "municipality": "05774032"})
    refused(response, HTTPStatus.CONFLICT, "concept.county-is-not-employer")


async def test_an_unknown_edition_is_refused(stack: Stack) -> None:
    response = await stack.koordination.post("/concepts", {**OPENING, "edition": "1999"})
    problem = refused(response, HTTPStatus.NOT_FOUND, "framework.unknown-edition")
    assert pointers(problem) == ["/edition"]
    reading = await stack.koordination.ask("GET", "/framework/editions/1999")
    problem = refused(reading, HTTPStatus.NOT_FOUND, "framework.unknown-edition")
    assert pointers(problem) == [], "there is no body to point into"


async def test_a_change_on_top_of_another_version_is_refused(scene: Scene) -> None:
    case_manager = scene.stack.koordination
    path = f"/concepts/{scene.drafting}"
    response = await case_manager.post(f"{path}/submission", {}, seen=99)
    refused(response, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    response = await case_manager.put(f"{path}/sections/zielgruppe", {"text": "Neu"}, seen=0)
    refused(response, HTTPStatus.PRECONDITION_FAILED, "concept.section-changed")


async def test_a_change_without_the_version_that_was_seen_is_refused(scene: Scene) -> None:
    response = await scene.stack.koordination.post(f"/concepts/{scene.drafting}/submission", {})
    refused(response, HTTPStatus.PRECONDITION_REQUIRED, "request.version-missing")


@pytest.mark.parametrize("if_match", ["7", 'W/"7"', '"seven"', '"-1"', "*", '"99999999999999"'])
async def test_an_if_match_that_is_no_etag_of_ours_is_refused(scene: Scene, if_match: str) -> None:
    response = await scene.stack.koordination.ask(
        "POST", f"/concepts/{scene.drafting}/submission", {}, headers={**KEY, "If-Match": if_match}
    )
    refused(response, HTTPStatus.BAD_REQUEST, "request.version-malformed")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": ""}])
async def test_a_request_without_its_key_is_refused(stack: Stack, headers: dict[str, str]) -> None:
    response = await stack.koordination.ask("POST", "/concepts", OPENING, headers=headers)
    refused(response, HTTPStatus.BAD_REQUEST, "request.key-missing")


@pytest.mark.parametrize("key", ["with space", "tab\tinside", "x" * 256])
async def test_a_malformed_request_key_is_told_from_a_missing_one(stack: Stack, key: str) -> None:
    response = await stack.koordination.ask(
        "POST", "/concepts", OPENING, headers={"Idempotency-Key": key}
    )
    refused(response, HTTPStatus.BAD_REQUEST, "request.key-malformed")


async def test_an_oversized_text_is_pointed_to(scene: Scene) -> None:
    path = f"/concepts/{scene.drafting}/sections/zielgruppe"
    response = await scene.stack.koordination.put(path, {"text": "x" * (LONGEST_TEXT + 1)}, seen=1)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert pointers(problem) == ["/text"]
    assert str(LONGEST_TEXT) in problem["errors"][0]["detail"]


async def test_an_oversized_body_is_refused_before_it_is_read(scene: Scene) -> None:
    path = f"/concepts/{scene.drafting}/sections/zielgruppe"
    response = await scene.stack.koordination.put(path, {"text": "x" * BODY_LIMIT}, seen=1)
    problem = refused(response, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large")
    assert "300" in problem["detail"]


async def test_an_oversized_body_without_a_length_is_refused_too(scene: Scene) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 1000 + 100):
            yield b"x" * 1000

    response = await scene.stack.http.put(
        f"/api/v1/concepts/{scene.drafting}/sections/zielgruppe",
        content=endless(),
        headers={
            "Authorization": f"Bearer {scene.stack.koordination.token}",
            "If-Match": '"1"',
            **JSON,
        },
    )
    refused(response, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "request.too-large")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"no json",
        b'{"municipality": "05774036", "edition": "\xff\xfe"}',
        b'{"municipality": "05774036", "edition": "\\ud800"}',
        b'{"municipality": NaN, "edition": "2025"}',
        "{}".encode("utf-16"),
    ],
)
async def test_what_is_not_json_in_utf_8_is_refused(stack: Stack, content: bytes) -> None:
    response = await stack.koordination.ask(
        "POST", "/concepts", content=content, headers={**KEY, **JSON}
    )
    refused(response, HTTPStatus.BAD_REQUEST, "request.malformed")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_another_media_type_than_json_is_refused(stack: Stack, content_type: str) -> None:
    content = b'{"municipality": "05774036", "edition": "2025"}'
    response = await stack.koordination.ask(
        "POST", "/concepts", content=content, headers={**KEY, "Content-Type": content_type}
    )
    refused(response, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "request.media-type")


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({**OPENING, "opened_by": "me"}, "/opened_by"),
        ({**OPENING, "a/b~c": 1}, "/a~1b~0c"),
        ({"edition": "2025"}, "/municipality"),
        ({**OPENING, "edition": None}, "/edition"),
        ({**OPENING, "edition": ["2025"]}, "/edition"),
        ([], ""),
    ],
)
async def test_an_unknown_missing_or_wrong_field_is_pointed_to(
    stack: Stack, body: Json, where: str
) -> None:
    response = await stack.koordination.post("/concepts", body)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert [error["pointer"] for error in problem["errors"]] == [where]


async def test_a_fault_deep_inside_the_body_is_pointed_to(scene: Scene) -> None:
    body = {
        "timing": {"working_days": 5},
        "invited": [{"organisation": "jobcenter"}, {"organisation": "agentur", "section": "x"}],
    }
    path = f"/concepts/{scene.drafting}/consultations"
    problem = refused(
        await scene.stack.koordination.post(path, body, seen=2),
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request.invalid",
    )
    assert pointers(problem) == ["/invited/1/section"]


async def test_nul_characters_are_refused_wherever_they_stand(scene: Scene) -> None:
    coordinator, concept = scene.stack.koordination, scene.drafting
    text = await coordinator.put(
        f"/concepts/{concept}/sections/zielgruppe", {"text": "a\x00b"}, seen=1
    )
    assert pointers(refused(text, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")) == ["/text"]
    for path in (
        "/framework/editions/20%0025",
        f"/concepts/{concept}/sections/ziel%00gruppe",
        "/concepts?stage=draf%00ting",
        "/audit/trail?organisation=job%00center",
    ):
        response = await coordinator.ask("GET", path)
        refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    cursor = "WyJcdTAwMDAiLCAiMjAyNSJd"  # ["\u0000", "2025"]
    response = await coordinator.ask("GET", f"/concepts?cursor={cursor}")
    refused(response, HTTPStatus.BAD_REQUEST, "request.cursor-malformed")


@pytest.mark.parametrize("cursor", ["x", "ü", "e30", "WzEsMl0", "LTE", "%ff"])
@pytest.mark.parametrize("path", ["/concepts", "/audit/trail"])
async def test_a_cursor_of_somebody_elses_making_is_no_failure(
    stack: Stack, path: str, cursor: str
) -> None:
    response = await stack.koordination.ask("GET", f"{path}?cursor={cursor}")
    if response.status_code != HTTPStatus.OK:
        refused(response, HTTPStatus.BAD_REQUEST, "request.cursor-malformed")


@pytest.mark.parametrize(
    "due",
    ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2500-01-01T00:00:00Z"],
)
async def test_absurd_dates_are_pointed_to(scene: Scene, due: str) -> None:
    coordinator, concept = scene.stack.koordination, scene.drafting
    problem = refused(
        await coordinator.post(
            f"/concepts/{concept}/consultations", {"timing": {"due": due}}, seen=2
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request.moment-malformed",
    )
    assert pointers(problem) == ["/timing/due"]
    problem = refused(
        await coordinator.post(f"/concepts/{concept}/publication", {"review_on": due[:10]}, seen=2),
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "request.moment-malformed",
    )
    assert pointers(problem) == ["/review_on"]
    moment = due.replace("+", "%2B")
    response = await coordinator.ask("GET", f"/concepts/{concept}?as_of={moment}")
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.moment-malformed")
    assert problem["errors"][0]["parameter"] == "as_of"


@pytest.mark.parametrize("due", ["2026-12-01T18:00:00", "2026-12-01", "tomorrow", ""])
async def test_a_moment_without_offset_is_refused(scene: Scene, due: str) -> None:
    response = await scene.stack.koordination.post(
        f"/concepts/{scene.drafting}/consultations", {"timing": {"due": due}}, seen=2
    )
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert pointers(problem) == ["/timing/due"]


async def test_a_deadline_in_the_past_is_refused(scene: Scene) -> None:
    version = await scene.version(scene.consulting)
    body = {"timing": {"due": from_now(-60)}, "reason": "Rückwirkend."}
    response = await scene.stack.koordination.post(f"{scene.round}/extension", body, seen=version)
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "concept.deadline-in-the-past")
    assert pointers(problem) == ["/timing/due"]


@pytest.mark.parametrize("number", ["99999999999999999999999999", "-1", "0x1", "1.5", "NaN"])
async def test_numbers_beyond_all_bounds_are_refused(stack: Stack, number: str) -> None:
    for query in ("limit", "at_least"):
        response = await stack.koordination.ask("GET", f"/concepts?{query}={number}")
        refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")


@pytest.mark.parametrize("number", ["0", "99999999999999999999999999", "10001"])
async def test_a_round_number_beyond_all_bounds_is_refused(scene: Scene, number: str) -> None:
    path = f"/concepts/{scene.consulting}/consultations/{number}"
    response = await scene.stack.koordination.ask("GET", path)
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")


async def test_what_is_not_there_is_not_found(scene: Scene) -> None:
    for path, code in (
        (f"/concepts/{uuid4()}", "concept.unknown"),
        (f"{scene.round[:-1]}7", "concept.unknown-round"),
        (f"/concepts/{scene.drafting}/sections/unfug", "concept.unknown-section"),
        (f"/concepts/{scene.drafting}/sections/zielgruppe/versions/9", "concept.unknown-version"),
        ("/concepts/no-uuid", "request.unknown-path"),
        ("/nothing/here", "request.unknown-path"),
    ):
        response = await scene.stack.koordination.ask("GET", path)
        refused(response, HTTPStatus.NOT_FOUND, code)


async def test_an_unknown_path_outside_the_api_is_not_found(stack: Stack) -> None:
    for path in ("/nothing", "/problems/no.such-code", "/schema/nothing.json", "/%ff"):
        response = await stack.http.get(path)
        refused(response, HTTPStatus.NOT_FOUND, "request.unknown-path")


async def test_a_wrong_method_names_the_right_ones(stack: Stack) -> None:
    response = await stack.koordination.ask("DELETE", "/concepts")
    refused(response, HTTPStatus.METHOD_NOT_ALLOWED, "request.method-not-allowed")
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))
