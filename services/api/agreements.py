"""What the working groups have agreed on: who does what until when, and what came of it."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.group_views import AgreementSummary, agreement_summary
from services.api.pages import LARGEST, Page, read_cursor, write_cursor
from services.api.problems import READING
from services.api.reading import Reader
from services.eventstore.database import Pool
from services.identity.group_readers import groups_seen
from services.settings import Settings

LISTED = """
    select this.*, its.title,
        array(select kind from agreement_consequence as led
            where led.working_group = this.working_group and led.agreement = this.agreement
            order by consequence) as kinds,
        array(select consequence from agreement_consequence as led
            where led.working_group = this.working_group and led.agreement = this.agreement
            order by consequence) as consequences
    from group_agreement as this join working_group as its on its.id = this.working_group
    where place < $1 and ($2::text is null or owner = $2) and ($3::text is null or this.stage = $3)
        and ($4::timestamptz is null or this.stage = 'open' and due <= $4)
        and ($5::uuid is null or exists (
            select from agreement_consequence as led where led.consequence = $5
                and led.working_group = this.working_group and led.agreement = this.agreement))
        and ($6::text[] is null or its.lead = any($6) or exists (
            select from group_membership as span where span.working_group = its.id
                and span.organisation = any($6)
                and (span.until is null or span.since <= span.until)))
    order by place desc limit $7
"""

Owner = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY, required=False, description="This organisation carries them out."
    ),
]
Stage = Annotated[
    str | None,
    QueryParameter(
        pattern="^(open|fulfilled|dropped|lapsed)$", required=False, description="Only this stage."
    ),
]
DueBy = Annotated[
    date | None,
    QueryParameter(
        required=False,
        description="Only what is still to be done by this day.",
        examples=[Example(value="2026-06-30")],
    ),
]
Consequence = Annotated[
    UUID | None,
    QueryParameter(
        required=False,
        description="Only what led to this: a round of the language assessment, a concept, …",
    ),
]


@get("/agreements", operation_id="listAgreements", tags=["Steering"], responses=READING)
async def list_agreements(
    request: SignedIn,
    pool: NamedDependency[Pool],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    settings: NamedDependency[Settings],
    owner: Owner = None,
    stage: Stage = None,
    due_by: DueBy = None,
    consequence: Consequence = None,
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
    at_least: bounds.AtLeast = None,
) -> Page[AgreementSummary]:
    """The latest agreements first. Members see those of the groups they read."""
    seen = groups_seen(request.user, clerk.now())
    await reader.caught_up(at_least)
    before = read_cursor(cursor, int, LARGEST)
    until = due_by and datetime.combine(due_by, time.max, ZoneInfo(settings.time_zone))
    until = bounds.checked(until, parameter="due_by")
    rows = await pool.fetch(LISTED, before, owner, stage, until, consequence, seen, limit + 1)
    shown = rows[:limit]
    return Page(
        items=[agreement_summary(row) for row in shown],
        next=write_cursor(shown[-1]["place"]) if len(rows) > limit else None,
    )
