"""The running processes: what each waits for, what comes next, and whether Temporal runs it."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Protocol, runtime_checkable
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import msgspec
from litestar import get
from litestar.di import NamedDependency

from domain.assessments import course as assessments
from domain.concepts import course as concepts
from domain.goals import course as years
from domain.goals.decide import SCHOOL_YEAR
from domain.language_needs import course as reports
from domain.language_needs.decide import COMPANY_REPORT
from domain.posts import course as posts
from domain.posts.decide import POST
from domain.steering import resolution_course
from domain.steering.resolution_decide import RESOLUTION
from domain.working_groups import course as groups
from domain.working_groups.decide import WORKING_GROUP
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.next_steps import (
    Coming,
    NextStep,
    coming_of_concept,
    coming_of_group,
    coming_of_mandate,
    coming_of_post,
    coming_of_report,
    coming_of_round,
    coming_of_session,
    coming_of_year,
)
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING
from services.api.reading import Reader
from services.contexts.streams import Streams
from services.desk import Desk
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import require_record_reader
from services.privacy.retention.run import next_run
from services.session_record import LoggedSessions
from services.settings import Settings
from workflows import retention_run

LATE = timedelta(minutes=2)
"""So long after its moment, a step is said to be late."""

LAST = "9999"


class ProcessKind(StrEnum):
    CONCEPT = "concept"
    ASSESSMENT_ROUND = "assessment-round"
    WORKING_GROUP = "working-group"
    SESSION = "session"
    RESOLUTION = "resolution"
    SCHOOL_YEAR = "school-year"
    FUNDED_POST = "funded-post"
    COMPANY_REPORT = "company-report"
    RETENTION = "retention"


class Running(StrEnum):
    """`missing`: Temporal knows no such process; `unknown`: it does not answer."""

    RUNNING = "running"
    MISSING = "missing"
    UNKNOWN = "unknown"


@runtime_checkable
class ProcessEngine(Protocol):
    """Temporal, as far as it is asked about processes."""

    async def which_run(self, ids: Sequence[str]) -> Mapping[str, bool] | None:
        """Whether each of them runs; None if there is no answer."""
        ...


class ProcessView(msgspec.Struct, frozen=True, kw_only=True):
    """A process. Without `next_step` it waits for people; with one and no `next_at`, it is at it.

    `title` is the municipality of a concept, or what a round, a group, a session or a resolution
    is called, and the reference of a company's report. `is_late`: its moment has passed, and
    nothing is recorded yet.
    """

    id: Annotated[str, msgspec.Meta(examples=["concept/47f7d783-713f-5279-9484-96bef79f6f6a"])]
    kind: ProcessKind
    subject: UUID | None
    title: str
    stage: str
    next_step: NextStep | None
    next_at: datetime | None
    is_late: bool
    running: Running


@get("/processes", operation_id="listProcesses", tags=["Administration"], responses=READING)
async def list_processes(
    request: SignedIn,
    pool: NamedDependency[Pool],
    desk: NamedDependency[Desk],
    store: NamedDependency[EventStore],
    engine: NamedDependency[ProcessEngine],
    settings: NamedDependency[Settings],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
    at_least: bounds.AtLeast = None,
) -> Page[ProcessView]:
    """All processes that have not ended, those whose moment comes first at the front."""
    now = clerk.now()
    require_record_reader(request.user, now)
    await reader.caught_up(at_least)
    after = read_cursor(cursor, tuple[str, str], ("", ""))
    daily = next_run(now, ZoneInfo(settings.time_zone))
    rows = await pool.fetch(_UNDER_WAY, retention_run.WORKFLOW_ID, daily, now, *after, limit + 1)
    shown = rows[:limit]
    coming = await asyncio.gather(*(_coming(desk, store, row, now) for row in shown))
    running = await engine.which_run([row["id"] for row in shown])
    items = [_view(row, step, running, now) for row, step in zip(shown, coming, strict=True)]
    last = (shown[-1]["sort"], shown[-1]["id"]) if len(rows) > limit else None
    return Page(items=items, next=write_cursor(last) if last else None)


_UNDER_WAY = f"""
    select * from (
        select 'concept/' || c.id as id, 'concept' as kind, c.id as subject, c.stage,
            coalesce(m.name, c.municipality) as title, c.review_at as moment,
            coalesce(to_char((case when c.stage = 'consulting' then
                case when c.due > $3 then c.due else c.closes_at end
                when c.stage = 'published' then c.review_at end) at time zone 'UTC',
                'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}') as sort
        from concept c left join municipality m on m.ags = c.municipality
        where c.stage not in ('superseded', 'withdrawn')
        union all
        select 'assessment-round/' || r.id, 'assessment-round', r.id, r.state, r.title, null,
            coalesce(to_char((case r.state when 'announced' then r.opens_at
                when 'open' then r.closes_at when 'closed' then r.closes_at end)
                at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from assessment_round r
        where r.state in ('announced', 'open', 'closed')
            or (r.state = 'released' and r.sitting = 'retest')
        union all
        select 'working-group/' || g.id, 'working-group', g.id, g.stage, g.title, null,
            coalesce(to_char((select min(due) from group_agreement where working_group = g.id
                and group_agreement.stage = 'open' and not is_overdue)
                at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from working_group g where g.stage = 'working'
        union all
        select 'session/' || s.id, 'session', s.id, s.stage, s.title, null,
            coalesce(to_char((case when s.stage in ('scheduled', 'frozen') then s.starts_at
                when s.stage = 'circulating' then s.closes_at end)
                at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from steering_session s where s.stage not in ('released', 'cancelled')
        union all
        select 'resolution/' || r.id, 'resolution', r.id, r.standing,
            coalesce(nullif(r.reference, ''), r.title), null,
            coalesce(to_char((case r.standing when 'open' then r.due end)
                at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from resolution r where r.standing in ('open', 'overdue')
        union all
        select 'school-year/' || y.id, 'school-year', y.id, y.stage, y.school_year, null,
            to_char(date_trunc('month', $3 at time zone 'UTC') + interval '1 month',
                'YYYY-MM-DD"T"HH24:MI:SS')
        from school_year y where y.stage = 'running'
        union all
        select 'funded-post/' || p.id, 'funded-post', p.id, p.stage, p.key, null,
            coalesce(to_char(least(case p.stage when 'established' then p.funded_until end,
                (select min(due) from post_proof where post = p.id and not is_submitted)),
                'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from funded_post p where p.stage = 'established'
            or exists (select from post_proof where post = p.id and not is_submitted)
        union all
        select 'company-report/' || r.id, 'company-report', r.id, r.stage, r.reference, null,
            coalesce(to_char(r.due at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), '{LAST}')
        from company_report r where r.stage not in ('closed', 'withdrawn')
        union all
        select $1, 'retention', null, 'open', '', $2,
            to_char($2 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')
    ) as under_way
    where (sort, id) > ($4, $5) order by sort, id limit $6
"""  # noqa: S608 (our own words)
"""One that waits for people only comes last. To compare, all moments are written in UTC."""


async def _coming(  # noqa: C901, PLR0911 (one case for each kind)
    desk: Desk, store: EventStore, row: asyncpg.Record, now: datetime
) -> Coming | None:
    """The log says it exactly: which reminders were sent, who has more time."""
    streams = Streams(store)
    match ProcessKind(row["kind"]):
        case ProcessKind.CONCEPT if row["stage"] == "published" and row["moment"] > now:
            return NextStep.DECLARE_REVIEW_DUE, row["moment"]
        case ProcessKind.CONCEPT if row["stage"] in {"consulting", "published"}:
            concept, _ = await desk.concept(row["subject"])
            return coming_of_concept(concepts.course(concept), now)
        case ProcessKind.CONCEPT:
            return None
        case ProcessKind.ASSESSMENT_ROUND:
            this = await desk.assessments.assessment_round(row["subject"])
            return coming_of_round(assessments.course(this), now)
        case ProcessKind.WORKING_GROUP:
            group = await streams.state(WORKING_GROUP, row["subject"])
            return coming_of_group(groups.course(group), now)
        case ProcessKind.SESSION:
            sessions = LoggedSessions(store, desk, desk.assessments.calendar)
            course, _ = await sessions.course(row["subject"], now)
            return coming_of_session(course, now)
        case ProcessKind.RESOLUTION:
            resolution = await streams.state(RESOLUTION, row["subject"])
            return coming_of_mandate(resolution_course.course(resolution), now)
        case ProcessKind.SCHOOL_YEAR:
            year = await streams.state(SCHOOL_YEAR, row["subject"])
            return coming_of_year(years.course(year, now, desk.assessments.calendar))
        case ProcessKind.FUNDED_POST:
            post = await streams.state(POST, row["subject"])
            return coming_of_post(posts.course(post, now, desk.assessments.calendar))
        case ProcessKind.COMPANY_REPORT:
            report = await streams.state(COMPANY_REPORT, row["subject"])
            course = reports.course_of(report, desk.assessments.calendar)
            return coming_of_report(course, now)
        case ProcessKind.RETENTION:
            return NextStep.LOOK_AT_FILES, row["moment"]


def _view(
    row: asyncpg.Record, coming: Coming | None, running: Mapping[str, bool] | None, now: datetime
) -> ProcessView:
    step, moment = coming or (None, None)
    return ProcessView(
        id=row["id"],
        kind=ProcessKind(row["kind"]),
        subject=row["subject"],
        title=row["title"],
        stage=row["stage"],
        next_step=step,
        next_at=moment,
        is_late=moment is not None and moment + LATE < now,
        running=_running(row["id"], running),
    )


def _running(process: str, running: Mapping[str, bool] | None) -> Running:
    if running is None:
        return Running.UNKNOWN
    return Running.RUNNING if running.get(process) else Running.MISSING
