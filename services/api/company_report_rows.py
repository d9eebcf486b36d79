"""The list of companies' reports: what is due first comes first, for the eyes of whoever asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from asyncpg import Record

from domain.kernel import Erased
from domain.language_needs.events import Channel, Priority, ReportChanged, ReportSubmitted
from domain.language_needs.events_end import Outcome
from domain.language_needs.holder import HolderKind
from services.api.company_report_views import CompanyReportSummary, HolderView, Text
from services.eventstore.store import EventStore
from services.identity.report_readers import ReportsSeen

NEVER = 2**61
"""In place of a due date where nobody has to do anything: after all others."""

ROWS = f"""
    with listed as (
        select report.*,
            coalesce((extract(epoch from due) * 1000000)::bigint, {NEVER}) as due_key,
            array(select organisation from company_report_referral as referral
                where referral.report = report.id and referral.stage <> 'recalled') as referred_to,
            array(select organisation from company_report_referral as referral
                where referral.report = report.id and referral.stage in ('open', 'accepted')
                    and organisation = any(report.consent)) as passed_to
        from company_report as report
    )
    select listed.*, coalesce(municipality.name, listed.municipality) as municipality_name,
        coalesce(organisation.name, listed.holder_organisation) as holder_name,
        array(select distinct wanted from company_report_group as learners
            where learners.report = listed.id order by wanted) as wanted
    from listed left join municipality on ags = listed.municipality
        left join organisation on organisation.key = listed.holder_organisation
    where (due_key > $1 or due_key = $1 and submitted < $2)
        and ($3::text[] is null or referred_to && $3)
        and ($4::text is null or stage = $4) and ($5::text is null or holder_kind = $5)
        and ($6::text is null or listed.holder_organisation = $6)
        and ($7::text is null or listed.municipality = $7)
        and ($8::text is null or trade = $8)
        and ($9::boolean is null or (due is not null) = $9)
    order by due_key, submitted desc limit $10
"""  # noqa: S608 (our own words)

Place = tuple[int, int]
"""In the list: when it is due, in microseconds, and its log position."""

FIRST: Place = (-1, 0)


def place_of(row: Record) -> Place:
    """After which the next page begins."""
    return row["due_key"], row["submitted"]


async def report_summaries(
    store: EventStore, rows: Sequence[Record], seen: ReportsSeen, now: datetime
) -> list[CompanyReportSummary]:
    """The rows, with who the company is as far as it is for these eyes."""
    shown = [row for row in rows if seen.reads_contact(row["passed_to"])]
    entries = await store.at([row["described"] for row in shown]) if shown else []
    names: Mapping[int, str | Erased] = {
        entry.position: entry.event.company_name
        for entry in entries
        if isinstance(entry.event, ReportSubmitted | ReportChanged)
    }
    hidden = {row["id"] for row in rows} - {row["id"] for row in shown}
    return [
        _summary(row, None if row["id"] in hidden else names[row["described"]], now) for row in rows
    ]


def _summary(row: Record, name: Text, now: datetime) -> CompanyReportSummary:
    return CompanyReportSummary(
        id=row["id"],
        reference=row["reference"],
        company_name=name,
        stage=row["stage"],
        priority=Priority(row["priority"]),
        channel=Channel(row["channel"]),
        holder=_holder(row, now) if row["due"] else None,
        municipality=row["municipality"],
        municipality_name=row["municipality_name"],
        trade=row["trade"],
        size=row["size"],
        learners=row["learners"],
        wanted=list(row["wanted"]),
        submitted_at=row["submitted_at"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )


def _holder(row: Record, now: datetime) -> HolderView:
    return HolderView(
        kind=HolderKind(row["holder_kind"]),
        what=row["what"],
        since=row["held_since"],
        due=row["due"],
        is_overdue=row["due"] <= now,
        level=row["level"],
        organisation=row["holder_organisation"],
        organisation_name=row["holder_name"],
        account=row["holder_account"],
    )
