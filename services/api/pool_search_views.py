"""How a search for common courses looks from outside, and what it found."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from http import HTTPStatus
from uuid import UUID

import msgspec

from domain.course_offers.levels import Level
from domain.kernel import Erased
from domain.language_needs.events import ReportChanged, ReportSubmitted
from domain.pooling.left_over import WhyLeft
from domain.pooling.problem import TimeClass
from services.api.problems import Problem
from services.api.report_matches import MatchReason
from services.catalogues.course_types import course_types
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.pooling.searches import Search, SearchState
from services.pooling.solution import Certainty
from services.pooling.suggestion import Course, Member, Suggestion, Unserved
from services.texts import Language, problem
from services.texts.match_reasons import reason_sentence
from services.texts.pool_searches import left_sentence, state_sentence

REPORTS = "select id, reference, described from company_report where id = any($1)"
MUNICIPALITIES = "select ags, name from municipality where ags = any($1)"


class SuggestedMember(msgspec.Struct, frozen=True, kw_only=True):
    """A company in a suggested course, with the groups of its report, counted from 0.

    `km` is the air line, null for a course online or where it is not known.
    """

    report: UUID
    reference: str
    company_name: str | Erased | None
    learners: int
    groups: list[int]
    km: int | None = None
    is_urgent: bool
    reasons: list[MatchReason]


class SuggestedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course these companies could fill: a new one, or the free seats of an `offer`.

    The same companies in the same course have the same `pool`, however often it is suggested; it
    `is_pool` if there are several. `weekdays` from 1 (Monday) are those on which all can, none is
    any. `room` is the report of the company in whose rooms it would be held.
    """

    pool: UUID
    is_pool: bool
    offer: UUID | None = None
    course_type: str
    course_type_name: str
    present: Level
    level: Level
    municipality: str
    municipality_name: str
    is_online: bool
    room: UUID | None = None
    time: TimeClass | None = None
    weekdays: list[int]
    starts_on: date
    minimum: int
    maximum: int
    learners: int
    companies: int
    members: list[SuggestedMember]


class UnservedGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group in no course, and why: `together` of the `needed` learners could sit together."""

    report: UUID
    reference: str
    company_name: str | Erased | None
    group: int
    learners: int
    because: WhyLeft
    text: str
    together: int
    needed: int


class PoolSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """What would serve most learners. `proof` is `optimal`, or how far it can be from the best.

    `gap_permyriad` is that distance in hundredths of a percent at most. Of the learners who are
    `waiting` so many are `served`.
    """

    proof: Certainty
    gap_permyriad: int
    waiting: int
    served: int
    courses: list[SuggestedCourse]
    unserved: list[UnservedGroup]


class PoolSearchView(msgspec.Struct, frozen=True, kw_only=True):
    """How far a search is. `found` once it is done, `problem` once it failed.

    It has taken so many `seconds`, of `longest` once it has its turn.
    """

    id: UUID
    state: SearchState
    message: str
    started_at: datetime
    seconds: int
    longest: int
    problem: Problem | None = None
    found: PoolSuggestions | None = None


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a suggestion is told with: references, names of companies and of municipalities."""

    references: Mapping[UUID, str]
    companies: Mapping[UUID, str | Erased]
    municipalities: Mapping[str, str]


async def known_for(pool: Pool, store: EventStore, found: Suggestion) -> Known:
    """The names as they are now: one that was erased meanwhile is not told."""
    members = [member.report for course in found.courses for member in course.members]
    reports = {*members, *(group.report for group in found.unserved)}
    rows = await pool.fetch(REPORTS, sorted(reports))
    entries = await store.at([row["described"] for row in rows]) if rows else []
    places = sorted({course.municipality for course in found.courses})
    return Known(
        references={row["id"]: row["reference"] for row in rows},
        companies={
            entry.event.report: entry.event.company_name
            for entry in entries
            if isinstance(entry.event, ReportSubmitted | ReportChanged)
        },
        municipalities={
            row["ags"]: row["name"] for row in await pool.fetch(MUNICIPALITIES, places)
        },
    )


def search_view(search: Search, known: Known | None, language: Language) -> PoolSearchView:
    """The search; what it found is told if its names are known."""
    found = search.found
    return PoolSearchView(
        id=search.id,
        state=search.state,
        message=state_sentence(search.state, language),
        started_at=search.started_at,
        seconds=round((search.alive_at - search.started_at).total_seconds()),
        longest=round(search.longest),
        problem=_problem(search, language),
        found=_suggestions(found, known, language) if found and known else None,
    )


def _problem(search: Search, language: Language) -> Problem | None:
    if search.trouble is None:
        return None
    text = problem(search.trouble, language, {})
    return Problem(
        type=f"/problems/{search.trouble}",
        title=text.title,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        detail=text.detail,
    )


def _suggestions(found: Suggestion, known: Known, language: Language) -> PoolSuggestions:
    return PoolSuggestions(
        proof=found.proof,
        gap_permyriad=found.gap_permyriad,
        waiting=found.waiting,
        served=sum(course.learners for course in found.courses),
        courses=[_course(course, known, language) for course in found.courses],
        unserved=[_unserved(group, known, language) for group in found.unserved],
    )


def _course(course: Course, known: Known, language: Language) -> SuggestedCourse:
    name = known.municipalities.get(course.municipality, course.municipality)
    return SuggestedCourse(
        pool=course.pool,
        is_pool=len(course.members) > 1,
        offer=course.offer,
        course_type=course.course_type,
        course_type_name=course_types().entries[course.course_type].name(language),
        present=course.present,
        level=course.level,
        municipality=course.municipality,
        municipality_name=name,
        is_online=course.is_online,
        room=course.room,
        time=course.time,
        weekdays=list(course.weekdays),
        starts_on=course.starts_on,
        minimum=course.minimum,
        maximum=course.maximum,
        learners=course.learners,
        companies=len(course.members),
        members=list(_members(course.members, known, language)),
    )


def _members(
    members: Iterable[Member], known: Known, language: Language
) -> Iterable[SuggestedMember]:
    for member in members:
        yield SuggestedMember(
            report=member.report,
            reference=known.references.get(member.report, ""),
            company_name=known.companies.get(member.report),
            learners=member.learners,
            groups=list(member.groups),
            km=member.km,
            is_urgent=member.is_urgent,
            reasons=[
                MatchReason(
                    topic=reason.topic,
                    speaks=reason.speaks,
                    text=reason_sentence(reason, language),
                )
                for reason in member.reasons
            ],
        )


def _unserved(group: Unserved, known: Known, language: Language) -> UnservedGroup:
    return UnservedGroup(
        report=group.report,
        reference=known.references.get(group.report, ""),
        company_name=known.companies.get(group.report),
        group=group.group,
        learners=group.learners,
        because=group.because,
        text=left_sentence(group.because, language, together=group.together, needed=group.needed),
        together=group.together,
        needed=group.needed,
    )
