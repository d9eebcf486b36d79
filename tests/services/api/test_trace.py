"""The whole chain over HTTP: from a finding to the assessment round it led to, and back."""

from http import HTTPStatus
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from domain.kernel import Role
from tests.support.appointing import appoint
from tests.support.chain import chain
from tests.support.http import Json, Person, refused
from tests.support.stack import Stack
from tests.support.steering import MARCH, Clock

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
async def stack(clock: Clock, stack: Stack) -> Stack:
    """At the time the clock shows."""
    assert clock() == MARCH
    return stack


def kinds(trace: Json) -> list[str]:
    return [thing["kind"] for thing in trace["things"]]


async def test_from_a_finding_to_the_round_it_led_to_and_back(stack: Stack, clock: Clock) -> None:
    made = await chain(stack, clock)
    forward = await stack.koordination.read(f"/trace/finding/{made.ours}")
    assert kinds(forward) == [
        *("finding", "theme", "item", "vote", "resolution"),
        *("working-group", "agreement", "assessment-round"),
    ]
    assert [link["target"] for link in forward["links"]][-1] == f"assessment-round/{made.announced}"
    assert [thing["layer"] for thing in forward["things"]] == list(range(8))
    positions = [link["position"] for link in forward["links"]]
    assert positions == sorted(positions)
    assert forward["things"][0]["title"] == "Lücke, Sprache, Delbrück"

    back = await stack.koordination.read(f"/trace/assessment-round/{made.announced}")
    found = {thing["id"] for thing in back["things"]}
    assert {
        made.ours,
        made.theirs,
        made.theme,
        made.resolution,
        made.group,
        made.announced,
    } <= found
    assert back["hidden"] == 0
    for thing in back["things"]:
        if thing["kind"] in {"finding", "theme", "resolution", "working-group"}:
            await stack.koordination.read(thing["path"].removeprefix("/api/v1"))

    before = positions[3] - 1
    then = await stack.koordination.read(f"/trace/theme/{made.theme}", position=before)
    assert "resolution" not in kinds(then)
    await _see_no_more_than_they_may(stack, made.announced, made.theirs)
    await _is_drawn(stack.koordination, f"/trace/theme/{made.theme}")


async def _see_no_more_than_they_may(stack: Stack, announced: str, theirs: str) -> None:
    """Findings stand for few people: only some read each."""
    member = await appoint(stack, Role.STEERING_MEMBER, "jobcenter")
    seen = await member.read(f"/trace/assessment-round/{announced}")
    assert (seen["hidden"], "finding" in kinds(seen), "theme" in kinds(seen)) == (2, False, True)
    of_delbrueck = await stack.fallmanagement.read(f"/trace/assessment-round/{announced}")
    assert (of_delbrueck["hidden"], kinds(of_delbrueck).count("finding")) == (1, 1)
    for person, thing in (
        (stack.fallmanagement, f"finding/{theirs}"),
        (member, f"finding/{theirs}"),
        (stack.koordination, f"resolution/{uuid4()}"),
    ):
        response = await person.ask("GET", f"/trace/{thing}")
        refused(response, HTTPStatus.NOT_FOUND, "trace.unknown")
    response = await stack.jobcenter.ask("GET", f"/trace/assessment-round/{announced}")
    refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    response = await stack.koordination.ask("GET", f"/trace/party/{uuid4()}")
    refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")


async def _is_drawn(person: Person, path: str) -> None:
    """Every thing has its box and every link its arrow."""
    trace = await person.read(path)
    response = await person.ask("GET", f"{path}/picture.svg")
    assert response.headers["content-type"].startswith("image/svg+xml")
    root = ET.fromstring(response.content)  # noqa: S314 (our own picture)
    boxes = root.findall(f"{SVG}g")
    assert len(boxes) == len(trace["things"])
    assert len(root.findall(f"{SVG}path[@class='link']")) == len(trace["links"])
    assert [box.get("class") for box in boxes].count("thing here") == 1
    assert root.findtext(f"{SVG}title") == "Thema: Sprache im Betrieb"
