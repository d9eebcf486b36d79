"""What people see of the retention plan and of the cases in it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import msgspec

from domain.kernel import Erased
from domain.privacy.events import SubjectErased
from domain.retention.case import NotProposed, Offered, Proposal, stage_of
from domain.retention.classes import PersonFile, RetentionClass, due_on
from domain.retention.decide import FILE
from domain.retention.events import ArchiveAnswered
from domain.retention.file import File
from services.eventstore.record import LogEntry
from services.history import HistoryEntry


class CaseSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `held`: a legal hold stops it."""

    person: UUID
    name: str | Erased
    stage: str
    retention_class: str | None
    closed_on: date | None
    due: date | None
    postponed_until: date | None
    answer_due: datetime | None
    answer: str | None
    held: bool
    version: int
    position: int
    changed_at: datetime


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """Why nothing of the person is erased until it is lifted."""

    id: UUID
    reason: str


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """One person's case with its trail.

    `kept` and `due` are what the log and the plan say now; `proposed` is what they said when the
    erasure was proposed, and what the case goes by.
    """

    person: UUID
    name: str | Erased
    stage: str
    version: int
    kept: PersonFile | None
    due: date | None
    proposed: Proposal | None
    answer_due: datetime | None
    answer: str | None
    holds: list[Hold]
    trail: list[HistoryEntry]


class FileExport(msgspec.Struct, frozen=True, kw_only=True):
    """What is in the file, for the archive to decide whether it takes it over."""

    person: UUID
    retention_class: RetentionClass
    closed_on: date | None
    entries: list[HistoryEntry]


def replayed(entries: Sequence[LogEntry]) -> File:
    """The state of a person's own stream."""
    return FILE.replay(cast("Any", entry.event) for entry in entries)


def case_view(
    person: UUID,
    name: str | Erased,
    entries: Sequence[LogEntry],
    kept: tuple[PersonFile, RetentionClass] | None,
    trail: list[HistoryEntry],
) -> CaseView:
    """The view of a case from its stream and from what is kept of the person."""
    file = replayed(entries)
    answers = [entry.event for entry in entries if isinstance(entry.event, ArchiveAnswered)]
    is_erased = any(isinstance(entry.event, SubjectErased) for entry in entries)
    is_proposed = not isinstance(file.case, NotProposed)
    return CaseView(
        person=person,
        name=name,
        stage="erased" if is_erased else stage_of(file.case),
        version=len(entries),
        kept=kept[0] if kept else None,
        due=due_on(*kept) if kept else None,
        proposed=None if isinstance(file.case, NotProposed) else file.case.proposal,
        answer_due=file.case.answer_due if isinstance(file.case, Offered) else None,
        answer=answers[-1].answer if answers and is_proposed else None,
        holds=[Hold(id=hold, reason=why) for hold, why in file.subject.holds.items()],
        trail=trail,
    )
