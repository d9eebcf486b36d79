"""Course offers in the browser: listed as they stand, one with its record, types of courses."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Response

from domain.course_offers.offer import Standing
from services.api.course_offer_views import CourseOfferView, CourseTypeView
from services.api.pages import Page
from services.history import HistoryEntry
from services.identity.areas import Area
from services.identity.authorisation import READS_THE_RECORD, has_one
from services.identity.course_offer_readers import KEEPS_OFFERS, PROVIDES_OFFERS
from services.web.administration.answers import municipality_names
from services.web.door import for_area
from services.web.filters import one_of
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.papers import paper
from services.web.rendering import Pages

AREA = for_area(Area.REPORTS)
HOME = "/meldungen"
LIST = f"{HOME}/angebote"
ONE = f"{LIST}/{{offer_id:uuid}}"
TYPES = f"{HOME}/kursarten"
ALL = 200
Cursor = Annotated[str | None, QueryParameter(name="weiter", max_length=300, required=False)]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed to; empty is everything."""

    course_type: str = ""
    municipality: str = ""
    standing: str = ""

    @property
    def is_narrow(self) -> bool:
        return any(msgspec.structs.astuple(self))

    @property
    def query(self) -> Mapping[str, str | None]:
        """For the API."""
        return {
            "type": self.course_type or None,
            "municipality": self.municipality or None,
            "standing": self.standing or None,
        }

    @property
    def address(self) -> str:
        """For the address of the page, to be continued."""
        names = {"course_type": "art", "municipality": "kommune", "standing": "zustand"}
        chosen = msgspec.structs.asdict(self).items()
        return urlencode({names[name]: value for name, value in chosen if value})


@get(LIST, opt=AREA)
async def list_offers(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    art: FromQuery[str | None] = None,
    kommune: FromQuery[str | None] = None,
    zustand: FromQuery[str | None] = None,
    cursor: Cursor = None,
    ab: After = None,
) -> Response[str]:
    """What is offered, the next to begin first."""
    municipalities = await municipality_names(inside, request)
    types = await types_of(inside, request)
    filters = Filters(
        course_type=one_of(art, [each.key for each in types]),
        municipality=one_of(kommune, list(municipalities)),
        standing=one_of(zustand, list(Standing)),
    )
    found = await inside.read(
        request,
        "/course-offers",
        Page[CourseOfferView],
        **filters.query,
        cursor=cursor,
        at_least=ab,
    )
    return await pages.show(
        request,
        "offers/offers.html",
        found=found.items,
        next=found.next,
        filters=filters,
        types=[(each.key, each.name) for each in types],
        municipalities=list(municipalities.items()),
        standings=list(Standing),
        keeps=keeps(request),
        provides=provides(request),
        recorded=ab,
    )


@get(f"{LIST}/angebote.csv", opt=AREA)
async def export_offers(request: Visit, inside: NamedDependency[Inside]) -> Response[bytes]:
    """The list to take along."""
    return await paper(request, inside, "/course-offers/export", "text/csv")


@get(TYPES, opt=AREA)
async def list_types(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The types of courses: for whom, from how many on, who decides, and whether they are held."""
    types = await types_of(inside, request)
    return await pages.show(request, "offers/types.html", types=types)


@get(ONE, opt=AREA)
async def show_offer(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    offer_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """One offer with what can be done with it, and how it came about."""
    return await _show(request, inside, pages, offer_id, recorded=ab)


@post(f"{ONE}/bestaetigen", opt=AREA)
async def confirm(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    offer_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Say that it is still so today."""
    form = await form_of(request)
    return await _decide(request, inside, pages, offer_id, "check", form, {})


@post(f"{ONE}/herausnehmen", opt=AREA)
async def withdraw(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    offer_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Take it out, with the reason."""
    form = await form_of(request)
    body = {"reason": form.text("reason")}
    return await _decide(request, inside, pages, offer_id, "withdrawal", form, body)


async def types_of(inside: Inside, request: Visit) -> Sequence[CourseTypeView]:
    """The types of courses in the order to choose from."""
    return await inside.read(request, "/course-types", list[CourseTypeView])


def keeps(request: Visit) -> bool:
    """Whether this person enters and changes offers."""
    return has_one(request.user, KEEPS_OFFERS, datetime.now(UTC))


def provides(request: Visit) -> frozenset[str]:
    """The organisations in whose name this person enters and changes offers."""
    grants = request.user.grants_at(datetime.now(UTC))
    return frozenset(grant.organisation for grant in grants if grant.role in PROVIDES_OFFERS)


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    offer_id: UUID,
    step: str,
    form: Form,
    body: object,
) -> Response[str] | Redirect:
    path = f"/course-offers/{offer_id}/{step}"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, offer_id, form=form, wrong=wrong)
    return Redirect(f"{LIST}/{offer_id}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    offer_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    path = f"/course-offers/{offer_id}"
    offer = await inside.read(request, path, CourseOfferView)
    entries: list[HistoryEntry] = []
    if has_one(request.user, READS_THE_RECORD, datetime.now(UTC)):
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "offers/offer.html",
        status=wrong.status if wrong else 200,
        offer=offer,
        keeps=keeps(request) or offer.organisation in provides(request),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        recorded=recorded,
    )
