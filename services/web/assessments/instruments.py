"""Instruments for coordination and expert group: versions written, approved, measured."""

from urllib.parse import quote
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Response

from services.api.catalogues import MeasureView
from services.api.figure_views import StatisticsView
from services.api.instrument_views import InstrumentSummary, InstrumentView, VersionView
from services.api.pages import Page
from services.api.round_views import RoundSummary
from services.identity.areas import Area
from services.web.assessments.viewer import under, viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
HERE = "/erhebungen/instrumente"
ONE = f"{HERE}/{{instrument:str}}"
VERSION = f"{ONE}/{{number:int}}"
LARGEST = 2**20
STEPS = {
    "einreichen": "submission",
    "genehmigen": "approval",
    "zurueckgeben": "return",
    "ausser-gebrauch": "retirement",
}
"""The step of a version by the address of its form."""


@get(HERE, opt=AREA)
async def show_instruments(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
) -> Response[str]:
    """All instruments with their versions, and a form for a new one."""
    return await _show_all(request, inside, pages, recorded=ab)


@post(HERE, opt=AREA)
async def register_instrument(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Register an instrument under a key, which is for ever."""
    form = await form_of(request)
    key = form.text("key_of_instrument")
    body = {"key": key, "title": form.text("title"), "kind": form.text("kind")}
    try:
        decision = await inside.decide(request, "POST", "/instruments", body, key=form.key)
    except Refusal as refusal:
        wrong = under(Wrong.of(refusal), key="key_of_instrument")
        return await _show_all(request, inside, pages, form=form, wrong=wrong)
    return Redirect(f"{HERE}/{key}?ab={decision.position}", status_code=303)


@get(ONE, opt=AREA)
async def show_instrument(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    instrument: FromPath[str],
    ab: After = None,
) -> Response[str]:
    """One instrument: its versions, and a form to hand in the next as a file."""
    return await _show_one(request, inside, pages, instrument, recorded=ab)


@post(ONE, opt=AREA, request_max_body_size=LARGEST)
async def draft_version(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    instrument: FromPath[str],
) -> Response[str] | Redirect:
    """Write the next version, or a draft anew, as it stands in a file."""
    form = await form_of(request)
    number = form.number("number") or 1
    file = form.file("datei")
    content = await file.read() if file else b""
    headers = {"Content-Type": "application/json", "If-Match": f'"{form.seen or 0}"'}
    path = f"{api_path(instrument)}/versions/{number}"
    try:
        await inside.ask(request, "PUT", path, content=content, headers=headers)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_one(request, inside, pages, instrument, wrong=wrong, refusal=refusal)
    return Redirect(f"{HERE}/{instrument}/{number}", status_code=303)


@get(VERSION, opt=AREA)
async def show_version(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    instrument: FromPath[str],
    number: FromPath[int],
    ab: After = None,
) -> Response[str]:
    """One version, whole, with what can be done with it."""
    return await _show_version(request, inside, pages, instrument, number, recorded=ab)


@post(f"{VERSION}/{{step:str}}", opt=AREA)
async def take_step(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    instrument: FromPath[str],
    number: FromPath[int],
    step: FromPath[str],
) -> Response[str] | Redirect:
    """Submit, approve, give back or retire the version."""
    form = await form_of(request)
    body = {
        "genehmigen": {"digest": form.text("digest")},
        "zurueckgeben": {"reason": form.text("reason")},
        "ausser-gebrauch": {"reason": form.text("reason")},
    }.get(step)
    path = f"{api_path(instrument)}/versions/{number}/{quote(STEPS.get(step, step), safe='')}"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_version(
            request, inside, pages, instrument, number, form=form, wrong=wrong
        )
    page = f"{HERE}/{instrument}/{number}?ab={decision.position}"
    return Redirect(page, status_code=303)


@get(f"{VERSION}/guete", opt=AREA)
async def show_statistics(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    instrument: FromPath[str],
    number: FromPath[int],
    runde: FromQuery[UUID],
) -> Response[str]:
    """How well the version measured in a round; what to be careful about comes first."""
    path = f"{api_path(instrument)}/versions/{number}"
    version = await inside.read(request, path, VersionView)
    return await pages.show(
        request,
        "assessments/statistics.html",
        version=version,
        titles={part.key: part.title for part in version.definition.parts},
        statistics=await inside.read(request, f"{path}/statistics", StatisticsView, round=runde),
    )


def api_path(instrument: str) -> str:
    return f"/instruments/{quote(instrument, safe='')}"


async def _show_all(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    found = inside.items(request, "/instruments", InstrumentSummary, at_least=recorded)
    return await pages.show(
        request,
        "assessments/instruments.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        instruments=[one async for one in found],
        form=form,
        wrong=wrong,
        recorded=recorded,
    )


async def _show_one(
    request: Visit,
    inside: Inside,
    pages: Pages,
    instrument: str,
    *,
    wrong: Wrong | None = None,
    refusal: Refusal | None = None,
    recorded: int | None = None,
) -> Response[str]:
    this = await inside.read(request, api_path(instrument), InstrumentView)
    drafts = [one.number for one in this.versions if one.state == "drafted"]
    return await pages.show(
        request,
        "assessments/instrument.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        this=this,
        next_number=drafts[0] if drafts else len(this.versions) + 1,
        is_draft=bool(drafts),
        wrong=wrong,
        faults=refusal.problem.errors if refusal else (),
        recorded=recorded,
    )


async def _show_version(
    request: Visit,
    inside: Inside,
    pages: Pages,
    instrument: str,
    number: int,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    path = api_path(instrument)
    rounds = await inside.read(request, "/rounds", Page[RoundSummary], limit=200)
    return await pages.show(
        request,
        "assessments/version.html",
        status=wrong.status if wrong else 200,
        viewer=viewer_of(request),
        this=await inside.read(request, path, InstrumentView),
        version=await inside.read(request, f"{path}/versions/{number}", VersionView),
        measures={
            measure.key: measure.name
            for measure in await inside.read(request, "/measures", list[MeasureView])
        },
        used_in=[
            one
            for one in rounds.items
            if (one.instrument, one.instrument_version) == (instrument, number)
            and one.stage in {"released", "compared"}
        ],
        form=form,
        wrong=wrong,
        recorded=recorded,
    )
