"""Courses that companies fill together over HTTP, for tests that need some to be there."""

from datetime import timedelta
from typing import Any

from tests.support.company_reports import DELBRUECK, triaged
from tests.support.days import today
from tests.support.http import Json, recorded
from tests.support.stack import Stack

POOLS = "/course-pools"
ONE, OTHER = "Metallbau Senne GmbH", "Bäckerei Lippe"
STARTS = (today() + timedelta(days=60)).isoformat()


def report_of(path: str) -> str:
    """The id of a report from its path."""
    return path.rpartition("/")[2]


def member(report: str, learners: int = 2) -> Json:
    """What is sent about a company that is asked; `report` is the path of its report."""
    return {"report": report_of(report), "learners": learners}


def proposal(*reports: str, **changes: Any) -> Json:
    """What is sent: a course in Delbrück in two months, with two learners of each company."""
    return {
        "course_type": "job-bsk",
        "level": "b1",
        "municipality": DELBRUECK,
        "starts_on": STARTS,
        "members": [member(report) for report in reports],
        **changes,
    }


async def proposed_pool(stack: Stack, *reports: str, **changes: Any) -> str:
    """The path of a pool that these reports, or two new ones, are asked to join, once it is seen.

    `reports` are paths as `tests.support.company_reports` gives them.
    """
    if not reports:
        reports = (await triaged(stack, name=ONE), await triaged(stack, name=OTHER))
    decision = recorded(await stack.koordination.post(POOLS, proposal(*reports, **changes)))
    await stack.runtime.read_models.reached(decision["position"])
    return f"{POOLS}/{decision['id']}"


async def answered(
    stack: Stack, pool: str, report: str, answer: str = "agree", reason: str = ""
) -> Json:
    """What a company says by telephone; how the pool is then."""
    body = {"answer": answer, "reason": reason}
    path = f"{pool}/members/{report_of(report)}/answer"
    decision = recorded(await stack.koordination.post(path, body))
    await stack.runtime.read_models.reached(decision["position"])
    return await stack.koordination.read(pool)


async def formed_pool(stack: Stack, *reports: str, **changes: Any) -> str:
    """The path of a pool to which all have agreed."""
    pool = await proposed_pool(stack, *reports, **changes)
    for one in (await stack.koordination.read(pool))["members"]:
        await answered(stack, pool, one["report"])
    return pool
