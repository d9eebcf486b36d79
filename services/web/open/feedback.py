"""Feedback: a form for everybody, and its list for administrators."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID, uuid4

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.api.pages import Page
from services.feedback import Feedback, FeedbackKind, KeptReport, Report
from services.identity.areas import Area
from services.texts import problem
from services.web.door import OPEN, for_area, inner_path
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Visit
from services.web.language import language_of
from services.web.oidc.browser import visitor_of
from services.web.rendering import Pages
from services.web.texts import say

LONGEST_TEXT = 5_000
LONGEST_LINE = 254
LISTED = "/verwaltung/rueckmeldungen"

Given = Annotated[str, QueryParameter(max_length=400, required=False)]


@get("/rueckmeldung", opt=OPEN)
async def show_feedback(
    request: Request[Any, Any, Any], pages: NamedDependency[Pages], seite: Given = ""
) -> Response[str]:
    """The form. `seite`: the page it is about; without it, the one the person came from."""
    typed = {"kind": "", "page": inner_path(seite, ""), "text": "", "address": ""}
    return await pages.show(
        request, "open/feedback.html", typed=typed, wrong=None, kinds=list(FeedbackKind)
    )


@post("/rueckmeldung", opt=OPEN)
async def send_feedback(
    request: Request[Any, Any, Any],
    pages: NamedDependency[Pages],
    feedback: NamedDependency[Feedback],
) -> Response[str] | Redirect:
    """Take the report in, within limits."""
    form = await form_of(request)
    wrong = _wrong(request, form)
    if wrong is None:
        report = Report(
            id=_id(form),
            kind=FeedbackKind(form.text("kind")),
            page=form.text("page"),
            text=form.text("text"),
            address=form.text("address"),
        )
        if await feedback.take(report, visitor_of(request)):
            return Redirect("/rueckmeldung/danke", status_code=303)
        wrong = _too_often(request)
    typed = {name: form.text(name) for name in ("kind", "page", "text", "address")}
    return await pages.show(
        request,
        "open/feedback.html",
        status=wrong.status,
        typed=typed,
        wrong=wrong,
        kinds=list(FeedbackKind),
    )


@get("/rueckmeldung/danke", opt=OPEN)
async def thank(request: Request[Any, Any, Any], pages: NamedDependency[Pages]) -> Response[str]:
    """It arrived, and what happens now."""
    return await pages.show(request, "open/thanks.html")


@get(LISTED, opt=for_area(Area.ADMINISTRATION))
async def list_feedback(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    weiter: Given = "",
) -> Response[str]:
    """What was reported, the newest first."""
    found = await inside.read(request, "/feedback", Page[KeptReport], cursor=weiter or None)
    waiting = sum(report.done_at is None for report in found.items)
    return await pages.show(
        request, "open/reports.html", reports=found.items, next=found.next, waiting=waiting
    )


@post(f"{LISTED}/{{report:uuid}}/erledigt", opt=for_area(Area.ADMINISTRATION))
async def complete_feedback(
    request: Visit, inside: NamedDependency[Inside], report: FromPath[UUID]
) -> Redirect:
    """Mark one as done."""
    await inside.ask(request, "POST", f"/feedback/{report}/completion")
    return Redirect(LISTED, status_code=303)


def _id(form: Form) -> UUID:
    """The same for the same form sent twice."""
    try:
        return UUID(form.key)
    except ValueError:
        return uuid4()


def _wrong(request: Request[Any, Any, Any], form: Form) -> Wrong | None:
    """What is missing or too long."""
    language = language_of(request)
    fields: dict[str, str] = {}
    if form.text("kind") not in set(FeedbackKind):
        fields["kind"] = say("open.feedback.kind_missing", language, {})
    text, address = form.text("text"), form.text("address")
    if not text:
        fields["text"] = say("open.feedback.text_missing", language, {})
    if len(text) > LONGEST_TEXT or "\x00" in text:
        fields["text"] = say("open.feedback.text_too_long", language, {"most": LONGEST_TEXT})
    is_address = not address or ("@" in address[1:-1] and not any(c.isspace() for c in address))
    if not is_address or len(address) > LONGEST_LINE or "\x00" in address:
        fields["address"] = say("open.feedback.address_wrong", language, {})
    if len(form.text("page")) > LONGEST_LINE or "\x00" in form.text("page"):
        fields["page"] = say("open.feedback.page_wrong", language, {})
    if not fields:
        return None
    return _refused(request, "request.invalid", HTTPStatus.UNPROCESSABLE_ENTITY, fields)


def _too_often(request: Request[Any, Any, Any]) -> Wrong:
    return _refused(request, "page.too-often", HTTPStatus.TOO_MANY_REQUESTS, {})


def _refused(
    request: Request[Any, Any, Any], code: str, status: HTTPStatus, fields: Mapping[str, str]
) -> Wrong:
    text = problem(code, language_of(request), {})
    return Wrong(title=text.title, detail=text.detail, code=code, status=status, fields=fields)
