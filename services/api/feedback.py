"""What people reported about the pages, for those who care for them."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from domain.kernel import Role
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import CHANGING, READING, EdgeProblem
from services.feedback import Feedback, KeptReport
from services.identity.authorisation import require

CARES_FOR_THE_PAGES = frozenset({Role.ADMINISTRATOR})
LAST = "9999-01-01T00:00:00+00:00"


class FeedbackController(Controller):
    """Reports of barriers and other things. They are sent in at the pages."""

    path = "/feedback"
    tags = ("Administration",)

    @get("/", operation_id="listFeedback", responses=READING)
    async def list_feedback(
        self,
        request: SignedIn,
        feedback: NamedDependency[Feedback],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
    ) -> Page[KeptReport]:
        """All reports that are kept, the newest first."""
        require(request.user, CARES_FOR_THE_PAGES, clerk.now())
        before = _moment(read_cursor(cursor, str, LAST))
        found = await feedback.kept(before, limit + 1)
        items = list(found[:limit])
        more = len(found) > limit
        return Page(items=items, next=write_cursor(items[-1].at.isoformat()) if more else None)

    @post(
        "/{report:uuid}/completion",
        operation_id="closeFeedback",
        status_code=204,
        responses=CHANGING,
    )
    async def close_feedback(
        self,
        request: SignedIn,
        report: FromPath[UUID],
        feedback: NamedDependency[Feedback],
        clerk: NamedDependency[Clerk],
    ) -> None:
        """Mark a report as done. The address of whoever sent it is forgotten."""
        now = clerk.now()
        require(request.user, CARES_FOR_THE_PAGES, now)
        if not await feedback.complete(report, request.user.account, now):
            raise EdgeProblem(HTTPStatus.NOT_FOUND, "feedback.unknown")


def _moment(text: str) -> datetime:
    """Raises EdgeProblem if it is none: the cursor is none of ours."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise EdgeProblem(HTTPStatus.BAD_REQUEST, "request.cursor-malformed", parameter="cursor")
    return at
