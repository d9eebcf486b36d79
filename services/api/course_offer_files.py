"""Lists of courses: shown before they are taken in, taken in as far as wished, and taken along."""

import asyncio
from datetime import date
from io import BytesIO
from urllib.parse import quote

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.response import Response

from domain.course_offers.details import Source
from services.api import bounds
from services.api.access import SignedIn
from services.api.course_offer_list_bodies import (
    ChangedOffer,
    ColumnNamed,
    CourseListDecision,
    CourseListPreview,
    ListAsOf,
    ListedColumn,
    ListedRow,
    OfProvider,
    OfSource,
    OnlyClean,
    WithdrawsVanished,
)
from services.api.course_offers import today
from services.api.decisions import Clerk, IdempotencyKey
from services.api.languages import language_of, said_in, spoken
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.uploads import MEBIBYTE, TakesTable, faulty_file, file_faults, uploaded
from services.course_offer_lists import OfferLists, Plan, withdrawals
from services.course_offer_reading import Wanted, offer_in_row, offers_on
from services.course_offer_table import headings, table_row
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.course_offer_readers import require_offer_keeper, require_offer_reader
from services.importers.course_offers import Expected, OfferList, read_offers
from services.importers.mapping import plain
from services.results_files.exports import CsvForm, csv_table
from services.settings import Settings
from services.texts import Language
from services.texts.outcomes import outcome

LARGEST_OFFER_LIST = 4 * MEBIBYTE


class CourseListController(Controller):
    """Lists of courses as files."""

    path = "/course-offers"
    tags = ("Reports",)

    @post(
        "/preview",
        operation_id="checkCourseList",
        status_code=200,
        request_max_body_size=None,
        operation_class=TakesTable,
        responses=CHANGING,
    )
    async def check_list(
        self,
        request: SignedIn,
        source: OfSource,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        as_of: ListAsOf = None,
        provider: OfProvider = "",
        columns: ColumnNamed = None,
    ) -> Response[CourseListPreview]:
        """What a list would enter, change and confirm, or what is wrong with it. Records nothing.

        XLSX, ODS or CSV of any usual encoding, with the usual headings or those that are named.
        """
        require_offer_keeper(request.user, clerk.now())
        expected = await _expected(pool, clerk, settings, as_of, provider, columns)
        listed = await _read(request, expected)
        plan = await OfferLists(pool, store).plan(listed, Source(source), expected.today)
        language = language_of(request)
        return spoken(_preview(listed, plan, language), language)

    @post(
        "/import",
        operation_id="recordCourseList",
        status_code=200,
        request_max_body_size=None,
        operation_class=TakesTable,
        responses=CHANGING,
    )
    async def record_list(
        self,
        request: SignedIn,
        source: OfSource,
        key: IdempotencyKey,
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        as_of: ListAsOf = None,
        provider: OfProvider = "",
        columns: ColumnNamed = None,
        *,
        only_clean: OnlyClean = False,
        withdraw_vanished: WithdrawsVanished = False,
        at_least: bounds.AtLeast = None,
    ) -> Response[CourseListDecision]:
        """Take a list in, offer by offer. The same list again changes nothing.

        With faults nothing is taken in, or on wish the rows without. Broken off half-way, the
        rest follows when the list is sent again.
        """
        require_offer_keeper(request.user, clerk.now())
        expected = await _expected(pool, clerk, settings, as_of, provider, columns)
        listed = await _read(request, expected)
        language = language_of(request)
        if listed.faults and not (only_clean and listed.is_readable):
            raise faulty_file(listed.faults, language)
        await reader.caught_up(at_least)
        plan = await OfferLists(pool, store).plan(listed, Source(source), expected.today)
        reason = outcome("offers.vanished", language, day=expected.as_of)
        leaving = list(withdrawals(plan.vanished, reason)) if withdraw_vanished else []
        position = 0
        for command in (*plan.commands, *leaving):
            receipt = await clerk.decide(request, command, key=f"{key}/{command.subject}")
            position = max(position, receipt.last)
        decision = CourseListDecision(
            recorded=position > 0,
            position=position,
            message=_told(listed, plan, len(leaving), language),
            withdrawn=[command.offer for command in leaving],
            left_out=list(file_faults(listed.faults, language)),
        )
        return spoken(decision, language)

    @get("/export", operation_id="exportCourseOffers", media_type="text/csv", responses=READING)
    async def export_offers(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[bytes]:
        """All offers that are not withdrawn, as a CSV file that can be taken in again."""
        require_offer_reader(request.user, clerk.now())
        day, language = today(clerk, settings), language_of(request)
        cells = [
            table_row(offer_in_row(row), row["municipality_name"], day, language)
            for row in await offers_on(pool, day, Wanted())
            if row["stage"] == "offered"
        ]
        content = csv_table(headings(language), cells, CsvForm.GERMAN)
        name = quote(f"Kursangebote {day.isoformat()}.csv")
        return Response(
            content,
            media_type="text/csv",
            headers={
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
                **said_in(language),
            },
        )


async def _expected(
    pool: Pool,
    clerk: Clerk,
    settings: Settings,
    as_of: date | None,
    provider: str,
    columns: list[str] | None,
) -> Expected:
    day = today(clerk, settings)
    named = [text.partition(":") for text in columns or ()]
    rows = await pool.fetch("select ags, name from municipality")
    return Expected(
        today=day,
        municipalities={plain(row["name"]): row["ags"] for row in rows},
        as_of=bounds.checked_day(as_of, parameter="as_of") or day,
        provider=provider.strip(),
        mapping={field: heading for field, _, heading in named},
    )


async def _read(request: SignedIn, expected: Expected) -> OfferList:
    """What is in the file, read beside the loop."""
    file: BytesIO = await uploaded(request, limit=LARGEST_OFFER_LIST)
    return await asyncio.to_thread(read_offers, file, "", expected)


def _preview(listed: OfferList, plan: Plan, language: Language) -> CourseListPreview:
    return CourseListPreview(
        message=_foretold(listed, plan, language),
        new=[row.key for row in plan.new],
        changed=[ChangedOffer(key=key, fields=list(f)) for key, f in plan.changed.items()],
        confirmed=list(plan.confirmed),
        same=list(plan.same),
        older=list(plan.older),
        vanished=list(plan.vanished),
        faults=list(file_faults(listed.faults, language)),
        columns=[ListedColumn(**msgspec.structs.asdict(column)) for column in listed.columns],
        rows=[ListedRow(number=number, cells=list(cells)) for number, cells in listed.rows],
    )


def _foretold(listed: OfferList, plan: Plan, language: Language) -> str:
    if not listed.faults and not plan.commands and not plan.vanished and not plan.older:
        return outcome("offers.nothing-to-change", language)
    code = "offers.has-faults" if listed.faults else "offers.would-be-recorded"
    return outcome(
        code,
        language,
        count=len(listed.faults),
        new=len(plan.new),
        changed=len(plan.changed),
        confirmed=len(plan.confirmed),
        same=len(plan.same),
        older=len(plan.older),
        vanished=len(plan.vanished),
    )


def _told(listed: OfferList, plan: Plan, withdrawn: int, language: Language) -> str:
    if not plan.commands and not withdrawn:
        return outcome("offers.nothing-to-change", language)
    return outcome(
        "offers.recorded",
        language,
        new=len(plan.new),
        changed=len(plan.changed),
        confirmed=len(plan.confirmed),
        withdrawn=withdrawn,
        left_out=len(listed.faults),
    )
