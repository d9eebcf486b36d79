"""Need reviews: opened, listed, read as they were at any moment, closed or abandoned."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Response

from domain.steering.need_review import Existing, Unknown
from domain.steering.need_review_commands import (
    AbandonNeedReview,
    CloseNeedReview,
    OpenNeedReview,
)
from domain.steering.need_review_decide import NEED_REVIEW
from domain.steering.need_review_errors import UnknownReview
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_bounds import YearOnly
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.need_review_bodies import ReviewClosing, ReviewOpening
from services.api.need_review_views import (
    NeedReviewSummary,
    NeedReviewView,
    need_review_summary,
    need_review_view,
)
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import At, moment_of, replayed, told
from services.api.sections import Because
from services.eventstore.database import Pool
from services.eventstore.store import NOW, EventStore, Moment
from services.history import HistoryEntry
from services.identity.authorisation import require, require_record_reader
from services.identity.mandate_readers import READS_NEED_REVIEWS

LISTED = """
    select * from need_review
    where ($1::bigint = 0 or (opened_at, place) < (
            select opened_at, place from need_review where place = $1
        ))
        and ($2::text is null or stage = $2) and ($3::text is null or school_year = $3)
    order by opened_at desc, place desc limit $4
"""
Stage = Annotated[
    str | None,
    QueryParameter(
        pattern="^(open|closed|abandoned)$", required=False, description="Only this stage."
    ),
]


class NeedReviewController(Controller):
    """Whether a county-wide working group is needed."""

    path = "/need-reviews"
    tags = ("Steering",)

    @get("/", operation_id="listNeedReviews", responses=READING)
    async def list_need_reviews(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: Stage = None,
        school_year: YearOnly = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[NeedReviewSummary]:
        """The latest need reviews first."""
        require(request.user, READS_NEED_REVIEWS, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, int, 0)
        rows = await pool.fetch(LISTED, after, stage, school_year, limit + 1)
        shown = rows[:limit]
        return Page(
            items=[need_review_summary(row) for row in shown],
            next=write_cursor(shown[-1]["place"]) if len(rows) > limit else None,
        )

    @post("/", operation_id="openNeedReview", responses=CHANGING)
    async def open_need_review(
        self,
        request: SignedIn,
        data: JSONBody[ReviewOpening],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Open a need review by the coordination, without a resolution that asks for it."""
        command = OpenNeedReview(
            school_year=data.school_year,
            key=data.key,
            question=data.question,
            fields=data.fields,
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/need-reviews/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{review_id:uuid}", operation_id="readNeedReview", responses=READING)
    async def read_need_review(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[NeedReviewView]:
        """One need review as it is, or as it was at a log position or a moment."""
        require(request.user, READS_NEED_REVIEWS, clerk.now())
        found = await _review_at(store, review_id, moment_of(position, as_of))
        return Response(need_review_view(found), headers={"ETag": etag(found.version)})

    @get("/{review_id:uuid}/history", operation_id="readNeedReviewHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the need review, in order."""
        require_record_reader(request.user, clerk.now())
        found = await _review_at(store, review_id)
        return await told(request, reader, found.entries, cursor, limit)

    @post(
        "/{review_id:uuid}/closing",
        operation_id="closeNeedReview",
        status_code=200,
        responses=CHANGING,
    )
    async def close_need_review(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        data: JSONBody[ReviewClosing],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Close it: every proposal is settled, and the outcome is what the body resolved."""
        command = CloseNeedReview(review=review_id, summary=data.summary)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{review_id:uuid}/abandonment",
        operation_id="abandonNeedReview",
        status_code=200,
        responses=CHANGING,
    )
    async def abandon_need_review(
        self,
        request: SignedIn,
        review_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Give it up, with a reason."""
        command = AbandonNeedReview(review=review_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)


async def _review_at(store: EventStore, review: UUID, moment: Moment = NOW) -> At[Existing]:
    """Raises UnknownReview."""
    unknown = UnknownReview(str(review))
    found = await replayed(store, NEED_REVIEW, review, unknown, moment)
    assert not isinstance(found.state, Unknown), "what is unknown is refused before"
    return At(state=found.state, entries=found.entries)
