"""Reports of companies at a glance: who holds each until when, and what figures count."""

from collections.abc import Mapping, Sequence
from typing import get_args
from uuid import UUID

from domain.language_needs.events import (
    CompanyAnswered,
    CompanyAsked,
    CourseFollowedUp,
    CourseStarted,
    Escalated,
    HolderReminded,
    OfferProposed,
    QuestionAnswered,
    ReferralAnswered,
    ReferralRecalled,
    ReportAcknowledged,
    ReportChanged,
    ReportEvent,
    ReportLeftPool,
    ReportPutIntoPool,
    ReportReferred,
    ReportSubmitted,
    ReportTriaged,
)
from domain.language_needs.events_end import (
    ReportClosed,
    ReportReopened,
    ReportWithdrawn,
    UnmetNeedNoted,
)
from domain.language_needs.holder import Holder, Task
from services.eventstore.database import Connection
from services.eventstore.record import LogEntry

STAGES: Mapping[Task, str] = {
    Task.ACKNOWLEDGE: "received",
    Task.TRIAGE: "acknowledged",
    Task.PLACE: "triaged",
    Task.REFERRAL: "referred",
    Task.QUESTION: "asked",
    Task.CONCLUDE: "answered",
    Task.FOLLOW_UP_START: "running",
    Task.FOLLOW_UP_END: "running",
    Task.CLOSE: "running",
}
"""How far a report is, by what is to be done next."""

HELD = """
    update company_report set stage = $2, holder_kind = $3, holder_organisation = $4,
        holder_account = $5, what = $6, held_since = $7, due = $8, level = 0
    where id = $1 and (held_since, what, due, stage) is distinct from ($7, $6, $8, $2)
"""
"""What was escalated is so no longer once something else is to be done."""

SUBMIT = """
    insert into company_report (id, reference, channel, language, stage, municipality, trade,
        size, chamber, learners, pooling, consent, submitted, submitted_at, described, version,
        position, changed_at)
    values ($1, $2, $3, $4, 'received', $5, $6, $7, $8, $9, $10, $11, $12, $13, $12, 0, 0, $14)
"""

CHANGE = """
    update company_report set municipality = $2, trade = $3, size = $4, chamber = $5,
        learners = $6, pooling = $7, consent = $8, described = $9
    where id = $1
"""

GROUPS = """
    insert into company_report_group (report, place, learners, status, present, wanted)
    values ($1, $2, $3, $4, $5, $6)
"""

ANSWER_REFERRAL = """
    update company_report_referral set stage = $3, answered_at = $4
    where report = $1 and organisation = $2 and stage = 'open'
"""

RECALL_REFERRAL = """
    update company_report_referral set stage = 'recalled'
    where report = $1 and organisation = $2 and stage = 'open'
"""

SEEN = """
    update company_report set version = latest.version, position = latest.position,
        changed_at = latest.changed_at
    from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[])
        as latest (id, version, position, changed_at)
    where company_report.id = latest.id
"""


class CompanyReports:
    """Who the company is stays in the log: it can be erased there, and the figures stay here."""

    name = "company_reports"
    tables = ("company_report", "company_report_group", "company_report_referral")
    topics = tuple(event.TOPIC for event in get_args(ReportEvent))

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            if isinstance(event := entry.event, ReportEvent):
                await _apply(connection, entry, event)
                holder: Holder | None = getattr(event, "holder", None)
                if holder is not None:
                    await _hold(connection, event.report, holder)
                if isinstance(event, Escalated):
                    await _change(connection, event.report, "level = $2", event.level)
        latest = {entry.originator_id: entry for entry in entries}
        await connection.execute(
            SEEN,
            list(latest),
            [entry.originator_version for entry in latest.values()],
            [entry.position for entry in latest.values()],
            [entry.recorded_at for entry in latest.values()],
        )


