"""One body: its seats, its rules with their days, its name, and who is named in public."""

from enum import StrEnum
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.steering.body_events import SeatKind
from domain.steering.body_rules import Rules
from services.api.body_views import BodyView, RulesEdition
from services.api.resolution_views import ResolutionSummary
from services.history import HistoryEntry
from services.identity.areas import Area
from services.texts.rules import rules_one_by_one
from services.web.administration.answers import organisation_names
from services.web.bodies.overview import ALL, LIST, api_path, next_sessions
from services.web.bodies.seats import seats_of
from services.web.bodies.viewer import viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages

AREA = for_area(Area.STEERING)
ONE = f"{LIST}/{{body_key:str}}"


class Naming(StrEnum):
    """What a member decides on being named in public."""

    ALLOWED = "zustimmen"
    WITHDRAWN = "zuruecknehmen"


NAMING = {
    Naming.ALLOWED: "naming-consent",
    Naming.WITHDRAWN: "naming-consent/withdrawal",
}
"""The step of the API by the address of its form."""


class EditionShown(msgspec.Struct, frozen=True, kw_only=True):
    """An edition of the rules, each rule for itself. `standing` is a text of its own."""

    this: RulesEdition
    rules: list[str]
    standing: str


@get(ONE, opt=AREA)
async def show_body(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
    ab: After = None,
) -> Response[str]:
    """The body as it is today, and what can be done with it."""
    return await _show(request, inside, pages, body_key, recorded=ab)


@post(f"{ONE}/umbenennen", opt=AREA)
async def rename_body(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
) -> Response[str] | Redirect:
    """Give it another name."""
    form = await form_of(request)
    body, path = {"title": form.text("title")}, f"{api_path(body_key)}/title"
    try:
        decision = await inside.decide(request, "PUT", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(
            request, inside, pages, body_key, form=form, wrong=wrong, step="umbenennen"
        )
    return Redirect(f"{LIST}/{body_key}?ab={decision.position}", status_code=303)


@post(f"{ONE}/sitze", opt=AREA)
async def create_seat(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
) -> Response[str] | Redirect:
    """Give an organisation a seat, or one more; then to the seat, to appoint somebody."""
    form = await form_of(request)
    organisation = form.text("organisation")
    present = await inside.read(request, api_path(body_key), BodyView)
    seat = _free_key(organisation, {seat.seat for seat in present.seats})
    body = {
        "seat": seat,
        "organisation": organisation,
        "kind": form.text("kind"),
        "since": form.text("since"),
        "until": form.text("until") or None,
    }
    path = f"{api_path(body_key)}/seats"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, body_key, form=form, wrong=wrong, step="sitze")
    return Redirect(f"{LIST}/{body_key}/sitze/{seat}?ab={decision.position}", status_code=303)


@post(f"{ONE}/nennung/{{step:str}}", opt=AREA)
async def change_naming(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
    step: FromPath[Naming],
) -> Response[str] | Redirect:
    """Agree to be named in public, or no longer: everybody for themselves."""
    form = await form_of(request)
    path = f"{api_path(body_key)}/{NAMING[step]}"
    try:
        decision = await inside.decide(request, "POST", path, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show(request, inside, pages, body_key, form=form, wrong=wrong, step="nennung")
    return Redirect(f"{LIST}/{body_key}?ab={decision.position}", status_code=303)


def _free_key(organisation: str, taken: set[str]) -> str:
    """The key of the organisation, with a number if it has had a seat already."""
    count = 1
    while (key := organisation if count == 1 else f"{organisation}-{count}") in taken:
        count += 1
    return key


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    body_key: str,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = api_path(body_key)
    body = await inside.read(request, path, BodyView)
    organisations = await organisation_names(inside, request)
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    sessions = await next_sessions(request, inside, body_key)
    return await pages.show(
        request,
        "bodies/body.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        body=body,
        seats=seats_of(body, organisations),
        editions=[_shown(one, body, request) for one in reversed(body.editions)],
        references=await _references(request, inside, body),
        session=sessions.get(body_key),
        sits_here=any(
            held.person == viewer.account for seat in body.seats for held in seat.appointments
        ),
        organisations=list(organisations.items()),
        kinds=list(SeatKind),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


def _shown(edition: RulesEdition, body: BodyView, request: Visit) -> EditionShown:
    rules = Rules(**msgspec.structs.asdict(edition.rules))
    said = rules_one_by_one(rules, language_of(request))
    return EditionShown(
        this=edition,
        rules=[one[:1].upper() + one[1:] for one in said],
        standing=_standing(edition, body),
    )


def _standing(edition: RulesEdition, body: BodyView) -> str:
    if edition.edition == body.edition:
        return "holds"
    if edition.until is not None and edition.until < edition.valid_from:
        return "replaced"
    return "comes" if edition.valid_from > body.day else "over"


async def _references(request: Visit, inside: Inside, body: BodyView) -> dict[UUID, str]:
    """What the resolutions are called with which rules were adopted."""
    if not any(edition.resolution for edition in body.editions):
        return {}
    found = inside.items(request, "/resolutions", ResolutionSummary, body=body.key, limit=ALL)
    return {one.id: one.reference or one.title async for one in found}
