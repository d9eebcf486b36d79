"""One theme: what belongs to it, what it says, and what becomes of it."""

from collections.abc import Callable, Mapping
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.findings.events_theme import SourceKind, ThemeOutcome
from services.api.finding_views import FindingSummary
from services.api.resolution_views import ResolutionSummary
from services.api.theme_views import ThemeSummary, ThemeView
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.administration.answers import municipality_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.sessions.coming import sessions_seen, to_come
from services.web.steering.reporting import fields_of
from services.web.steering.suspects import wrong_of
from services.web.steering.themes import BOARD
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.STEERING)
ONE = f"{BOARD}/{{theme_id:uuid}}"
ALL = 200
STILL_OPEN = "scheduled"
"""So far the agenda of a session takes a theme."""


STEPS: Mapping[str, tuple[str, Callable[[Form], Mapping[str, object]]]] = {
    "vorlegen": ("agenda", lambda form: {"session": form.text("session")}),
    "zuruecknehmen": (
        "taking-back",
        lambda form: {"session": form.text("session"), "reason": form.text("back_reason")},
    ),
    "abschliessen": (
        "closing",
        lambda form: {"outcome": form.text("outcome"), "text": form.text("text")},
    ),
    "zusammenfuehren": (
        "merging",
        lambda form: {"into": form.text("into"), "reason": form.text("merge_reason")},
    ),
    "wieder-oeffnen": ("reopening", lambda form: {"reason": form.text("open_reason")}),
}
"""The step and its body by the address of its form."""

REASONS = {
    "zuruecknehmen": "back_reason",
    "zusammenfuehren": "merge_reason",
    "wieder-oeffnen": "open_reason",
}
"""Several forms on the page ask for a reason."""


@get(ONE, opt=AREA)
async def show_theme(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    theme_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The theme as it stands, and what can be done with it."""
    return await _show(request, inside, pages, theme_id, recorded=ab)


@post(f"{ONE}/herkunft", opt=AREA)
async def name_source(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    theme_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Say where else it comes from."""
    form = await form_of(request)
    body = {"kind": form.text("source_kind"), "text": form.text("source_text")}
    path = f"/themes/{theme_id}/sources"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        wrong = _renamed(wrong_of(refusal), {"text": "source_text", "kind": "source_kind"})
        return await _show(
            request, inside, pages, theme_id, form=form, wrong=wrong, step="herkunft"
        )
    return Redirect(f"{BOARD}/{theme_id}?ab={decision.position}", status_code=303)


@post(f"{ONE}/schritt/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    theme_id: FromPath[UUID],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Hand it over, take it back, close it, let another go on with it, or open it again."""
    form = await form_of(request)
    name, body = STEPS.get(step, (step, lambda _: {}))
    path = f"/themes/{theme_id}/{name}"
    try:
        decision = await inside.decide(
            request, "POST", path, body(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        wrong = _renamed(wrong_of(refusal), {"reason": REASONS.get(step, "reason")})
        return await _show(request, inside, pages, theme_id, form=form, wrong=wrong, step=step)
    return Redirect(f"{BOARD}/{theme_id}?ab={decision.position}", status_code=303)


def _renamed(wrong: Wrong, names: Mapping[str, str]) -> Wrong:
    """The same, where fields have other names on the page than in the API."""
    fields = {names.get(name, name): said for name, said in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    theme_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    sessions = await sessions_seen(request, inside) if viewer.reads_bodies else []
    path = f"/themes/{theme_id}"
    theme = await inside.read(request, path, ThemeView)
    listed = inside.items(request, "/themes", ThemeSummary, limit=ALL, at_least=recorded)
    themes = {one.id: one async for one in listed}
    findings: list[FindingSummary] = []
    if viewer.reads_findings:
        inner = inside.items(
            request, "/findings", FindingSummary, theme=theme_id, limit=ALL, at_least=recorded
        )
        findings = [finding async for finding in inner]
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "steering/theme.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        theme=theme,
        findings=findings,
        titles={one.id: one.title for one in themes.values()},
        others=[
            (str(one.id), one.title)
            for one in themes.values()
            if one.stage == "open" and one.id != theme.id
        ],
        sessions=[one for one in to_come(sessions) if one.stage == STILL_OPEN],
        known_sessions={one.id: one for one in sessions},
        resolutions=await _resolutions(request, inside, theme) if viewer.reads_resolutions else [],
        outcomes=list(ThemeOutcome),
        source_kinds=list(SourceKind),
        municipalities=await municipality_names(inside, request),
        fields=await fields_of(inside, request),
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )


async def _resolutions(request: Visit, inside: Inside, theme: ThemeView) -> list[ResolutionSummary]:
    """Those about the theme, in the order in which it came to them."""
    if not theme.resolutions:
        return []
    found = inside.items(request, "/resolutions", ResolutionSummary, limit=ALL)
    passed = {one.id: one async for one in found}
    return [passed[one] for one in theme.resolutions if one in passed]
