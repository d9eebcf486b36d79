"""The record for auditors: search, any process at any moment, what was shown, the whole log."""

import asyncio
import csv
import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from io import BytesIO, StringIO
from pathlib import Path
from uuid import uuid4

import pytest

from services.ledger import verifier
from tests.services.api.conftest import Scene
from tests.support.background import in_background
from tests.support.http import Json, Person, recorded, refused
from tests.support.sealing import sealer_of
from tests.support.stack import Stack
from tests.support.tampering import tamper

OPENING = {"municipality": "05774020", "edition": "2025"}


@pytest.fixture
async def sealed(stack: Stack) -> AsyncIterator[Stack]:
    async with in_background(sealer_of(stack).run(stack.runtime.bell)):
        yield stack


async def found(scene: Scene, **query: object) -> list[Json]:
    return await scene.stack.revision.all_pages("/audit/trail", **query)


async def test_the_record_is_searched_by_what_happened(scene: Scene) -> None:
    drafted = await found(scene, topic="concept.section-drafted")
    assert {entry["topic"] for entry in drafted} == {"concept.section-drafted"}
    concepts = await found(scene, topic="concept")
    assert {"concept.opened", "concept.consultation-opened"} <= {e["topic"] for e in concepts}
    by_words = await found(scene, words="abstimmung ERÖFFNET")
    assert {entry["topic"] for entry in by_words} == {"concept.consultation-opened"}
    assert await found(scene, words="gibt es nicht") == []


async def test_the_record_is_searched_by_place_and_process(scene: Scene) -> None:
    in_process = await found(scene, stream=scene.consulting)
    assert {entry["stream"] for entry in in_process} == {scene.consulting}
    in_municipality = await found(scene, municipality="05774020", topic="concept")
    assert in_municipality == in_process
    assert await found(scene, municipality="05774028", stream=scene.consulting) == []


async def test_the_record_is_searched_by_the_time_of_recording(scene: Scene) -> None:
    entries = await found(scene)
    middle = entries[len(entries) // 2]["recorded_at"]
    before, after = await found(scene, until=middle), await found(scene, since=middle)
    assert before + after == entries
    assert before
    assert after
    assert await found(scene, since=datetime.now(UTC) + timedelta(days=1)) == []


async def test_the_newest_entries_come_first_if_asked_so(scene: Scene) -> None:
    newest = await found(scene, order="newest", limit=7)
    assert newest == (await found(scene))[::-1]
    rare = await found(scene, order="newest", topic="concept.section-drafted", limit=3)
    assert rare == (await found(scene, topic="concept.section-drafted"))[::-1]


async def test_a_command_or_a_position_finds_its_entries(scene: Scene) -> None:
    entry = (await found(scene, stream=scene.consulting))[0]
    command = await scene.stack.runtime.pool.fetchval(
        "select command_id from receipt where first_position <= $1 and last_position >= $1",
        entry["position"],
    )
    assert await found(scene, command=command) == [entry]
    assert await found(scene, position=entry["position"]) == [entry]
    assert await found(scene, command=uuid4()) == []


async def test_the_found_entries_come_as_a_table_that_runs_no_formula(stack: Stack) -> None:
    admin = stack.verwaltung
    place = {"key": "boese", "name": "=HYPERLINK(0)", "kind": "association"}
    recorded(await admin.post("/organisations", place))
    decision = recorded(await stack.koordination.post("/concepts", OPENING))
    concept = decision["id"]
    last = (await stack.fallmanagement.write(concept, "zielgruppe", "Neu."))["position"]
    asked = f"/audit/trail.csv?stream={concept}&form=plain&at_least={last}"
    answer = await stack.revision.ask("GET", asked)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [row["Art"] for row in rows] == ["concept.opened", "concept.section-drafted"]
    assert rows[0]["wer"].startswith("Karin")
    assert rows[0]["Rolle"] == "KIM-Koordinierung"
    answer = await stack.revision.ask("GET", "/audit/trail.csv?topic=organisation")
    assert "=HYPERLINK" in answer.text
    assert not any(
        cell.startswith("=")
        for row in csv.reader(StringIO(answer.text.lstrip("\ufeff")), delimiter=";")
        for cell in row
    )


async def test_a_process_is_shown_as_it_stood_at_any_of_its_entries(scene: Scene) -> None:
    reader = scene.stack.revision
    now = await reader.read(f"/audit/processes/{scene.consulting}")
    assert now["title"] == "Konzept Delbrück, Ausgabe 2025"
    assert now["stage"] == "consulting"
    assert now["step"] == len(now["positions"])
    first = await reader.read(f"/audit/processes/{scene.consulting}", position=now["positions"][0])
    assert (first["stage"], first["step"]) == ("drafting", 1)
    assert first["positions"] == now["positions"]
    answer = await reader.ask("GET", f"/audit/processes/{scene.consulting}?position=1")
    refused(answer, HTTPStatus.NOT_FOUND, "audit.unknown-process")


async def test_every_process_of_the_county_can_be_shown(scene: Scene) -> None:
    reader = scene.stack.revision
    for stream in {entry["stream"] for entry in await found(scene)}:
        view = await reader.read(f"/audit/processes/{stream}")
        assert view["title"]
        assert "{" not in view["title"]
        assert all(fact["label"] and fact["value"] for fact in view["facts"])


async def test_what_a_person_was_shown_has_the_recorded_digest(scene: Scene) -> None:
    reader = scene.stack.revision
    [answer] = await found(scene, topic="concept.response-given")
    shown = await reader.read(f"/audit/shown/{answer['position']}")
    assert shown["digest"] == shown["computed"] == answer["shown"]
    assert all(text["text"] for text in shown["texts"])
    [opened, *_] = await found(scene, topic="concept.opened")
    refusal = await reader.ask("GET", f"/audit/shown/{opened['position']}")
    refused(refusal, HTTPStatus.NOT_FOUND, "audit.nothing-shown")


async def test_processes_and_texts_are_for_those_who_may_read_the_record(scene: Scene) -> None:
    for path in (f"/audit/processes/{scene.consulting}", "/audit/shown/1", "/audit/trail.csv"):
        answer = await scene.stack.jobcenter.ask("GET", path)
        refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")


async def done(person: Person, answer: Json) -> Json:
    """The task once it has ended."""
    assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
    path = answer.headers["location"].removeprefix("/api/v1")
    return await person.until(path, lambda task: task["state"] != "running")


async def test_the_whole_log_is_checked_beside_the_request(sealed: Stack) -> None:
    auditor = sealed.revision
    recorded(await sealed.koordination.post("/concepts", OPENING))
    head = await sealed.head()
    check = await done(auditor, await auditor.post("/ledger/checks", {}))
    assert check["state"] == "done"
    assert check["holds"] is True
    assert check["events"] == check["done"] == head
    assert "unverändert" in check["told"]


async def test_a_kept_checkpoint_is_checked_too(sealed: Stack) -> None:
    auditor = sealed.revision
    recorded(await sealed.koordination.post("/concepts", OPENING))
    note = await sealed_note(sealed)
    check = await done(auditor, await auditor.post("/ledger/checks", {"checkpoints": note}))
    assert check["holds"] is True
    size = note.split("\n")[1]
    beyond = note.replace(f"\n{size}\n", "\n9999999\n")
    check = await done(auditor, await auditor.post("/ledger/checks", {"checkpoints": beyond}))
    assert check["holds"] is False
    answer = await auditor.post("/ledger/checks", {"checkpoints": "Das ist keiner."})
    refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY, "ledger.not-a-checkpoint")


