"""What the process of a school year waits for."""

from collections.abc import Sequence
from uuid import UUID

from domain.goals.decide import SCHOOL_YEAR
from domain.goals.events import GoalSet, YearReopened
from domain.goals.year import Closed
from services.eventstore.record import LogEntry
from services.relay.process import Process, events
from workflows.school_year import YearStart, workflow_id

YEAR_TOPICS = tuple(event.TOPIC for event in (GoalSet, YearReopened))
"""Only what begins it. What is to be counted, and whether people closed it, a count finds out."""


def _start(year: UUID) -> YearStart:
    return YearStart(year=year)


def _has_ended(entries: Sequence[LogEntry]) -> bool:
    return isinstance(SCHOOL_YEAR.replay(events(entries)), Closed)


SCHOOL_YEARS = Process("SchoolYear", YEAR_TOPICS, workflow_id, _start, _has_ended)
