"""My tasks: what waits for a person, in all their roles, the most urgent first."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec
from asyncpg import Record
from litestar import get
from litestar.di import NamedDependency

from domain.directory.account import Grant
from domain.kernel import Role
from domain.posts.employing import Employment
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.problems import READING
from services.api.reading import Reader
from services.api.task_sources import TASKS
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.posts.employing import decided_by_posts
from services.settings import Settings

SOON = timedelta(days=7)
"""What is due by then is due this week; rounds with missing answers are shown from then on."""

RECENT = timedelta(days=30)
"""For so long released results are pointed out to their college."""

UNBUNDLED = timedelta(days=14)
"""A finding that has waited so long for a theme is pointed out to the coordination."""

UNANSWERED = timedelta(days=7)
"""A company that was asked about a shared course so long ago is called by the coordination."""


class TaskKind(StrEnum):
    """What is to be done."""

    ANSWER_REQUEST = "answer-request"
    DRAFT_CONCEPT = "draft-concept"
    REVISE_CONCEPT = "revise-concept"
    OPEN_CONCEPTS = "open-concepts"
    OPEN_CONSULTATION = "open-consultation"
    MISSING_ANSWERS = "missing-answers"
    CLOSE_ROUND = "close-round"
    ADOPT_CONCEPT = "adopt-concept"
    PUBLISH_CONCEPT = "publish-concept"
    REVIEW_CONCEPT = "review-concept"
    REGISTER_CLASSES = "register-classes"
    MISSING_CLASSES = "missing-classes"
    MISSING_COLLEGES = "missing-colleges"
    READ_RESULTS = "read-results"
    APPROVE_INSTRUMENT = "approve-instrument"
    RETENTION_CASES = "retention-cases"
    BUNDLE_FINDINGS = "bundle-findings"
    PROPOSE_ITEMS = "propose-items"
    CAST_BALLOT = "cast-ballot"
    DRAFT_MINUTES = "draft-minutes"
    APPROVE_MINUTES = "approve-minutes"
    RELEASE_MINUTES = "release-minutes"
    RECORD_RESOLUTIONS = "record-resolutions"
    FULFIL_MANDATE = "fulfil-mandate"
    CALL_MEETING = "call-meeting"
    RECORD_MEETING = "record-meeting"
    FULFIL_AGREEMENT = "fulfil-agreement"
    ACKNOWLEDGE_REPORT = "acknowledge-report"
    TRIAGE_REPORT = "triage-report"
    PLACE_REPORT = "place-report"
    CONCLUDE_REPORT = "conclude-report"
    FOLLOW_UP_REPORT = "follow-up-report"
    CHASE_REPORT = "chase-report"
    ANSWER_REFERRAL = "answer-referral"
    CHASE_POOL = "chase-pool"
    SETTLE_POOL = "settle-pool"
    CONFIRM_OFFERS = "confirm-offers"
    UNDELIVERED_MAIL = "undelivered-mail"


class Urgency(StrEnum):
    """How soon a task is due."""

    OVERDUE = "overdue"
    THIS_WEEK = "this-week"
    LATER = "later"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for the person.

    `target` is the concept, round, instrument, session, resolution, working group, report of a
    company or shared course it is about,
    `number` the consultation round, the version, the meeting or the agreement. `since` is there if
    nothing sets a date. `names` are those it waits for: sections to answer, organisations,
    colleges, classes, municipalities, votes, items to vote on, what was agreed, or references of
    reports whose companies have not answered.
    """

    kind: TaskKind
    urgency: Urgency
    target: str
    number: int | None = None
    municipality: str | None = None
    municipality_name: str | None = None
    organisation: str | None = None
    organisation_name: str | None = None
    title: str
    due: datetime | None = None
    since: datetime | None = None
    count: int
    names: list[str]


@get("/tasks", operation_id="listTasks", tags=["Directory"], responses=READING)
async def list_tasks(
    request: SignedIn,
    pool: NamedDependency[Pool],
    store: NamedDependency[EventStore],
    settings: NamedDependency[Settings],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    at_least: bounds.AtLeast = None,
) -> list[Task]:
    """What waits for the person in all their roles, what is overdue first."""
    await reader.caught_up(at_least)
    now = clerk.now()
    grants = request.user.grants_at(now)
    roles = {grant.role for grant in grants}
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    decided: Mapping[str, Employment] = {}
    if Role.COORDINATOR in roles:
        decided = await decided_by_posts(store, today)
    rows = await pool.fetch(
        TASKS,
        request.user.account,
        _organisations(grants, Role.ORGANISATION_MEMBER),
        [g.municipality for g in grants if g.role is Role.CASE_MANAGER and g.municipality],
        Role.COORDINATOR in roles,
        Role.STEERING_MEMBER in roles,
        _organisations(grants, Role.COLLEGE),
        Role.ADMINISTRATOR in roles,
        now,
        now + SOON,
        now - RECENT,
        Role.EXPERT in roles,
        now - UNBUNDLED,
        [ags for ags, said in decided.items() if said.county_is_employer],
        [ags for ags, said in decided.items() if not said.county_is_employer],
        now - UNANSWERED,
    )
    return [_task(row, now) for row in rows]


def urgency_of(due: datetime | None, now: datetime) -> Urgency:
    """How soon something with this deadline is due."""
    if due is None or due > now + SOON:
        return Urgency.LATER
    return Urgency.OVERDUE if due <= now else Urgency.THIS_WEEK


def _organisations(grants: Sequence[Grant], role: Role) -> list[str]:
    return [grant.organisation for grant in grants if grant.role is role]


def _task(row: Record, now: datetime) -> Task:
    return Task(
        kind=TaskKind(row["kind"]),
        urgency=urgency_of(row["due"], now),
        target=row["target"],
        number=row["number"],
        municipality=row["municipality"],
        municipality_name=row["municipality_name"],
        organisation=row["organisation"],
        organisation_name=row["organisation_name"],
        title=row["title"],
        due=row["due"],
        since=row["since"],
        count=row["count"],
        names=list(row["names"] or ()),
    )
