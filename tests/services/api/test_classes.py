"""Classes over HTTP: registered by their college, changed, withdrawn; who is in them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from domain.directory.commands import GrantRole
from domain.kernel import Role
from services.identity.principal import CONSOLE
from tests.support.appointing import appoint
from tests.support.assessments import ask, present_school_year
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.own_class import OTHER, OWN, OwnClass, own_class, row
from tests.support.stack import Stack

NEW: Mapping[str, Json] = {
    "school_year": present_school_year(),
    "name": "MB26A",
    "programme": "A01",
    "trade": "10-10104",
    "size": 25,
}


async def removed(person: Person, path: str) -> httpx.Response:
    return await person.ask("DELETE", path)


async def test_a_class_is_registered_once_and_said_again_it_is_so(stack: Stack) -> None:
    first = await stack.berufskolleg.post("/classes", NEW)
    assert first.status_code == HTTPStatus.CREATED
    path = first.headers["location"].removeprefix("/api/v1")
    again = recorded(await stack.berufskolleg.post("/classes", NEW))
    assert not again["recorded"]
    other = await stack.berufskolleg.post("/classes", {**NEW, "size": 20})
    refused(other, HTTPStatus.CONFLICT, "class.already-registered")
    view = await stack.berufskolleg.read(path)
    assert (view["college"], view["size"], view["stage"]) == (OWN, 25, "registered")
    assert view["trade_name"] != view["trade"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"programme": "A99"}, "class.unknown-programme"),
        ({"trade": "10-99999"}, "class.unknown-trade"),
        ({"school_year": "2019/20"}, "class.school-year-not-current"),
        ({"school_year": "2026/28"}, "assessment.malformed-school-year"),
    ],
)
async def test_what_the_catalogues_do_not_have_is_refused(
    stack: Stack, wrong: Json, code: str
) -> None:
    response = await stack.berufskolleg.post("/classes", {**NEW, **wrong})
    assert response.is_client_error
    refused(response, HTTPStatus(response.status_code), code)


async def test_a_malformed_class_is_refused_with_a_pointer(stack: Stack) -> None:
    response = await stack.berufskolleg.post("/classes", {**NEW, "size": 0})
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert pointers(problem) == ["/size"]


async def test_a_college_registers_its_own_classes_only(stack: Stack) -> None:
    response = await stack.berufskolleg.post("/classes", {**NEW, "college": OTHER})
    refused(response, HTTPStatus.FORBIDDEN, "identity.outside-own-area")
    response = await stack.koordination.post("/classes", NEW)
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_who_works_at_two_colleges_says_which_one_is_meant(stack: Stack) -> None:
    person = await appoint(stack, Role.COLLEGE, OWN)
    me = await person.read("/me")
    grant = GrantRole(account=me["account"], role=Role.COLLEGE, organisation=OTHER)
    await ask(stack.runtime, grant, CONSOLE, datetime.now(UTC))
    await stack.runtime.read_models.reached(await stack.head())
    unclear = await person.post("/classes", NEW)
    problem = refused(unclear, HTTPStatus.UNPROCESSABLE_ENTITY, "college.not-named")
    assert problem["errors"][0]["parameter"] == "college"
    recorded(await person.post("/classes", {**NEW, "college": OTHER}))
    assert (await person.read("/college", college=OTHER))["college"] == OTHER


async def test_a_class_changes_until_it_has_results(stack: Stack) -> None:
    this = await own_class(stack)
    smaller = {"programme": "A01", "trade": "10-10100", "size": 2}
    seen = await this.version()
    recorded(await this.person.put(this.path, smaller, seen=seen))
    stale = await this.person.put(this.path, {**smaller, "size": 3}, seen=seen)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    await this.record(row("p-anna", 1, 1))
    late = await this.person.put(this.path, {**smaller, "size": 3}, seen=seen + 2)
    refused(late, HTTPStatus.CONFLICT, "class.has-results")


async def test_a_class_without_results_is_withdrawn_with_a_reason(stack: Stack) -> None:
    this = await own_class(stack)
    seen = await this.version()
    because = {"reason": "Die Klasse kam nicht zustande."}
    decision = recorded(await this.person.post(f"{this.path}/withdrawal", because, seen=seen))
    (listed,) = await this.person.all_pages("/classes", at_least=decision["position"])
    assert listed["withdrawn"]
    response = await this.person.post(f"{this.in_round}/results", {"rows": [row("p-anna", 1, 1)]})
    refused(response, HTTPStatus.CONFLICT, "class.is-withdrawn")


async def test_learners_join_and_leave(stack: Stack) -> None:
    this = await own_class(stack)
    joining = {"pseudonyms": ["p-anna", "p-dora"]}
    recorded(await this.person.post(f"{this.path}/learners", joining))
    learners = await this.learners()
    assert sorted(learners) == ["p-anna", "p-ben", "p-cem", "p-dora"]
    recorded(await removed(this.person, f"{this.path}/learners/{learners['p-dora']}"))
    assert "p-dora" not in await this.learners()
    unknown = await removed(this.person, f"{this.path}/learners/{uuid4()}")
    refused(unknown, HTTPStatus.NOT_FOUND, "class.unknown-learner")
    name = await this.person.post(f"{this.path}/learners", {"pseudonyms": ["Anna Müller"]})
    refused(name, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")


async def test_classes_are_read_page_by_page(this_county: OwnClass) -> None:
    pages = await this_county.person.all_pages("/classes", limit=2)
    assert [one["name"] for one in pages] == ["MB26A", "MB26B", "MB26C"]
    assert await this_county.person.all_pages("/classes", school_year="2020/21") == []


@pytest.fixture
async def this_county(stack: Stack) -> OwnClass:
    """Three classes of the college."""
    this = await own_class(stack)
    for name in ("MB26B", "MB26C"):
        recorded(await stack.berufskolleg.post("/classes", {**NEW, "name": name}))
    await stack.runtime.read_models.reached(await stack.head())
    return this


async def test_a_key_is_named_by_its_fingerprint_and_replaced_only_on_purpose(
    stack: Stack,
) -> None:
    person, one, two = stack.berufskolleg, "1" * 64, "2" * 64
    recorded(await person.post("/college/pseudonym-key", {"fingerprint": one}))
    other = await person.post("/college/pseudonym-key", {"fingerprint": two})
    refused(other, HTTPStatus.CONFLICT, "college.key-already-adopted")
    replacing = {"fingerprint": two, "replace": True}
    recorded(await person.post("/college/pseudonym-key", replacing))
    assert (await person.read("/college"))["fingerprint"] == two
    assert (await stack.nachbarkolleg.read("/college"))["fingerprint"] == ""


async def test_the_list_says_how_far_each_class_is_in_each_round(stack: Stack) -> None:
    this = await own_class(stack)
    await registered_without_results(stack)

    async def listed() -> dict[str, Json]:
        page = await stack.berufskolleg.read("/classes", at_least=await stack.head())
        return {one["name"]: one for one in page["items"]}

    assert (await listed())["MB26A"]["sittings"] == []
    await this.record(row("p-anna", 1, 1), row("p-ben", 2, 2), row("p-cem", 0, 0))
    sitting = {"round": str(this.round), "stage": "collecting", "results": 3}
    expected = [{**sitting, "submitted": False, "released": False}]
    assert (await listed())["MB26A"]["sittings"] == expected
    await this.submit()
    expected = [{**sitting, "stage": "submitted", "submitted": True, "released": False}]
    assert (await listed())["MB26A"]["sittings"] == expected
    await this.release()
    found = await listed()
    assert found["MB26A"]["sittings"][0]["stage"] == "released"
    assert found["MB26A"]["sittings"][0]["submitted"]
    assert found["MB26B"]["sittings"] == []
    assert found["MB26B"]["trade_name"].startswith("Anlagenmechaniker")


async def registered_without_results(stack: Stack) -> None:
    recorded(await stack.berufskolleg.post("/classes", {**NEW, "name": "MB26B"}))
