"""One course that companies fill together, as it follows from its entries up to a moment."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from domain.course_pools.details import PoolCourse
from domain.course_pools.events import (
    PoolAgreed,
    PoolDeclined,
    PoolDissolved,
    PoolFormed,
    PoolMemberAdded,
    PoolMemberRemoved,
    PoolProposed,
)
from domain.course_pools.pool import PoolStanding
from domain.kernel import Erased
from domain.language_needs.events import ReportChanged, ReportSubmitted
from services.api.course_pool_views import (
    CoursePoolMember,
    CoursePoolView,
    PoolMemberStanding,
    type_name,
)
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.texts import Language

COMPANIES = """
    select report.id, reference, described, report.municipality,
        coalesce(municipality.name, report.municipality) as municipality_name
    from company_report as report left join municipality on ags = report.municipality
    where id = any($1)
"""

NAME = "select name from municipality where ags = $1"


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Of a report as it is now. Its name is None if it is not for whoever reads."""

    reference: str = ""
    name: str | Erased | None = None
    municipality: str = ""
    municipality_name: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a company was asked and said."""

    learners: int
    asked_at: datetime
    standing: PoolMemberStanding = PoolMemberStanding.ASKED
    answered_at: datetime | None = None
    by_telephone: bool = False
    reason: str | Erased | None = None


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a pool, by the reports in it in the order they were asked first."""

    pool: UUID
    course: PoolCourse
    members: Mapping[UUID, Said]
    proposed_at: datetime
    standing: PoolStanding = PoolStanding.PROPOSED
    formed_at: datetime | None = None
    dissolved_at: datetime | None = None
    dissolved_because: str | None = None


def story_of(entries: Sequence[LogEntry]) -> Story:
    """From all entries of a pool, of which the first proposes it."""
    first, *others = entries
    proposed = first.event
    assert isinstance(proposed, PoolProposed), "nothing else begins a pool"
    at = first.metadata.occurred_at
    story = Story(
        pool=proposed.pool,
        course=proposed.course,
        members={one.report: Said(learners=one.learners, asked_at=at) for one in proposed.members},
        proposed_at=at,
    )
    for entry in others:
        story = _after(story, entry)
    return story


def _after(story: Story, entry: LogEntry) -> Story:
    at = entry.metadata.occurred_at
    match entry.event:
        case PoolMemberAdded(report=report, learners=learners):
            said = Said(learners=learners, asked_at=at)
        case PoolMemberRemoved(report=report, reason=reason):
            said = msgspec.structs.replace(
                story.members[report], standing=PoolMemberStanding.REMOVED, reason=reason
            )
        case PoolAgreed(report=report, by_telephone=by_telephone):
            said = msgspec.structs.replace(
                story.members[report],
                standing=PoolMemberStanding.AGREED,
                answered_at=at,
                by_telephone=by_telephone,
                reason=None,
            )
        case PoolDeclined(report=report, reason=reason, by_telephone=by_telephone):
            said = msgspec.structs.replace(
                story.members[report],
                standing=PoolMemberStanding.DECLINED,
                answered_at=at,
                by_telephone=by_telephone,
                reason=reason or None,
            )
        case PoolFormed():
            return msgspec.structs.replace(story, standing=PoolStanding.FORMED, formed_at=at)
        case PoolDissolved(reason=reason):
            return msgspec.structs.replace(
                story,
                standing=PoolStanding.DISSOLVED,
                dissolved_at=at,
                dissolved_because=reason,
            )
        case _:
            return story
    return msgspec.structs.replace(story, members={**story.members, report: said})


async def pool_view(
    pool: Pool,
    store: EventStore,
    entries: Sequence[LogEntry],
    language: Language,
    *,
    reads_names: bool,
) -> CoursePoolView:
    """The pool up to the last of the entries; who the companies are, as they said it last."""
    story, latest = story_of(entries), entries[-1]
    course = story.course
    companies = await _companies_of(pool, store, list(story.members), reads_names=reads_names)
    municipality_name = await pool.fetchval(NAME, course.municipality)
    inside = [said for said in story.members.values() if said.standing.takes_part]
    learners = sum(said.learners for said in inside)
    return CoursePoolView(
        id=story.pool,
        standing=story.standing,
        course_type=course.course_type,
        course_type_name=type_name(course.course_type, language),
        level=course.level,
        municipality=course.municipality,
        municipality_name=municipality_name or course.municipality,
        starts_on=course.starts_on,
        minimum=course.minimum,
        maximum=course.maximum,
        offer=course.offer,
        companies=len(inside),
        agreed=sum(said.standing is PoolMemberStanding.AGREED for said in inside),
        unanswered=sum(said.standing is PoolMemberStanding.ASKED for said in inside),
        learners=learners,
        is_below_minimum=learners < course.minimum,
        proposed_at=story.proposed_at,
        formed_at=story.formed_at,
        dissolved_at=story.dissolved_at,
        version=len(entries),
        position=latest.position,
        changed_at=latest.recorded_at,
        members=[
            _member(report, said, companies.get(report, Company()), reads_names=reads_names)
            for report, said in story.members.items()
        ],
        dissolved_because=story.dissolved_because if reads_names else None,
    )


async def _companies_of(
    pool: Pool, store: EventStore, reports: Sequence[UUID], *, reads_names: bool
) -> Mapping[UUID, Company]:
    rows = await pool.fetch(COMPANIES, reports)
    described = [row["described"] for row in rows] if reads_names else []
    names = {
        entry.position: entry.event.company_name
        for entry in (await store.at(described) if described else ())
        if isinstance(entry.event, ReportSubmitted | ReportChanged)
    }
    return {
        row["id"]: Company(
            reference=row["reference"],
            name=names.get(row["described"]),
            municipality=row["municipality"],
            municipality_name=row["municipality_name"],
        )
        for row in rows
    }


def _member(report: UUID, said: Said, company: Company, *, reads_names: bool) -> CoursePoolMember:
    return CoursePoolMember(
        report=report,
        reference=company.reference,
        company_name=company.name,
        municipality=company.municipality,
        municipality_name=company.municipality_name,
        learners=said.learners,
        standing=said.standing,
        asked_at=said.asked_at,
        answered_at=said.answered_at,
        by_telephone=said.by_telephone,
        reason=said.reason if reads_names else None,
    )
