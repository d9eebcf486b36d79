"""Need reviews over HTTP: what is asked, what is found out, what is proposed, what is decided."""

from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

import pytest

from domain.steering.need_review_commands import review_of
from tests.support.days import today
from tests.support.http import Json, recorded, refused
from tests.support.stack import Stack
from tests.support.steering_group import SteeringGroup, proposal

TODAY = today()
MET = TODAY - timedelta(days=3)
QUESTION = "Braucht es eine kreisweite Arbeitsgruppe?"
OPENING: Json = {
    "school_year": "2025/26",
    "key": "fachsprache",
    "question": QUESTION,
    "fields": ["work", "language"],
}
EVIDENCE: Json = {
    "held_on": (TODAY - timedelta(days=90)).isoformat(),
    "fields": ["work", "language"],
    "attended": ["ihk", "jobcenter"],
    "evidence": [
        {"kind": "need", "field": "work", "text": "Auszubildende scheitern an der Theorie."},
        {"kind": "gap", "field": "language", "text": "Kurse fehlen."},
    ],
    "summary": "Beide berichten dasselbe.",
}
PROPOSAL: Json = {
    "title": "Arbeitsgruppe Fachsprache",
    "reasons": "Der Bedarf ist belegt.",
    "alternatives": [{"key": "vorschlag", "text": "Eine Arbeitsgruppe wird eingerichtet."}],
}
GROUP = proposal("Arbeitsgruppe Fachsprache", "Eine Arbeitsgruppe wird eingerichtet.")
ESTABLISHING: Json = {
    "type": "establish-working-group",
    "title": "Fachsprachliche Förderung",
    "purpose": "Auszubildende bestehen den theoretischen Teil.",
    "members": ["ihk"],
}
DUE = (TODAY + timedelta(days=90)).isoformat()


@pytest.fixture
async def group(stack: Stack) -> SteeringGroup:
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    return group


async def opened(stack: Stack) -> str:
    decision = recorded(await stack.koordination.post("/need-reviews", OPENING))
    await stack.runtime.read_models.reached(decision["position"])
    return f"/need-reviews/{decision['id']}"


async def change(stack: Stack, path: str, step: str, body: Json = None) -> Json:
    """Take a step with the review as it is now."""
    seen = (await stack.koordination.read(path))["version"]
    decision = recorded(await stack.koordination.post(f"{path}/{step}", body, seen=seen))
    await stack.runtime.read_models.reached(decision["position"])
    return decision


async def examined(stack: Stack) -> str:
    """A review with one evidence meeting and a proposal."""
    path = await opened(stack)
    recorded(await stack.koordination.post(f"{path}/meetings", {"meeting": 1, **EVIDENCE}))
    recorded(await stack.koordination.put(f"{path}/proposals/1", PROPOSAL, seen=0))
    return path


async def voted(group: SteeringGroup, key: str, day: date, *, yes: int, no: int) -> UUID:
    """A session that votes on the proposal, and is over."""
    session = await group.prepare(key, day, GROUP)
    await group.meet(session, day)
    await group.vote(session, day, GROUP.item, yes=yes, no=no)
    await group.close(session, day)
    return session


async def resolved(stack: Stack, session: UUID, mandate: Json) -> str:
    body = {
        "session": str(session),
        "number": 1,
        "mandate": mandate,
        "owner": "kim-koordinierung",
        "due": DUE,
    }
    return recorded(await stack.koordination.post("/resolutions", body))["id"]


async def test_a_need_is_examined_proposed_on_and_decided_by_a_resolution(
    stack: Stack, group: SteeringGroup
) -> None:
    path = await examined(stack)
    session = await voted(group, "2026-1", MET, yes=3, no=0)
    item = {"session": str(session), "item": str(GROUP.item)}
    put = await change(stack, path, "proposals/1/submission", item)
    early = await stack.koordination.post(f"{path}/closing", {}, seen=put["version"])
    refused(early, HTTPStatus.CONFLICT, "need-review.proposals-open")
    resolution = await resolved(stack, session, ESTABLISHING)
    taken_up = {"resolution": resolution}
    recorded(await stack.koordination.post(f"{path}/proposals/1/resolution", taken_up))
    closing = {"summary": "Der Bedarf ist belegt."}
    decision = await change(stack, path, "closing", closing)

    view = await stack.koordination.read(path)
    assert (view["stage"], view["outcome"]) == ("closed", "group-needed")
    assert view["resolutions"] == [resolution]
    (meeting,) = view["meetings"]
    assert [one["kind"] for one in meeting["evidence"]] == ["need", "gap"]
    (proposed,) = view["proposals"]
    assert (proposed["stage"], proposed["resolution"]) == ("resolved", resolution)
    assert meeting["position"] < proposed["position"] < view["position"] == decision["position"]

    then = await stack.revision.read(path, position=put["position"])
    assert (then["stage"], then["proposals"][0]["session"]) == ("open", str(session))
    told = await stack.revision.all_pages(f"{path}/history", limit=2)
    assert [entry["topic"].partition(".")[2] for entry in told] == [
        "opened",
        "evidence-meeting-held",
        "proposal-written",
        "proposal-put-forward",
        "proposal-resolved",
        "closed",
    ]
    assert "Industrie- und Handelskammer" in told[1]["sentence"]


