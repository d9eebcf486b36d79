"""How a resolution looks from outside: what was resolved, and what has become of it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from domain.steering.body_rules import Tally
from domain.steering.mandate import (
    AdoptionMandate,
    GroupMandate,
    Mandate,
    ReviewMandate,
    kind_of,
)
from domain.steering.need_review_commands import review_of
from domain.steering.resolution import Annulled, Existing, Open, Passed, stage_of
from domain.steering.resolution_events import LetterSent, ProgressReported, ProgressShown, Standing
from domain.steering.resolution_standing import what_became_of
from domain.steering.vote import Manner
from domain.working_groups.commands import group_id
from services.api.replaying import At
from services.eventstore.record import LogEntry


class ResolutionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `owner` sees to the mandate until `due`; `result` is what came of it."""

    id: UUID
    body: str
    session: UUID
    number: int
    title: str
    reference: str
    decided_at: datetime
    kind: str
    owner: str
    due: datetime | None
    standing: Standing
    result: UUID | None
    version: int
    position: int
    changed_at: datetime


class ProgressView(msgspec.Struct, frozen=True, kw_only=True):
    """What was reported on the progress, and its place in the log."""

    number: int
    text: str
    account: str
    organisation: str
    reported_at: datetime
    position: int


class LetterView(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to the ministry, and its place in the log."""

    number: int
    addressee: str
    subject_line: str
    text: str
    sent_on: date
    reference: str
    position: int


class StandingShown(msgspec.Struct, frozen=True, kw_only=True):
    """What a later session was shown had become of it, and where in the log that stands."""

    session: UUID
    standing: Standing
    reports: int
    position: int


class ResolutionStep(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to it."""

    topic: str
    occurred_at: datetime
    position: int


class ResolutionView(msgspec.Struct, frozen=True, kw_only=True):
    """A resolution at a moment. `resolved_owner` and `resolved_due` are as they were resolved.

    The vote `number` of the session on the item passed it, under this edition of the body's rules.
    `leads_to` is the group, concept or need review it asks for, also before it is there; `result`
    what came of it. `reminders` are those still to come. `steps` has everything that happened.
    """

    id: UUID
    body: str
    session: UUID
    number: int
    item: UUID
    alternative: str
    themes: list[UUID]
    title: str
    text: str
    reference: str
    decided_at: datetime
    manner: Manner
    edition: int
    tally: Tally
    kind: str
    mandate: Mandate
    resolved_owner: str
    resolved_due: datetime | None
    stage: str
    standing: Standing
    owner: str
    due: datetime | None
    reminders: list[datetime]
    reports: list[ProgressView]
    letters: list[LetterView]
    shown: list[StandingShown]
    outcome: str
    leads_to: UUID | None
    result: UUID | None
    revoking: UUID | None
    annulled_because: str
    steps: list[ResolutionStep]
    version: int
    position: int
    changed_at: datetime


def resolution_summary(row: Record) -> ResolutionSummary:
    return ResolutionSummary(
        id=row["id"],
        body=row["body"],
        session=row["session"],
        number=row["number"],
        title=row["title"],
        reference=row["reference"],
        decided_at=row["decided_at"],
        kind=row["kind"],
        owner=row["owner"],
        due=row["due"],
        standing=Standing(row["standing"]),
        result=row["result"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )


def resolution_view(found: At[Existing]) -> ResolutionView:
    """The resolution as it follows from these entries."""
    this, entries = found.state, found.entries
    passed, became = this.passed, what_became_of(this)
    return ResolutionView(
        id=passed.resolution,
        body=passed.body,
        session=passed.session,
        number=passed.number,
        item=passed.item,
        alternative=passed.alternative,
        themes=list(passed.themes),
        title=passed.title,
        text=passed.text,
        reference=passed.reference,
        decided_at=passed.decided_at,
        manner=passed.manner,
        edition=passed.edition,
        tally=passed.tally,
        kind=kind_of(passed.mandate),
        mandate=passed.mandate,
        resolved_owner=passed.resolved_owner,
        resolved_due=passed.resolved_due,
        stage=stage_of(this),
        standing=became.standing,
        owner=became.owner,
        due=became.due,
        reminders=list(this.follow_up.reminders_to_come) if isinstance(this, Open) else [],
        reports=report_views(entries),
        letters=letter_views(entries),
        shown=_shown(entries),
        outcome=became.outcome,
        leads_to=_leads_to(passed),
        result=became.result,
        revoking=became.revoking,
        annulled_because=this.reason if isinstance(this, Annulled) else "",
        steps=[
            ResolutionStep(
                topic=entry.topic,
                occurred_at=entry.metadata.occurred_at,
                position=entry.position,
            )
            for entry in entries
        ],
        version=found.version,
        position=found.position,
        changed_at=entries[-1].recorded_at,
    )


def report_views(entries: Sequence[LogEntry]) -> list[ProgressView]:
    return [
        ProgressView(
            number=entry.event.report,
            text=entry.event.text,
            account=entry.metadata.account,
            organisation=entry.metadata.organisation,
            reported_at=entry.metadata.occurred_at,
            position=entry.position,
        )
        for entry in entries
        if isinstance(entry.event, ProgressReported)
    ]


def letter_views(entries: Sequence[LogEntry]) -> list[LetterView]:
    sent = [(entry, entry.event) for entry in entries if isinstance(entry.event, LetterSent)]
    return [
        LetterView(
            number=number,
            addressee=event.addressee,
            subject_line=event.subject_line,
            text=event.text,
            sent_on=event.sent_on,
            reference=event.reference,
            position=entry.position,
        )
        for number, (entry, event) in enumerate(sent, start=1)
    ]


def _leads_to(passed: Passed) -> UUID | None:
    match passed.mandate:
        case GroupMandate():
            return group_id(passed.resolution)
        case AdoptionMandate(concept=concept):
            return concept
        case ReviewMandate():
            return review_of(passed.resolution)
        case _:
            return None


def _shown(entries: Sequence[LogEntry]) -> list[StandingShown]:
    return [
        StandingShown(
            session=entry.event.session,
            standing=entry.event.standing,
            reports=entry.event.reports,
            position=entry.position,
        )
        for entry in entries
        if isinstance(entry.event, ProgressShown)
    ]
