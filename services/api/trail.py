"""Search in the record: who did what, when; as pages, and as a table to take along."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency, Provide
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from litestar.response import Response

from domain.directory.municipality import normal_ags
from services.api import bounds
from services.api.access import SignedIn
from services.api.bounds import checked
from services.api.decisions import Clerk
from services.api.languages import language_of, said_in, spoken
from services.api.pages import Page, read_cursor, write_cursor
from services.api.problems import READING, EdgeProblem
from services.api.reading import Reader
from services.audit.search import Wanted, search
from services.audit.table import table_of
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.history import HistoryEntry, background_of, history
from services.identity.authorisation import require_record_reader
from services.results_files.exports import CsvForm
from services.texts import Language

MOST_ROWS = 5_000
CSV = "text/csv"

Person = Annotated[
    UUID | None, QueryParameter(required=False, description="Everything this account did.")
]
Organisation = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.KEY,
        required=False,
        description="Everything done in the name of this organisation.",
    ),
]
Topic = Annotated[
    str | None,
    QueryParameter(
        pattern=rf"^[a-z][a-z-]{{0,40}}(\.[a-z][a-z-]{{0,60}})?{bounds.END}",
        required=False,
        description="What happened: the topic of an event, or the part before its full stop.",
        examples=[Example(value="concept.consultation-opened")],
    ),
]
Words = Annotated[
    str | None,
    QueryParameter(
        max_length=100,
        pattern=bounds.NO_NUL,
        required=False,
        description="What happened, in words of the sentences that tell it.",
        examples=[Example(value="Frist verlängert")],
    ),
]
Stream = Annotated[
    UUID | None, QueryParameter(required=False, description="Everything in this process.")
]
Municipality = Annotated[
    str | None,
    QueryParameter(
        pattern=bounds.AGS,
        required=False,
        description="Everything in the concepts of this municipality, by its official key.",
    ),
]
Since = Annotated[
    datetime | None,
    QueryParameter(
        required=False,
        description="A moment with its offset: what was recorded then or later.",
        examples=[Example(value="2026-11-01T00:00:00+01:00")],
    ),
]
Until = Annotated[
    datetime | None,
    QueryParameter(
        required=False,
        description="A moment with its offset: what was recorded before.",
        examples=[Example(value="2026-12-01T00:00:00+01:00")],
    ),
]
CommandId = Annotated[
    UUID | None,
    QueryParameter(
        name="command", required=False, description="What was recorded for this command."
    ),
]
At = Annotated[
    int | None,
    QueryParameter(
        name="position",
        ge=1,
        le=bounds.LARGEST_POSITION,
        required=False,
        description="The entry at this log position alone.",
    ),
]
Order: TypeAlias = Annotated[
    Literal["oldest", "newest"],
    QueryParameter(required=False, description="Which entries come first."),
]
Form = Annotated[
    CsvForm,
    QueryParameter(
        required=False,
        description="`german` for German spreadsheets, `plain` as RFC 4180.",
    ),
]


async def provide_wanted(
    account: Person = None,
    organisation: Organisation = None,
    topic: Topic = None,
    words: Words = None,
    stream: Stream = None,
    municipality: Municipality = None,
    since: Since = None,
    until: Until = None,
    command_id: CommandId = None,
    at_position: At = None,
) -> Wanted:
    """What is looked for. Raises EdgeProblem for moments beyond calendars."""
    return Wanted(
        account=str(account) if account else None,
        organisation=organisation,
        topic=topic,
        words=words,
        stream=stream,
        municipality=normal_ags(municipality) if municipality else None,
        since=checked(since, parameter="since"),
        until=checked(until, parameter="until"),
        command=command_id,
        position=at_position,
    )


class TrailController(Controller):
    """Who did what, over all processes."""

    path = "/audit"
    tags = ("Audit",)
    dependencies = {"wanted": Provide(provide_wanted)}

    @get("/trail", operation_id="readTrail", responses=READING)
    async def read_trail(
        self,
        request: SignedIn,
        wanted: NamedDependency[Wanted],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        order: Order = "oldest",
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that fits all that is asked for, in order, or the newest first."""
        require_record_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        language = language_of(request)
        entries = await search(
            pool,
            store,
            wanted,
            after=read_cursor(cursor, int, 0) if cursor is not None else None,
            limit=limit + 1,
            language=language,
            newest_first=order == "newest",
        )
        more = len(entries) > limit
        told = await _told(store, reader, entries[:limit], language)
        page = Page(items=told, next=write_cursor(told[-1].position) if more else None)
        return spoken(page, language)

    @get("/trail.csv", operation_id="exportTrail", media_type=CSV, responses=READING)
    async def export_trail(
        self,
        request: SignedIn,
        wanted: NamedDependency[Wanted],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        form: Form = CsvForm.GERMAN,
        at_least: bounds.AtLeast = None,
    ) -> Response[bytes]:
        """The same as CSV. Text that begins like a formula has an apostrophe before it."""
        require_record_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        language = language_of(request)
        entries = await search(
            pool, store, wanted, after=None, limit=MOST_ROWS + 1, language=language
        )
        if len(entries) > MOST_ROWS:
            raise EdgeProblem(
                HTTPStatus.UNPROCESSABLE_ENTITY, "audit.too-many-entries", facts={"most": MOST_ROWS}
            )
        told = await _told(store, reader, entries, language)
        names = await reader.names([])
        content = table_of(told, names, language, form)
        name = f"kreislauf-{told[0].position}-{told[-1].position}.csv" if told else "kreislauf.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **said_in(language)}
        return Response(content, media_type=CSV, headers=headers)


async def _told(
    store: EventStore, reader: Reader, entries: list[LogEntry], language: Language
) -> list[HistoryEntry]:
    background = await background_of(store, entries)
    return history(entries, language, await reader.names(entries), background)
