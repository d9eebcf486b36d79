"""What a college records of its learners reaches nobody else, by whatever operation they ask."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from domain.kernel import Role
from tests.support.addresses import filled
from tests.support.appointing import appoint
from tests.support.http import Json, Person, recorded
from tests.support.own_class import OWN, OwnClass, own_class, row
from tests.support.stack import Stack
from tests.support.stored import everything_stored

PSEUDONYM, FORM, NEEDLESS, REASON, LOOK, CHOICE = (
    "p-marker-6021",
    "form-marker-6022",
    "needless-reason-marker-6026",
    "reason-marker-6023",
    "look-marker-6024",
    "choice-marker-6025",
)
MARKERS = (PSEUDONYM, FORM, NEEDLESS, REASON, LOOK, CHOICE)
KIM = "kim-koordinierung"
CHANGING = ("post", "put", "delete")
ROWS = (
    "/submission",
    "/preview",
    "/import",
    "/second-look",
    "/recommendation",
    "/{learner}",
    "/learners",
    "/looks",
    "/results",
    "/template.csv",
    "/template.xlsx",
    "/meaning",
    "/comparison",
    "/export",
)
"""How the addresses end that show or change rows of learners."""


@pytest.fixture
async def this(stack: Stack) -> OwnClass:
    """Released, with a marker in everything that says something of a learner."""
    this = await own_class(stack, (PSEUDONYM, "p-ben"))
    await this.record(row(PSEUDONYM, 2, 2, form=FORM), row("p-ben", 0, 0), reason=NEEDLESS)
    await this.record(row(PSEUDONYM, 1, form=FORM, attendance="aborted"), reason=REASON)
    await this.submit()
    await this.release()
    learner = (await this.learners())[PSEUDONYM]
    path = f"{this.in_round}/learners/{learner}"
    look = {"level": "A2", "reason": LOOK}
    recorded(await this.person.post(f"{path}/second-look", look, seen=await this.version()))
    choice: Json = {"measures": [], "reason": CHOICE}
    recorded(await this.person.post(f"{path}/recommendation", choice, seen=await this.version()))
    await this.person.read(f"{this.in_round}/meaning")
    await stack.runtime.read_models.reached(await stack.head())
    return this


@pytest.fixture
async def others(stack: Stack) -> Mapping[str, Person]:
    """Everybody but the own college, one of each role."""
    steering = await appoint(stack, Role.STEERING_MEMBER, KIM)
    people = {key: person for key, person in stack.people.items() if key != "berufskolleg"}
    return {**people, "lenkungsgruppe": steering}


async def test_nobody_but_the_own_college_sees_anything_of_a_learner(
    this: OwnClass, others: Mapping[str, Person]
) -> None:
    """Each operation of the description, by each role, first reading and then changing."""
    description = (await this.stack.http.get("/schema/openapi.json")).json()
    filling = await addresses(this)
    own = [r async for _, r in asked(this.person, description, filling, ("get",))]
    seen = "".join(response.text for response in own)
    # A reason that none was needed for is kept nowhere.
    assert all(marker in seen for marker in MARKERS if marker != NEEDLESS), "they would be found"
    for methods in (("get",), CHANGING):
        looking = [
            sees_nothing(name, person, description, filling, methods)
            for name, person in others.items()
        ]
        assert min(await asyncio.gather(*looking)) > 4


async def test_the_trail_says_that_something_happened_and_not_what(this: OwnClass) -> None:
    trail = await this.stack.revision.all_pages("/audit/trail", organisation=OWN)
    shown = {entry["topic"].partition(".")[2]: entry for entry in trail}
    corrected = shown["result-corrected"]
    assert corrected["sentence"] == "Ein Ergebnis berichtigt."
    assert corrected["reason"] == "nicht gezeigt"
    assert corrected["event"]["result"] == corrected["event"]["reason"] == "nicht gezeigt"
    assert shown["learner-enrolled"]["event"]["pseudonym"] == "nicht gezeigt"
    assert shown["second-look-taken"]["event"]["level"] == "nicht gezeigt"
    assert not [marker for marker in MARKERS if marker in str(trail)]
    assert shown["rows-seen"]["event"]["purpose"] == "read-meaning"


async def test_nothing_of_a_learner_is_in_the_clear_in_the_database(this: OwnClass) -> None:
    stored = await everything_stored(this.stack.runtime.pool)
    assert str(this.id).encode() in stored
    assert not [marker for marker in MARKERS if marker.encode() in stored]


async def test_a_college_sees_its_own_classes_alone(this: OwnClass) -> None:
    other = this.stack.nachbarkolleg
    assert await other.all_pages("/classes") == []
    assert await other.all_pages("/classes", college=OWN) == []
    response = await other.ask("GET", this.path)
    assert response.status_code == HTTPStatus.FORBIDDEN
    unknown = await other.ask("GET", f"/classes/{uuid4()}")
    assert unknown.status_code == HTTPStatus.FORBIDDEN, "whether there is one is not told"
    for person in (this.stack.koordination, this.stack.revision, this.stack.verwaltung):
        (listed,) = await person.all_pages("/classes")
        assert (listed["name"], listed["learners"]) == ("MB26A", 2)


async def sees_nothing(
    name: str,
    person: Person,
    description: Json,
    filling: Mapping[str, object],
    methods: tuple[str, ...],
) -> int:
    """Ask everything as this person; how many addresses of learners' rows were among it."""
    rows = 0
    async for path, response in asked(person, description, filling, methods):
        assert response.status_code != HTTPStatus.INTERNAL_SERVER_ERROR, (name, path)
        assert not [m for m in MARKERS if m in response.text], (name, path)
        if "/classes/{" in path and path.endswith(ROWS):
            assert response.status_code == HTTPStatus.FORBIDDEN, (name, path)
            rows += 1
    return rows


