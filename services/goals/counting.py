"""What counts for goals, read from the log: now, or as it was known at an earlier moment."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.assessments.wording import year_of
from domain.concepts.events import ConceptAdopted, ConceptOpened
from domain.goals.counting import Groups, Occurrence
from domain.kernel import Event
from services.eventstore.record import LogEntry
from services.eventstore.store import BATCH, NOW, EventStore, Moment
from services.goals.happened import Counting, Happened, Thing
from services.goals.kinds import EMPLOYED, Kind, all_kinds, for_body
from services.posts.employing import decided_by_posts

COUNTING: Sequence[type[Event]] = get_args(Counting)
TOPICS = [event.TOPIC for event in COUNTING]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to count at a moment of the log. `bodies` are their titles by key."""

    kinds: frozenset[str]
    groups: Groups
    occurrences: tuple[Occurrence, ...]
    planned: Mapping[str, tuple[date, ...]]
    bodies: Mapping[str, str]


async def counted(store: EventStore, zone: ZoneInfo, until: Moment = NOW) -> Counted:
    """Everything that counts, of all school years; nothing of it is typed by anybody."""
    happened = Happened(zone)
    async for entries in _read(store, until):
        municipalities = await _municipalities(store, entries)
        for entry in entries:
            happened.take(entry, municipalities)
    return Counted(
        kinds=all_kinds(happened.bodies),
        groups={EMPLOYED: await _employed(store, zone, until, happened.employed)},
        occurrences=tuple(
            occurrence for thing in happened.things.values() for occurrence in _occurrences(thing)
        ),
        planned=_by_kind(happened.planned()),
        bodies=happened.bodies,
    )


async def day_of(store: EventStore, zone: ZoneInfo, until: Moment) -> date:
    """The day it was in the county at the moment."""
    at = until.recorded_by or until.occurred_by or datetime.now(UTC)
    if until.position is not None:
        last = await store.at([until.position])
        at = min([at, *(entry.recorded_at for entry in last)])
    return at.astimezone(zone).date()


def school_year_on(day: date) -> str:
    """The school year of a day, as `2026/27`."""
    year = year_of(day)
    return f"{year}/{(year + 1) % 100:02}"


async def _employed(
    store: EventStore, zone: ZoneInfo, until: Moment, recorded: AbstractSet[str]
) -> frozenset[str]:
    """Where the county employs: by its posts, and where there was none by the reference data."""
    decided = await decided_by_posts(store, await day_of(store, zone, until), until)
    by_posts = {ags for ags, said in decided.items() if said.county_is_employer}
    return frozenset(recorded - decided.keys() | by_posts)


async def _read(store: EventStore, until: Moment) -> AsyncIterator[list[LogEntry]]:
    """What counts, in the order of the log, as far as it was there at the moment."""
    after = 0
    while entries := await store.read(after, topics=TOPICS, limit=BATCH):
        after = entries[-1].position
        yield [entry for entry in entries if until.has(entry)]
        if until.position is not None and after > until.position:
            return


async def _municipalities(store: EventStore, entries: Iterable[LogEntry]) -> Mapping[UUID, str]:
    """Those of the concepts that were adopted in these entries, by the concept's id."""
    adopted = sorted({e.originator_id for e in entries if e.topic == ConceptAdopted.TOPIC})
    if not adopted:
        return {}
    opened = await store.of_topics(adopted, [ConceptOpened.TOPIC])
    return {
        entry.originator_id: entry.event.municipality
        for entry in opened
        if isinstance(entry.event, ConceptOpened)
    }


def _occurrences(thing: Thing) -> Iterable[Occurrence]:
    """As one of its kind, and as one of its body's."""
    kinds = [str(thing.kind), *([for_body(thing.kind, thing.body)] if thing.body else [])]
    return [
        Occurrence(
            kind=kind,
            school_year=school_year_on(thing.on),
            position=thing.position,
            about=thing.about,
            on=thing.on,
        )
        for kind in kinds
    ]


def _by_kind(plans: Iterable[tuple[Kind, date, str]]) -> Mapping[str, tuple[date, ...]]:
    days: defaultdict[str, list[date]] = defaultdict(list)
    for kind, on, body in plans:
        days[kind].append(on)
        if body:
            days[for_body(kind, body)].append(on)
    return {kind: tuple(sorted(planned)) for kind, planned in days.items()}
