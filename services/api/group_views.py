"""How a working group looks from outside: who is in it, its meetings, what was agreed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from asyncpg import Record as Row

from domain.assessments.wording import year_of
from domain.working_groups import agreement as agreements
from domain.working_groups import meeting as meetings
from domain.working_groups.agreement import Agreement, Dropped, Fulfilled, Lapsed, Open
from domain.working_groups.events import ConsequenceKind, Part, Present
from domain.working_groups.group import Dissolved, Existing, Record, stage_of
from domain.working_groups.meeting import Called, Cancelled, Held, Meeting, Withdrawn
from domain.working_groups.plan import MeetingPlan


class GroupSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `next_meeting` is the next one that was called."""

    id: UUID
    title: str
    body: str
    lead: str
    stage: str
    since: date
    until: date | None
    next_meeting: datetime | None
    open_agreements: int
    overdue_agreements: int
    version: int
    position: int
    changed_at: datetime


class MembershipView(msgspec.Struct, frozen=True, kw_only=True):
    """In the group on both days and between; `until` before `since`: it joined by mistake."""

    organisation: str
    part: Part
    since: date
    until: date | None


class YearView(msgspec.Struct, frozen=True, kw_only=True):
    """The meetings of a school year against what was planned; `planned` is 0 without a plan.

    `call_by` are the moments for the last of them, `reminded` those at which the lead was
    reminded.
    """

    school_year: str
    planned: int
    held: int
    called: int
    call_by: list[datetime]
    reminded: list[datetime]


