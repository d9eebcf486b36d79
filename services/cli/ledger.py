"""`kreislauf verify` and `kreislauf export`: is the log as it was recorded, and taking it along."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypeVar, cast

import asyncpg
import msgspec
import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.troubles import TROUBLES, in_a_sentence
from services.eventstore.database import Connection
from services.ledger.bundle import NotCovered, NotEmpty, last_covered
from services.ledger.bundle import export as export_log
from services.ledger.checking import Report, check_log, kept_checkpoints
from services.ledger.findings import sentences, told
from services.ledger.verifier import Checkpoint, Finding
from services.settings import Settings
from services.texts import Language

SOMETHING_CHANGED = 1
NOT_CHECKED = 2

T = TypeVar("T")


class NotChecked(click.ClickException):
    """Whether the log is as it was could not be found out."""

    exit_code = NOT_CHECKED


@click.command()
@click.option(
    "--checkpoint",
    "files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A checkpoint kept outside; the log must still contain what it covers.",
)
@click.option("--json", "as_json", is_flag=True, help="For machines: one object.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@data_option
@pass_settings
def verify(settings: Settings, *, files: Sequence[Path], as_json: bool, language: str) -> None:
    """Check the live log against its hashes, tiles, checkpoints and receipts.

    Exit code 0: everything is as it was recorded; 1: something was changed, and the first bad
    position is named; 2: it could not be checked.
    """
    spoken = cast("Language", language)
    kept = _kept(files)

    async def check(connection: Connection, tick: Callable[[int], None]) -> Report:
        return await check_log(connection, kept, tick)

    try:
        report = asyncio.run(_on_one_state(settings, check))
    except Finding as finding:
        _tell_finding(finding, spoken, as_json=as_json)
        sys.exit(SOMETHING_CHANGED)
    except TROUBLES as error:
        raise NotChecked(in_a_sentence(error)) from error
    if as_json:
        answer = {"holds": True, **msgspec.to_builtins(report)}
        click.echo(msgspec.json.format(msgspec.json.encode(answer)).decode())
    else:
        _tell(report, spoken)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--until",
    type=click.IntRange(0),
    help="Up to this log position; without it, up to the last checkpoint.",
)
@click.option(
    "--proof",
    "proofs",
    type=click.IntRange(1),
    multiple=True,
    help="Also write the receipt of the event at this position; may be repeated.",
)
@data_option
@pass_settings
def export(settings: Settings, *, folder: Path, until: int | None, proofs: Sequence[int]) -> None:
    """Write the log for an auditor, with a verifier that needs Python and nothing else."""

    async def write(connection: Connection, tick: Callable[[int], None]) -> int:
        head: int = await connection.fetchval("select position from log_head")
        covered = await last_covered(connection)
        last = min(head, until if until is not None else (covered or head))
        await export_log(connection, folder, until=last, proofs=proofs, tick=tick)
        return last

    try:
        count = asyncio.run(_on_one_state(settings, write))
    except (NotEmpty, NotCovered) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} events are in {folder}. To verify them: python3 {folder / 'verify.py'}")


async def _on_one_state(
    settings: Settings, work: Callable[[Connection, Callable[[int], None]], Awaitable[T]]
) -> T:
    """Do this on one state of the log, whatever is recorded meanwhile, with a progress bar."""
    async with database(settings) as url:
        await asyncio.to_thread(require_migrated, url)
        async with _reading(url) as connection:
            head: int = await connection.fetchval("select position from log_head")
            with _bar(head) as tick:
                return await work(connection, tick)


@asynccontextmanager
async def _reading(url: str) -> AsyncIterator[Connection]:
    async with (
        asyncpg.create_pool(url, min_size=1, max_size=1) as pool,
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield connection


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, and nothing elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.completed}"), BarColumn(), TaskProgressColumn())
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as progress:
        task = progress.add_task("", total=total)
        yield lambda position: progress.update(task, completed=position)


def _kept(files: Sequence[Path]) -> list[Checkpoint]:
    try:
        return [
            one for file in files for one in kept_checkpoints(file.read_text("utf-8"), file.name)
        ]
    except ValueError as error:
        raise NotChecked(f"A kept checkpoint cannot be read: {error}") from error


def _tell(report: Report, language: Language) -> None:
    say = sentences(language)
    click.echo(say("good", **msgspec.to_builtins(report)))
    for key in report.keys:
        click.echo(say("signer", key=key))
    if report.covered < report.events:
        click.echo(say("tail", first=report.covered + 1))


def _tell_finding(finding: Finding, language: Language, *, as_json: bool) -> None:
    if not as_json:
        click.echo(told(finding, language))
        return
    facts = {name: str(value) for name, value in finding.facts.items()}
    answer = {"holds": False, "code": finding.code, "position": finding.position, **facts}
    answer |= {"until": max(finding.until, finding.position), "told": told(finding, language)}
    click.echo(msgspec.json.format(msgspec.json.encode(answer)).decode())
