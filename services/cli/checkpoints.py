"""`kreislauf ledger` and `kreislauf prove`: the keys that sign the log, and what others take."""

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import rich_click as click
from rich.console import Console
from rich.progress import Progress

from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.shown import show_table
from services.identity.principal import CONSOLE
from services.ledger.checkpoints import times
from services.ledger.keys import KnownKey, key_history, prepare_successor
from services.ledger.receipts import ProvenEvent, note_covering, proven
from services.ledger.sealing import NotTheSameLog
from services.ledger.static import publish
from services.ledger.timestamp import TimeRefused, certificates_in, stamped_at
from services.ledger.tree import TreeReader
from services.orders import Order
from services.processes import sealer_of
from services.runtime import Runtime, running
from services.settings import Settings

PATIENCE = 3.0

T = TypeVar("T")


@click.group()
def ledger() -> None:
    """Look after the keys that sign the log, and publish its tree."""


@ledger.command()
@data_option
@pass_settings
def keys(settings: Settings) -> None:
    """List the keys that sign or signed the log, with the trees each signs."""

    async def run(runtime: Runtime) -> Sequence[KnownKey]:
        history = await key_history(runtime.pool)
        return history.keys if history else ()

    rows = [
        (key.vkey, _number(key.from_size), _number(key.until_size), _number(key.announced_at))
        for key in _with_runtime(settings, run)
    ]
    show_table(Console(), ("Key", "From size", "Until size", "Announced at"), rows)


@ledger.command(name="rotate-key")
@click.option("--reason", required=True, help="Why; it is recorded.")
@data_option
@pass_settings
def rotate_key(settings: Settings, reason: str) -> None:
    """Let a new key sign the log from now on, and destroy the old one."""

    async def run(runtime: Runtime) -> str:
        successor = await prepare_successor(runtime.pool, runtime.master)
        if successor is None:
            raise click.ClickException(
                "The log has no key yet: it gets its first one with its first checkpoint."
            )
        order = Order(
            command=successor.adoption(reason),
            command_id=successor.announced_by,
            principal=CONSOLE,
            at=datetime.now(UTC),
            correlation=str(successor.announced_by),
        )
        await runtime.desk.handle(order)
        try:
            await sealer_of(runtime, settings).seal(at_once=True)
        except NotTheSameLog as error:
            raise click.ClickException(
                f"The new key is announced, but the log must not be signed: {error}."
            ) from error
        return successor.vkey

    vkey = _with_runtime(settings, run)
    click.echo(f"From now on this key signs. Give it to everybody who checks the log:\n{vkey}")


@ledger.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--entries", is_flag=True, help="Also what happened when; not for the public.")
@data_option
@pass_settings
def tiles(settings: Settings, folder: Path, *, entries: bool) -> None:
    """Write checkpoint and tiles into FOLDER for a web server, or what is new since last time."""

    async def run(runtime: Runtime) -> int | None:
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("")

            def tick(done: int, total: int) -> None:
                bar.update(task, completed=done, total=total)

            return await publish(runtime.pool, folder, entries=entries, tick=tick)

    size = _with_runtime(settings, run)
    if size is None:
        raise click.ClickException("There is no checkpoint yet: nothing was written.")
    click.echo(f"The tree of {size} events is in {folder}.")


@ledger.command()
@click.argument("old", type=click.IntRange(0))
@click.argument("new", type=click.IntRange(0))
@data_option
@pass_settings
def consistency(settings: Settings, old: int, new: int) -> None:
    """Prove that the tree of NEW events continues that of OLD: hashes in base64, one a line."""

    async def run(runtime: Runtime) -> list[bytes]:
        try:
            return await TreeReader(runtime.pool).consistency(old, new)
        except (ValueError, LookupError) as error:
            raise click.UsageError(f"There is no such proof: {error}.") from error

    for one in _with_runtime(settings, run):
        click.echo(b64encode(one).decode())


@ledger.command(name="times")
@click.option(
    "--certificates",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The authorities to trust, in PEM; without it, those of the settings.",
)
@data_option
@pass_settings
def list_times(settings: Settings, certificates: Path | None) -> None:
    """Check every time-stamp of a checkpoint, and list what it says."""
    file = certificates or settings.timestamp_certificates
    if file is None:
        raise click.UsageError("Name the authorities to trust with --certificates.")
    trusted = certificates_in(file)
    rows: list[tuple[str, str]] = []
    broken = 0
    for one in _with_runtime(settings, lambda runtime: times(runtime.pool)):
        try:
            at = stamped_at(one.response, one.note, trusted)
            local = at.astimezone(ZoneInfo(settings.time_zone))
            rows.append((str(one.size), f"{local:%Y-%m-%d %H:%M:%S}"))
        except TimeRefused as error:
            broken += 1
            rows.append((str(one.size), str(error)))
    show_table(Console(), ("Size", "Existed at"), rows)
    if broken:
        raise click.ClickException(f"{broken} time-stamps do not hold.")


@click.command()
@click.argument("position", type=click.IntRange(1))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Where to write the two files.",
)
@data_option
@pass_settings
def prove(settings: Settings, position: int, folder: Path) -> None:
    """Write the proof that the event at POSITION is in the log, and what is stored of it."""

    async def run(runtime: Runtime) -> ProvenEvent:
        head = await runtime.store.head()
        if position > head:
            raise click.UsageError(f"The log ends at position {head}.")
        note = await note_covering(runtime.pool, position, PATIENCE)
        if note is None:
            raise click.ClickException(
                f"No checkpoint covers position {position} yet. `kreislauf work` signs them."
            )
        [event] = await proven(runtime.pool, position, position, note)
        return event

    event = _with_runtime(settings, run)
    folder.mkdir(parents=True, exist_ok=True)
    proof = folder / f"kreislauf-{position}.tlog-proof"
    content = folder / f"kreislauf-{position}.json"
    proof.write_text(event.proof.text(), "utf-8")
    content.write_bytes(event.state)
    click.echo(f"{proof}\n{content}")


def _with_runtime(settings: Settings, work: Callable[[Runtime], Awaitable[T]]) -> T:
    async def run() -> T:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                return await work(runtime)

    return asyncio.run(run())


def _number(number: int | None) -> str:
    return "" if number is None else str(number)
