"""`kreislauf keys` and `kreislauf erase`."""

from pathlib import Path

import pytest

from services.privacy.master import MasterKeys, read_key_file
from tests.services.cli.conftest import Command
from tests.support.http import Person
from tests.support.processes import run
from tests.support.stack import Stack


async def test_a_person_is_erased_from_the_command_line(stack: Stack, kreislauf: Command) -> None:
    role = ("--role", "auditor", "--organisation", "kim-koordinierung")
    made = await kreislauf("token", "create", "--name", "Gül Einmalig", "--label", "Tablet", *role)
    me = await Person(stack.http, made.out.strip()).read("/me")
    why = ("--reason", "Antrag nach Art. 17 DSGVO")
    asked = await kreislauf("erase", me["account"], *why)
    assert (asked.code, "Gül Einmalig" in (await kreislauf("token", "list")).out) == (130, True)
    erased = await kreislauf("erase", me["account"], *why, "--yes")
    assert erased.code == 0, erased.err
    listed = (await kreislauf("token", "list")).out
    assert "Gül Einmalig" not in listed
    assert "(erased on " in listed
    swept = await stack.runtime.pool.fetchval(
        "select swept from subject_key where subject = $1", me["account"]
    )
    assert swept


@pytest.mark.usefixtures("stack")
async def test_nothing_is_erased_of_whom_nothing_is_known(kreislauf: Command) -> None:
    unknown = "00000000-0000-0000-0000-000000000000"
    refused = await kreislauf("erase", unknown, "--reason", "Irrtum", "--yes")
    assert refused.code == 1
    assert "nothing was changed" in refused.err


async def test_the_keys_are_shown_by_their_ids_only(stack: Stack, kreislauf: Command) -> None:
    shown = (await kreislauf("keys", "show")).out
    assert f"{stack.runtime.master.ids[0]}\tcurrent\t" in shown
    assert "They come from the environment." in shown
    assert "has one key only" in (await kreislauf("keys", "rotate")).out


async def test_the_first_key_is_made_once(tmp_path: Path) -> None:
    made = await run("keys", "create", "--data", str(tmp_path))
    assert made.code == 0, made.err
    file = tmp_path / "master.key"
    assert MasterKeys(read_key_file(file)).ids
    before = file.read_bytes()
    again = await run("keys", "create", "--data", str(tmp_path))
    assert again.code == 2
    assert file.read_bytes() == before


@pytest.mark.usefixtures("stack")
async def test_another_key_than_the_databases_is_refused_with_what_to_do(
    variables: dict[str, str], tmp_path: Path
) -> None:
    await run("keys", "create", "--data", str(tmp_path))
    without = {"KREISLAUF_DATABASE_URL": variables["KREISLAUF_DATABASE_URL"]}
    refused = await run("token", "list", "--data", str(tmp_path), variables=without)
    assert refused.code == 1
    assert "This needs the master key" in refused.err
    missing = await run("token", "list", "--data", str(tmp_path / "empty"), variables=without)
    assert missing.code == 1
    assert "kreislauf keys create" in missing.err
