import asyncio
from pathlib import Path

from services.eventstore.database import own_session
from services.runtime import Runtime
from services.settings import Settings
from tests.services.cli.conftest import Command
from tests.support.processes import on_a_terminal, run
from tests.support.stack import Stack


async def test_settings_lists_every_variable_with_meaning_and_default() -> None:
    listed = await run("settings")
    columns, *rows = [line.split("\t") for line in listed.out.splitlines()]
    assert columns == ["Variable", "Meaning", "Default"]
    assert [tuple(row) for row in rows] == Settings.described()


async def test_read_models_are_built_again_from_the_log(
    stack: Stack, runtime: Runtime, concept: str, kreislauf: Command
) -> None:
    await runtime.pool.execute("delete from concept")
    assert (await stack.koordination.read("/concepts"))["items"] == []
    rebuilt = await kreislauf("rebuild")
    assert rebuilt.out == f"The read models are at log position {await stack.head()}.\n"
    items = (await stack.koordination.read("/concepts"))["items"]
    assert concept in [item["id"] for item in items]


async def test_on_a_terminal_a_rebuild_shows_how_far_it_is(
    stack: Stack, variables: dict[str, str]
) -> None:
    written = await asyncio.to_thread(on_a_terminal, "rebuild", variables=variables)
    head = await stack.head()
    assert f"{head}/{head}" in written
    for view in ("directory", "concepts", "trail"):
        assert view in written


async def test_two_rebuilds_at_once_are_one_too_many(
    runtime: Runtime, stack: Stack, kreislauf: Command
) -> None:
    assert await stack.head() > 0
    async with own_session(runtime.pool) as connection:
        await connection.execute("select pg_advisory_lock(hashtext('trail:rebuild'))")
        second = await kreislauf("rebuild")
    assert second.code == 1
    assert "'trail' is being rebuilt already" in second.err
    third = await kreislauf("rebuild")
    assert (third.code, third.err) == (0, "")


async def test_what_stands_in_the_way_is_said_in_a_sentence(tmp_path: Path) -> None:
    nowhere = ("--data", str(tmp_path))
    away = {"KREISLAUF_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing"}
    not_there, unreachable, unknown, port = await asyncio.gather(
        run(*nowhere, "token", "list"),
        run("migrate", variables=away),
        run("settings", variables={"KREISLAUF_PROT": "8000"}),
        run("up", variables={"KREISLAUF_PORT": "http"}),
    )
    assert "Start it with `kreislauf up`" in not_there.err
    assert "127.0.0.1" in unreachable.err
    assert "Did you mean KREISLAUF_PORT?" in unknown.err
    assert "KREISLAUF_PORT is 'http'; it must be a number" in port.err
    for outcome in (not_there, unreachable, unknown, port):
        assert (outcome.code, outcome.out) == (1, "")
        assert "Traceback" not in outcome.err
