"""The bodies in the browser: each with who sits on it, its rules, and when it meets next."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.steering.body_rules import Rules
from services.api.body_views import BodySummary, BodyView
from services.api.pages import Page
from services.api.session_views import SessionSummary
from services.identity.areas import Area
from services.texts.language import Language
from services.texts.rules import main_rules
from services.web.administration.answers import organisation_names
from services.web.bodies.seats import Seat, seats_of
from services.web.bodies.viewer import viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.steering.places import HOME, places_below

AREA = for_area(Area.STEERING)
LIST = f"{HOME}/gremien"
ALL = 200
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One body in the list; `rules` is one sentence, empty while it has none."""

    key: str
    title: str
    since: date
    seats: Sequence[Seat]
    rules: str
    session: SessionSummary | None

    @property
    def vacant(self) -> int:
        return sum(seat.holder is None for seat in self.seats)


@get(LIST, opt=AREA)
async def list_bodies(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """All bodies, or those on which somebody sits."""
    return await _show(request, inside, pages, recorded=ab)


@post(LIST, opt=AREA)
async def establish_body(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Establish one more. Its name in addresses follows from its title unless one is given."""
    form = await form_of(request)
    key = form.text("body_key") or key_from(form.text("title"))
    body = {"key": key, "title": form.text("title"), "since": form.text("since")}
    try:
        decision = await inside.decide(request, "POST", "/bodies", body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        fields = {"body_key" if name == "key" else name: s for name, s in wrong.fields.items()}
        wrong = msgspec.structs.replace(wrong, fields=fields)
        return await _show(request, inside, pages, form=form, wrong=wrong)
    return Redirect(f"{LIST}/{key}?ab={decision.position}", status_code=303)


def api_path(body_key: str) -> str:
    """Where the API has the body of this key, whatever an address says."""
    return f"/bodies/{quote(body_key, safe='')}"


def key_from(title: str) -> str:
    """A title in small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().translate(UMLAUTS)).strip("-")


async def next_sessions(
    request: Visit, inside: Inside, body: str | None = None
) -> Mapping[str, SessionSummary]:
    """The next session of each body that has one to come, by the keys of the bodies."""
    found = await inside.read(request, "/sessions", Page[SessionSummary], body=body, limit=ALL)
    now = datetime.now(UTC)
    to_come = [one for one in found.items if one.starts_at > now and one.stage != "cancelled"]
    latest_first = sorted(to_come, key=lambda one: one.starts_at, reverse=True)
    return {one.body: one for one in latest_first}


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    listed = inside.items(request, "/bodies", BodySummary, limit=ALL, at_least=recorded)
    summaries = [one async for one in listed]
    bodies = [await inside.read(request, api_path(one.key), BodyView) for one in summaries]
    organisations = await organisation_names(inside, request)
    sessions = await next_sessions(request, inside)
    language = language_of(request)
    return await pages.show(
        request,
        "bodies/overview.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        places=places_below(request),
        cards=[_card(body, organisations, sessions.get(body.key), language) for body in bodies],
        form=form or Form({}, {}),
        wrong=wrong,
        recorded=recorded,
    )


def _card(
    body: BodyView,
    organisations: Mapping[str, str],
    session: SessionSummary | None,
    language: Language,
) -> Card:
    held = [edition for edition in body.editions if edition.edition == body.edition]
    rules = [Rules(**msgspec.structs.asdict(edition.rules)) for edition in held]
    said = main_rules(rules[0], language) if rules else ""
    return Card(
        key=body.key,
        title=body.title,
        since=body.since,
        seats=[seat for seat in seats_of(body, organisations) if seat.exists],
        rules=said[:1].upper() + said[1:],
        session=session,
    )
