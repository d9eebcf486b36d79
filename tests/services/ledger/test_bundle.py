"""Exporting the live log, and verifying what was exported by nothing but the export."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from services.eventstore.database import Connection
from services.identity.principal import CONSOLE
from services.ledger.bundle import UNFINISHED, NotCovered, NotEmpty, export, last_covered
from services.ledger.keys import prepare_successor
from services.ledger.sealed import sealed_event
from services.orders import Order
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.services.ledger.growing import grow
from tests.support.bundles import verified
from tests.support.log import append


@asynccontextmanager
async def state_of(runtime: Runtime) -> AsyncIterator[Connection]:
    """One state of the log, as the command line sees it."""
    async with (
        runtime.pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


async def test_what_is_exported_verifies_by_itself(runtime: Runtime, tmp_path: Path) -> None:
    for count in (3, 300, 40):
        await grow(runtime, *["Jobcenter"] * count)
    folder, reached = tmp_path / "export", list[int]()
    async with state_of(runtime) as connection:
        size = await last_covered(connection)
        assert size is not None
        await export(connection, folder, until=size, proofs=[2, size], tick=reached.append)
    code, answer = verified(folder=folder)
    assert code == 0, answer
    assert answer["events"] == answer["covered"] == size
    assert (answer["checkpoints"], answer["proofs"]) == (3, 2)
    assert reached[-1] == size
    assert names_in(tmp_path) >= {"export"}
    assert f"export{UNFINISHED}" not in names_in(tmp_path)


async def test_a_receipt_of_the_export_proves_the_stored_content(
    runtime: Runtime, tmp_path: Path
) -> None:
    size = await grow(runtime, *["Jobcenter"] * 5)
    folder = tmp_path / "export"
    async with state_of(runtime) as connection:
        await export(connection, folder, until=size, proofs=[3])
        event = await sealed_event(connection, 3)
    assert event is not None
    (tmp_path / "3.json").write_bytes(event.state)
    proof = folder / "proofs" / "3.tlog-proof"
    assert verified("proof", proof, tmp_path / "3.json", folder=folder)[0] == 0
    (tmp_path / "3.json").write_bytes(event.state + b" ")
    assert verified("proof", proof, tmp_path / "3.json", folder=folder)[0] == 1


async def test_an_export_may_end_earlier(runtime: Runtime, tmp_path: Path) -> None:
    first = await grow(runtime, *["Jobcenter"] * 10)
    await grow(runtime, *["Jobcenter"] * 10)
    async with state_of(runtime) as connection:
        await export(connection, tmp_path / "export", until=first + 3)
    code, answer = verified(folder=tmp_path / "export")
    assert code == 0
    assert (answer["events"], answer["covered"]) == (first + 3, first)


async def test_a_change_of_key_verifies_before_it_and_after(
    runtime: Runtime, tmp_path: Path
) -> None:
    before = await grow(runtime, "Jobcenter")
    successor = await prepare_successor(runtime.pool, runtime.master)
    assert successor is not None
    order = Order(
        command=successor.adoption("Jahreswechsel"),
        command_id=successor.announced_by,
        principal=CONSOLE,
        at=MONDAY,
        correlation="test",
    )
    await runtime.desk.handle(order)
    announced = await runtime.store.head()
    handed_over = await grow(runtime, "Jobcenter")
    after = await grow(runtime, "Jobcenter")
    for until in (before, announced, handed_over, after):
        async with state_of(runtime) as connection:
            await export(connection, tmp_path / str(until), until=until)
        code, answer = verified(folder=tmp_path / str(until))
        assert code == 0, answer
    keys = json.loads((tmp_path / str(after) / "keys.json").read_text("utf-8"))["keys"]
    assert [key["announced_at"] for key in keys] == [None, announced]


async def test_an_empty_log_and_one_that_nobody_signed_are_exported_too(
    runtime: Runtime, tmp_path: Path
) -> None:
    async with state_of(runtime) as connection:
        await export(connection, tmp_path / "empty", until=0)
    assert verified(folder=tmp_path / "empty")[0] == 0
    await append(runtime.store, uuid4().hex, "Jobcenter", version=0)
    async with state_of(runtime) as connection:
        await export(connection, tmp_path / "unsigned", until=1)
    code, answer = verified(folder=tmp_path / "unsigned")
    assert (code, answer["events"], answer["covered"]) == (0, 1, 0)


async def test_nothing_is_overwritten_and_nothing_half_is_left(
    runtime: Runtime, tmp_path: Path
) -> None:
    await grow(runtime, "Jobcenter")
    full, stopped, again, made = (tmp_path / "out" / name for name in ("f", "s", "a", "m"))
    full.mkdir(parents=True)
    (full / "notes.txt").write_text("mine")
    async with state_of(runtime) as connection:
        with pytest.raises(NotEmpty):
            await export(connection, full, until=1)
        with pytest.raises(KeyboardInterrupt):
            await export(connection, stopped, until=1, tick=_interrupt)
        left = again.with_name(again.name + UNFINISHED)
        left.mkdir()
        (left / "events.log").write_text("from a killed process")
        await export(connection, again, until=1)
        made.mkdir()
        await export(connection, made, until=1)
    assert names_in(tmp_path / "out") == {"f", "a", "m"}
    assert verified(folder=again)[0] == verified(folder=made)[0] == 0


async def test_what_no_checkpoint_covers_is_not_proved(runtime: Runtime, tmp_path: Path) -> None:
    size = await grow(runtime, "Jobcenter")
    await append(runtime.store, uuid4().hex, "Jobcenter", version=0)
    async with state_of(runtime) as connection:
        for position in (size + 1, size + 2):
            with pytest.raises(NotCovered):
                await export(connection, tmp_path / "x", until=size + 1, proofs=[position])


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _interrupt(_: int) -> None:
    raise KeyboardInterrupt
