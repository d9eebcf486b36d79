"""A file on its way to erasure over HTTP: proposed, offered, answered, confirmed, gone."""

from http import HTTPStatus
from uuid import UUID, uuid4

from services.runtime import Runtime
from tests.support.http import Json, Person, recorded, refused
from tests.support.retention import left_long_ago, run, topics
from tests.support.stack import Stack

NAME = "Gisela Gegangen"


async def take(person: Person, who: UUID, step: str, body: Json = None) -> Json:
    """Take a step with the case as it is now."""
    path = f"/retention/cases/{who}"
    seen = (await person.read(path))["version"]
    return recorded(await person.post(f"{path}/{step}", body, seen=seen))


async def proposed(runtime: Runtime) -> UUID:
    who = await left_long_ago(runtime, NAME)
    await run(runtime)
    return who


async def listed(person: Person, who: UUID, **query: object) -> Json:
    """The row of this person, or None."""
    items = await person.all_pages("/retention/cases", **query)
    return next((row for row in items if row["person"] == str(who)), None)


async def test_a_file_goes_from_its_proposal_to_its_erasure(stack: Stack) -> None:
    who = await proposed(stack.runtime)
    row = await listed(stack.koordination, who)
    assert (row["stage"], row["due"], row["name"]) == ("proposed", "2025-01-01", NAME)

    export = await stack.koordination.read(f"/retention/cases/{who}/export")
    assert NAME in str(export["entries"])
    offer = {"digest": "9f" * 32, "reference": "Az. 41-07/2026"}
    await take(stack.koordination, who, "offer", offer)
    await take(stack.koordination, who, "archive-answer", {"answer": "declines"})
    done = await take(stack.verwaltung, who, "confirmation")

    view = await stack.revision.read(f"/retention/cases/{who}", at_least=done["position"])
    assert view["stage"] == "erased"
    assert NAME not in str(view)
    assert [entry["topic"] for entry in view["trail"]] == await topics(stack.runtime, who)
    assert "VO-DV I NRW § 9" in view["trail"][-1]["reason"]
    row = await listed(stack.koordination, who, at_least=done["position"])
    assert row["stage"] == "erased"
    assert row["name"] != NAME
    after = await stack.koordination.read(f"/retention/cases/{who}/export")
    assert NAME not in str(after)


async def test_a_step_out_of_turn_is_refused_in_german(stack: Stack) -> None:
    who = await proposed(stack.runtime)
    path = f"/retention/cases/{who}"
    early = await stack.verwaltung.post(f"{path}/confirmation", seen=1)
    refused(early, HTTPStatus.CONFLICT, "retention.archive-not-asked")
    late = await stack.verwaltung.post(f"{path}/offer", {}, seen=7)
    refused(late, HTTPStatus.PRECONDITION_FAILED, "request.version-changed")
    await take(stack.koordination, who, "offer", {})
    waiting = await stack.verwaltung.post(f"{path}/confirmation", seen=2)
    refused(waiting, HTTPStatus.CONFLICT, "retention.archive-may-answer")


async def test_a_hold_stops_the_case_and_a_direct_erasure(stack: Stack) -> None:
    who = await proposed(stack.runtime)
    placed = await stack.verwaltung.post(f"/subjects/{who}/holds", {"reason": "Klage 12 K 3/31"})
    position = recorded(placed)["position"]
    held = await listed(stack.revision, who, held=True, at_least=position)
    assert held["held"] is True
    offering = await stack.koordination.post(f"/retention/cases/{who}/offer", {}, seen=2)
    refused(offering, HTTPStatus.CONFLICT, "privacy.legal-hold")
    erasing = await stack.verwaltung.post(f"/subjects/{who}/erasure", {"reason": "Art. 17"})
    assert (
        "Klage 12 K 3/31" in refused(erasing, HTTPStatus.CONFLICT, "privacy.legal-hold")["detail"]
    )
    view = await stack.revision.read(f"/retention/cases/{who}")
    assert [hold["reason"] for hold in view["holds"]] == ["Klage 12 K 3/31"]

    lifting = placed.headers["location"].removeprefix("/api/v1")
    position = recorded(await stack.verwaltung.post(lifting, {"reason": "Urteil"}))["position"]
    assert await listed(stack.revision, who, held=True, at_least=position) is None
    await take(stack.koordination, who, "offer", {})


