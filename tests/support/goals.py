"""A goal of this school year over HTTP, and a report on it that was given out and goes on."""

from uuid import uuid4

from services.web.assessments.viewer import present_year
from tests.support.http import recorded
from tests.support.stack import Stack

GOAL = {
    "goal": "meetings",
    "text": "Die Arbeitsgruppen haben fünfmal getagt.",
    "targets": [{"key": "meetings", "counts": "meeting-held", "at_least": 5, "lead_days": 14}],
    "told": ["agreement-made"],
}


async def aimed_at(stack: Stack) -> None:
    """Also with an introduction written after the first text was kept."""
    year = f"/school-years/{present_year().replace('/', '-')}"
    coordinator = stack.koordination
    recorded(await coordinator.post(f"{year}/goals", GOAL))
    recorded(await coordinator.post(f"{year}/report/states", seen=0))
    introduction = {"statement": "remark:introduction", "text": "Ein Jahr der Arbeitsgruppen."}
    headers = {"If-Match": '"1"', "Idempotency-Key": str(uuid4())}
    path = f"{year}/report/prose"
    recorded(await coordinator.ask("PUT", path, introduction, headers=headers))