async def addresses(this: OwnClass) -> Mapping[str, object]:
    """What stands in the places of addresses, the learner as every kind of person."""
    learner = (await this.learners())[PSEUDONYM]
    return {
        "training_class": this.id,
        "round_id": this.round,
        "learner": learner,
        "subject": learner,
        "person": learner,
        "account": learner,
        "instrument": "c-test",
        "number": 1,
        "version": 1,
        "name": "untis",
        "ags": "05774020",
        "organisation": OWN,
        "section": "zielgruppe",
        "edition": "2025",
        "position": 1_000_000,
        "command": uuid4(),
        "code": "class.unknown",
    }


async def asked(
    person: Person, description: Json, filling: Mapping[str, object], methods: tuple[str, ...]
) -> AsyncIterator[tuple[str, httpx.Response]]:
    """The answer to each operation, under its path in the description."""
    for path, item in description["paths"].items():
        if not path.startswith("/api/v1") or path.endswith("/news"):
            continue
        for method in methods:
            if method in item:
                yield path, await answer(person, method, path, item[method], filling)


async def answer(
    person: Person, method: str, path: str, operation: Json, filling: Mapping[str, object]
) -> httpx.Response:
    address = filled(path, operation, filling).removeprefix("/api/v1")
    query = "&".join(f"{name}={value}" for name, value in needed(operation, filling))
    headers = {"Idempotency-Key": str(uuid4()), "If-Match": '"1"', "Accept-Language": "de"}
    content = operation.get("requestBody", {}).get("content", {})
    json = content.get("application/json", {}).get("examples", {}).get("example", {}).get("value")
    if content and json is None:
        headers["Content-Type"] = "text/csv"
    return await person.ask(
        method.upper(),
        address + (f"?{query}" if query else ""),
        json,
        headers=headers,
        content=b"Pseudonym\r\n" if content and json is None else None,
    )


def needed(operation: Json, filling: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The query parameters that cannot be left out."""
    values = {"round": filling["round_id"], "school_year": "2026/27", "before": 0}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query" and parameter.get("required"):
            yield parameter["name"], values.get(parameter["name"], 1)


async def test_news_name_streams_and_nothing_else(this: OwnClass) -> None:
    response = await this.stack.koordination.ask(
        "GET", "/news?seconds=1", headers={"Last-Event-ID": "0"}
    )
    assert "class-assessment.result-recorded" in response.text
    assert not [marker for marker in MARKERS if marker in response.text]
    assert response.elapsed < timedelta(seconds=10)
