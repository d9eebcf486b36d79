"""The board of the themes: what waits to be bundled, and how far each theme is."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from domain.findings.events_theme import SourceKind
from services.api.finding_views import FindingSummary
from services.api.theme_views import ThemeSummary
from services.identity.areas import Area
from services.web.administration.answers import municipality_names
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.steering.places import HOME, places_below
from services.web.steering.reporting import fields_of
from services.web.steering.suspects import wrong_of
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.STEERING)
BOARD = f"{HOME}/themen"
ALL = 200
NEW = "neu"
"""Chosen where the findings shall go into a theme that is not there yet."""


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that was ticked, and the version that was seen of it."""

    finding: str
    version: int


@get(BOARD, opt=AREA)
async def show_themes(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """All themes by how far they are; for the coordination, what waits to be bundled."""
    return await _show(request, inside, pages, recorded=ab)


@post(f"{BOARD}/buendeln", opt=AREA)
async def bundle(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Take the findings that were ticked into a theme, or into a new one of this title."""
    form = await form_of(request)
    theme = form.text("theme")
    position = 0
    try:
        if theme in {"", NEW}:
            body = {"title": form.text("title")}
            opened = await inside.decide(request, "POST", "/themes", body, key=form.key)
            theme, position = str(opened.id), opened.position
        for one in _chosen(form):
            taken = await inside.decide(
                request,
                "POST",
                f"/findings/{one.finding}/theme",
                {"theme": theme},
                key=f"{form.key}/{one.finding}",
                seen=one.version,
            )
            position = taken.position
    except Refusal as refusal:
        return await _show(request, inside, pages, form=form, wrong=wrong_of(refusal))
    if not position:
        return Redirect(BOARD, status_code=303)
    return Redirect(f"{BOARD}/{theme}?ab={position}", status_code=303)


@get(f"{BOARD}/neu", opt=AREA)
async def offer_theme(request: Visit, pages: NamedDependency[Pages]) -> Response[str]:
    """The form for a theme that does not come from findings, or not from them alone."""
    return await _show_new(request, pages, Form({}, {}), None)


@post(f"{BOARD}/neu", opt=AREA)
async def open_theme(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Open it, with where it comes from if that was said."""
    form = await form_of(request)
    body: dict[str, Any] = {"title": form.text("title")}
    if form.text("text"):
        source = {"kind": form.text("kind"), "text": form.text("text")}
        body["sources"] = [source]
    try:
        decision = await inside.decide(request, "POST", "/themes", body, key=form.key)
    except Refusal as refusal:
        return await _show_new(request, pages, form, _at_its_source(wrong_of(refusal)))
    return Redirect(f"{BOARD}/{decision.id}?ab={decision.position}", status_code=303)


def _chosen(form: Form) -> list[Chosen]:
    """The ticks, whose values are `<id>/<version>`."""
    found: list[Chosen] = []
    for value in form.texts("findings"):
        finding, _, version = value.partition("/")
        if version.isdigit():
            found.append(Chosen(finding=finding, version=int(version)))
    return found


def _at_its_source(wrong: Wrong) -> Wrong:
    """The form has one source only."""
    fields = {"text" if name == "sources" else name: said for name, said in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    viewer = viewer_of(request)
    listed = inside.items(request, "/themes", ThemeSummary, limit=ALL, at_least=recorded)
    themes = [theme async for theme in listed]
    waiting: list[FindingSummary] = []
    names: Mapping[str, Mapping[str, str]] = {}
    if viewer.coordinates:
        found = inside.items(request, "/findings", FindingSummary, stage="reported", limit=ALL)
        waiting = [finding async for finding in found]
        names = {
            "fields": await fields_of(inside, request),
            "municipalities": await municipality_names(inside, request),
        }
    return await pages.show(
        request,
        "steering/themes.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        places=places_below(request),
        by_stage=_by_stage(themes),
        waiting=waiting,
        names=names,
        ticked=form.texts("findings") if form else [],
        form=form or Form({}, {}),
        wrong=wrong,
        recorded=recorded,
    )


def _by_stage(themes: Sequence[ThemeSummary]) -> Mapping[str, Sequence[ThemeSummary]]:
    """In the order in which they go on; what was merged goes on elsewhere."""
    return {
        stage: [theme for theme in themes if theme.stage == stage]
        for stage in ("open", "on-agenda", "closed")
    }


async def _show_new(request: Visit, pages: Pages, form: Form, wrong: Wrong | None) -> Response[str]:
    return await pages.show(
        request,
        "steering/theme_new.html",
        status=wrong.status if wrong else 200,
        kinds=list(SourceKind),
        form=form,
        wrong=wrong,
    )
