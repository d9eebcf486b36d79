"""A request sent twice is done once; a key names one request for ever."""

import asyncio
from http import HTTPStatus

from tests.support.http import recorded, refused
from tests.support.stack import Stack

DELBRUECK = {"municipality": "05774020", "edition": "2025"}


async def test_a_request_sent_twice_is_recorded_once_and_answered_the_same(stack: Stack) -> None:
    before = await stack.head()
    first = await stack.koordination.post("/concepts", DELBRUECK, key="opening-1")
    again = await stack.koordination.post("/concepts", DELBRUECK, key="opening-1")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["location"] == first.headers["location"]
    assert await stack.head() == before + 1


async def test_a_request_sent_ten_times_at_once_is_recorded_once(stack: Stack) -> None:
    before = await stack.head()
    answers = await asyncio.gather(
        *(stack.koordination.post("/concepts", DELBRUECK, key="opening-1") for _ in range(10))
    )
    assert len({answer.text for answer in answers}) == 1
    assert await stack.head() == before + 1


async def test_the_same_key_with_other_content_is_refused(stack: Stack) -> None:
    recorded(await stack.koordination.post("/concepts", DELBRUECK, key="opening-1"))
    before = await stack.head()
    other = {**DELBRUECK, "municipality": "05774036"}
    response = await stack.koordination.post("/concepts", other, key="opening-1")
    refused(response, HTTPStatus.CONFLICT, "request.key-reused")
    assert await stack.head() == before


async def test_another_person_may_use_the_same_key(stack: Stack) -> None:
    """Keys are no secret, and nobody can take one from somebody else."""
    recorded(await stack.koordination.post("/concepts", DELBRUECK, key="1"))
    response = await stack.verwaltung.post("/accounts", {"name": "Neu (erfunden)"}, key="1")
    assert response.status_code == HTTPStatus.CREATED


async def test_a_refused_request_may_be_sent_again_with_its_key_once_it_is_possible(
    stack: Stack,
) -> None:
    edition = {
        "edition": "2027",
        "title": "Zweite Ausgabe",
        "sections": [{"key": "ziele", "title": "Ziele"}],
    }
    opening = {**DELBRUECK, "edition": "2027"}
    response = await stack.koordination.post("/concepts", opening, key="opening-2027")
    refused(response, HTTPStatus.NOT_FOUND, "framework.unknown-edition")
    recorded(await stack.koordination.post("/framework/editions", edition))
    recorded(await stack.koordination.post("/concepts", opening, key="opening-2027"))


async def test_saving_the_same_text_again_is_no_new_version(stack: Stack) -> None:
    concept = recorded(await stack.koordination.post("/concepts", DELBRUECK))["id"]
    path = f"/concepts/{concept}/sections/ziele"
    first = recorded(await stack.fallmanagement.put(path, {"text": "Ziele"}, seen=0))
    again = recorded(await stack.fallmanagement.put(path, {"text": "Ziele"}, seen=1))
    assert first["recorded"]
    assert not again["recorded"]
    assert again["version"] == first["version"]
