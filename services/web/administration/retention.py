"""Retention: whose data are to be erased, what the archive said, what holds it up."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from domain.kernel import Role
from domain.retention.classes import RetentionClass
from services.api.finding_views import FindingView
from services.api.pages import Page
from services.api.retention_views import CaseSummary, CaseView
from services.web.administration.answers import (
    ADMINISTRATION,
    HOME,
    Cursor,
    Deed,
    Done,
    go_on,
    has_role,
    municipality_names,
)
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

RETENTION = f"{HOME}/aufbewahrung"
CASE = f"{RETENTION}/{{person:uuid}}"

STAGES = ("proposed", "offered", "answered", "withdrawn", "confirmed", "erased")

Stage = Annotated[str, QueryParameter(name="stand", max_length=32, required=False)]

Body = Callable[[Form], Mapping[str, Any] | None]


def _with_reason(form: Form) -> Mapping[str, Any]:
    return {"reason": form.text("reason")}


def _with_reference(form: Form) -> Mapping[str, Any]:
    return {"reference": form.text("reference")}


STEPS: Mapping[str, tuple[str, Deed, Body]] = {
    "vorschlag": ("proposal", Deed.PROPOSED, lambda _: None),
    "angebot": ("offer", Deed.OFFERED, _with_reference),
    "antwort": (
        "archive-answer",
        Deed.ANSWERED,
        lambda form: {"answer": form.text("answer"), **_with_reference(form)},
    ),
    "zurueckstellung": (
        "postponement",
        Deed.POSTPONED,
        lambda form: {"until": form.text("until"), **_with_reason(form)},
    ),
    "ruecknahme": ("withdrawal", Deed.WITHDRAWN, _with_reason),
    "loeschung": ("confirmation", Deed.ERASED, lambda _: None),
}
"""Each step by the last part of its address: the API's, what is said afterwards, and its body."""


@get(RETENTION, opt=ADMINISTRATION)
async def list_cases(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    stage: Stage = "",
    cursor: Cursor = None,
    after: After = None,
) -> Response[str]:
    """The cases, those longest due first, and the classes in force."""
    found = await inside.read(
        request,
        "/retention/cases",
        Page[CaseSummary],
        stage=stage if stage in STAGES else None,
        cursor=cursor,
        at_least=after,
    )
    return await pages.show(
        request,
        "administration/retention.html",
        cases=found.items,
        next=found.next,
        stages=STAGES,
        stage=stage,
        classes=await inside.read(request, "/retention/classes", list[RetentionClass]),
    )


@get(CASE, opt=ADMINISTRATION)
async def show_case(
    request: Visit,
    person: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    done: Done = None,
) -> Response[str]:
    """One case: where it stands, what can be done, and what happened."""
    return await _show(request, inside, pages, person, done=done)


@get(f"{CASE}/loeschung", opt=ADMINISTRATION)
async def confirm_erasure(
    request: Visit,
    person: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """Say what the erasure does, before it is done for ever."""
    case = await _case(request, inside, person)
    seen_in = await _seen_in(request, inside, case)
    return await pages.show(request, "administration/erasure.html", case=case, seen_in=seen_in)


@post(f"{CASE}/sperre", opt=ADMINISTRATION)
async def place_hold(
    request: Visit,
    person: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Let nothing of the person be erased for now."""
    form = await form_of(request)
    path = f"/subjects/{person}/holds"
    return await _decide(request, inside, pages, person, form, path=path, done=Deed.HELD)


@post(f"{CASE}/sperre/{{hold:uuid}}/aufheben", opt=ADMINISTRATION)
async def lift_hold(
    request: Visit,
    person: FromPath[UUID],
    hold: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Lift this hold; others stay."""
    form = await form_of(request)
    path = f"/subjects/{person}/holds/{hold}/lifting"
    return await _decide(request, inside, pages, person, form, path=path, done=Deed.LIFTED)


@post(f"{CASE}/loeschung", opt=ADMINISTRATION)
async def erase(
    request: Visit,
    person: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Erase for ever."""
    return await _take(request, inside, pages, person, "loeschung")


@post(f"{CASE}/{{step:str}}", opt=ADMINISTRATION)
async def take_step(
    request: Visit,
    person: FromPath[UUID],
    step: FromPath[str],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Take a step of the case as it was seen."""
    if step not in STEPS:
        raise NotFoundException
    return await _take(request, inside, pages, person, step)


@get(f"{CASE}/ausfuhr", opt=ADMINISTRATION)
async def export_file(
    request: Visit, person: FromPath[UUID], inside: NamedDependency[Inside]
) -> Response[bytes]:
    """The file as the archive is given it, to save."""
    answer = await inside.ask(request, "GET", f"/retention/cases/{person}/export")
    name = f'attachment; filename="akte-{person}.json"'
    return Response(
        answer.content,
        media_type="application/json",
        headers={"Content-Disposition": name, "Cache-Control": "no-store"},
    )


async def _take(
    request: Visit, inside: Inside, pages: Pages, person: UUID, step: str
) -> Response[str] | Redirect:
    name, done, body = STEPS[step]
    form = await form_of(request)
    path = f"/retention/cases/{person}/{name}"
    try:
        decision = await inside.decide(
            request, "POST", path, body(form), key=form.key, seen=form.seen
        )
    except Refusal as refusal:
        return await _show(request, inside, pages, person, form=form, wrong=Wrong.of(refusal))
    return go_on(f"{RETENTION}/{person}", decision, done)


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    person: UUID,
    form: Form,
    *,
    path: str,
    done: Deed,
) -> Response[str] | Redirect:
    try:
        decision = await inside.decide(request, "POST", path, _with_reason(form), key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, person, form=form, wrong=Wrong.of(refusal))
    return go_on(f"{RETENTION}/{person}", decision, done)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    person: UUID,
    *,
    form: Form | None = None,
    done: Deed | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    now = datetime.now(UTC)
    case = await _case(request, inside, person)
    return await pages.show(
        request,
        "administration/case.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        case=case,
        seen_in=await _seen_in(request, inside, case),
        form=form or Form({}, {}),
        is_administrator=has_role(request.user, Role.ADMINISTRATOR, now),
        done=done,
        wrong=wrong,
    )


async def _case(request: Visit, inside: Inside, person: UUID) -> CaseView:
    """From the log itself, so it is never out of date."""
    return await inside.read(request, f"/retention/cases/{person}", CaseView)


async def _seen_in(request: Visit, inside: Inside, case: CaseView) -> str:
    """The municipality, if it is the file of a finding; empty if it is that of a person."""
    if case.name:
        return ""
    try:
        finding = await inside.read(request, f"/findings/{case.person}", FindingView)
    except Refusal:
        return ""
    names = await municipality_names(inside, request)
    return names.get(finding.municipality, finding.municipality)
