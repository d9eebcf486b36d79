"""Damaged files through HTTP: taken in whole, or everything wrong is named; never a failure."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from http import HTTPStatus
from random import Random
from uuid import uuid4

import pytest

from services.api.uploads import XLSX
from tests.support.assessing import approve_instrument
from tests.support.assessments import present_school_year
from tests.support.class_files import ods_file
from tests.support.damage import damaged
from tests.support.damaged import File
from tests.support.damaged import damaged as damaged_lists
from tests.support.http import Json, refused
from tests.support.own_class import OWN, OwnClass, open_round, own_class, registered, row
from tests.support.stack import Stack

SEED = 20_261_123
LISTS = 180
RESULTS = 50
LOADS = 50
AT_ONCE = 8
KEY = bytes(range(32)).hex()
OUTCOMES = {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}
HEADINGS = ("Pseudonym", "Text 1 R/F", "Text 1 WE", "Im Büro R/F", "Im Büro WE")


@pytest.fixture(autouse=True)
def told_seed() -> None:
    """Shown with a failure, so that it can be repeated."""
    print(f"seed {SEED}")  # noqa: T201 (that is what it is for)


def checked(response_status: int, body: Json, what: object) -> bool:
    """Whether a file came in whole; otherwise its faults are named."""
    assert response_status in OUTCOMES, (what, body)
    if response_status == HTTPStatus.OK:
        assert "errors" not in body, what
        return True
    assert body["errors"], what
    assert all(error["detail"] and "{" not in error["detail"] for error in body["errors"]), what
    return False


async def test_a_damaged_list_registers_all_its_classes_or_none(stack: Stack) -> None:
    person, year = stack.berufskolleg, present_school_year()

    async def send(number: int, file: File) -> bool:
        what = (number, file.format, file.damage)
        response = await person.ask(
            "POST",
            f"/classes/import?school_year={year}&dry_run={number % 3 != 0}",
            headers={
                "Content-Type": "application/octet-stream",
                "Idempotency-Key": str(uuid4()),
                "Pseudonym-Key": KEY,
            },
            content=file.content,
        )
        body = response.json()
        is_whole = checked(response.status_code, body, what)
        assert is_whole == bool(body.get("classes")), what
        return is_whole

    files = list(enumerate(damaged_lists(SEED, LISTS)))
    assert await all_of([send(number, file) for number, file in files]) == {True, False}


async def test_damaged_results_of_a_class_are_recorded_whole_or_not(stack: Stack) -> None:
    this = await own_class(stack)
    files = list(damaged_results(await whole_results(this)))
    assert len(files) == 3 * RESULTS

    async def version() -> int:
        return len(await stack.runtime.store.load(this.id))

    async def send(number: int, how: str, content: bytes) -> bool:
        before = await version()
        response = await this.person.ask(
            "POST",
            f"{this.in_round}/results/import?enrols={number % 2 == 0}",
            headers={
                "Content-Type": "application/octet-stream",
                "Idempotency-Key": str(uuid4()),
                "Correction-Reason": "Nachgebessert",
                "If-Match": f'"{before}"',
            },
            content=content,
        )
        is_whole = checked(response.status_code, response.json(), (number, how))
        assert is_whole or await version() == before, (number, how)
        return is_whole

    outcomes = {await send(number, *file) for number, file in enumerate(files)}
    assert outcomes == {True, False}


async def test_a_damaged_load_is_taken_in_whole_or_not(stack: Stack) -> None:
    await approve_instrument(stack.runtime)
    this = await open_round(stack)
    names = ("MB26A", "MB26B")
    for name in names:
        await registered(stack.berufskolleg, name)
    draw, whole = Random(SEED), load_of(names)
    outcomes: set[bool] = set()
    for number in range(LOADS):
        bad, how = damaged(whole, draw)
        response = await stack.berufskolleg.ask(
            "POST",
            f"/imports?round={this}",
            headers={"Content-Type": "text/csv", "Idempotency-Key": str(uuid4())},
            content=bad,
        )
        if response.status_code == HTTPStatus.ACCEPTED:
            path = response.headers["location"].removeprefix("/api/v1")
            view = await stack.berufskolleg.until(path, lambda view: view["state"] != "running")
            assert (view["state"], view["done"]) == ("done", view["classes"]), (number, how)
        else:
            problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "file.faulty")
            assert problem["errors"], (number, how)
        outcomes.add(response.status_code == HTTPStatus.ACCEPTED)
    assert outcomes == {True, False}


async def whole_results(this: OwnClass) -> Sequence[bytes]:
    """The templates of the class as XLSX and CSV, filled in, and the same as ODS."""
    await this.record(row("p-anna", 2, 1), row("p-ben", 1, 1), row("p-cem", 0, 2))
    book = await this.person.ask("GET", f"{this.in_round}/template.xlsx")
    assert book.headers["content-type"] == XLSX
    text = await this.person.ask("GET", f"{this.in_round}/template.csv")
    rows = (("p-anna", 2, 2, 1, 1), ("p-ben", 1, 1, 1, 1), ("p-cem", 0, 0, 2, 2))
    return book.content, text.content, ods_file(HEADINGS, *rows).getvalue()


def damaged_results(wholes: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    draw = Random(SEED)
    for whole in wholes:
        for _ in range(RESULTS):
            bad, how = damaged(whole, draw)
            yield how, bad


def load_of(names: Sequence[str]) -> bytes:
    head = ("Berufskolleg", "Schuljahr", "Klasse", *HEADINGS)
    rows = [
        (OWN, present_school_year(), name, f"{name}-WE{n}", "1", "2", "0", "1")
        for name in names
        for n in range(3)
    ]
    return "\r\n".join(";".join(line) for line in (head, *rows)).encode()


async def all_of(sending: Sequence[Coroutine[None, None, bool]]) -> set[bool]:
    """What became of them, so many sent at once."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one: Coroutine[None, None, bool]) -> bool:
        async with turns:
            return await one

    return set(await asyncio.gather(*map(in_turn, sending)))