async def test_evidence_is_corrected_and_withdrawn_with_a_reason(stack: Stack) -> None:
    path = await examined(stack)
    correction = {**EVIDENCE, "attended": ["ihk"], "reason": "Das Jobcenter fehlte."}
    stale = await stack.koordination.post(f"{path}/meetings/1/correction", correction, seen=1)
    refused(stale, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    await change(stack, path, "meetings/1/correction", correction)
    recorded(await stack.koordination.post(f"{path}/meetings", {"meeting": 2, **EVIDENCE}))
    await change(stack, path, "meetings/2/withdrawal", {"reason": "Doppelt erfasst."})
    first, second = (await stack.koordination.read(path))["meetings"]
    assert (first["attended"], first["withdrawn"]) == (["ihk"], "")
    assert second["withdrawn"] == "Doppelt erfasst."
    (row,) = (await stack.koordination.read("/need-reviews"))["items"]
    assert (row["meetings"], row["stage"]) == (1, "open")
    wrong: tuple[tuple[Json, HTTPStatus, str], ...] = (
        ({"meeting": 9}, HTTPStatus.CONFLICT, "need-review.meeting-not-next"),
        ({"attended": []}, HTTPStatus.UNPROCESSABLE_ENTITY, "need-review.nobody-attended"),
        (
            {"held_on": "2199-01-01"},
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "need-review.meeting-in-the-future",
        ),
    )
    for one, status, code in wrong:
        body = {"meeting": 3, **EVIDENCE, **one}
        refused(await stack.koordination.post(f"{path}/meetings", body), status, code)


async def test_a_proposal_is_written_version_by_version_and_comes_back_from_the_body(
    stack: Stack, group: SteeringGroup
) -> None:
    path = await opened(stack)
    recorded(await stack.koordination.put(f"{path}/proposals/1", PROPOSAL, seen=0))
    better = {**PROPOSAL, "reasons": "In allen Feldern belegt."}
    late = await stack.koordination.put(f"{path}/proposals/1", better, seen=0)
    refused(late, HTTPStatus.PRECONDITION_FAILED, "need-review.proposal-changed")
    recorded(await stack.koordination.put(f"{path}/proposals/1", better, seen=1))
    assert (await stack.koordination.read(path))["proposals"][0]["version"] == 2

    session = await voted(group, "2026-1", MET, yes=0, no=3)
    item = {"session": str(session), "item": str(GROUP.item)}
    early = await stack.koordination.post(f"{path}/proposals/1/submission", item, seen=3)
    refused(early, HTTPStatus.CONFLICT, "need-review.nothing-examined")
    recorded(await stack.koordination.post(f"{path}/meetings", {"meeting": 1, **EVIDENCE}))
    await change(stack, path, "proposals/1/submission", item)
    await change(stack, path, "proposals/1/return", {"reason": "Noch einmal prüfen."})
    await change(stack, path, "proposals/1/submission", item)
    recorded(await stack.koordination.post(f"{path}/proposals/1/rejection"))
    recorded(await stack.koordination.put(f"{path}/proposals/2", PROPOSAL, seen=0))
    await change(stack, path, "proposals/2/dropping", {"reason": "Überholt."})
    rejected, dropped = (await stack.koordination.read(path))["proposals"]
    assert (rejected["stage"], rejected["session"]) == ("turned-down", str(session))
    assert (dropped["stage"], dropped["dropped_because"]) == ("dropped", "Überholt.")
    seen = (await stack.koordination.read(path))["version"]
    closing = await stack.koordination.post(f"{path}/closing", {}, seen=seen)
    refused(closing, HTTPStatus.CONFLICT, "need-review.nothing-resolved")
    await change(stack, path, "abandonment", {"reason": "Kein Bedarf erkennbar."})
    assert (await stack.koordination.read(path))["stage"] == "abandoned"


async def test_a_review_that_the_body_asked_for_is_not_given_up(
    stack: Stack, group: SteeringGroup
) -> None:
    session = await voted(group, "2026-1", MET, yes=3, no=0)
    mandate = {"type": "open-need-review", "question": QUESTION, "fields": ["work"]}
    resolution = await resolved(stack, session, mandate)
    response = await stack.koordination.post(f"/resolutions/{resolution}/need-review")
    path = f"/need-reviews/{recorded(response)['id']}"
    assert response.headers["location"] == f"/api/v1{path}"
    assert path.endswith(str(review_of(UUID(resolution))))
    view = await stack.revision.read(path)
    assert (view["question"], view["resolution"]) == (QUESTION, resolution)
    because = {"reason": "Keine Zeit."}
    giving_up = await stack.koordination.post(f"{path}/abandonment", because, seen=1)
    refused(giving_up, HTTPStatus.CONFLICT, "need-review.is-mandated")
    early = await stack.koordination.post(f"/resolutions/{resolution}/fulfilment", {}, seen=1)
    refused(early, HTTPStatus.CONFLICT, "resolution.not-done-yet")


async def test_reviews_are_listed_by_stage_and_year_for_those_who_read_them(stack: Stack) -> None:
    path = await opened(stack)
    assert recorded(await stack.koordination.post("/need-reviews", OPENING))["recorded"] is False
    other = {**OPENING, "question": "Etwas anderes?"}
    again = await stack.koordination.post("/need-reviews", other)
    refused(again, HTTPStatus.CONFLICT, "need-review.already-opened")
    second = recorded(await stack.koordination.post("/need-reviews", {**OPENING, "key": "wohnen"}))
    await stack.runtime.read_models.reached(second["position"])
    both = [second["id"], path.rpartition("/")[2]]
    listed = await stack.fallmanagement.all_pages("/need-reviews", limit=1, school_year="2025/26")
    assert [row["id"] for row in listed] == both
    assert await stack.revision.all_pages("/need-reviews", stage="closed") == []
    assert await stack.revision.all_pages("/need-reviews", school_year="2020/21") == []
    for path_ in ("/need-reviews", path):
        response = await stack.jobcenter.ask("GET", path_)
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
    for person in (stack.fallmanagement, stack.jobcenter, stack.revision):
        response = await person.post("/need-reviews", {**OPENING, "key": "fremd"})
        refused(response, HTTPStatus.FORBIDDEN, "identity.role-missing")
