"""`kreislauf history`: who decided what, when, on the basis of which text, under which rule."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import rich_click as click
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from domain.concepts.commands import concept_id
from domain.directory.municipality import normal_ags
from services.cli.operate import pass_settings
from services.cli.places import database, require_migrated
from services.eventstore.store import Moment
from services.history import HistoryEntry, history_of, names_of, trail
from services.history import history as in_words
from services.runtime import Runtime, running
from services.settings import Settings
from services.texts import Language, moment

ALL = 2**31 - 1


@click.command()
@click.argument("concept", type=click.UUID, required=False)
@click.option("--municipality", help="With --edition: the concept of this municipality (AGS).")
@click.option("--edition", help="With --municipality: of this edition of the framework.")
@click.option("--account", type=click.UUID, help="Everything this account did.")
@click.option("--organisation", help="Everything done for the organisation with this key.")
@click.option("--as-of", type=click.DateTime(), help="Only what was recorded by then (local).")
@click.option("--position", type=click.IntRange(0), help="Only up to this log position.")
@click.option("--json", "as_json", is_flag=True, help="For machines: one object per entry.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
@pass_settings
def history(  # noqa: PLR0913 (one parameter for each option)
    settings: Settings,
    *,
    concept: UUID | None,
    municipality: str | None,
    edition: str | None,
    account: UUID | None,
    organisation: str | None,
    as_of: datetime | None,
    position: int | None,
    as_json: bool,
    language: str,
) -> None:
    """Tell the history of one concept, or of what a person or an organisation did."""
    if municipality is not None and edition is not None:
        concept = concept_id(normal_ags(municipality), edition)
    if concept is None and account is None and organisation is None:
        raise click.UsageError(
            "Name a concept (its id, or --municipality and --edition), --account or --organisation."
        )
    zone = ZoneInfo(settings.time_zone)
    until = Moment(position=position, recorded_by=as_of.replace(tzinfo=zone) if as_of else None)

    async def run() -> Sequence[HistoryEntry]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await runtime.read_models.catch_up()
                return await _entries(
                    runtime, concept, account, organisation, until, cast("Language", language)
                )

    entries = asyncio.run(run())
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(entries)).decode())
    else:
        _print(entries, cast("Language", language), zone)


async def _entries(
    runtime: Runtime,
    concept: UUID | None,
    account: UUID | None,
    organisation: str | None,
    until: Moment,
    language: Language,
) -> Sequence[HistoryEntry]:
    names = await names_of(runtime.pool)
    if concept is not None:
        return in_words(await history_of(runtime.store, concept, until), language, names)
    found = await trail(
        runtime.pool,
        runtime.store,
        account=str(account) if account else None,
        organisation=organisation,
        after=0,
        limit=ALL,
    )
    kept = [
        entry
        for entry in found
        if (until.position is None or entry.position <= until.position)
        and (until.recorded_by is None or entry.recorded_at <= until.recorded_by)
    ]
    return in_words(kept, language, names)


def _print(entries: Sequence[HistoryEntry], language: Language, zone: ZoneInfo) -> None:
    """One paragraph for each entry; in colour on a terminal."""
    console = Console(highlight=False)
    if not entries:
        console.print("Nichts verzeichnet." if language == "de" else "Nothing recorded.")
    for entry in entries:
        when = moment(entry.occurred_at, language, zone)
        console.print(
            Text.assemble(
                (f"{entry.position:>6}  ", "dim"), (when, "cyan"), "  ", (_who(entry), "bold")
            )
        )
        console.print(f"        {escape(entry.sentence)}")
        for label, value in _grounds(entry, language):
            console.print(f"        [dim]{label}[/dim] {escape(value)}")


def _who(entry: HistoryEntry) -> str:
    person = entry.name or entry.account
    return f"{person} ({entry.role}{', ' + entry.organisation if entry.organisation else ''})"


def _grounds(entry: HistoryEntry, language: Language) -> list[tuple[str, str]]:
    """On which text, under which rule, why, and from which source."""
    german = language == "de"
    rule = msgspec.json.encode(entry.rule).decode() if entry.rule else ""
    grounds = [
        ("Text" if german else "text", entry.basis),
        ("Regel" if german else "rule", rule),
        ("Grund" if german else "reason", entry.reason),
        ("Quelle" if german else "source", entry.source),
    ]
    return [(label, value) for label, value in grounds if value]
