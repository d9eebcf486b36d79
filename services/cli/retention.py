"""`kreislauf retention`: the plan, the cases in it, and the run by hand."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import rich_click as click
from asyncpg import Record
from rich.console import Console

from domain.kernel import Erased
from domain.retention.case import STAGES
from domain.retention.classes import RetentionClass
from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.shown import show_table
from services.history import account_names
from services.privacy.retention.plan import read_plan
from services.processes import retention_log
from services.runtime import Runtime, running
from services.settings import Settings


@click.group()
def retention() -> None:
    """Look after how long what is kept of people is kept."""


@retention.command()
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Check this file instead of the plan in force.",
)
@pass_settings
def classes(settings: Settings, *, plan: Path | None) -> None:
    """Show the classes of the retention plan; says what is not right about it."""
    read = read_plan(plan or settings.retention_plan)
    columns = ("Class", "Title", "Years", "Begins", "Archive", "Erasing", "Rule", "Confirmed")
    show_table(Console(), columns, [_class_row(each) for each in read.classes.values()])
    click.echo(f"This is the plan {read.place}.")


@retention.command()
@click.option("--stage", type=click.Choice(STAGES), help="Only this stage.")
@data_option
@pass_settings
def cases(settings: Settings, *, stage: str | None) -> None:
    """List the files with a proposal or a hold, those longest due first."""

    async def run() -> list[tuple[str, ...]]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await runtime.read_models.catch_up()
                return await _cases(runtime, stage)

    columns = ("Person", "Name", "Stage", "Class", "Due", "Archive until", "Postponed", "Holds")
    show_table(Console(), columns, asyncio.run(run()))


@retention.command(name="run")
@data_option
@pass_settings
def run_now(settings: Settings) -> None:
    """Look at all files now, as the daily run does: propose what is due."""

    async def run() -> tuple[int, int]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await runtime.read_models.catch_up()
                counted = await retention_log(runtime, settings).look_at_all(datetime.now(UTC))
                await runtime.read_models.catch_up()
                return counted

    taken, refused = asyncio.run(run())
    click.echo(f"{taken} steps taken, {refused} files refused.")


async def _cases(runtime: Runtime, stage: str | None) -> list[tuple[str, ...]]:
    rows = await runtime.pool.fetch(
        "select retention_case.*, account.position as registered,"
        " (select count(*) from legal_hold where legal_hold.person = retention_case.person)"
        " as holds from retention_case left join account on account.id = retention_case.person"
        " where $1::text is null or stage = $1 order by due, retention_case.person",
        stage,
    )
    registered = [row["registered"] for row in rows if row["registered"] is not None]
    names = await account_names(runtime.store, registered)
    return [_case_row(row, names.get(str(row["person"]), "")) for row in rows]


def _case_row(row: Record, name: str | Erased) -> tuple[str, ...]:
    return (
        str(row["person"]),
        "(erased)" if isinstance(name, Erased) else name,
        row["stage"],
        row["retention_class"] or "",
        _day(row["due"]),
        _day(row["answer_due"]),
        _day(row["postponed_until"]),
        str(row["holds"]),
    )


def _class_row(retained: RetentionClass) -> tuple[str, ...]:
    silence = ", silence declines" if retained.silence_is_declined else ""
    archive = f"{retained.archive_days} days{silence}" if retained.offer_to_archive else "no"
    return (
        retained.key,
        retained.title,
        str(retained.years),
        retained.start,
        archive,
        retained.erasing,
        retained.rule,
        "yes" if retained.is_confirmed else "to be confirmed",
    )


def _day(on: date | datetime | None) -> str:
    return f"{on:%Y-%m-%d}" if on else ""