async def test_a_case_is_postponed_and_withdrawn(stack: Stack) -> None:
    who = await proposed(stack.runtime)
    until = {"until": "2199-01-01", "reason": "Prüfung läuft"}
    await take(stack.koordination, who, "postponement", until)
    offering = await stack.koordination.post(f"/retention/cases/{who}/offer", {}, seen=2)
    refused(offering, HTTPStatus.CONFLICT, "retention.postponed")
    done = await take(stack.verwaltung, who, "withdrawal", {"reason": "Wird gebraucht."})
    row = await listed(stack.koordination, who, stage="withdrawn", at_least=done["position"])
    assert row["postponed_until"] is None
    again = await take(stack.koordination, who, "proposal")
    assert again["recorded"] is True


async def test_each_role_has_its_part(stack: Stack) -> None:
    who = await proposed(stack.runtime)
    path = f"/retention/cases/{who}"
    for outsider in (stack.fallmanagement, stack.jobcenter):
        for place in ("/retention/cases", path, "/retention/classes", f"{path}/export"):
            refused(await outsider.ask("GET", place), HTTPStatus.FORBIDDEN, "identity.role-missing")
    missing = "identity.role-missing"
    refused(await stack.revision.ask("GET", f"{path}/export"), HTTPStatus.FORBIDDEN, missing)
    for step in ("confirmation", "withdrawal"):
        body = {"reason": "Nein"} if step == "withdrawal" else None
        asked = await stack.koordination.post(f"{path}/{step}", body, seen=1)
        refused(asked, HTTPStatus.FORBIDDEN, missing)
    holding = await stack.koordination.post(f"/subjects/{who}/holds", {"reason": "Klage"})
    refused(holding, HTTPStatus.FORBIDDEN, missing)


async def test_cases_are_listed_in_pages_by_what_was_due_first(stack: Stack) -> None:
    people = {str(await left_long_ago(stack.runtime, f"Person {n}")) for n in range(3)}
    await run(stack.runtime)
    rows = await stack.revision.all_pages("/retention/cases", limit=2)
    found = [row["person"] for row in rows]
    assert set(found) == people
    assert len(found) == len(people)
    assert await stack.revision.all_pages("/retention/cases", due_by="2024-12-31") == []
    assert await stack.revision.all_pages("/retention/cases", retention_class="certificates") == []
    assert len(await stack.revision.all_pages("/retention/cases", held=False)) == len(people)


async def test_the_classes_in_force_are_shown(stack: Stack) -> None:
    classes = await stack.revision.read("/retention/classes")
    assert {each["key"]: each["years"] for each in classes}["certificates"] == 50
    assert [each["key"] for each in classes if not each["is_confirmed"]] == [
        "language-assessments",
        "accounts",
        "findings",
        "company-report-contact",
        "post-holders",
    ]


async def test_a_person_at_work_has_a_case_without_a_proposal(stack: Stack) -> None:
    me = (await stack.revision.read("/me"))["account"]
    view = await stack.revision.read(f"/retention/cases/{me}")
    assert (view["stage"], view["version"], view["due"]) == ("not-proposed", 0, None)
    early = await stack.koordination.post(f"/retention/cases/{me}/proposal", seen=0)
    refused(early, HTTPStatus.CONFLICT, "retention.not-due")


async def test_of_whom_nothing_is_kept_there_is_no_case(stack: Stack) -> None:
    nobody = uuid4()
    asked = await stack.revision.ask("GET", f"/retention/cases/{nobody}")
    refused(asked, HTTPStatus.NOT_FOUND, "retention.unknown-file")
