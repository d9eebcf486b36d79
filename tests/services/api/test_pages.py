"""Lists in pages: walked once, nothing twice, nothing left out; and the problem pages."""

import asyncio
from http import HTTPStatus

import pytest

from services.texts import problem_codes
from tests.services.api.conftest import Scene
from tests.support.http import recorded, refused
from tests.support.stack import Stack


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 200])
async def test_walking_the_pages_gives_everything_once_and_in_order(
    scene: Scene, limit: int
) -> None:
    auditor = scene.stack.revision
    for path in (f"/concepts/{scene.consulting}/history", "/audit/trail", "/concepts"):
        at_once = await auditor.read(path, limit=200)
        assert at_once["next"] is None
        assert await auditor.all_pages(path, limit=limit) == at_once["items"]


async def test_what_comes_in_between_two_pages_moves_nothing(stack: Stack) -> None:
    """Municipalities before and after the cursor get their concept while somebody turns pages."""
    coordinator = stack.koordination
    for ags in ("05774008", "05774020", "05774036"):
        recorded(await coordinator.post("/concepts", {"municipality": ags, "edition": "2025"}))
    first = await coordinator.read("/concepts", limit=2, at_least=await stack.head())
    for ags in ("05774004", "05774028"):
        recorded(await coordinator.post("/concepts", {"municipality": ags, "edition": "2025"}))
    second = await coordinator.read(
        "/concepts", limit=2, cursor=first["next"], at_least=await stack.head()
    )
    assert [c["municipality"] for c in first["items"]] == ["05774008", "05774020"]
    assert [c["municipality"] for c in second["items"]] == ["05774028", "05774036"]


async def test_waiting_for_an_entry_that_is_not_there_is_refused_at_once(scene: Scene) -> None:
    head = await scene.stack.head()
    async with asyncio.timeout(2):
        response = await scene.stack.revision.ask("GET", f"/concepts?at_least={head + 1}")
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.position-ahead")
    assert str(head) in problem["detail"]
    assert problem["errors"][0]["parameter"] == "at_least"


async def test_the_trail_of_one_person_is_walked_by_pages_too(scene: Scene) -> None:
    auditor = scene.stack.revision
    me = (await scene.stack.fallmanagement.read("/me"))["account"]
    whole = await auditor.all_pages("/audit/trail", account=me, limit=3)
    assert {entry["account"] for entry in whole} == {me}
    assert len(whole) == 11, "ten sections and the submission"


@pytest.mark.parametrize(("language", "other"), [("de", "en"), ("en", "de")])
async def test_every_problem_has_its_page_in_both_languages(
    scene: Scene, language: str, other: str
) -> None:
    http = scene.stack.http
    listed = (await http.get("/problems", headers={"Accept-Language": language})).json()
    elsewhere = (await http.get("/problems", headers={"Accept-Language": other})).json()
    assert {page["type"] for page in listed} == {f"/problems/{code}" for code in problem_codes()}
    for page, translated in zip(listed, elsewhere, strict=True):
        response = await http.get(page["type"], headers={"Accept-Language": language})
        assert response.status_code == HTTPStatus.OK
        assert response.headers["content-language"] == language
        assert response.json() == page
        assert page["title"] != translated["title"]
