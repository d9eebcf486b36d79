"""Instruments over HTTP: written, submitted, approved by a second person, read by who may."""

from collections.abc import Mapping
from http import HTTPStatus

import pytest

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.assessing import DEFINITION
from tests.support.http import Json, Person, pointers, recorded, refused
from tests.support.stack import Stack

COLLEGE = "edith-stein-berufskolleg"
KIM = "kim-koordinierung"
NEW = {"key": "c-test", "title": "C-Test Fachsprache", "kind": "c-test"}


@pytest.fixture
async def eva(stack: Stack) -> Person:
    """Of the expert group."""
    return await appoint(stack, Role.EXPERT, KIM)


async def drafted(author: Person) -> Json:
    recorded(await author.post("/instruments", NEW))
    seen = (await author.read("/instruments/c-test"))["version"]
    return recorded(await author.put("/instruments/c-test/versions/1", DEFINITION, seen=seen))


async def step(person: Person, name: str, body: Json = None) -> Json:
    seen = (await person.read("/instruments/c-test"))["version"]
    return recorded(await person.post(f"/instruments/c-test/versions/1/{name}", body, seen=seen))


async def test_an_instrument_is_written_by_one_and_approved_by_another(
    stack: Stack, eva: Person
) -> None:
    registered = await eva.post("/instruments", NEW)
    assert registered.status_code == HTTPStatus.CREATED
    assert registered.headers["location"] == "/api/v1/instruments/c-test"
    assert registered.headers["etag"] == '"1"'
    recorded(await eva.put("/instruments/c-test/versions/1", DEFINITION, seen=1))
    await step(eva, "submission")
    version = await eva.read("/instruments/c-test/versions/1")
    assert version["state"] == "submitted"
    seen = {"digest": version["digest"]}
    own = await eva.post("/instruments/c-test/versions/1/approval", seen, seen=3)
    refused(own, HTTPStatus.FORBIDDEN, "instrument.author-may-not-approve")
    decision = await step(stack.koordination, "approval", seen)
    assert decision["version"] == 4
    found = await eva.read("/instruments/c-test")
    assert [v["state"] for v in found["versions"]] == ["approved"]
    listed = await eva.read("/instruments", at_least=decision["position"])
    assert listed["items"] == [found]
    assert listed["next"] is None


async def test_a_version_that_was_approved_never_changes(stack: Stack, eva: Person) -> None:
    await drafted(eva)
    await step(eva, "submission")
    digest = (await eva.read("/instruments/c-test/versions/1"))["digest"]
    await step(stack.koordination, "approval", {"digest": digest})
    other = {**DEFINITION, "norms": {**DEFINITION["norms"], "people": 121}}
    response = await eva.put("/instruments/c-test/versions/1", other, seen=4)
    refused(response, HTTPStatus.CONFLICT, "instrument.version-not-a-draft")
    assert (await eva.read("/instruments/c-test/versions/1"))["digest"] == digest
    recorded(await eva.put("/instruments/c-test/versions/2", other, seen=4))
    assert (await eva.read("/instruments/c-test/versions/2"))["digest"] != digest


async def test_a_version_comes_back_with_a_reason_and_is_retired_with_one(
    stack: Stack, eva: Person
) -> None:
    await drafted(eva)
    await step(eva, "submission")
    await step(stack.koordination, "return", {"reason": "Text 2 ist zu schwer."})
    assert (await eva.read("/instruments/c-test/versions/1"))["state"] == "drafted"
    await step(eva, "submission")
    digest = (await eva.read("/instruments/c-test/versions/1"))["digest"]
    await step(stack.koordination, "approval", {"digest": digest})
    await step(stack.koordination, "retirement", {"reason": "Durch Version 2 ersetzt."})
    retired = await eva.read("/instruments/c-test/versions/1")
    assert (retired["state"], retired["reason"]) == ("retired", "Durch Version 2 ersetzt.")


