"""Course offers: entered by hand, changed, confirmed anew, withdrawn, listed as they stand."""

from datetime import date
from http import HTTPStatus
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response

from domain.course_offers.commands import CheckOffer, EnterOffer, UpdateOffer, WithdrawOffer
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.details import Source
from domain.course_offers.errors import UnknownOffer
from domain.course_offers.offer import Unknown
from domain.directory.municipality import normal_ags
from domain.kernel import NAMESPACE
from services.api import bounds
from services.api.access import SignedIn
from services.api.course_offer_bounds import (
    LevelOnly,
    MunicipalityOnly,
    OfferChange,
    OfferCheck,
    OfferEntry,
    OnDay,
    SourceOnly,
    StandingOnly,
    StartsFrom,
    TypeOnly,
)
from services.api.course_offer_views import (
    CourseOfferView,
    CourseTypeView,
    Seen,
    offer_view,
    seen_in_row,
    type_view,
)
from services.api.decisions import Clerk, Decision, IdempotencyKey, IfMatch, decided, etag
from services.api.languages import language_of, said_in, spoken
from services.api.pages import Page, malformed, read_cursor, write_cursor
from services.api.problems import CHANGING, READING
from services.api.reading import Reader
from services.api.replaying import moment_of, replayed, told
from services.api.sections import Because
from services.catalogues.course_types import course_types
from services.course_offer_reading import BEFORE_ALL, Wanted, offer_in_row, offers_on
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import HistoryEntry
from services.identity.authorisation import require_record_reader
from services.identity.course_offer_readers import require_offer_reader
from services.settings import Settings

PROVIDER = "select min(key) from organisation where name = btrim($1)"


