"""The funded posts as a table to take along."""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.response import Response

from services.api.access import SignedIn
from services.api.decisions import Clerk
from services.api.languages import language_of, said_in
from services.api.problems import READING
from services.api.reading import Reader
from services.api.uploads import CSV, XLSX
from services.eventstore.store import EventStore
from services.identity.post_readers import require_post_reader
from services.posts.reading import posts_at
from services.posts.table import headings, rows, table_words
from services.results_files.exports import AboutTable, Cell, csv_table, file_name, xlsx_table
from services.settings import Settings


class PostExportController(Controller):
    """All posts as they stand today. Nobody who works on one is in it."""

    path = "/posts"
    tags = ("Posts",)

    @get("/table.csv", operation_id="exportPosts", media_type=CSV, responses=READING)
    async def export_csv(
        self,
        request: SignedIn,
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
    ) -> Response[bytes]:
        """As CSV for German spreadsheets."""
        about, found = await _table(request, store, reader, settings, clerk)
        return _file(csv_table(headings(about.language), found), CSV, about, "csv")

    @get("/table.xlsx", operation_id="exportPostsWorkbook", media_type=XLSX, responses=READING)
    async def export_workbook(
        self,
        request: SignedIn,
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
    ) -> Response[bytes]:
        """As an Excel workbook, with a sheet that says what it is."""
        about, found = await _table(request, store, reader, settings, clerk)
        content = await asyncio.to_thread(xlsx_table, headings(about.language), found, about)
        return _file(content, XLSX, about, "xlsx")


async def _table(
    request: SignedIn, store: EventStore, reader: Reader, settings: Settings, clerk: Clerk
) -> tuple[AboutTable, Sequence[Sequence[Cell]]]:
    """What is in the table, and what it is. Raises RoleMissing."""
    require_post_reader(request.user, clerk.now())
    language, words = language_of(request), table_words()
    head = await store.head()
    day = clerk.now().astimezone(ZoneInfo(settings.time_zone)).date()
    found = await posts_at(store)
    names = await reader.names([entry for this in found for entry in this.entries])
    about = AboutTable(
        title=words.title[language],
        source=words.source[language],
        position=head,
        computed_on=day,
        suppression=words.protection[language],
        language=language,
    )
    return about, rows(found, day, names, language)


def _file(content: bytes, media_type: str, about: AboutTable, extension: str) -> Response[bytes]:
    name = quote(file_name(about, extension))
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            **said_in(about.language),
        },
    )