async def test_texts_and_solutions_are_for_the_coordination_and_the_expert_group_only(
    stack: Stack, eva: Person
) -> None:
    await drafted(eva)
    for person in (eva, stack.koordination):
        whole = await person.read("/instruments/c-test/versions/1")
        assert whole["with_solutions"]
        assert whole["definition"]["parts"][0]["gaps"][0]["accepted"] == ["statt"]
    others = [
        await appoint(stack, Role.COLLEGE, COLLEGE),
        await appoint(stack, Role.STEERING_MEMBER, KIM),
        stack.revision,
        stack.verwaltung,
    ]
    for person in others:
        response = await person.ask("GET", "/instruments/c-test/versions/1")
        assert not response.json()["with_solutions"]
        assert [p["maximum"] for p in response.json()["definition"]["parts"]] == [2, 2]
        for word in ("statt", "beitet", "gear"):
            assert word not in response.text
    for person in (stack.jobcenter, stack.fallmanagement):
        for path in ("", "/c-test", "/c-test/versions/1", "/c-test/versions/1/cut-scores"):
            response = await person.ask("GET", f"/instruments{path}")
            refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def test_cut_scores_say_who_set_them_and_which_cefr_level_they_mean(
    stack: Stack, eva: Person
) -> None:
    await drafted(eva)
    college = await appoint(stack, Role.COLLEGE, COLLEGE)
    found = await college.read("/instruments/c-test/versions/1/cut-scores")
    assert (found["author"], found["set_on"], found["maximum"]) == ("Fachgruppe", "2026-01-15", 4)
    assert [cut["level"] for cut in found["cuts"]] == ["A1", "A2", "B1"]
    assert all(cut["cefr"].startswith("http://data.europa.eu/snb/cefr/") for cut in found["cuts"])


WRONG: Mapping[str, tuple[Json, str]] = {
    "a day no calendar has": (
        {"cut_scores": {**DEFINITION["cut_scores"], "set_on": "1066-10-14"}},
        "/cut_scores/set_on",
    ),
    "no part": ({"parts": []}, "/parts"),
    "a field nobody knows": ({"solutions": []}, "/solutions"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_a_definition_is_pointed_to(eva: Person, name: str) -> None:
    recorded(await eva.post("/instruments", NEW))
    change, pointer = WRONG[name]
    response = await eva.put("/instruments/c-test/versions/1", {**DEFINITION, **change}, seen=1)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert pointers(response.json()) == [pointer]


async def test_what_is_not_there_is_not_found(eva: Person) -> None:
    response = await eva.ask("GET", "/instruments/c-test")
    refused(response, HTTPStatus.NOT_FOUND, "instrument.unknown")
    await drafted(eva)
    response = await eva.ask("GET", "/instruments/c-test/versions/2/cut-scores")
    refused(response, HTTPStatus.NOT_FOUND, "instrument.unknown-version")
    other = await eva.put("/instruments/c-test/versions/1", DEFINITION, seen=1)
    refused(other, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")


async def test_catalogues_name_their_source(stack: Stack) -> None:
    levels = await stack.jobcenter.read("/levels")
    assert [level["key"] for level in levels][:3] == ["A1-", "A1", "A1+"]
    assert len(levels) == 14
    trades = await stack.koordination.read("/trades", query="Anlagenmechaniker", limit=1)
    assert trades["source"]["date"] == "2025-09-05"
    assert trades["items"][0]["key"] == "10-10100"
    following = await stack.koordination.read(
        "/trades", query="Anlagenmechaniker", limit=1, cursor=trades["next"]
    )
    assert following["items"][0]["key"] == "10-10104"
    programmes = await stack.koordination.all_pages("/programmes", limit=20)
    assert programmes[0]["key"] == "A01"
    assert len({(p["key"], p["valid_from"]) for p in programmes}) == len(programmes)
    english = await stack.koordination.ask("GET", "/measures", headers={"Accept-Language": "en"})
    assert {m["key"]: m["name"] for m in english.json()}["german-support-class"].startswith(
        "German support class"
    )
    assert (await stack.koordination.read("/accommodations"))[0] == {
        "key": "extra-time",
        "name": "mehr Zeit",
    }
