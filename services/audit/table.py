"""The record as a table to take along: a row for each entry."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.kernel import Erased
from services.history import HistoryEntry
from services.results_files.exports import Cell, CsvForm, csv_table
from services.texts import Language, Names, standing_in, word
from services.texts.catalogue import process_entries
from services.texts.wording import ZONE
from services.texts.words import erased

COLUMNS = (
    "position",
    "recorded",
    "occurred",
    "person",
    "role",
    "organisation",
    "signed_in",
    "sentence",
    "reason",
    "basis",
    "source",
    "topic",
    "process",
    "correlation",
)


def table_of(
    entries: Sequence[HistoryEntry], names: Names, language: Language, form: CsvForm
) -> bytes:
    """As CSV; times are on the clock of the county."""
    headings = [process_entries()[f"column.{column}"][language] for column in COLUMNS]
    return csv_table(headings, _rows(entries, names, language), form)


def _rows(
    entries: Sequence[HistoryEntry], names: Names, language: Language
) -> Iterator[Sequence[Cell]]:
    zone = ZoneInfo(ZONE)

    def plain(text: str | Erased) -> str:
        return erased(text, language, zone) if isinstance(text, Erased) else text

    def who(entry: HistoryEntry) -> str:
        name = plain(entry.name) or entry.account
        return standing_in(name, plain(entry.absent), language) if entry.substitutes else name

    for entry in entries:
        yield (
            entry.position,
            _clock(entry.recorded_at, zone),
            _clock(entry.occurred_at, zone),
            who(entry),
            word(entry.role, language),
            names.organisations.get(entry.organisation, entry.organisation),
            entry.signed_in,
            entry.sentence,
            plain(entry.reason),
            entry.basis,
            entry.source,
            entry.topic,
            str(entry.stream),
            entry.correlation,
        )


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
