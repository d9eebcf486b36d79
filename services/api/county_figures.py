"""What the county sees of a round: published figures, files of them, and how a test measured."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from domain.assessments.errors import UnknownRound
from domain.assessments.figures import FiguresPublished, NothingPublished, PublishFigures
from domain.assessments.round import Plan
from services.api import bounds
from services.api.access import SignedIn
from services.api.assessment_access import READS_FIGURES, READS_STATISTICS
from services.api.assessment_bounds import (
    CollegeOnly,
    InstrumentKey,
    ProgrammeOnly,
    TradeOnly,
)
from services.api.assessment_rounds import round_at
from services.api.decisions import Clerk, Decision, IdempotencyKey, decided
from services.api.figure_views import (
    AskedFigures,
    CountyFigures,
    StatisticsView,
    asked_view,
    citation,
    figure_names,
    figures_view,
    releases,
)
from services.api.languages import language_of, said_in, spoken
from services.api.problems import CHANGING, READING
from services.county_figures.tables import FigureNames, export_headings, export_rows, rows_of
from services.county_figures.wording import figure_words
from services.eventstore.database import Pool
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.identity.authorisation import require
from services.results_files.exports import (
    AboutTable,
    Cell,
    CsvForm,
    csv_table,
    file_name,
    xlsx_table,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
ZONE = ZoneInfo("Europe/Berlin")

OfRound = Annotated[UUID, QueryParameter(name="round", description="The round it was used in.")]
Form = Annotated[
    CsvForm,
    QueryParameter(
        required=False,
        description="For German spreadsheets (semicolons, decimal commas), or plain as RFC 4180.",
    ),
]


class CountyFiguresController(Controller):
    """Aggregates for the coordination and the steering group. No learner's row is behind them."""

    path = "/rounds/{round_id:uuid}"
    tags = ("Assessments",)

    @get("/figures", operation_id="readFigures", responses=READING)
    async def read_figures(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[CountyFigures]:
        """The published figures: by college, programme, trade and level, at least five a number.

        Each publication names the log position it was computed at; it never changes.
        """
        require(request.user, READS_FIGURES, clerk.now())
        this, _ = await round_at(store, round_id)
        first = await releases(store, this.plan.first) if this.plan.first else []
        names = await figure_names(pool, language_of(request))
        view = figures_view(this.plan, await releases(store, round_id), first, names)
        return spoken(view, names.language)

    @get("/figures/total", operation_id="readFiguresOf", responses=READING)
    async def read_figures_of(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        college: CollegeOnly = None,
        programme: ProgrammeOnly = None,
        trade: TradeOnly = None,
    ) -> Response[AskedFigures]:
        """What was published of a college, a programme, a trade, or of several of them together.

        Added up from the published figures alone, so no filter tells more than they do.
        """
        require(request.user, READS_FIGURES, clerk.now())
        this, _ = await round_at(store, round_id)
        asked = {"college": college, "programme": programme, "trade": trade}
        wanted = {dimension: key for dimension, key in asked.items() if key is not None}
        language = language_of(request)
        found = await releases(store, round_id)
        return spoken(asked_view(this.plan, found, wanted, language), language)

    @post("/figures", operation_id="publishFigures", responses=CHANGING)
    async def publish_figures(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Publish figures of those who were not counted yet, once the round is released.

        The first ones are published with the release; this is for classes that came later.
        """
        receipt = await clerk.decide(request, PublishFigures(round=round_id), key=key)
        location = f"/api/v1/rounds/{round_id}/figures"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get(
        "/figures.xlsx",
        operation_id="exportFiguresWorkbook",
        media_type=XLSX,
        responses=READING,
    )
    async def export_workbook(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
    ) -> Response[bytes]:
        """The published figures as an Excel workbook, with a sheet that says what they are."""
        require(request.user, READS_FIGURES, clerk.now())
        about, rows = await _table(request, round_id, pool, store)
        headings = export_headings(about.language)
        content = await asyncio.to_thread(xlsx_table, headings, rows, about)
        return _file(content, XLSX, about, "xlsx")

    @get("/figures.csv", operation_id="exportFigures", media_type=CSV, responses=READING)
    async def export_figures(
        self,
        request: SignedIn,
        round_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        form: Form = CsvForm.GERMAN,
    ) -> Response[bytes]:
        """The published figures as CSV, each line with the source to cite."""
        require(request.user, READS_FIGURES, clerk.now())
        about, rows = await _table(request, round_id, pool, store)
        content = csv_table(export_headings(about.language), rows, form)
        return _file(content, CSV, about, "csv")


@get(
    "/instruments/{instrument:str}/versions/{number:int}/statistics",
    operation_id="readStatistics",
    tags=["Assessments"],
    responses=READING,
)
async def read_statistics(
    request: SignedIn,
    instrument: InstrumentKey,
    number: bounds.VersionNumber,
    used_in: OfRound,
    store: NamedDependency[EventStore],
    clerk: NamedDependency[Clerk],
) -> StatisticsView:
    """How well a version measured in a round: difficulty, discrimination, alpha, and concerns.

    Computed once, with the round's first figures, over all learners and never over few.
    """
    require(request.user, READS_STATISTICS, clerk.now())
    this, _ = await round_at(store, used_in)
    if (this.plan.instrument, this.plan.version) != (instrument, number):
        raise UnknownRound(str(used_in))
    found = await releases(store, used_in)
    if not found:
        raise NothingPublished(str(used_in))
    entry, event = found[0]
    return StatisticsView(
        instrument=instrument,
        number=number,
        round=used_in,
        position=entry.position,
        computed_at=event.computed_at,
        measured=event.measured,
    )


async def _table(
    request: SignedIn, round_id: UUID, pool: Pool, store: EventStore
) -> tuple[AboutTable, Sequence[Sequence[Cell]]]:
    """Raises NothingPublished if there is no figure."""
    this, _ = await round_at(store, round_id)
    found = await releases(store, round_id)
    if not found:
        raise NothingPublished(str(round_id))
    names = await figure_names(pool, language_of(request))
    entry, event = found[-1]
    about = AboutTable(
        title=f"{this.plan.title} {this.plan.school_year}",
        source=citation(this.plan, entry, event, names.language),
        position=event.computed_at,
        computed_on=entry.recorded_at.astimezone(ZONE).date(),
        suppression=figure_words().rule[names.language].format(least=event.least),
        language=names.language,
    )
    return about, [row for one in found for row in _lines(this.plan, *one, names)]


def _lines(
    plan: Plan, entry: LogEntry, event: FiguresPublished, names: FigureNames
) -> Sequence[Sequence[Cell]]:
    source = citation(plan, entry, event, names.language)
    return [*export_rows(event.release, source, rows_of(event.figure, names), names)]


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