async def test_a_check_names_the_entry_that_was_changed(sealed: Stack, database_url: str) -> None:
    decision = recorded(await sealed.koordination.post("/concepts", OPENING))
    await tamper(database_url, decision["position"])
    auditor = sealed.revision
    check = await done(auditor, await auditor.post("/ledger/checks", {}))
    assert check["holds"] is False
    assert check["position"] == check["until"] == decision["position"]
    assert f"Erste falsche Position: {decision['position']}" in check["told"]


async def test_the_bundle_is_made_beside_the_request_and_verifies(
    sealed: Stack, tmp_path: Path
) -> None:
    auditor = sealed.verwaltung
    decision = recorded(await sealed.koordination.post("/concepts", OPENING))
    await sealed_note(sealed)
    proofs = {"proofs": [decision["position"]]}
    export = await done(auditor, await auditor.post("/ledger/exports", proofs))
    assert export["state"] == "done"
    file = await auditor.ask("GET", export["file"].removeprefix("/api/v1"))
    assert file.headers["content-type"] == "application/zip"
    assert len(file.content) == export["bytes"]
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        archive.extractall(tmp_path)
    found = verifier.check_export(tmp_path / "kreislauf-export", [], [])
    assert found["events"] == export["events"]
    assert found["proofs"] == 1


async def test_checks_and_bundles_are_for_auditors_and_administrators(sealed: Stack) -> None:
    await sealed_note(sealed)
    for path in ("/ledger/checks", "/ledger/exports"):
        for person in (sealed.koordination, sealed.jobcenter):
            refused(await person.post(path, {}), HTTPStatus.FORBIDDEN, "identity.role-missing")
    answer = await sealed.revision.post("/ledger/exports", {}, key="mine")
    task = answer.json()["id"]
    for path in (f"/ledger/exports/{task}", f"/ledger/exports/{task}/kreislauf-export.zip"):
        other = await sealed.verwaltung.ask("GET", path)
        refused(other, HTTPStatus.NOT_FOUND, "operation.unknown")
    again = await sealed.revision.post("/ledger/exports", {}, key="mine")
    assert again.json()["id"] == task


async def sealed_note(stack: Stack) -> str:
    """The checkpoint that covers everything recorded so far."""
    head = await stack.head()
    for _ in range(200):
        answer = await stack.http.get("/ledger/checkpoint")
        if answer.status_code == HTTPStatus.OK and int(answer.text.split("\n")[1]) >= head:
            return answer.text
        await asyncio.sleep(0.05)
    raise AssertionError(f"nothing was signed over {head} entries")
