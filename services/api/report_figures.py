"""Figures about companies' reports, for working groups and the steering group."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Annotated, TypeAlias
from urllib.parse import quote

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from litestar.response import Response

from domain.assessments.suppression import LEAST
from domain.language_needs.figures import HalfYearFigures
from domain.language_needs.half_year import HalfYear
from services.api.access import SignedIn
from services.api.bounds import AtLeast, checked_day
from services.api.decisions import Clerk
from services.api.finding_views import FindingSummary, finding_summaries
from services.api.languages import language_of, said_in, spoken
from services.api.problems import READING
from services.api.reading import Reader
from services.api.report_figure_views import ReportFigures, report_figures
from services.api.uploads import CSV, XLSX
from services.calendar import HolidayCalendar
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.finding_readers import findings_seen
from services.identity.report_readers import require_report_figures
from services.need_figures.reading import figures_by_half, halves_told, histories_at, is_over
from services.need_figures.tables import export_rows, halves_in_words, headings
from services.need_figures.unmet import findings_noted
from services.need_figures.wording import NeedFigureNames, need_figure_words
from services.results_files.exports import AboutTable, Cell, csv_table, file_name, xlsx_table
from services.settings import Settings

FirstDay: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        name="from",
        required=False,
        description="A day of the first half-year; without it, that of `to`.",
        examples=[Example(value="2026-08-01")],
    ),
]
LastDay: TypeAlias = Annotated[
    date | None,
    QueryParameter(
        name="to",
        required=False,
        description="A day of the last half-year; without it, the last one there is.",
        examples=[Example(value="2027-01-31")],
    ),
]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody reads: the half-years of their choice, among those they may choose of."""

    figures: Sequence[HalfYearFigures]
    offered: Sequence[HalfYear]
    today: date
    names: NeedFigureNames


class ReportFiguresController(Controller):
    """How much was needed where, what became of it, and how long it took. Nobody is named."""

    path = "/company-report-figures"
    tags = ("Reports",)

    @get("/", operation_id="readReportFigures", responses=READING)
    async def read_figures(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
        first: FirstDay = None,
        last: LastDay = None,
    ) -> Response[ReportFigures]:
        """Reports and learners by trade, municipality, level and outcome, and the time it took.

        Counted by halves of school years: a day stands for the one it is in. The half-year that
        runs is for those who read every report. No number stands for fewer than five reports.
        """
        asked = await _asked(request, pool, store, settings, clerk, first, last)
        view = report_figures(asked.figures, asked.offered, asked.today, asked.names)
        return spoken(view, asked.names.language)

    @get("/table.csv", operation_id="exportReportFigures", media_type=CSV, responses=READING)
    async def export_csv(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
        first: FirstDay = None,
        last: LastDay = None,
    ) -> Response[bytes]:
        """The same as CSV for German spreadsheets, each half-year apart."""
        asked = await _asked(request, pool, store, settings, clerk, first, last)
        about, rows = await _table(store, asked)
        return _file(csv_table(headings(about.language), rows), CSV, about, "csv")

    @get(
        "/table.xlsx",
        operation_id="exportReportFiguresWorkbook",
        media_type=XLSX,
        responses=READING,
    )
    async def export_workbook(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        settings: NamedDependency[Settings],
        clerk: NamedDependency[Clerk],
        first: FirstDay = None,
        last: LastDay = None,
    ) -> Response[bytes]:
        """The same as an Excel workbook, with a sheet that says what it is."""
        asked = await _asked(request, pool, store, settings, clerk, first, last)
        about, rows = await _table(store, asked)
        content = await asyncio.to_thread(xlsx_table, headings(about.language), rows, about)
        return _file(content, XLSX, about, "xlsx")

    @get("/unmet-needs", operation_id="listUnmetNeeds", responses=READING)
    async def list_unmet_needs(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        at_least: AtLeast = None,
    ) -> list[FindingSummary]:
        """The findings that were made of what companies need and nobody offers, the latest first.

        What waits for a theme comes before what is in one. Case managers read their own area.
        """
        seen = findings_seen(request.user, clerk.now())
        await reader.caught_up(at_least)
        return await finding_summaries(
            store, await findings_noted(pool, store, seen.municipalities)
        )


async def _asked(
    request: SignedIn,
    pool: Pool,
    store: EventStore,
    settings: Settings,
    clerk: Clerk,
    first: date | None,
    last: date | None,
) -> Asked:
    """Raises RoleMissing, and EdgeProblem for a day that nobody means."""
    now = clerk.now()
    reads_all = require_report_figures(request.user, now)
    begins, ends = checked_day(first, parameter="from"), checked_day(last, parameter="to")
    calendar = HolidayCalendar(settings.holidays, settings.time_zone)
    today = now.astimezone(calendar.zone).date()
    histories = await histories_at(store, calendar)
    offered = [half for half in halves_told(histories, today) if reads_all or is_over(half, today)]
    rows = await pool.fetch("select ags, name from municipality")
    return Asked(
        figures=figures_by_half(histories, _chosen(offered, begins, ends), today, calendar),
        offered=offered,
        today=today,
        names=NeedFigureNames(
            municipalities={row["ags"]: row["name"] for row in rows}, language=language_of(request)
        ),
    )


def _chosen(
    offered: Sequence[HalfYear], begins: date | None, ends: date | None
) -> Sequence[HalfYear]:
    """Those that have a day between the two; the last one if nobody says which."""
    if begins is None and ends is None:
        return offered[-1:]
    first, last = begins or ends, ends or (offered[-1].last if offered else begins)
    assert first is not None, "one of them is given"
    assert last is not None, "one of them is given"
    return [half for half in offered if half.last >= first and half.first <= last]


async def _table(store: EventStore, asked: Asked) -> tuple[AboutTable, Sequence[Sequence[Cell]]]:
    words, language = need_figure_words(), asked.names.language
    halves = halves_in_words([one.half for one in asked.figures], language)
    about = AboutTable(
        title=words.title[language],
        source=words.source[language].format(halves=halves),
        position=await store.head(),
        computed_on=asked.today,
        suppression=words.rule[language].format(least=LEAST),
        language=language,
    )
    return about, [*export_rows(asked.figures, asked.names)]


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
