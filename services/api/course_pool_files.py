"""The courses that companies fill together as a table to take along."""

from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.response import Response

from domain.course_offers.levels import Level
from domain.course_pools.pool import PoolStanding
from services.api.access import SignedIn
from services.api.course_offers import today
from services.api.course_pool_rows import pool_rows, summary_of
from services.api.course_pool_views import CoursePoolSummary
from services.api.decisions import Clerk
from services.api.languages import language_of, said_in
from services.api.problems import READING
from services.api.uploads import CSV
from services.eventstore.database import Pool
from services.identity.course_pool_readers import require_pool_reader
from services.results_files.exports import Cell, csv_table
from services.settings import Settings
from services.texts import Language, word

COLUMNS = (
    "course_type_name",
    "level",
    "municipality_name",
    "starts_on",
    "minimum",
    "maximum",
    "companies",
    "agreed",
    "unanswered",
    "learners",
    "standing",
    "proposed_at",
    "formed_at",
    "dissolved_at",
)


class CoursePoolExportController(Controller):
    """All pools as they stand. No company is named."""

    path = "/course-pools"
    tags = ("Reports",)

    @get("/table.csv", operation_id="exportCoursePools", media_type=CSV, responses=READING)
    async def export_pools(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """As CSV for German spreadsheets, those that were proposed last first."""
        require_pool_reader(request.user, clerk.now())
        language = language_of(request)
        views = [summary_of(row, language) for row in await pool_rows(pool)]
        headings = [word(column, language, of="pool-field") for column in COLUMNS]
        zone = ZoneInfo(settings.time_zone)
        content = csv_table(headings, [_cells(view, language, zone) for view in views])
        name = quote(f"Gemeinsame Kurse {today(clerk, settings).isoformat()}.csv")
        return Response(
            content,
            media_type=CSV,
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                **said_in(language),
            },
        )


def _cells(view: CoursePoolSummary, language: Language, zone: ZoneInfo) -> list[Cell]:
    return [_cell(getattr(view, column), language, zone) for column in COLUMNS]


def _cell(value: object, language: Language, zone: ZoneInfo) -> Cell:
    """Moments as their day in the county, code words as people read them."""
    match value:
        case PoolStanding():
            return word(value, language, of="pool")
        case Level():
            return value.upper()
        case datetime():
            return value.astimezone(zone).date()
        case str() | int() | date() | None:
            return value
        case _:
            raise AssertionError(value)
