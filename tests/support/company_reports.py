"""Companies' reports over HTTP, for tests that need some to be there."""

from collections.abc import Mapping
from typing import Any

from tests.support.http import Json, Person, recorded
from tests.support.stack import Stack

HERE = "/company-reports"
NAME, CONTACT = "Metallbau Senne GmbH", "Petra Probst"
DELBRUECK = "05774020"
REMARK = "Gern im Schulungsraum."
QUESTION = "Sind alle berechtigt?"


def content(name: str = NAME, *, need: Mapping[str, Any] | None = None, **company: Any) -> Json:
    """What a company tells: four employees in Delbrück from A2 to B1."""
    return {
        "company": {
            "name": name,
            "municipality": DELBRUECK,
            "trade": "C",
            "size": "10-49",
            "chamber": "hwk",
            **company,
        },
        "contact": {"name": CONTACT, "email": "probst@metallbau-senne.example"},
        "need": {
            "groups": [{"number": 4, "status": "employed", "present": "a2", "wanted": "b1"}],
            "consent": ["jobcenter"],
            "pooling": True,
            **(need or {}),
        },
        "remark": REMARK,
    }


async def told(stack: Stack, **changes: Any) -> str:
    """A report entered by telephone; its path, once it is seen."""
    body = {"content": content(**changes)}
    decision = recorded(await stack.koordination.post(HERE, body))
    await stack.runtime.read_models.reached(decision["position"])
    return f"{HERE}/{decision['id']}"


async def step(
    stack: Stack, path: str, name: str, body: Json = None, *, by: Person | None = None
) -> Json:
    """Take a step with the report as it is now; how it is then."""
    person = by or stack.koordination
    seen = (await person.read(path))["version"]
    decision = recorded(await person.post(f"{path}/{name}", body, seen=seen))
    await stack.runtime.read_models.reached(decision["position"])
    return await stack.koordination.read(path)


async def triaged(stack: Stack, **changes: Any) -> str:
    """One that an answer is looked for."""
    path = await told(stack, **changes)
    await step(stack, path, "acknowledgement", {})
    await step(stack, path, "triage", {"routes": ["jobcenter"]})
    return path


async def referred(stack: Stack, **changes: Any) -> str:
    """One that the Jobcenter holds."""
    path = await triaged(stack, **changes)
    await step(stack, path, "referral", {"organisation": "jobcenter", "question": QUESTION})
    return path
