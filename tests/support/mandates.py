"""A body that resolved something, and a need review that is going on: for pages to be looked at."""

from domain.steering.session_commands import session_id
from tests.support.days import in_days
from tests.support.http import recorded
from tests.support.stack import Stack
from tests.support.steering_group import BODY, SteeringGroup, proposal

COMMISSIONED = proposal("Kurse am Abend", "Das Jobcenter klärt, wer Kurse am Abend anbietet.")
NOT_RECORDED = proposal("Bedarf melden", "Der Bedarf wird dem Ministerium gemeldet.")

SESSION = "abendkurse"
TO_RECORD = f"/steuerung/beschluesse/neu?sitzung={session_id(BODY, SESSION)}&abstimmung=2"
"""Where the coordination records the second resolution."""


async def resolved(stack: Stack) -> None:
    """Two proposals were adopted: one is a mandate of the Jobcenter, one is to be recorded."""
    met = in_days(-20)
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    session = await group.prepare(SESSION, met, COMMISSIONED, NOT_RECORDED)
    await group.meet(session, met)
    for item in (COMMISSIONED, NOT_RECORDED):
        await group.vote(session, met, item.item)
    await group.close(session, met)
    body = {
        "session": str(session),
        "number": 1,
        "mandate": {"type": "commission"},
        "owner": "jobcenter",
        "due": in_days(90).isoformat(),
    }
    recorded(await stack.koordination.post("/resolutions", body))


async def examined(stack: Stack) -> None:
    """A need review with an evidence meeting and a proposal that is not before a body yet."""
    held_on = in_days(-9)
    opening = {
        "school_year": "2026/27",
        "key": "abendkurse",
        "question": "Braucht es eine kreisweite Arbeitsgruppe für Kurse am Abend?",
        "fields": ["work", "language"],
    }
    decision = recorded(await stack.koordination.post("/need-reviews", opening))
    path = f"/need-reviews/{decision['id']}"
    meeting = {
        "meeting": 1,
        "held_on": held_on.isoformat(),
        "fields": ["work", "language"],
        "attended": ["ihk", "jobcenter"],
        "evidence": [{"kind": "gap", "field": "language", "text": "Am Abend fehlen Kurse."}],
    }
    recorded(await stack.koordination.post(f"{path}/meetings", meeting))
    wording = {"key": "vorschlag", "text": "Eine Arbeitsgruppe wird eingerichtet."}
    draft = {"title": "Abendkurse", "reasons": "Es fehlen Kurse.", "alternatives": [wording]}
    recorded(await stack.koordination.put(f"{path}/proposals/1", draft, seen=0))
