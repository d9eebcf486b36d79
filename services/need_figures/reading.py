"""What figures about reports are counted from, read from the log: as it is, or was at a moment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import get_args
from uuid import UUID

import msgspec

from domain.calendar import Calendar
from domain.language_needs.counting import CountedEvent, counted
from domain.language_needs.figures import HalfYearFigures, figures_of
from domain.language_needs.half_year import HalfYear, half_of, halves
from services.eventstore.store import BATCH, NOW, EventStore, Moment

TOPICS = [event.TOPIC for event in get_args(CountedEvent)]


class Told(msgspec.Struct, frozen=True):
    """Something that was recorded of a report, and the day it happened in the county."""

    day: date
    event: CountedEvent
    position: int


Histories = Mapping[UUID, Sequence[Told]]


async def histories_at(store: EventStore, calendar: Calendar, until: Moment = NOW) -> Histories:
    """By report, each in order."""
    found: defaultdict[UUID, list[Told]] = defaultdict(list)
    after = 0
    while entries := await store.read(after, topics=TOPICS, limit=BATCH):
        after = entries[-1].position
        for entry in entries:
            if isinstance(event := entry.event, CountedEvent) and until.has(entry):
                day = entry.metadata.occurred_at.astimezone(calendar.zone).date()
                found[event.report].append(Told(day, event, entry.position))
        if until.position is not None and after > until.position:
            break
    return found


def halves_told(histories: Histories, today: date) -> Sequence[HalfYear]:
    """From the one in which the first report came in, up to the one that runs today."""
    days = [told[0].day for told in histories.values()]
    return halves(min([*days, today]), today)


def is_over(half: HalfYear, today: date) -> bool:
    return half.last < today


def figures_by_half(
    histories: Histories, asked: Iterable[HalfYear], today: date, calendar: Calendar
) -> Sequence[HalfYearFigures]:
    """Each as it was at its end, or as it is today if it runs still."""
    found: list[HalfYearFigures] = []
    for half in asked:
        on = min(half.last, today)
        reports = [
            report
            for history in histories.values()
            if (report := counted(((told.day, told.event) for told in history), on)) is not None
        ]
        found.append(figures_of(half, reports, on, calendar))
    return found


def positions_in(histories: Histories, half: HalfYear) -> Sequence[int]:
    """Of everything that was recorded of reports in a half-year."""
    return sorted(
        told.position
        for history in histories.values()
        for told in history
        if half_of(told.day) == half
    )
