"""Instruments, rounds and classes of the language assessment at a glance: counts, no persons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias, get_args
from uuid import UUID

import msgspec

from domain.assessments.events import (
    InstrumentEvent,
    InstrumentRegistered,
    RetestScheduled,
    RoundAnnounced,
    RoundCancelled,
    RoundCompared,
    RoundEvent,
    RoundReleased,
    VersionApproved,
    VersionDrafted,
    VersionRetired,
    VersionReturned,
    VersionSubmitted,
    WindowClosed,
    WindowExtended,
    WindowOpened,
)
from domain.assessments.events_class import (
    ClassChanged,
    ClassEvent,
    ClassRegistered,
    ClassWithdrawn,
    LearnerEnrolled,
    LearnerLeft,
)
from domain.assessments.round import Announced, Cancelled, Closed, Compared, Open, Released
from domain.kernel import Event
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry
from services.projections.sittings import SITTING_TOPICS, Sittings

OF_VERSIONS = (
    VersionDrafted,
    VersionSubmitted,
    VersionReturned,
    VersionApproved,
    VersionRetired,
)
STATE_AFTER: Mapping[type[Event], str] = {
    VersionSubmitted: "submitted",
    VersionReturned: "drafted",
    VersionApproved: "approved",
    VersionRetired: "retired",
}
STAGES: Mapping[type[Event], type] = {
    RoundAnnounced: Announced,
    WindowOpened: Open,
    WindowClosed: Closed,
    RoundReleased: Released,
    RoundCompared: Compared,
    RoundCancelled: Cancelled,
}
STAGE_AFTER = {event: stage.__name__.lower() for event, stage in STAGES.items()}
OF_ROUNDS = (*STAGE_AFTER, WindowExtended, RetestScheduled)
OF_CLASSES = (ClassRegistered, ClassChanged, ClassWithdrawn)
OfVersion: TypeAlias = (
    VersionDrafted | VersionSubmitted | VersionReturned | VersionApproved | VersionRetired
)
OfClass: TypeAlias = ClassRegistered | ClassChanged | ClassWithdrawn
INSTRUMENT_TOPICS = frozenset(event.TOPIC for event in get_args(InstrumentEvent))
ROW_TOPICS = frozenset(
    event.TOPIC for event in (InstrumentRegistered, *OF_VERSIONS, *OF_ROUNDS, *OF_CLASSES)
)
OF_LEARNERS = {LearnerEnrolled.TOPIC: 1, LearnerLeft.TOPIC: -1}

LATEST = """
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        as latest (id, version, position, changed_at)
"""
SEEN = "set version = latest.version, position = latest.position, changed_at = latest.changed_at"
MARKS = (
    f"update assessment_round {SEEN} {LATEST} where assessment_round.id = latest.id",
    f"update training_class {SEEN} {LATEST} where training_class.id = latest.id",
)


class Assessments:
    """What is personal is never opened here but for the round a result belongs to."""

    name = "assessments"
    tables = (
        "instrument",
        "instrument_version",
        "assessment_round",
        "round_college",
        "training_class",
        "class_sitting",
    )
    topics = tuple(
        event.TOPIC
        for event in (*get_args(InstrumentEvent), *get_args(RoundEvent), *get_args(ClassEvent))
    )

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        sittings = Sittings()
        learners: Counter[UUID] = Counter()
        for entry in entries:
            # Counted by topic alone: the pseudonyms stay closed.
            if (change := OF_LEARNERS.get(entry.topic)) is not None:
                learners[entry.originator_id] += change
            elif entry.topic in SITTING_TOPICS:
                sittings.note(entry)
            elif entry.topic in ROW_TOPICS:
                await _apply(connection, entry)
        await sittings.write(connection)
        await connection.executemany(
            "update training_class set learners = learners + $2 where id = $1",
            list(learners.items()),
        )
        await _mark(connection, entries)


async def _apply(connection: Connection, entry: LogEntry) -> None:
    match entry.event:
        case InstrumentRegistered() as event:
            await connection.execute(
                "insert into instrument (key, title, kind, version, position, changed_at)"
                " values ($1, $2, $3, 0, 0, $4)",
                event.instrument,
                event.title,
                event.kind,
                entry.recorded_at,
            )
        case event if isinstance(event, OF_VERSIONS):
            await _apply_to_version(connection, entry, event)
        case RoundAnnounced() as event:
            await _announce(connection, entry, event)
        case event if isinstance(event, OF_ROUNDS):
            await _apply_to_round(connection, entry, event)
        case event if isinstance(event, OF_CLASSES):
            await _apply_to_class(connection, entry, event)
        case _:
            pass


async def _apply_to_version(connection: Connection, entry: LogEntry, event: OfVersion) -> None:
    if isinstance(event, VersionDrafted):
        await connection.execute(
            "insert into instrument_version (instrument, version, state, digest, definition,"
            " author, position, changed_at) values ($1, $2, 'drafted', $3, $4, $5, $6, $7)"
            " on conflict (instrument, version) do update set state = 'drafted',"
            " digest = excluded.digest, definition = excluded.definition,"
            " author = excluded.author, position = excluded.position,"
            " changed_at = excluded.changed_at",
            event.instrument,
            event.version,
            event.digest,
            msgspec.json.encode(event.definition).decode(),
            event.author,
            entry.position,
            entry.recorded_at,
        )
        return
    await connection.execute(
        "update instrument_version set state = $3, approver = coalesce($4, approver),"
        " position = $5, changed_at = $6 where instrument = $1 and version = $2",
        event.instrument,
        event.version,
        STATE_AFTER[type(event)],
        event.approver if isinstance(event, VersionApproved) else None,
        entry.position,
        entry.recorded_at,
    )


async def _announce(connection: Connection, entry: LogEntry, event: RoundAnnounced) -> None:
    await connection.execute(
        "insert into assessment_round (id, key, title, school_year, instrument,"
        " instrument_version, sitting, state, opens_at, closes_at, first, version, position,"
        " changed_at) values ($1, $2, $3, $4, $5, $6, $7, 'announced', $8, $9, $10, 0, 0, $11)",
        event.round,
        event.key,
        event.title,
        event.school_year,
        event.instrument,
        event.version,
        event.sitting,
        event.opens_at,
        event.closes_at,
        event.first,
        entry.recorded_at,
    )
    await connection.execute(
        "insert into round_college (round, college) select $1, unnest($2::text[])",
        event.round,
        event.colleges,
    )


async def _apply_to_round(connection: Connection, entry: LogEntry, event: Event) -> None:
    stream = entry.originator_id
    match event:
        case WindowExtended(colleges=()):
            await connection.execute(
                "update assessment_round set closes_at = $2 where id = $1", stream, event.closes_at
            )
        case WindowExtended():
            await connection.execute(
                "update round_college set extended_to = $2 where round = $1 and college = any($3)",
                stream,
                event.closes_at,
                event.colleges,
            )
        case RetestScheduled(retest=retest):
            await connection.execute(
                "update assessment_round set scheduled = $2 where id = $1", stream, retest
            )
        case _:
            await connection.execute(
                "update assessment_round set state = $2,"
                " released_position = coalesce($3, released_position) where id = $1",
                stream,
                STAGE_AFTER[type(event)],
                entry.position if isinstance(event, RoundReleased) else None,
            )


async def _apply_to_class(connection: Connection, entry: LogEntry, event: OfClass) -> None:
    match event:
        case ClassRegistered():
            await connection.execute(
                "insert into training_class (id, college, school_year, name, programme, trade,"
                " size, version, position, changed_at)"
                " values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8)"
                " on conflict (id) do update set programme = excluded.programme,"
                " trade = excluded.trade, size = excluded.size, withdrawn = false",
                event.training_class,
                event.college,
                event.school_year,
                event.name,
                event.programme,
                event.trade,
                event.size,
                entry.recorded_at,
            )
        case ClassChanged():
            await connection.execute(
                "update training_class set programme = $2, trade = $3, size = $4 where id = $1",
                event.training_class,
                event.programme,
                event.trade,
                event.size,
            )
        case ClassWithdrawn():
            await connection.execute(
                "update training_class set withdrawn = true where id = $1", event.training_class
            )


async def _mark(connection: Connection, entries: Sequence[LogEntry]) -> None:
    """The version of each stream, where its row is."""
    latest = {entry.originator_id: entry for entry in entries}
    rows = [
        (stream, entry.originator_version, entry.position, entry.recorded_at)
        for stream, entry in latest.items()
    ]
    for statement in MARKS:
        await connection.execute(statement, *zip(*rows, strict=True))
    instruments = {
        entry.event.instrument: entry
        for entry in latest.values()
        if entry.topic in INSTRUMENT_TOPICS and isinstance(entry.event, InstrumentEvent)
    }
    await connection.executemany(
        "update instrument set version = $2, position = $3, changed_at = $4 where key = $1",
        [
            (key, entry.originator_version, entry.position, entry.recorded_at)
            for key, entry in instruments.items()
        ],
    )
