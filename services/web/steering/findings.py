"""Findings in the browser: listed, one with its history, withdrawn, taken into a theme."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect, Response

from domain.findings.events import FindingKind
from services.api.finding_views import STAGES, FindingSummary, FindingView
from services.api.pages import Page
from services.api.theme_views import ThemeSummary
from services.history import HistoryEntry
from services.identity.areas import Area
from services.web.administration.answers import municipality_names
from services.web.door import for_area
from services.web.filters import one_of
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages
from services.web.steering.places import places_below
from services.web.steering.reporting import LIST, ONE, fields_of
from services.web.steering.suspects import wrong_of
from services.web.steering.viewer import viewer_of

AREA = for_area(Area.STEERING)
ALL = 200
Cursor = Annotated[str | None, QueryParameter(name="weiter", max_length=300, required=False)]


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed to; empty is everything."""

    municipality: str = ""
    field: str = ""
    kind: str = ""
    stage: str = ""

    @property
    def is_narrow(self) -> bool:
        return any(msgspec.structs.astuple(self))

    @property
    def query(self) -> Mapping[str, str | None]:
        """For the API."""
        return {name: value or None for name, value in msgspec.structs.asdict(self).items()}

    @property
    def address(self) -> str:
        """For the address of the page, to be continued."""
        names = {"municipality": "kommune", "field": "feld", "kind": "art", "stage": "stand"}
        chosen = msgspec.structs.asdict(self).items()
        return urlencode({names[name]: value for name, value in chosen if value})


@get(LIST, opt=AREA)
async def list_findings(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    kommune: FromQuery[str | None] = None,
    feld: FromQuery[str | None] = None,
    art: FromQuery[str | None] = None,
    stand: FromQuery[str | None] = None,
    cursor: Cursor = None,
    ab: After = None,
) -> Response[str]:
    """What was seen, the latest first, narrowed by municipality, field, kind and state."""
    municipalities = await municipality_names(inside, request)
    fields = await fields_of(inside, request)
    filters = Filters(
        municipality=one_of(kommune, municipalities),
        field=one_of(feld, fields),
        kind=one_of(art, list(FindingKind)),
        stage=one_of(stand, STAGES),
    )
    found = await inside.read(
        request, "/findings", Page[FindingSummary], **filters.query, cursor=cursor, at_least=ab
    )
    return await pages.show(
        request,
        "steering/findings.html",
        viewer=viewer_of(request),
        places=places_below(request),
        found=found.items,
        next=found.next,
        filters=filters,
        municipalities=municipalities,
        fields=fields,
        recorded=ab,
    )


@get(ONE, opt=AREA)
async def show_finding(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """One finding with what can be done with it, and how it came about."""
    return await _show(request, inside, pages, finding_id, recorded=ab)


@post(f"{ONE}/zurueckziehen", opt=AREA)
async def withdraw(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Take it back, with the reason."""
    form = await form_of(request)
    body = {"reason": form.text("reason")}
    return await _decide(request, inside, pages, finding_id, "withdrawal", form, body)


@post(f"{ONE}/aufnehmen", opt=AREA)
async def take_into_theme(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Take it into a theme that is being worked on."""
    form = await form_of(request)
    return await _decide(
        request, inside, pages, finding_id, "theme", form, {"theme": form.text("theme")}
    )


@post(f"{ONE}/loesen", opt=AREA)
async def release(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    finding_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Take it out of its theme, with the reason."""
    form = await form_of(request)
    body = {"reason": form.text("release_reason")}
    return await _decide(request, inside, pages, finding_id, "release", form, body)


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    finding_id: UUID,
    step: str,
    form: Form,
    body: object,
) -> Response[str] | Redirect:
    path = f"/findings/{finding_id}/{step}"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = wrong_of(refusal)
        return await _show(request, inside, pages, finding_id, form=form, wrong=wrong, step=step)
    return Redirect(f"{LIST}/{finding_id}?ab={decision.position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    finding_id: UUID,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    step: str = "",
    recorded: int | None = None,
) -> Response[str]:
    """`step` is the one that `wrong` is about."""
    viewer = viewer_of(request)
    path = f"/findings/{finding_id}"
    finding = await inside.read(request, path, FindingView)
    themes = inside.items(request, "/themes", ThemeSummary, limit=ALL, at_least=recorded)
    known = [theme async for theme in themes]
    entries: list[HistoryEntry] = []
    if viewer.reads_record:
        told = inside.items(request, f"{path}/history", HistoryEntry, limit=ALL)
        entries = [entry async for entry in told]
    return await pages.show(
        request,
        "steering/finding.html",
        status=wrong.status if wrong else 200,
        viewer=viewer,
        finding=finding,
        municipality=(await municipality_names(inside, request)).get(
            finding.municipality, finding.municipality
        ),
        field_name=(await fields_of(inside, request)).get(finding.field, finding.field),
        theme=next((theme for theme in known if theme.id == finding.theme), None),
        open_themes=[(str(theme.id), theme.title) for theme in known if theme.stage == "open"],
        entries=entries[::-1],
        form=form or Form({}, {}),
        wrong=wrong,
        step=step,
        recorded=recorded,
    )
