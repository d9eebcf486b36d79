"""A session scheduled in the browser, with what the rules of its body mean for it."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.kernel import Role
from domain.steering.session_events import SessionKind
from services.api.body_views import BodySummary, BodyView, RulesView
from services.identity.areas import Area
from services.identity.authorisation import require
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.sessions.addresses import NEW, to_session
from services.web.sessions.coming import sessions_seen
from services.web.sessions.moments import moment_in
from services.web.steering.suspects import wrong_of

AREA = for_area(Area.STEERING)
ALL = 200


class BodyToMeet(msgspec.Struct, frozen=True, kw_only=True):
    """A body and the rules it goes by today; None if it has none."""

    key: str
    title: str
    rules: RulesView | None


@get(NEW, opt=AREA)
async def offer_session(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form to schedule a session: for the coordination."""
    require(request.user, frozenset({Role.COORDINATOR}), datetime.now(UTC))
    return await _show_form(request, inside, pages, Form({}, {}))


@post(NEW, opt=AREA)
async def schedule(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Schedule it."""
    form = await form_of(request)
    zone = pages.calendar.zone
    body = {
        "body": form.text("body"),
        "key": await _key(request, inside, form),
        "title": form.text("title"),
        "kind": form.text("kind"),
        "starts_at": moment_in(form.text("starts_at"), zone) or "",
        "ends_at": moment_in(form.text("ends_at"), zone),
        "place": form.text("place"),
    }
    try:
        decision = await inside.decide(request, "POST", "/sessions", body, key=form.key)
    except Refusal as refusal:
        return await _show_form(request, inside, pages, form, wrong_of(refusal))
    return to_session(decision.id, decision.position)


async def _key(request: Visit, inside: Inside, form: Form) -> str:
    """Names it within its body: its day, so that sending it twice schedules it once.

    A session that was called off keeps its name.
    """
    day = form.text("starts_at")[:10]
    name = f"umlauf-{day}" if form.text("kind") == SessionKind.CIRCULAR else day
    taken = {
        one.key
        for one in await sessions_seen(request, inside)
        if one.body == form.text("body") and one.stage == "cancelled"
    }
    free = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in free if one not in taken)


async def _show_form(
    request: Visit, inside: Inside, pages: Pages, form: Form, wrong: Wrong | None = None
) -> Response[str]:
    return await pages.show(
        request,
        "sessions/session_new.html",
        status=wrong.status if wrong else 200,
        bodies=await _bodies(request, inside),
        kinds=list(SessionKind),
        earliest=f"{datetime.now(UTC).astimezone(pages.calendar.zone):%Y-%m-%dT%H:%M}",
        form=form,
        wrong=wrong,
    )


async def _bodies(request: Visit, inside: Inside) -> Sequence[BodyToMeet]:
    found: list[BodyToMeet] = []
    async for one in inside.items(request, "/bodies", BodySummary, limit=ALL):
        body = await inside.read(request, f"/bodies/{one.key}", BodyView)
        held = next((e.rules for e in body.editions if e.edition == body.edition), None)
        found.append(BodyToMeet(key=one.key, title=one.title, rules=held))
    return found