async def _apply(  # noqa: C901, PLR0912 (one case for each event)
    connection: Connection, entry: LogEntry, event: ReportEvent
) -> None:
    report, at = event.report, entry.metadata.occurred_at
    match event:
        case ReportSubmitted():
            await _submit(connection, entry, event)
        case ReportChanged():
            await _revise(connection, entry, event)
        case ReportAcknowledged():
            changes = "acknowledged_at = coalesce(acknowledged_at, $2)"
            await _change(connection, report, changes, at)
        case ReportTriaged(priority=priority):
            changes = "priority = $2, triaged_at = coalesce(triaged_at, $3)"
            await _change(connection, report, changes, priority, at)
        case ReportReferred():
            await _refer(connection, entry, event)
        case ReferralAnswered(organisation=organisation, answer=answer):
            await connection.execute(
                ANSWER_REFERRAL,
                report,
                organisation,
                answer,
                at,
            )
        case ReferralRecalled(organisation=organisation):
            await _recall(connection, report, organisation)
        case ReportPutIntoPool(pool=pool):
            await _change(connection, report, "pool = $2", pool)
        case ReportLeftPool(pool=pool):
            await _change(connection, report, "pool = nullif(pool, $2)", pool)
        case OfferProposed(offer=offer):
            await _change(connection, report, "offer = $2", offer)
        case CompanyAnswered(offer=offer, pool=pool):
            changes = (
                "answered_at = coalesce(answered_at, $2), offer = coalesce($3, offer),"
                " pool = coalesce($4, pool)"
            )
            await _change(connection, report, changes, at, offer, pool)
        case CourseStarted(starts_on=starts_on, ends_on=ends_on):
            await _change(connection, report, "starts_on = $2, ends_on = $3", starts_on, ends_on)
        case ReportWithdrawn(called_off=called_off):
            await _recall(connection, report, called_off)
            await _end(connection, report, "withdrawn")
            await _change(connection, report, "closed_at = $2", at)
        case ReportClosed(outcome=outcome, learners=learners):
            await _end(connection, report, "closed")
            changes = "closed_at = $2, outcome = $3, served = $4"
            await _change(connection, report, changes, at, outcome, learners)
        case ReportReopened():
            await _change(connection, report, "closed_at = null, outcome = null, served = null")
        case (
            CompanyAsked()
            | QuestionAnswered()
            | CourseFollowedUp()
            | UnmetNeedNoted()
            | HolderReminded()
            | Escalated()
        ):
            pass


async def _submit(connection: Connection, entry: LogEntry, event: ReportSubmitted) -> None:
    await connection.execute(
        SUBMIT,
        event.report,
        event.reference,
        event.channel,
        event.language,
        event.company.municipality,
        event.company.trade,
        event.company.size,
        event.company.chamber,
        event.need.learners,
        event.need.pooling,
        list(event.need.consent),
        entry.position,
        entry.metadata.occurred_at,
        entry.recorded_at,
    )
    await _group(connection, event)


async def _revise(connection: Connection, entry: LogEntry, event: ReportChanged) -> None:
    await connection.execute(
        CHANGE,
        event.report,
        event.company.municipality,
        event.company.trade,
        event.company.size,
        event.company.chamber,
        event.need.learners,
        event.need.pooling,
        list(event.need.consent),
        entry.position,
    )
    await connection.execute("delete from company_report_group where report = $1", event.report)
    await _group(connection, event)
    await _recall(connection, event.report, event.called_off)


async def _group(connection: Connection, event: ReportSubmitted | ReportChanged) -> None:
    await connection.executemany(
        GROUPS,
        [
            (event.report, place, group.number, group.status, group.present, group.wanted)
            for place, group in enumerate(event.need.groups)
        ],
    )


async def _refer(connection: Connection, entry: LogEntry, event: ReportReferred) -> None:
    await connection.execute(
        "insert into company_report_referral (report, referred, organisation, referred_at, due,"
        " stage) values ($1, $2, $3, $4, $5, 'open')",
        event.report,
        entry.position,
        event.organisation,
        entry.metadata.occurred_at,
        event.holder.due,
    )


async def _recall(connection: Connection, report: UUID, organisation: str) -> None:
    """What was open at the partner ends without an answer."""
    await connection.execute(RECALL_REFERRAL, report, organisation)


async def _hold(connection: Connection, report: UUID, holder: Holder) -> None:
    await connection.execute(
        HELD,
        report,
        STAGES[holder.what],
        holder.kind,
        holder.organisation,
        holder.account,
        holder.what,
        holder.since,
        holder.due,
    )


async def _end(connection: Connection, report: UUID, stage: str) -> None:
    """Nobody holds it any more."""
    changes = (
        "stage = $2, holder_kind = null, holder_organisation = '', holder_account = '',"
        " what = null, held_since = null, due = null, level = 0"
    )
    await _change(connection, report, changes, stage)


async def _change(connection: Connection, report: UUID, changes: str, *values: object) -> None:
    await connection.execute(
        f"update company_report set {changes} where id = $1",  # noqa: S608 (they are written above)
        report,
        *values,
    )
