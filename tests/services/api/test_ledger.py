"""What others need to check the log themselves: proofs, receipts, checkpoints, tiles, keys."""

import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import AsyncIterator
from http import HTTPStatus
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest

from services.ledger import verifier
from services.ledger.checkpoint import Checkpoint, read_checkpoint
from services.ledger.merkle import leaf_hash
from services.ledger.note import read_note, read_verifier_key
from services.ledger.proof import TlogProof, check_consistency, check_inclusion
from services.ledger.tiles import decode_entries, tiles_of
from tests.services.api.conftest import Scene
from tests.support.background import in_background
from tests.support.http import Json, recorded, refused
from tests.support.sealing import sealer_of
from tests.support.stack import Stack

OPENING = {"municipality": "05774020", "edition": "2025"}
FILE = {"Accept": "text/plain"}


@pytest.fixture
async def sealed(stack: Stack) -> AsyncIterator[Stack]:
    """A service whose log is sealed as it grows."""
    async with in_background(sealer_of(stack).run(stack.runtime.bell)):
        yield stack


async def decided(stack: Stack) -> Json:
    return recorded(await stack.koordination.post("/concepts", OPENING))


def path_of(decision: Json) -> str:
    return decision["receipt"].removeprefix("/api/v1")


def checked(proof: TlogProof, leaf: bytes) -> Checkpoint:
    checkpoint = read_checkpoint(read_note(proof.checkpoint).text)
    assert check_inclusion(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint


async def test_a_decision_names_its_receipt_and_that_proves_it(sealed: Stack) -> None:
    decision = await decided(sealed)
    receipt = await sealed.koordination.read(path_of(decision))
    assert receipt["position"] == decision["position"]
    assert receipt["id"] == decision["id"]
    event = receipt["events"][-1]
    assert event["position"] == decision["position"]
    assert event["line"].endswith(" concept.opened")
    assert json.loads(event["state"])["event"]["municipality"] == "05774020"
    proof = TlogProof.parse(event["proof"])
    assert proof.extra == event["line"].encode()
    assert proof.checkpoint == receipt["checkpoint"]
    checkpoint = checked(proof, leaf_hash(event["line"].encode()))
    assert checkpoint.size >= decision["position"]
    keys = await sealed.jobcenter.read("/ledger/keys")
    assert read_note(proof.checkpoint).signed_by([read_verifier_key(keys[0]["vkey"])])


async def test_the_file_of_a_receipt_is_checked_without_the_service(
    sealed: Stack, tmp_path: Path
) -> None:
    decision = await decided(sealed)
    answer = await sealed.koordination.ask("GET", path_of(decision), headers=FILE)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["content-type"].startswith("text/plain")
    name = f"kreislauf-{decision['position']}.tlog-proof"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    (tmp_path / name).write_text(answer.text)
    keys = (await sealed.http.get("/ledger/keys.json")).json()
    receipt = await sealed.koordination.read(path_of(decision))
    (tmp_path / "event.json").write_text(receipt["events"][-1]["state"])
    assert verified(tmp_path, name, keys["keys"][0]["vkey"]) == 0
    (tmp_path / "event.json").write_text("{}")
    assert verified(tmp_path, name, keys["keys"][0]["vkey"]) == 1


def verified(folder: Path, name: str, key: str) -> int:
    """The exit code of the verifier that every export brings along."""
    program = Path(verifier.__file__)
    command = [sys.executable, "-I", str(program), "proof", name, "event.json", "--key", key]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode


async def test_a_receipt_is_for_who_decided_and_who_may_check(sealed: Stack) -> None:
    decision = await decided(sealed)
    proof = f"/ledger/proofs/{decision['position']}"
    for reader in ("koordination", "revision", "verwaltung"):
        assert await sealed.people[reader].read(path_of(decision))
        assert (await sealed.people[reader].read(proof))["position"] == decision["position"]
    for path in (path_of(decision), proof):
        answer = await sealed.jobcenter.ask("GET", path)
        refused(answer, HTTPStatus.FORBIDDEN, "ledger.may-not-read")


async def test_what_was_already_so_has_no_receipt(sealed: Stack) -> None:
    admin = sealed.verwaltung
    place = {"ags": "05774020", "name": "Delbrück", "kind": "Stadt"}
    decision = recorded(await admin.post("/municipalities", place))
    assert decision["recorded"] is False
    assert decision["receipt"] is None
    command = await sealed.runtime.pool.fetchval(
        "select command_id from receipt where first_position > last_position"
    )
    answer = await admin.ask("GET", f"/receipts/{command}")
    refused(answer, HTTPStatus.NOT_FOUND, "ledger.nothing-recorded")


async def test_what_is_not_there_is_said_to_be_missing(sealed: Stack) -> None:
    reader = sealed.revision
    answer = await reader.ask("GET", f"/receipts/{uuid4()}")
    refused(answer, HTTPStatus.NOT_FOUND, "ledger.unknown-receipt")
    answer = await reader.ask("GET", "/ledger/proofs/4711")
    refused(answer, HTTPStatus.NOT_FOUND, "ledger.unknown-position")
    answer = await reader.ask("GET", "/ledger/checkpoints/4711/time-stamp")
    refused(answer, HTTPStatus.NOT_FOUND, "ledger.no-time-stamp")
    for old, new in ((2, 1), (1, 4711)):
        answer = await reader.ask("GET", f"/ledger/consistency?old={old}&new={new}")
        refused(answer, HTTPStatus.UNPROCESSABLE_ENTITY, "ledger.sizes-do-not-fit")


async def test_without_anybody_who_seals_a_receipt_is_to_be_asked_for_again(stack: Stack) -> None:
    refused(
        await stack.http.get("/ledger/checkpoint"), HTTPStatus.NOT_FOUND, "ledger.no-checkpoint"
    )
    refused(await stack.http.get("/ledger/keys.json"), HTTPStatus.NOT_FOUND, "ledger.no-checkpoint")
    assert await stack.koordination.read("/ledger/keys") == []
    decision = await decided(stack)
    answer = await stack.koordination.ask("GET", path_of(decision))
    refused(answer, HTTPStatus.SERVICE_UNAVAILABLE, "ledger.not-sealed-yet")
    assert answer.headers["retry-after"] == "2"
    await sealer_of(stack).seal(at_once=True)
    assert await stack.koordination.read(path_of(decision))


async def test_health_says_if_what_is_recorded_is_not_signed(stack: Stack) -> None:
    async def trouble() -> str:
        parts = (await stack.http.get("/health/ready")).json()["parts"]
        [ledger] = [part for part in parts if part["name"] == "ledger"]
        assert ledger["ok"] is (ledger["trouble"] == "")
        return ledger["trouble"]

    async def all_is_recorded(minutes_ago: int) -> None:
        async with stack.runtime.pool.acquire() as connection, connection.transaction():
            await connection.execute("set local session_replication_role = replica")
            await connection.execute(
                "update event set recorded_at = now() - make_interval(mins => $1)", minutes_ago
            )

    await all_is_recorded(minutes_ago=0)
    assert await trouble() == "", "a checkpoint may take a moment"
    await all_is_recorded(minutes_ago=2)
    assert "is signed: see the log" in await trouble()
    await sealer_of(stack).seal(at_once=True)
    assert await trouble() == ""


async def test_each_checkpoint_is_proved_to_continue_the_one_before(stack: Stack) -> None:
    sealer = sealer_of(stack)
    await sealer.seal(at_once=True)
    for municipality in ("05774020", "05774036"):
        opening = {**OPENING, "municipality": municipality}
        recorded(await stack.koordination.post("/concepts", opening))
        await sealer.seal(at_once=True)
    reader = stack.jobcenter
    first = await reader.read("/ledger/checkpoints", limit=2)
    rest = await reader.read("/ledger/checkpoints", limit=2, cursor=first["next"])
    assert rest["next"] is None
    found = [
        read_checkpoint(read_note(one["note"]).text) for one in (*first["items"], *rest["items"])
    ]
    assert len(found) == 3
    for old, new in pairwise(found):
        proof = await reader.read("/ledger/consistency", old=old.size, new=new.size)
        hashes = list(map(b64decode, proof["hashes"]))
        assert check_consistency(old.size, new.size, hashes, old.root, new.root)


async def test_the_tree_is_open_to_everybody_as_tiles(stack: Stack) -> None:
    await sealer_of(stack).seal(at_once=True)
    answer = await stack.http.get("/ledger/checkpoint")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "max-age=1"
    checkpoint = read_checkpoint(read_note(answer.text).text)
    leaves = b""
    for name in tiles_of(checkpoint.size):
        answer = await stack.http.get(f"/ledger/{path(name.level, name.index, name.width)}")
        assert answer.status_code == HTTPStatus.OK, answer.text
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert len(answer.content) == 32 * name.width
        leaves += answer.content if name.level == 0 else b""
    entries = path("entries", 0, min(checkpoint.size, 256))
    refused(
        await stack.http.get(f"/ledger/{entries}"),
        HTTPStatus.UNAUTHORIZED,
        "identity.not-signed-in",
    )
    sign_in = {"Authorization": f"Bearer {stack.revision.token}"}
    answer = await stack.http.get(f"/ledger/{entries}", headers=sign_in)
    assert answer.status_code == HTTPStatus.OK, answer.text
    assert answer.headers["cache-control"].startswith("private")
    lines = decode_entries(answer.content)
    assert b"".join(map(leaf_hash, lines)) == leaves[: 32 * len(lines)]
    member = {"Authorization": f"Bearer {stack.jobcenter.token}"}
    answer = await stack.http.get(f"/ledger/{entries}", headers=member)
    refused(answer, HTTPStatus.FORBIDDEN, "identity.role-missing")


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/999",
        "tile/0/001.p/3",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/x000/000",
        "tile/64/000",
        "tile/0/0",
        "tile/63/000",
        f"tile/0/{'x999/' * 12}999",
    ],
)
async def test_a_tile_that_is_not_there_is_a_missing_page(scene: Scene, path: str) -> None:
    answer = await scene.stack.http.get(f"/ledger/{path}")
    assert answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY}
    assert answer.headers["content-type"] == "application/problem+json"


def path(level: int | str | None, index: int, width: int) -> str:
    partial = "" if width == 256 else f".p/{width}"
    return f"tile/{level}/{index:03}{partial}"
