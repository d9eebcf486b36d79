"""The retention plan over HTTP: classes, cases by stage, the steps of a case."""

from datetime import date
from typing import Annotated
from uuid import UUID

from asyncpg import Record
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from domain.kernel import Erased
from domain.privacy.commands import subject_stream
from domain.retention.case import STAGES
from domain.retention.classes import RetentionClass
from domain.retention.errors import UnknownFile
from services.api import bounds
from services.api.access import SignedIn
from services.api.decisions import (
    Clerk,
    etag,
)
from services.api.languages import language_of, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING
from services.api.reading import Reader
from services.api.retention_views import CaseSummary, CaseView, FileExport, case_view
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names, history, names_of
from services.identity.authorisation import (
    MAKES_OFFERS,
    require,
    require_record_reader,
)
from services.privacy.retention.files import RetainedFiles

Stage = Annotated[
    str | None,
    QueryParameter(
        pattern="^(" + "|".join(STAGES) + ")$", required=False, description="Only this stage."
    ),
]
ClassKey = Annotated[
    str | None,
    QueryParameter(pattern=bounds.KEY, required=False, description="Only this retention class."),
]
DueBy = Annotated[
    date | None,
    QueryParameter(required=False, description="Only what was due on this day or before."),
]
Held = Annotated[
    bool | None,
    QueryParameter(required=False, description="Only those under a legal hold, or only others."),
]


class RetentionController(Controller):
    """Files of people whose retention period is over, on their way to erasure."""

    path = "/retention"
    tags = ("Privacy",)

    @get("/classes", operation_id="listRetentionClasses", responses=READING)
    async def list_classes(
        self,
        request: SignedIn,
        files: NamedDependency[RetainedFiles],
        clerk: NamedDependency[Clerk],
    ) -> list[RetentionClass]:
        """The classes of the retention plan that is in force."""
        require_record_reader(request.user, clerk.now())
        return list(files.plan.classes.values())

    @get("/cases", operation_id="listRetentionCases", responses=READING)
    async def list_cases(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        stage: Stage = None,
        retention_class: ClassKey = None,
        due_by: DueBy = None,
        held: Held = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Page[CaseSummary]:
        """Files with a proposal or a hold, those longest due first."""
        require_record_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        after = read_cursor(cursor, tuple[str, str], ("", ""))
        rows = await pool.fetch(
            _CASES,
            stage,
            retention_class,
            due_by,
            held,
            *after,
            limit + 1,
        )
        registered = [row["registered"] for row in rows if row["registered"] is not None]
        names = await account_names(store, registered)
        items = [_summary(row, names.get(str(row["person"]), "")) for row in rows[:limit]]
        more = len(rows) > limit
        last = (rows[limit - 1]["sort"], str(rows[limit - 1]["person"])) if more else None
        return Page(items=items, next=write_cursor(last) if last else None)

    @get("/cases/{person:uuid}", operation_id="readRetentionCase", responses=READING)
    async def read_case(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        files: NamedDependency[RetainedFiles],
    ) -> Response[CaseView]:
        """Where one person's file stands, what holds it, and what happened to it so far."""
        require_record_reader(request.user, clerk.now())
        entries = await store.load(subject_stream(person))
        kept = await files.kept_of(person)
        if kept is None and not entries:
            raise UnknownFile(str(person))
        language = language_of(request)
        names = await names_of(pool, store, [*entries, *await files.entries(person)])
        trail = history(entries, language, names)
        view = case_view(person, names.accounts.get(str(person), ""), entries, kept, trail)
        answer = spoken(view, language)
        answer.headers["ETag"] = etag(len(entries))
        return answer

    @get("/cases/{person:uuid}/export", operation_id="exportFile", responses=READING)
    async def export_file(
        self,
        request: SignedIn,
        person: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        files: NamedDependency[RetainedFiles],
    ) -> Response[FileExport]:
        """All that is in the file, to be offered to the archive."""
        require(request.user, MAKES_OFFERS, clerk.now())
        found = await files.kept_of(person)
        if found is None:
            raise UnknownFile(str(person))
        kept, retained = found
        entries = await files.entries(person)
        language = language_of(request)
        told = history(entries, language, await names_of(pool, store, entries))
        export = FileExport(
            person=person, retention_class=retained, closed_on=kept.closed_on, entries=told
        )
        return spoken(export, language)


# A case without a day of its own, because there is a hold only, comes last.
_CASES = """
    select retention_case.*, coalesce(due::text, '9999') as sort, account.position as registered,
        exists (select from legal_hold where legal_hold.person = retention_case.person) as held
    from retention_case left join account on account.id = retention_case.person
    where ($1::text is null or stage = $1)
        and ($2::text is null or retention_class = $2)
        and ($3::date is null or due <= $3)
        and ($4::bool is null or $4 = exists
            (select from legal_hold where legal_hold.person = retention_case.person))
        and (coalesce(due::text, '9999'), retention_case.person::text) > ($5::text, $6::text)
    order by sort, retention_case.person::text limit $7
"""


def _summary(row: Record, name: str | Erased) -> CaseSummary:
    return CaseSummary(
        person=row["person"],
        name=name,
        stage=row["stage"],
        retention_class=row["retention_class"],
        closed_on=row["closed_on"],
        due=row["due"],
        postponed_until=row["postponed_until"],
        answer_due=row["answer_due"],
        answer=row["answer"],
        held=row["held"],
        version=row["version"],
        position=row["position"],
        changed_at=row["changed_at"],
    )
