"""What decisions about course offers look at: the day, the types of courses, the municipality."""

from typing import get_args

from domain.calendar import Calendar
from domain.course_offers.commands import CourseOfferCommand, EnterOffer, UpdateOffer
from domain.course_offers.context import Known, OfferContext
from domain.course_offers.decide import COURSE_OFFER
from domain.course_offers.offer import Offer, Unknown
from domain.kernel import Context, Role
from services.catalogues.course_types import course_types
from services.contexts.asking import Asked, Contexts
from services.contexts.streams import Streams
from services.eventstore.store import EventStore
from services.orders import Order


class OfferContexts(Contexts):
    """Of the county's municipalities it loads the one that an offer names."""

    def __init__(self, store: EventStore, calendar: Calendar) -> None:
        self._streams = Streams(store)
        self._calendar = calendar

    def table(self) -> Asked:
        return dict.fromkeys(get_args(CourseOfferCommand), (COURSE_OFFER, self._context))

    async def area(self, order: Order, state: Offer) -> frozenset[str]:
        """Those of the person's organisations that provide the course, before and after."""
        providers: set[str] = set()
        if not isinstance(state, Unknown):
            providers.add(state.record.details.provider)
        match order.command:
            case EnterOffer(details=details) | UpdateOffer(details=details):
                providers.add(details.provider)
            case _:
                pass
        grants = order.principal.grants_at(order.at)
        own = [one.organisation for one in grants if one.role is Role.ORGANISATION_MEMBER]
        organisations = await self._streams.organisations(own)
        return frozenset(
            key
            for key, organisation in organisations.items()
            if {provider.strip() for provider in providers} == {organisation.name}
        )

    async def _context(self, command: CourseOfferCommand, context: Context) -> OfferContext:
        found: set[str] = set()
        match command:
            case EnterOffer(details=details) | UpdateOffer(details=details) if details.municipality:
                found.add((await self._streams.municipality(details.municipality)).ags)
            case _:
                pass
        return OfferContext(
            at=context.at,
            by=context.by,
            today=context.at.astimezone(self._calendar.zone).date(),
            known=Known(
                types=frozenset(course_types().types), municipalities=frozenset(found - {""})
            ),
        )