class CourseOfferController(Controller):
    """German courses that companies can be offered, each with its source and as-of date."""

    path = "/course-offers"
    tags = ("Reports",)

    @get("/", operation_id="listCourseOffers", responses=READING)
    async def list_offers(
        self,
        request: SignedIn,
        pool: NamedDependency[Pool],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        course_type: TypeOnly = None,
        municipality: MunicipalityOnly = None,
        source: SourceOnly = None,
        standing: StandingOnly = None,
        from_level: LevelOnly = None,
        starts_from: StartsFrom = None,
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        at_least: bounds.AtLeast = None,
    ) -> Response[Page[CourseOfferView]]:
        """All offers as they stand today, the next to begin first."""
        require_offer_reader(request.user, clerk.now())
        await reader.caught_up(at_least)
        day, language = today(clerk, settings), language_of(request)
        wanted = Wanted(
            course_type=course_type,
            municipality=normal_ags(municipality) if municipality else None,
            source=source,
            standing=standing,
            from_level=from_level,
            starts_from=bounds.checked_day(starts_from, parameter="starts_from"),
        )
        rows = await offers_on(pool, day, wanted, _after(cursor), limit + 1)
        items = [
            offer_view(offer_in_row(row), seen_in_row(row), day, language) for row in rows[:limit]
        ]
        last = (items[-1].starts_on.toordinal(), items[-1].id) if items else None
        more = len(rows) > limit
        return spoken(Page(items=items, next=write_cursor(last) if more else None), language)

    @post("/", operation_id="recordCourseOffer", responses=CHANGING)
    async def enter_offer(
        self,
        request: SignedIn,
        data: JSONBody[OfferEntry],
        key: IdempotencyKey,
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[Decision]:
        """Enter a course by hand. It counts as checked for 28 days from its as-of date.

        Members of organisations enter those that name their own as the provider.
        """
        name = data.key or str(uuid5(NAMESPACE, f"course-offer/{request.user.account}/{key}"))
        command = EnterOffer(
            source=Source.MANUAL,
            key=name,
            details=data.details(),
            as_of=_as_of(data.as_of, clerk, settings),
            expires=bounds.checked_day(data.expires, pointer="/expires"),
        )
        receipt = await clerk.decide(request, command, key=key)
        location = f"/api/v1/course-offers/{receipt.stream}"
        return decided(receipt, status=HTTPStatus.CREATED, location=location)

    @get("/{offer_id:uuid}", operation_id="readCourseOffer", responses=READING)
    async def read_offer(
        self,
        request: SignedIn,
        offer_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[CourseOfferView]:
        """The offer as it is, or as it was at a moment; how it stands is always said of today."""
        require_offer_reader(request.user, clerk.now())
        unknown = UnknownOffer(str(offer_id))
        found = await replayed(store, COURSE_OFFER, offer_id, unknown, moment_of(position, as_of))
        offer = found.state
        assert not isinstance(offer, Unknown), "what is unknown was refused"
        name = await pool.fetchval(
            "select name from municipality where ags = $1", offer.record.details.municipality
        )
        seen = Seen(
            version=found.version,
            position=found.position,
            changed_at=found.entries[-1].recorded_at,
            municipality_name=name or "",
            organisation=await pool.fetchval(PROVIDER, offer.record.details.provider) or "",
        )
        language = language_of(request)
        view = offer_view(offer, seen, today(clerk, settings), language)
        return Response(view, headers={"ETag": etag(found.version), **said_in(language)})

    @post(
        "/{offer_id:uuid}/update",
        operation_id="changeCourseOffer",
        status_code=200,
        responses=CHANGING,
    )
    async def change_offer(
        self,
        request: SignedIn,
        offer_id: FromPath[UUID],
        data: JSONBody[OfferChange],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[Decision]:
        """Say anew what is offered, as of a day that is not before the last."""
        command = UpdateOffer(
            offer=offer_id,
            details=data.details(),
            as_of=_as_of(data.as_of, clerk, settings),
            expires=bounds.checked_day(data.expires, pointer="/expires"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{offer_id:uuid}/check",
        operation_id="confirmCourseOffer",
        status_code=200,
        responses=CHANGING,
    )
    async def confirm_offer(
        self,
        request: SignedIn,
        offer_id: FromPath[UUID],
        data: JSONBody[OfferCheck],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
    ) -> Response[Decision]:
        """Confirm that it is still so; it counts as checked anew."""
        command = CheckOffer(
            offer=offer_id,
            as_of=_as_of(data.as_of, clerk, settings),
            expires=bounds.checked_day(data.expires, pointer="/expires"),
        )
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @post(
        "/{offer_id:uuid}/withdrawal",
        operation_id="withdrawCourseOffer",
        status_code=200,
        responses=CHANGING,
    )
    async def withdraw_offer(
        self,
        request: SignedIn,
        offer_id: FromPath[UUID],
        data: JSONBody[Because],
        key: IdempotencyKey,
        if_match: IfMatch,
        clerk: NamedDependency[Clerk],
    ) -> Response[Decision]:
        """Take the offer out, because it is not held; it can be entered again."""
        command = WithdrawOffer(offer=offer_id, reason=data.reason)
        return await clerk.answer(request, command, key=key, if_match=if_match)

    @get("/{offer_id:uuid}/history", operation_id="readCourseOfferHistory", responses=READING)
    async def read_history(
        self,
        request: SignedIn,
        offer_id: FromPath[UUID],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        cursor: bounds.Cursor = None,
        limit: bounds.Limit = bounds.PAGE,
        position: bounds.Position = None,
        as_of: bounds.AsOf = None,
    ) -> Response[Page[HistoryEntry]]:
        """Everything that happened to the offer up to a moment, in order."""
        require_record_reader(request.user, clerk.now())
        unknown = UnknownOffer(str(offer_id))
        found = await replayed(store, COURSE_OFFER, offer_id, unknown, moment_of(position, as_of))
        return await told(request, reader, found.entries, cursor, limit)


@get("/course-types", operation_id="listCourseTypes", tags=["Reports"], responses=READING)
async def list_course_types(
    request: SignedIn,
    clerk: NamedDependency[Clerk],
    settings: NamedDependency[Settings],
    on: OnDay = None,
) -> Response[list[CourseTypeView]]:
    """The types of courses with their rules, and whether they are held on a day, or today."""
    require_offer_reader(request.user, clerk.now())
    day = bounds.checked_day(on, parameter="on") or today(clerk, settings)
    language = language_of(request)
    known = course_types()
    views = [
        type_view(rules, known.entries[key], day, language) for key, rules in known.types.items()
    ]
    return spoken(views, language)


def today(clerk: Clerk, settings: Settings) -> date:
    """The day it is in the county."""
    return clerk.now().astimezone(ZoneInfo(settings.time_zone)).date()


def _as_of(said: date | None, clerk: Clerk, settings: Settings) -> date:
    return bounds.checked_day(said, pointer="/as_of") or today(clerk, settings)


def _after(cursor: str | None) -> tuple[date, UUID]:
    """Where the page before ended. Raises EdgeProblem if it is no cursor of this list."""
    if cursor is None:
        return BEFORE_ALL
    day, offer = read_cursor(cursor, tuple[int, UUID], (1, BEFORE_ALL[1]))
    try:
        return date.fromordinal(day), offer
    except (ValueError, OverflowError):
        raise malformed() from None
