"""Administrators see what runs, what comes next, and what stands still."""

from datetime import UTC, datetime, timedelta

from tests.support.http import Json, recorded
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

DELBRUECK = {"municipality": "05774020", "edition": "2025"}


async def process(stack: Stack, concept: str, *, running: str) -> Json:
    """The process of this concept, once it is so."""

    def is_so(page: Json) -> bool:
        return any(one["subject"] == concept and one["running"] == running for one in page["items"])

    page = await stack.verwaltung.until("/processes", is_so)
    return next(one for one in page["items"] if one["subject"] == concept)


async def test_a_process_says_what_it_waits_for_and_that_it_runs(stack: Stack) -> None:
    concept = recorded(await stack.koordination.post("/concepts", DELBRUECK))["id"]
    waiting = await process(stack, concept, running="running")
    assert (waiting["title"], waiting["next_step"]) == ("Delbrück", None)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    await stack.runtime.read_models.reached(await stack.head())
    consulting = await process(stack, concept, running="running")
    assert consulting["stage"] == "consulting"
    assert consulting["next_step"] in {"remind", "escalate", "close-consultation"}
    coming = datetime.fromisoformat(consulting["next_at"])
    assert datetime.now(UTC) < coming < datetime.now(UTC) + timedelta(hours=2)
    assert not consulting["is_late"]
