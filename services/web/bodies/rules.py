"""The next edition of a body's rules: a form that begins with those that hold today."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from domain.kernel import Role
from domain.steering.body_rules import Majority, Period, Share
from services.api.body_views import BodyView, RulesEdition
from services.api.pages import Page
from services.api.resolution_views import ResolutionSummary
from services.identity.authorisation import require
from services.web.bodies.body import AREA, ONE
from services.web.bodies.overview import ALL, LIST, api_path
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

ADOPTS = frozenset({Role.COORDINATOR})
RULES = f"{ONE}/regeln"
PERIODS = ("invitation", "urgent_invitation", "circular", "call", "agenda", "minutes")
SWITCHES = ("abstentions_count", "conflicted_are_present", "vacant_seats_count")
USUAL: Mapping[str, str] = {
    "quorum": "more",
    "quorum_parts": "1",
    "quorum_of": "2",
    "majority": "simple",
    "invitation_days": "14",
    "vacant_seats_count": "1",
    "sessions_a_school_year": "2",
}
"""What a first edition begins with."""

WhichEdition = Annotated[int | None, QueryParameter(name="ausgabe", ge=1, required=False)]


@get(RULES, opt=AREA)
async def offer_rules(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
    edition: WhichEdition = None,
) -> Response[str]:
    """The form, with the rules that hold today, or with those of an edition to be replaced."""
    require(request.user, ADOPTS, datetime.now(UTC))
    body = await inside.read(request, api_path(body_key), BodyView)
    return await _show(request, inside, pages, body, _filled(body, edition), None)


@post(RULES, opt=AREA)
async def adopt_rules(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    body_key: FromPath[str],
) -> Response[str] | Redirect:
    """Adopt them from their day on."""
    form = await form_of(request)
    sent = {
        "valid_from": form.text("valid_from"),
        "rules": _rules_in(form),
        "basis": form.text("basis"),
        "resolution": form.text("resolution") or None,
    }
    path = f"{api_path(body_key)}/rules"
    try:
        decision = await inside.decide(request, "POST", path, sent, key=form.key, seen=form.seen)
    except Refusal as refusal:
        body = await inside.read(request, api_path(body_key), BodyView)
        return await _show(request, inside, pages, body, form, _wrong_of(refusal))
    return Redirect(f"{LIST}/{body_key}?ab={decision.position}#regeln", status_code=303)


def _rules_in(form: Form) -> Mapping[str, object]:
    """As the API takes them. A period without days is not ruled."""
    rules: dict[str, object] = {
        "quorum": _quorum_in(form),
        "majority": form.text("majority"),
        "sessions_a_school_year": _whole(form, "sessions_a_school_year", 0),
    }
    for name in PERIODS:
        if name == "invitation" or form.text(f"{name}_days"):
            working = form.text(f"{name}_unit") == "working"
            rules[name] = {"days": _whole(form, f"{name}_days"), "working": working}
    return {**rules, **{name: bool(form.text(name)) for name in SWITCHES}}


def _quorum_in(form: Form) -> Mapping[str, object]:
    if form.text("quorum") == "number":
        return {"type": "number", "seats": _whole(form, "quorum_seats")}
    return {
        "type": "share",
        "parts": _whole(form, "quorum_parts"),
        "of": _whole(form, "quorum_of"),
        "exceeded": form.text("quorum") == "more",
    }


def _whole(form: Form, name: str, otherwise: int | None = None) -> object:
    """A number; what else stands there is handed on, for the API to refuse."""
    number = form.number(name)
    return form.text(name) or otherwise if number is None else number


def _wrong_of(refusal: Refusal) -> Wrong:
    """Fields of the form are named by their whole way: `/rules/call/days` is `call_days`."""
    fields = {
        (fault.pointer or "").removeprefix("/rules").strip("/").replace("/", "_"): fault.detail
        for fault in refusal.problem.errors
    }
    return msgspec.structs.replace(Wrong.of(refusal), fields=fields)


def _filled(body: BodyView, number: int | None) -> Form:
    """The rules of an edition as somebody would have typed them; its day only if it is to come."""
    chosen = next((one for one in body.editions if one.edition == (number or body.edition)), None)
    if chosen is None:
        return Form(_lists(USUAL), {})
    typed = _typed(chosen)
    if chosen.valid_from > body.day:
        typed |= {"valid_from": chosen.valid_from.isoformat(), "basis": chosen.basis}
        typed |= {"resolution": str(chosen.resolution or "")}
    return Form(_lists(typed), {})


def _typed(edition: RulesEdition) -> dict[str, str]:
    rules = edition.rules
    typed = {"majority": rules.majority.value}
    typed["sessions_a_school_year"] = str(rules.sessions_a_school_year)
    if isinstance(rules.quorum, Share):
        typed["quorum"] = "more" if rules.quorum.exceeded else "share"
        typed |= {"quorum_parts": str(rules.quorum.parts), "quorum_of": str(rules.quorum.of)}
    else:
        typed |= {"quorum": "number", "quorum_seats": str(rules.quorum.seats)}
    for name in PERIODS:
        period: Period | None = getattr(rules, name)
        if period is not None:
            typed[f"{name}_days"] = str(period.days)
            typed[f"{name}_unit"] = "working" if period.working else "calendar"
    return typed | {name: "1" for name in SWITCHES if getattr(rules, name)}


def _lists(typed: Mapping[str, str]) -> Mapping[str, list[str]]:
    return {name: [text] for name, text in typed.items()}


async def _show(
    request: Visit, inside: Inside, pages: Pages, body: BodyView, form: Form, wrong: Wrong | None
) -> Response[str]:
    found = await inside.read(
        request, "/resolutions", Page[ResolutionSummary], body=body.key, limit=ALL
    )
    return await pages.show(
        request,
        "bodies/rules.html",
        status=wrong.status if wrong else 200,
        body=body,
        periods=PERIODS,
        switches=SWITCHES,
        majorities=list(Majority),
        resolutions=[(str(one.id), one.reference or one.title) for one in found.items],
        form=form,
        wrong=wrong,
    )
