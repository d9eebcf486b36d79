"""A shared course that a person puts together: the course, and who is asked."""

from http import HTTPStatus

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.course_offers.levels import Level
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.needs.offered import offered_to, spoken
from services.web.offers.listing import types_of
from services.web.pools.places import AREA, NEW, on_to
from services.web.pools.waiting import still_waiting
from services.web.rendering import Pages

COURSE = ("course_type", "level", "municipality", "starts_on")


@get(NEW, opt=AREA)
async def offer_proposal(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form, with everybody who waits."""
    return await _show(request, inside, pages, Form({}, {}))


@post(NEW, opt=AREA)
async def propose(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Ask these companies to fill the course together."""
    form = await form_of(request)
    chosen = form.texts("members")
    body = {
        **{field: form.text(field) for field in COURSE},
        "members": [{"report": report, "learners": _learners(form, report)} for report in chosen],
    }
    try:
        decision = await inside.decide(request, "POST", "/course-pools", body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, form, _wrong(refusal, chosen))
    return on_to(decision)


def _learners(form: Form, report: str) -> object:
    name = f"learners-{report}"
    number = form.number(name)
    return form.text(name) if number is None else number


def _wrong(refusal: Refusal, chosen: list[str]) -> Wrong:
    """Each fault at the field that it is about: `members/1/learners` at the second company's."""
    wrong = Wrong.of(refusal)
    fields: dict[str, str] = {}
    for fault in refusal.problem.errors:
        match (fault.pointer or "").strip("/").split("/"):
            case ["members", place, "learners"] if place.isdigit():
                name = f"learners-{chosen[int(place)]}"
            case ["members", place, *_] if place.isdigit():
                name = f"members-{chosen[int(place)]}"
            case [first, *_]:
                name = first
            case _:
                name = ""
        fields.setdefault(name, fault.detail)
    return Wrong(
        title=wrong.title,
        detail=wrong.detail,
        code=wrong.code,
        status=wrong.status,
        fields=fields,
    )


async def _show(
    request: Visit, inside: Inside, pages: Pages, form: Form, wrong: Wrong | None = None
) -> Response[str]:
    return await pages.show(
        request,
        "pools/new.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        form=form,
        wrong=wrong,
        types=[(one.key, one.name) for one in await types_of(inside, request)],
        levels=[(level.value, level.value.upper()) for level in Level],
        waiting=await still_waiting(request, inside),
        **spoken(request, await offered_to(request, inside)),
    )
