import asyncio
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from services.ledger.sealing import Sealer
from services.runtime import Runtime
from tests.services.cli.conftest import Command
from tests.support.processes import on_a_terminal, run


@pytest.fixture(scope="package")
async def covered(runtime: Runtime, concept: str) -> int:
    """The log has a checkpoint at least up to here."""
    assert concept
    sealer = Sealer(runtime.pool, runtime.master, origin=None, pause=timedelta())
    await sealer.seal(at_once=True)
    size: int = await runtime.pool.fetchval("select max(size) from checkpoint")
    return size


async def test_an_untouched_log_is_said_to_hold(covered: int, kreislauf: Command) -> None:
    done = await kreislauf("verify", "--json")
    assert done.code == 0, done.out + done.err
    answer = msgspec.json.decode(done.out)
    assert answer["holds"] is True
    assert answer["events"] >= answer["covered"] >= covered
    told = await kreislauf("verify", "--language", "en")
    assert "entries are unchanged" in told.out
    assert "Signed with: " in told.out


async def test_a_checkpoint_that_was_kept_is_looked_for_in_the_log(
    runtime: Runtime, covered: int, kreislauf: Command, tmp_path: Path
) -> None:
    note = await runtime.pool.fetchval("select note from checkpoint where size = $1", covered)
    kept = tmp_path / "kept.txt"
    kept.write_text(note, "utf-8")
    assert (await kreislauf("verify", "--checkpoint", str(kept))).code == 0
    origin, _, rest = note.partition("\n")
    size, _, root = rest.partition("\n")
    kept.write_text(f"{origin}\n{int(size) - 1}\n{root}", "utf-8")
    done = await kreislauf("verify", "--checkpoint", str(kept))
    assert (done.code, done.err) == (1, "")
    assert f"Prüfpunkts bei {covered - 1} (kept.txt)" in done.out
    kept.write_text("Guten Tag", "utf-8")
    done = await kreislauf("verify", "--checkpoint", str(kept))
    assert done.code == 2
    assert "cannot be read" in done.err


async def test_a_log_that_cannot_be_reached_is_not_said_to_be_changed() -> None:
    away = {"KREISLAUF_DATABASE_URL": "postgresql:///x?host=/nowhere"}
    done = await run("verify", variables=away)
    assert done.code == 2
    assert "The database refused" in done.err


async def test_what_is_exported_verifies_elsewhere(
    covered: int, kreislauf: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    done = await kreislauf("export", str(folder), "--proof", "2")
    assert done.code == 0, done.err
    assert f"python3 {folder / 'verify.py'}" in done.out
    again = await kreislauf("export", str(folder))
    assert again.code == 1
    assert "is not empty" in again.err
    uncovered = await kreislauf("export", str(tmp_path / "x"), "--proof", str(covered + 10_000))
    assert uncovered.code == 1
    assert "No checkpoint covers" in uncovered.err


@pytest.mark.usefixtures("covered")
async def test_a_bar_shows_how_far_it_is_on_a_terminal_only(
    variables: dict[str, str], kreislauf: Command, tmp_path: Path
) -> None:
    folder = str(tmp_path / "export")
    for arguments in (["verify"], ["export", folder]):
        shown = await asyncio.to_thread(
            on_a_terminal, *arguments, variables=variables, errors_too=True
        )
        assert "%" in shown
    assert (await kreislauf("verify")).err == ""
