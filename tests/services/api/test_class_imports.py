"""Classes and learners from files over HTTP: whole or not at all, and the key never stays."""

import logging
from collections.abc import Iterator
from http import HTTPStatus
from random import Random
from uuid import UUID, uuid4

import httpx
import pytest
import structlog
from structlog.typing import EventDict

from services.privacy.pseudonyms import PseudonymKey
from tests.support.assessments import present_school_year
from tests.support.college_files import PASSWORD, WHOLE, Rows, csv, rows
from tests.support.http import Json, Person, recorded, refused
from tests.support.stack import Stack
from tests.support.stored import everything_stored

KEY = bytes(range(7, 39))
OTHER_KEY = bytes(32)
NAMES = ("Müller", "Straße", "Mirjana")
"""Long enough that bytes drawn at random do not spell them: three letters once did."""


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What is logged at the most talkative level."""
    captured = structlog.testing.LogCapture()
    before = structlog.get_config()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, captured],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        cache_logger_on_first_use=False,
    )
    yield captured.entries
    structlog.configure(**before)


async def sent(
    person: Person, content: bytes, *, key: bytes | None = KEY, query: str = ""
) -> httpx.Response:
    headers = {
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": str(uuid4()),
        "Accept-Language": "de",
    }
    if key is not None:
        headers["Pseudonym-Key"] = key.hex()
    year = present_school_year()
    path = f"/classes/import?school_year={year}{query}"
    return await person.ask("POST", path, headers=headers, content=content)


def table() -> Rows:
    return rows(Random(4))


async def test_a_list_registers_its_classes_once(stack: Stack) -> None:
    person = stack.berufskolleg
    dry = recorded(await sent(person, csv(table()), query="&dry_run=true"))
    assert not dry["recorded"]
    assert (await person.read("/college"))["fingerprint"] == ""
    found = recorded(await sent(person, csv(table())))
    assert found["recorded"]
    assert [(c["name"], c["is_new"], c["joining"]) for c in found["classes"]] == [
        (c["name"], c["is_new"], c["joining"]) for c in dry["classes"]
    ]
    assert found["message"] == "2 Klassen neu gemeldet, 12 Personen aufgenommen."
    again = recorded(await sent(person, csv(table())))
    assert not again["recorded"]
    assert again["message"].startswith("Nichts zu ändern")
    listed = await person.all_pages("/classes", at_least=found["position"])
    assert {c["name"]: c["learners"] for c in listed} == {"H1A": 6, "K1B": 6}
    college = await person.read("/college")
    assert college["fingerprint"] == PseudonymKey(KEY).fingerprint


async def test_another_key_is_refused_and_so_is_one_that_is_none(stack: Stack) -> None:
    recorded(await sent(stack.berufskolleg, csv(table())))
    other = await sent(stack.berufskolleg, csv(table()), key=OTHER_KEY)
    refused(other, HTTPStatus.CONFLICT, "file.other-key")
    short = await sent(stack.berufskolleg, csv(table()), key=b"short")
    problem = refused(short, HTTPStatus.BAD_REQUEST, "file.key-malformed")
    assert b"short".hex() not in str(problem)


async def test_the_key_and_names_stay_neither_in_logs_nor_in_the_database(
    stack: Stack, lines: list[EventDict]
) -> None:
    """Markers are looked for in all that was written, and the search is seen to find something."""
    _, whole = WHOLE["svws"]
    recorded(await sent(stack.berufskolleg, csv(table())))
    response = await sent(stack.berufskolleg, whole(table()))
    assert response.status_code in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}
    assert PASSWORD not in response.text
    refused(
        await sent(stack.berufskolleg, csv(table()), key=OTHER_KEY),
        HTTPStatus.CONFLICT,
        "file.other-key",
    )
    stored, log = await everything_stored(stack.runtime.pool), "\n".join(map(str, lines)).encode()
    assert PseudonymKey(KEY).fingerprint.encode() in stored
    assert b"recorded" in log
    keys = [form for key in (KEY, OTHER_KEY[:16]) for form in (key, key.hex().encode())]
    for secret in (*keys, *(name.encode() for name in NAMES), PASSWORD.encode()):
        assert secret not in log
    for secret in (KEY, KEY.hex().encode(), *(n.encode() for n in NAMES), PASSWORD.encode()):
        assert secret not in stored


async def test_one_bad_row_keeps_the_whole_file_out(stack: Stack) -> None:
    bad = table()
    bad[3][1], bad[5][5] = "A99", "31.02.2008"
    head = await stack.head()
    response = await sent(stack.berufskolleg, csv(bad))
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert {error["cell"] for error in problem["errors"]} == {"B4", "F6"}
    assert all("Bitte" in error["detail"] or error["detail"] for error in problem["errors"])
    assert await stack.head() == head


async def test_what_the_domain_refuses_is_said_of_the_class(stack: Stack) -> None:
    person = stack.berufskolleg
    registering = {
        "school_year": present_school_year(),
        "name": "H1A",
        "programme": "A01",
        "trade": "10-10100",
        "size": 20,
    }
    recorded(await person.post("/classes", registering))
    head = await stack.head()
    problem = refused(
        await sent(person, csv(table())), HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty"
    )
    (error,) = problem["errors"]
    assert (error["value"], error["code"]) == ("H1A", "class.already-registered")
    assert await stack.head() == head, "the other class of the file is not registered either"


async def test_a_list_without_learners_needs_their_number(stack: Stack) -> None:
    short = [line[:3] for line in table()[:1] + table()[1:3]]
    alone = await sent(stack.berufskolleg, csv(short), key=None)
    problem = refused(alone, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
    assert {error["code"] for error in problem["errors"]} == {"class.size-not-said"}
    recorded(await sent(stack.berufskolleg, csv(short), key=None, query="&size=22"))


async def test_a_saved_mapping_reads_a_list_of_ones_own(stack: Stack) -> None:
    person = stack.berufskolleg
    own = [["Gruppe", "Gl.", "Beruf", "Nr."], ["H1A", "A01", "10-10104", "4711"]]
    columns = {"class": "Gruppe", "programme": "Gl.", "trade": "Beruf", "own_id": "Nr."}
    unsaved = await sent(person, csv(own), query="&mapping=untis")
    refused(unsaved, HTTPStatus.NOT_FOUND, "college.unknown-mapping")
    recorded(await person.put("/college/mappings/untis", {"columns": columns}, seen=0))
    found = recorded(await sent(person, csv(own), query="&mapping=untis"))
    assert found["classes"][0]["joining"] == 1
    view = await person.read("/college")
    assert view["mappings"] == {"untis": columns}
    dropping = await person.ask(
        "DELETE", "/college/mappings/untis", headers={"If-Match": f'"{view["version"]}"'}
    )
    recorded(dropping)
    assert (await person.read("/college"))["mappings"] == {}


@pytest.mark.parametrize("kind", sorted(WHOLE))
async def test_every_format_registers_classes(stack: Stack, kind: str) -> None:
    """Those whose format has no programmes are registered before."""
    person = stack.berufskolleg
    _, write = WHOLE[kind]
    if kind in {"svws", "oneroster"}:
        for name, trade in (("H1A", "10-10104"), ("K1B", "10-10100")):
            body: Json = {"name": name, "programme": "A01", "trade": trade, "size": 6}
            year = {"school_year": present_school_year()}
            recorded(await person.post("/classes", {**body, **year}))
    found = recorded(await sent(person, write(table())))
    assert sorted(c["name"] for c in found["classes"]) == ["H1A", "K1B"]
    assert sum(c["joining"] for c in found["classes"]) in {0, 12}
    assert UUID(found["classes"][0]["id"])
