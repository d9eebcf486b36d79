"""The keys that sign the log, and what others take of it, on the command line."""

import subprocess
import sys
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.ledger import verifier
from services.ledger.checkpoint import read_checkpoint
from services.ledger.note import read_note, read_verifier_key
from services.ledger.proof import check_consistency
from services.ledger.tree import TreeReader
from services.runtime import Runtime, running
from services.settings import Settings
from tests.services.ledger.growing import grow
from tests.support.databases import new_database
from tests.support.processes import Outcome, run


class Place:
    """A log of its own, and the commands on it."""

    def __init__(self, runtime: Runtime, url: str, data: Path) -> None:
        self.runtime = runtime
        self._variables = {"KREISLAUF_DATABASE_URL": url, "KREISLAUF_DATA": str(data)}

    async def run(self, *arguments: str) -> Outcome:
        return await run(*arguments, variables=self._variables)

    async def good(self, *arguments: str) -> str:
        outcome = await self.run(*arguments)
        assert outcome.code == 0, outcome.err
        return outcome.out


@pytest.fixture
async def place(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Place]:
    async with new_database(postgres.url) as url:
        migrate(url)
        async with running(Settings(data=tmp_path), url) as runtime:
            yield Place(runtime, url, tmp_path)


async def keys(place: Place) -> list[list[str]]:
    _, *rows = (await place.good("ledger", "keys")).splitlines()
    return [row.split("\t") for row in rows]


async def test_the_key_is_changed_with_a_reason_and_both_are_listed(place: Place) -> None:
    early = await place.run("ledger", "rotate-key", "--reason", "Zu früh")
    assert early.code == 1
    assert "no key yet" in early.err
    await grow(place.runtime, "a", "b")
    told = await place.good("ledger", "rotate-key", "--reason", "Jährlicher Wechsel")
    old, new = await keys(place)
    assert told.splitlines()[-1] == new[0]
    assert old[1:] == ["1", "3", ""]
    assert new[1:] == ["4", "", "3"]
    [event] = await place.runtime.store.read(2)
    assert event.topic == "ledger.key-adopted"
    assert event.metadata.reason == "Jährlicher Wechsel"
    assert event.metadata.account == "console"


async def test_the_tree_is_published_as_files_and_goes_on(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "web"
    assert (await place.run("ledger", "tiles", str(folder))).code == 1
    await grow(place.runtime, *map(str, range(200)))
    await place.good("ledger", "tiles", str(folder))
    assert files(folder) == {"checkpoint", "keys.json", "tile/0/000.p/200"}
    await grow(place.runtime, *map(str, range(400)))
    assert "600 events" in await place.good("ledger", "tiles", str(folder), "--entries")
    assert files(folder) == {
        *(
            "checkpoint",
            "keys.json",
            "tile/0/000",
            "tile/0/001",
            "tile/0/002.p/88",
            "tile/1/000.p/2",
        ),
        *("tile/entries/000", "tile/entries/001", "tile/entries/002.p/88"),
    }
    note = read_note((folder / "checkpoint").read_text())
    assert read_checkpoint(note.text).size == 600
    [key] = await keys(place)
    assert note.signed_by([read_verifier_key(key[0])])


async def test_the_proof_of_an_event_is_written_and_holds(place: Place, tmp_path: Path) -> None:
    await grow(place.runtime, "a", "b", "c")
    proof, content = (await place.good("prove", "2", "--folder", str(tmp_path))).splitlines()
    [key] = await keys(place)
    assert verified(proof, content, key[0]) == 0
    assert verified(proof, proof, key[0]) == 1, "another file is not what is stored"
    assert (await place.run("prove", "4")).code == 2


async def test_a_checkpoint_is_proved_to_continue_an_earlier_one(place: Place) -> None:
    old = await grow(place.runtime, "a", "b", "c")
    new = await grow(place.runtime, "d", "e")
    lines = (await place.good("ledger", "consistency", str(old), str(new))).splitlines()
    tree = TreeReader(place.runtime.pool)
    roots = await tree.root(old), await tree.root(new)
    assert check_consistency(old, new, list(map(b64decode, lines)), *roots)
    assert (await place.run("ledger", "consistency", str(new), str(old))).code == 2


async def test_time_stamps_need_authorities_to_trust(place: Place) -> None:
    assert "--certificates" in (await place.run("ledger", "times")).err


def verified(proof: str, content: str, key: str) -> int:
    """The exit code of the verifier that every export brings along."""
    program = str(Path(verifier.__file__))
    command = [sys.executable, "-I", program, "proof", proof, content, "--key", key]
    return subprocess.run(command, check=False, capture_output=True).returncode


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
