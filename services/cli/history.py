"""`kreislauf history`: who decided what, when, on the basis of which text, under which rule."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import rich_click as click
from rich.console import Console
from rich.text import Text

from domain.concepts.commands import concept_id
from domain.concepts.events import ConsultationOpened, Policy
from domain.directory.municipality import normal_ags
from domain.kernel import Erased, Role
from services.audit.search import Wanted, search
from services.cli.data_option import data_option, pass_settings
from services.cli.database import database, require_migrated
from services.cli.shown import show_entry
from services.eventstore.record import LogEntry
from services.eventstore.store import Moment
from services.history import HistoryEntry, background_of, history_of, names_of
from services.history import history as in_words
from services.identity.principal import CONSOLE
from services.runtime import Runtime, running
from services.settings import Settings
from services.texts import Language, Names, moment, word
from services.texts.wording import Wording
from services.texts.words import erased, standing_in

ALL = 2**31 - 1
POSITION_WIDTH = 6
RULE: Mapping[Language, str] = {
    "de": "Mindestbeteiligung {policy.quorum_percent} Prozent; ein Einwand {policy.objection};"
    " Schweigen gilt {policy.silence_is_consent:als|nicht als} Zustimmung; verabschiedet wird"
    " durch die {policy.decided_by}",
    "en": "quorum {policy.quorum_percent} per cent; an objection {policy.objection}; silence"
    " {policy.silence_is_consent:counts|does not count} as consent; adopted by the"
    " {policy.decided_by}",
}


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
@data_option
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

    spoken = cast("Language", language)

    async def run() -> tuple[Sequence[HistoryEntry], Names]:
        async with database(settings) as url:
            await asyncio.to_thread(require_migrated, url)
            async with running(settings, url) as runtime:
                await runtime.read_models.catch_up()
                entries = await _entries(runtime, concept, account, organisation, until)
                names = await names_of(runtime.pool, runtime.store, entries)
                background = await background_of(runtime.store, entries)
                return in_words(entries, spoken, names, background), names

    entries, names = asyncio.run(run())
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(entries)).decode())
    else:
        Paragraphs(Console(highlight=False), spoken, names, zone).show(entries)


async def _entries(
    runtime: Runtime,
    concept: UUID | None,
    account: UUID | None,
    organisation: str | None,
    until: Moment,
) -> Sequence[LogEntry]:
    if concept is not None:
        return await history_of(runtime.store, concept, until)
    wanted = Wanted(account=str(account) if account else None, organisation=organisation)
    found = await search(runtime.pool, runtime.store, wanted, after=None, limit=ALL)
    return [
        entry
        for entry in found
        if (until.position is None or entry.position <= until.position)
        and (until.recorded_by is None or entry.recorded_at <= until.recorded_by)
    ]


class Paragraphs:
    """The record for people: a paragraph for each entry, in colour on a terminal."""

    def __init__(self, console: Console, language: Language, names: Names, zone: ZoneInfo) -> None:
        self._console = console
        self._language: Language = language
        self._german = language == "de"
        self._names = names
        self._zone = zone
        self._ruled_at: dict[UUID, int] = {}

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        if not entries:
            self._console.print("Nichts verzeichnet." if self._german else "Nothing recorded.")
        for entry in entries:
            when = moment(entry.occurred_at, self._language, self._zone)
            self._line(
                str(entry.position),
                Text.assemble((when, "cyan"), "  ", (self._who(entry), "bold")),
            )
            self._line("", entry.sentence)
            for label, value in self._grounds(entry):
                self._line("", Text.assemble((f"{label}: ", "dim"), value))

    def _line(self, label: str, text: str | Text) -> None:
        show_entry(self._console, label, text, width=POSITION_WIDTH, style="dim")

    def _who(self, entry: HistoryEntry) -> str:
        role = word(entry.role, self._language)
        if entry.role == Role.PROCESS:
            return role
        if entry.account == CONSOLE.account:
            return "Kommandozeile" if self._german else "command line"
        organisation = self._names.organisations.get(entry.organisation, entry.organisation)
        name = self._readable(entry.name) or entry.account
        if entry.substitutes:
            name = standing_in(name, self._readable(entry.absent), self._language)
        return f"{name} ({', '.join(filter(None, (role, organisation)))})"

    def _grounds(self, entry: HistoryEntry) -> list[tuple[str, str]]:
        """On which text, under which rule, why, and from which source."""
        grounds = [
            ("Text" if self._german else "text", entry.basis),
            ("Regel" if self._german else "rule", self._rule(entry)),
            ("Grund" if self._german else "reason", self._readable(entry.reason)),
            ("Quelle" if self._german else "source", entry.source),
        ]
        return [(label, value) for label, value in grounds if value]

    def _readable(self, text: str | Erased) -> str:
        return erased(text, self._language, self._zone) if isinstance(text, Erased) else text

    def _rule(self, entry: HistoryEntry) -> str:
        """The rule in words where it is laid down, and then where that was."""
        if entry.rule is None:
            return ""
        if entry.topic == ConsultationOpened.TOPIC:
            self._ruled_at[entry.stream] = entry.position
            return ""  # the sentence says it
        if (at := self._ruled_at.get(entry.stream)) is not None:
            return f"wie in Eintrag {at}" if self._german else f"as in entry {at}"
        policy = msgspec.convert(entry.rule, Policy)
        return Wording(self._language, self._names).fill(RULE[self._language], {"policy": policy})
