"""Findings and themes at a glance, and which finding is in which theme."""

from collections.abc import Sequence
from typing import get_args
from uuid import UUID

from domain.findings.events import (
    FindingCorrected,
    FindingEvent,
    FindingReleasedFromTheme,
    FindingReported,
    FindingTakenIntoTheme,
    FindingWithdrawn,
)
from domain.findings.events_theme import (
    ResolutionAttached,
    SourceNamed,
    ThemeClosed,
    ThemeDiscussed,
    ThemeEvent,
    ThemeHandedOver,
    ThemeMerged,
    ThemeOpened,
    ThemeReopened,
    ThemeSummarised,
    ThemeTakenBack,
)
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

LATEST = """
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        as latest (id, version, position, changed_at)
"""
SEEN = "set version = latest.version, position = latest.position, changed_at = latest.changed_at"
MARKS = tuple(
    f"update {table} {SEEN} {LATEST} where {table}.id = latest.id" for table in ("finding", "theme")
)

GOES_ON = """
    recursive goes_on (start, id, next) as (
        select id, id, goes_on_in from theme
        union select start, theme.id, theme.goes_on_in from goes_on join theme on theme.id = next
    ),
    going_on as (select start, id from goes_on where next is null)
"""
"""For `with`: where each theme goes on now, through all mergings, or itself."""


class Findings:
    """What a finding says stays in the log: it can be erased there."""

    name = "findings"
    tables = ("finding", "theme")
    topics = tuple(event.TOPIC for event in (*get_args(FindingEvent), *get_args(ThemeEvent)))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            match entry.event:
                case event if isinstance(event, FindingEvent):
                    await _apply_to_finding(connection, entry, event)
                case event if isinstance(event, ThemeEvent):
                    await _apply_to_theme(connection, entry, event)
                case _:
                    pass
        latest = {entry.originator_id: entry for entry in entries}
        marked = list(latest), *_seen(list(latest.values()))
        for mark in MARKS:
            await connection.execute(mark, *marked)


async def _apply_to_finding(connection: Connection, entry: LogEntry, event: FindingEvent) -> None:
    match event:
        case FindingReported():
            await _report(connection, entry, event)
        case FindingCorrected():
            await connection.execute(
                "update finding set kind = $2, field = $3, school_year = $4, band = $5,"
                " described = $6 where id = $1",
                event.finding,
                event.kind,
                event.field,
                event.school_year,
                event.band,
                entry.position,
            )
        case FindingTakenIntoTheme(theme=theme):
            await _move(connection, event.finding, "bundled", theme)
        case FindingReleasedFromTheme():
            await _move(connection, event.finding, "reported", None)
        case FindingWithdrawn():
            await _move(connection, event.finding, "withdrawn", None)


async def _report(connection: Connection, entry: LogEntry, event: FindingReported) -> None:
    await connection.execute(
        "insert into finding (id, key, kind, municipality, organisation, field, school_year, band,"
        " stage, reporter, reported, reported_at, described, version, position, changed_at) values"
        " ($1, $2, $3, $4, $5, $6, $7, $8, 'reported', $9, $10, $11, $10, 0, 0, $12)",
        event.finding,
        event.key,
        event.kind,
        event.municipality,
        event.organisation,
        event.field,
        event.school_year,
        event.band,
        event.reporter,
        entry.position,
        entry.metadata.occurred_at,
        entry.recorded_at,
    )


async def _move(connection: Connection, finding: UUID, stage: str, theme: UUID | None) -> None:
    await connection.execute(
        "update finding set stage = $2, theme = $3 where id = $1", finding, stage, theme
    )


async def _apply_to_theme(connection: Connection, entry: LogEntry, event: ThemeEvent) -> None:
    match event:
        case ThemeOpened():
            await _open(connection, entry, event)
        case SourceNamed():
            await _change(connection, event.theme, "sources = sources + 1")
        case ThemeSummarised():
            changes = "title = $2, summary = $3"
            await _change(connection, event.theme, changes, event.title, event.version)
        case ThemeHandedOver():
            changes = "stage = 'on-agenda', session = $2, presented = true"
            await _change(connection, event.theme, changes, event.session)
        case ThemeTakenBack() | ThemeReopened():
            changes = "stage = 'open', session = null, goes_on_in = null, outcome = null"
            await _change(connection, event.theme, changes)
        case ThemeDiscussed():
            changes = "stage = 'open', session = null, discussed_in = discussed_in || $2::uuid"
            await _change(connection, event.theme, changes, event.session)
            await _attach(connection, event.theme, event.resolutions)
        case ResolutionAttached():
            await _attach(connection, event.theme, (event.resolution,))
        case ThemeClosed():
            changes = "stage = 'closed', session = null, outcome = $2"
            await _change(connection, event.theme, changes, event.outcome)
        case ThemeMerged():
            changes = "stage = 'merged', session = null, goes_on_in = $2"
            await _change(connection, event.theme, changes, event.into)


async def _open(connection: Connection, entry: LogEntry, event: ThemeOpened) -> None:
    await connection.execute(
        "insert into theme (id, key, title, stage, sources, opened, opened_at, version, position,"
        " changed_at) values ($1, $2, $3, 'open', $4, $5, $6, 0, 0, $7)",
        event.theme,
        event.key,
        event.title,
        len(event.sources),
        entry.position,
        entry.metadata.occurred_at,
        entry.recorded_at,
    )


async def _attach(connection: Connection, theme: UUID, resolutions: Sequence[UUID]) -> None:
    for resolution in resolutions:
        await connection.execute(
            "update theme set resolutions = resolutions || $2::uuid"
            " where id = $1 and not resolutions @> array[$2::uuid]",
            theme,
            resolution,
        )


async def _change(connection: Connection, theme: UUID, changes: str, *values: object) -> None:
    await connection.execute(
        f"update theme set {changes} where id = $1",  # noqa: S608 (they are written above)
        theme,
        *values,
    )


def _seen(entries: Sequence[LogEntry]) -> tuple[list[object], ...]:
    """Versions, positions and times, for the rows of these entries' streams."""
    return (
        [entry.originator_version for entry in entries],
        [entry.position for entry in entries],
        [entry.recorded_at for entry in entries],
    )