class MeetingView(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is when it is or was; null if it does not count, and then there is a `reason`."""

    number: int
    stage: str
    at: datetime | None
    place: str
    purpose: str
    attended: list[Present]
    summary: str
    reason: str


class ConsequenceView(msgspec.Struct, frozen=True, kw_only=True):
    """What came of an agreement, such as a round of the language assessment."""

    kind: ConsequenceKind
    id: UUID


class AgreementView(msgspec.Struct, frozen=True, kw_only=True):
    """Who does what until when. `agreed_due` is as it was agreed, `due` what holds now.

    `reminded` are the planned reminders that went out. `outcome` is what became of it; `dropped_in`
    the meeting that let go of it, with the `reason`.
    """

    number: int
    meeting: int
    text: str
    owner: str
    stage: str
    agreed_due: datetime
    due: datetime | None
    is_overdue: bool
    reminders: list[datetime]
    reminded: list[datetime]
    outcome: str
    dropped_in: int | None
    reason: str
    consequences: list[ConsequenceView]


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """What the group told a session of its body."""

    number: int
    session: UUID
    text: str


class ReportSession(msgspec.Struct, frozen=True, kw_only=True):
    """A session of the body that established the group, which may report to it."""

    id: UUID
    title: str
    stage: str
    starts_at: datetime


class WorkingGroupView(msgspec.Struct, frozen=True, kw_only=True):
    """A working group. `members` are all there are and were; `dissolved_by` is a resolution."""

    id: UUID
    resolution: UUID
    body: str
    title: str
    purpose: str
    lead: str
    stage: str
    since: date
    until: date | None
    dissolved_by: UUID | None
    members: list[MembershipView]
    years: list[YearView]
    meetings: list[MeetingView]
    agreements: list[AgreementView]
    reports: list[ReportView]
    is_public: bool
    version: int
    position: int


class AgreementSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list of agreements, of whichever group."""

    group: UUID
    group_title: str
    number: int
    meeting: int
    text: str
    owner: str
    due: datetime
    stage: str
    is_overdue: bool
    consequences: list[ConsequenceView]


def group_summary(row: Row) -> GroupSummary:
    return GroupSummary(
        id=row["id"],
        title=row["title"],
        body=row["body"],
        lead=row["lead"],
        stage=row["stage"],
        since=row["since"],
        until=row["until"],
        next_meeting=row["next_meeting"],
        open_agreements=row["open_agreements"],
        overdue_agreements=row["overdue_agreements"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )


def report_session(row: Row) -> ReportSession:
    return ReportSession(
        id=row["id"], title=row["title"], stage=row["stage"], starts_at=row["starts_at"]
    )


def agreement_summary(row: Row) -> AgreementSummary:
    linked = zip(row["kinds"], row["consequences"], strict=True)
    return AgreementSummary(
        group=row["working_group"],
        group_title=row["title"],
        number=row["agreement"],
        meeting=row["meeting"],
        text=row["text"],
        owner=row["owner"],
        due=row["due"],
        stage=row["stage"],
        is_overdue=row["is_overdue"],
        consequences=[ConsequenceView(kind=ConsequenceKind(k), id=i) for k, i in linked],
    )


def group_view(group: Existing, version: int, position: int, zone: ZoneInfo) -> WorkingGroupView:
    """The group as it was at that version. School years are those of the zone's clock."""
    record = group.record
    is_over = isinstance(group, Dissolved)
    return WorkingGroupView(
        id=record.group,
        resolution=record.resolution,
        body=record.body,
        title=record.title,
        purpose=record.purpose,
        lead=record.lead,
        stage=stage_of(group),
        since=record.since,
        until=group.until if is_over else None,
        dissolved_by=group.by if is_over else None,
        members=[
            MembershipView(
                organisation=one.organisation, part=one.part, since=one.since, until=one.until
            )
            for one in record.memberships
        ],
        years=_years(record, zone),
        meetings=[_meeting(number, this) for number, this in record.meetings.items()],
        agreements=[_agreement(number, this) for number, this in record.agreements.items()],
        reports=[
            ReportView(number=number, session=report.session, text=report.text)
            for number, report in enumerate(record.reports, start=1)
        ],
        is_public=record.is_public,
        version=version,
        position=position,
    )


def _years(record: Record, zone: ZoneInfo) -> list[YearView]:
    """Those planned and those with meetings, in their order."""
    by_year: dict[str, list[Meeting]] = {school_year: [] for school_year in record.plans}
    for this in record.meetings.values():
        if (at := meetings.time_of(this)) is not None:
            by_year.setdefault(_school_year(at, zone), []).append(this)
    return [
        _year(school_year, record.plans.get(school_year, MeetingPlan(meetings=0)), these)
        for school_year, these in sorted(by_year.items())
    ]


def _year(school_year: str, plan: MeetingPlan, these: Sequence[Meeting]) -> YearView:
    return YearView(
        school_year=school_year,
        planned=plan.meetings,
        held=sum(isinstance(this, Held) for this in these),
        called=sum(isinstance(this, Called) for this in these),
        call_by=list(plan.call_by),
        reminded=sorted(plan.reminded),
    )


def _school_year(at: datetime, zone: ZoneInfo) -> str:
    first = year_of(at.astimezone(zone).date())
    return f"{first}/{(first + 1) % 100:02}"


def _meeting(number: int, this: Meeting) -> MeetingView:
    return MeetingView(
        number=number,
        stage=meetings.stage_of(this),
        at=meetings.time_of(this),
        place=this.place if isinstance(this, Called) else "",
        purpose=this.purpose if isinstance(this, Called) else "",
        attended=list(this.attended) if isinstance(this, Held) else [],
        summary=this.summary if isinstance(this, Held) else "",
        reason=this.reason if isinstance(this, Cancelled | Withdrawn) else "",
    )


def _agreement(number: int, this: Agreement) -> AgreementView:
    agreed = this.agreed
    same = AgreementView(
        number=number,
        meeting=agreed.meeting,
        text=agreed.text,
        owner=agreed.owner,
        stage=agreements.stage_of(this),
        agreed_due=agreed.due,
        due=None,
        is_overdue=False,
        reminders=[],
        reminded=[],
        outcome="",
        dropped_in=None,
        reason="",
        consequences=[ConsequenceView(kind=k, id=one) for one, k in agreed.consequences.items()],
    )
    match this:
        case Open(follow_up=follow_up):
            return msgspec.structs.replace(
                same,
                due=follow_up.due,
                is_overdue=follow_up.is_overdue,
                reminders=list(follow_up.reminders),
                reminded=sorted(follow_up.reminded),
            )
        case Fulfilled(outcome=outcome):
            return msgspec.structs.replace(same, outcome=outcome)
        case Dropped(meeting=meeting, reason=reason):
            return msgspec.structs.replace(same, dropped_in=meeting, reason=reason)
        case Lapsed():
            return same
        case _:
            assert_never(this)
