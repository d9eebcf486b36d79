"""Course offers entered and changed in the browser, field by field."""

from collections.abc import Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.course_offers.details import Form as CourseForm
from domain.course_offers.levels import Level
from services.api.course_offer_bounds import DetailsEntry
from services.api.course_offer_views import CourseOfferView
from services.web.administration.answers import municipality_names
from services.web.audit.telling import organisations_of
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.offers.listing import AREA, LIST, ONE, keeps, provides, types_of
from services.web.rendering import Pages

NEW = f"{LIST}/neu"
FIELDS = DetailsEntry.__struct_fields__
NUMBERS = ("units", "seats", "booked")
DAYS = (1, 2, 3, 4, 5, 6, 7)
CENTS = 100


@get(NEW, opt=AREA)
async def offer_entry(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form for a course."""
    return await _show_form(request, inside, pages, Form({}, {}))


@post(NEW, opt=AREA)
async def enter(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Enter it; it counts as checked today."""
    form = await form_of(request)
    body = {**_said(form), "key": form.text("number")}
    try:
        decision = await inside.decide(request, "POST", "/course-offers", body, key=form.key)
    except Refusal as refusal:
        return await _show_form(request, inside, pages, form, Wrong.of(refusal))
    return Redirect(f"{LIST}/{decision.id}?ab={decision.position}", status_code=303)


@get(f"{ONE}/aendern", opt=AREA)
async def offer_change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    offer_id: FromPath[UUID],
) -> Response[str]:
    """The form with what is said of it now."""
    offer = await inside.read(request, f"/course-offers/{offer_id}", CourseOfferView)
    return await _show_form(request, inside, pages, _as_typed(offer), None, offer)


@post(f"{ONE}/aendern", opt=AREA)
async def change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    offer_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Say anew what is offered, as of today."""
    form = await form_of(request)
    path = f"/course-offers/{offer_id}"
    try:
        decision = await inside.decide(
            request, "POST", f"{path}/update", _said(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        offer = await inside.read(request, path, CourseOfferView)
        return await _show_form(request, inside, pages, form, Wrong.of(refusal), offer)
    return Redirect(f"{LIST}/{offer_id}?ab={decision.position}", status_code=303)


def _said(form: Form) -> Mapping[str, object]:
    """What was typed, for the API; what was left empty is left out."""
    said: dict[str, object] = {
        field: form.text(field) for field in FIELDS if form.text(field) and field != "weekdays"
    }
    for field in NUMBERS:
        if form.number(field) is not None:
            said[field] = form.number(field)
    if price := form.text("price"):
        said["price"] = _cents(price)
    days = [int(day) for day in form.texts("weekdays") if day.isdecimal()]
    return {**said, "course_type": form.text("course_type"), "weekdays": days}


def _cents(typed: str) -> object:
    """`2,56` as cents; what is no amount the API shall refuse."""
    whole, _, rest = typed.replace("€", "").strip().partition(",")
    digits = f"{whole}{rest.ljust(2, '0')}"
    is_amount = digits.isascii() and digits.isdigit() and len(rest) in {0, 1, 2}
    return int(digits) if is_amount else typed


def _as_typed(offer: CourseOfferView) -> Form:
    """As it would have been typed."""
    known = {field: getattr(offer, field) for field in FIELDS if field != "weekdays"}
    fields = {field: [str(value)] for field, value in known.items() if value is not None}
    if offer.price is not None:
        fields["price"] = [f"{offer.price // CENTS},{offer.price % CENTS:02}"]
    fields["weekdays"] = [str(day) for day in offer.weekdays]
    return Form(fields, {})


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    form: Form,
    wrong: Wrong | None = None,
    offer: CourseOfferView | None = None,
) -> Response[str]:
    """To enter an offer, or to change one."""
    types = await types_of(inside, request)
    return await pages.show(
        request,
        "offers/form.html",
        status=wrong.status if wrong else 200,
        offer=offer,
        types=[(each.key, each.name) for each in types],
        providers=None if keeps(request) else await _own_names(request, inside),
        municipalities=list((await municipality_names(inside, request)).items()),
        forms=list(CourseForm),
        levels=[(level.value, level.upper()) for level in Level],
        days=DAYS,
        chosen_days=form.texts("weekdays"),
        form=form,
        wrong=wrong,
    )


async def _own_names(request: Visit, inside: Inside) -> list[tuple[str, str]]:
    """Partners choose between the organisations they belong to, mostly the one."""
    names = await organisations_of(request, inside)
    return [(names[key], names[key]) for key in sorted(provides(request)) if key in names]
