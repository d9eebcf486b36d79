"""The course offers that fit a company's report, with what speaks for and against each."""

from datetime import date
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from domain.course_offers.course_type import Status
from domain.course_offers.levels import Level
from domain.course_offers.offer import standing_on
from domain.language_needs.decide import COMPANY_REPORT
from domain.language_needs.errors import UnknownReport
from domain.language_needs.report import Unknown
from domain.pooling.matching import Reason, Speaks, Topic
from services.api import bounds
from services.api.access import SignedIn
from services.api.course_offers import today
from services.api.decisions import Clerk
from services.api.languages import language_of, spoken
from services.api.problems import READING
from services.api.reading import Reader
from services.catalogues.course_types import course_types
from services.course_offer_reading import Wanted, offer_in_row, offers_on
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.identity.authorisation import require
from services.identity.report_readers import READS_EVERY_REPORT
from services.report_matches import Match, matches_of
from services.settings import Settings
from services.texts import Language
from services.texts.match_reasons import reason_sentence


class MatchReason(msgspec.Struct, frozen=True, kw_only=True):
    """`open` is what nobody has said yet: it has to be asked."""

    topic: Topic
    speaks: Speaks
    text: str


class OfferMatch(msgspec.Struct, frozen=True, kw_only=True):
    """An offer and how it fits. `km` is the air line, null where it is not known.

    What `fits` may be recommended; an offer that is not `current` never does.
    """

    offer: UUID
    fits: bool
    standing: str
    course_type: str
    course_type_name: str
    provider: str
    starts_on: date
    municipality: str
    km: int | None = None
    reasons: list[MatchReason]


class GroupMatches(msgspec.Struct, frozen=True, kw_only=True):
    """A group of the report, counted from 0, and the offers that suit it best."""

    group: int
    number: int
    status: Status
    present: Level
    wanted: Level
    offers: list[OfferMatch]


class ReportMatchController(Controller):
    """What there is for a report."""

    path = "/company-reports/{report_id:uuid}/matches"
    tags = ("Reports",)

    @get("/", operation_id="listReportMatches", responses=READING)
    async def list_matches(
        self,
        request: SignedIn,
        report_id: FromPath[UUID],
        pool: NamedDependency[Pool],
        store: NamedDependency[EventStore],
        reader: NamedDependency[Reader],
        clerk: NamedDependency[Clerk],
        settings: NamedDependency[Settings],
        at_least: bounds.AtLeast = None,
    ) -> Response[list[GroupMatches]]:
        """For each group the twenty offers that suit it best, with every reason.

        Offers that have begun or were withdrawn are left out; one that nobody has confirmed for
        long is shown, and does not fit.
        """
        require(request.user, READS_EVERY_REPORT, clerk.now())
        await reader.caught_up(at_least)
        entries = await store.load(report_id)
        report = COMPANY_REPORT.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]
        if isinstance(report, Unknown):
            raise UnknownReport(str(report_id))
        day, language = today(clerk, settings), language_of(request)
        rows = await offers_on(pool, day, Wanted(starts_from=day))
        offers = [offer_in_row(row) for row in rows if row["stage"] == "offered"]
        types = course_types().types
        record = report.record
        found = [
            GroupMatches(
                group=number,
                number=group.number,
                status=group.status,
                present=group.present,
                wanted=group.wanted,
                offers=[
                    _view(match, day, language)
                    for match in matches_of(record, group, offers, types, day)
                ],
            )
            for number, group in enumerate(record.need.groups)
        ]
        return spoken(found, language)


def _view(match: Match, day: date, language: Language) -> OfferMatch:
    record = match.offer.record
    details = record.details
    return OfferMatch(
        offer=record.offer,
        fits=match.fit.fits,
        standing=standing_on(match.offer, day).value,
        course_type=details.course_type,
        course_type_name=course_types().entries[details.course_type].name(language),
        provider=details.provider,
        starts_on=details.starts_on,
        municipality=details.municipality,
        km=match.km,
        reasons=[_reason(reason, language) for reason in match.fit.reasons],
    )


def _reason(reason: Reason, language: Language) -> MatchReason:
    text = reason_sentence(reason, language)
    return MatchReason(topic=reason.topic, speaks=reason.speaks, text=text)
