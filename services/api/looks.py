"""Who looked at learners' rows: recorded before they are shown, and shown to the college."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.assessments.commands_class import NoteLook
from domain.assessments.events_class import RowsSeen
from domain.kernel import Erased, stream_id
from services.api import bounds
from services.api.access import SignedIn
from services.api.class_access import Classes
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING
from services.api.reading import Reader
from services.eventstore.store import EventStore
from services.texts import word


class Purpose(StrEnum):
    """What learners' rows were looked at for."""

    LIST = "list-learners"
    ROWS = "read-rows"
    TEMPLATE = "fill-in-template"
    FILE = "compare-with-file"
    MEANING = "read-meaning"
    CHANGE = "read-change"
    EXPORT = "answer-learner"


class LookView(msgspec.Struct, frozen=True, kw_only=True):
    """One look. `learner` is there if it was at one learner's rows alone."""

    position: int
    seen_at: datetime
    account: str
    name: str | Erased
    role: str
    purpose: str
    round: UUID | None = None
    learner: UUID | None = None


async def note_look(
    request: SignedIn,
    clerk: Clerk,
    training_class: UUID,
    purpose: Purpose,
    *,
    round_id: UUID | None = None,
    learner: UUID | None = None,
) -> None:
    """Record the look before anything is shown. Raises RoleMissing or OutsideOwnArea."""
    await clerk.decide(
        request,
        NoteLook(training_class=training_class, purpose=purpose, round=round_id, learner=learner),
    )


@get(
    "/classes/{training_class:uuid}/looks",
    operation_id="listLooks",
    tags=["Assessments"],
    responses=READING,
)
async def list_looks(
    request: SignedIn,
    training_class: FromPath[UUID],
    classes: NamedDependency[Classes],
    store: NamedDependency[EventStore],
    reader: NamedDependency[Reader],
    clerk: NamedDependency[Clerk],
    cursor: bounds.Cursor = None,
    limit: bounds.Limit = bounds.PAGE,
) -> Response[Page[LookView]]:
    """Who looked at rows of this class, when and what for: for its college alone."""
    await classes.own(request, training_class, clerk.now())
    after = read_cursor(cursor, int, 0)
    entries = await store.load(stream_id("look", str(training_class)))
    left = [entry for entry in entries if entry.position > after]
    language = language_of(request)
    names = await reader.names(left[:limit])
    items = [
        LookView(
            position=entry.position,
            seen_at=entry.recorded_at,
            account=entry.metadata.account,
            name=names.accounts.get(entry.metadata.account, ""),
            role=word(entry.metadata.role, language),
            purpose=word(entry.event.purpose, language),
            round=entry.event.round,
            learner=entry.event.learner,
        )
        for entry in left[:limit]
        if isinstance(entry.event, RowsSeen)
    ]
    more = len(left) > limit
    page = Page(items=items, next=write_cursor(items[-1].position) if more else None)
    return spoken(page, language)
