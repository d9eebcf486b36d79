"""The page of a report, for whoever has its secret link: how it stands, and what they can do."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.api.company_own_pool_view import OwnStanding
from services.api.company_own_view import OwnReport
from services.settings import Settings
from services.web.door import OPEN
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal
from services.web.rendering import Pages
from services.web.reporting.content import Content, answers_of
from services.web.reporting.form import show_changes
from services.web.reporting.showing import SECRET, Answer, AnyVisit, Desk
from services.web.sign_in.links import Token

PAGE = "/meldung/{token:str}"
ENDED = frozenset({"closed", "withdrawn"})
BEFORE_A_COURSE = frozenset({"acknowledged", "triaged", "referred", "answered"})
ITS_OWN = frozenset({OwnStanding.ASKED, OwnStanding.FORMED})
"""So a shared course has a headline of its own."""
NO_REPORT: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "unknown.html",
    HTTPStatus.GONE: "erased.html",
}
"""The page for a link that opens nothing: there never was such a report, or it was erased."""
DONE = frozenset({"geaendert", "beantwortet", "zurueckgezogen", "zugestimmt", "abgesagt"})


@get(PAGE, opt=OPEN)
async def show_status(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Who has it now and until when, what was asked and answered."""
    return await _show(Desk(request, pages, inside, settings), token)


@get(f"{PAGE}/aendern", opt=OPEN)
async def begin_change(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """All that was reported, each part leading back to its questions."""
    desk = Desk(request, pages, inside, settings)
    try:
        own = await desk.read("/reports/own", OwnReport, link=token)
    except Refusal as refusal:
        return await _unknown(desk, refusal)
    return await show_changes(desk, answers_of(_content(own)), token)


@post(f"{PAGE}/antwort", opt=OPEN)
async def answer_question(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Answer what the coordination has asked."""
    text = (await form_of(request)).text("text")
    desk = Desk(request, pages, inside, settings)
    return await _do(desk, token, "answer", {"text": text}, "beantwortet")


@post(f"{PAGE}/rueckzug", opt=OPEN)
async def withdraw(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Withdraw it. Whoever needs courses after all reports anew."""
    reason = (await form_of(request)).text("reason")
    desk = Desk(request, pages, inside, settings)
    return await _do(desk, token, "withdrawal", {"reason": reason}, "zurueckgezogen")


@post(f"{PAGE}/kurs/{{pool_id:uuid}}/zustimmung", opt=OPEN)
async def join_course(
    request: AnyVisit,
    token: Token,
    pool_id: FromPath[UUID],
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Take part in a course with other companies, and let them know of it once all agreed."""
    desk = Desk(request, pages, inside, settings)
    if not (await form_of(request)).text("einverstanden"):
        return await _show(desk, token, wrong=_without_consent(desk))
    return await _do(desk, token, f"pools/{pool_id}/agreement", None, "zugestimmt")


@post(f"{PAGE}/kurs/{{pool_id:uuid}}/absage", opt=OPEN)
async def decline_course(
    request: AnyVisit,
    token: Token,
    pool_id: FromPath[UUID],
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Not take part, or take the agreement back while the course is not certain."""
    because = (await form_of(request)).text("because")
    desk = Desk(request, pages, inside, settings)
    body = {"because": because}
    return await _do(desk, token, f"pools/{pool_id}/refusal", body, "abgesagt")


def _without_consent(desk: Desk) -> Wrong:
    return Wrong(
        title=desk.tongue.say("reporting.pool.consent_missing"),
        detail=desk.tongue.say("reporting.pool.consent_why"),
        code="",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        fields={},
    )


async def _do(
    desk: Desk, token: str, what: str, body: Mapping[str, str] | None, done: str
) -> Answer:
    key = (await form_of(desk.request)).key
    try:
        await desk.ask("POST", f"/reports/own/{what}", body, link=token, key=key)
    except Refusal as refusal:
        if refusal.status in NO_REPORT:
            return await _unknown(desk, refusal)
        return await _show(desk, token, wrong=Wrong.of(refusal), typed=body)
    return desk.go(f"/meldung/{token}", getan=done)


async def _show(
    desk: Desk,
    token: str,
    *,
    wrong: Wrong | None = None,
    typed: Mapping[str, str] | None = None,
) -> Answer:
    try:
        own = await desk.read("/reports/own", OwnReport, link=token)
    except Refusal as refusal:
        return await _unknown(desk, refusal)
    done = desk.request.query_params.get("getan", "")
    return await desk.show(
        "status.html",
        wrong=wrong,
        headers=SECRET,
        own=own,
        token=token,
        typed=typed or {},
        done=done if done in DONE else "",
        is_open=own.stage not in ENDED,
        headline=_headline(desk, own),
        question=own.questions[-1].question if own.is_asked and own.questions else "",
    )


def _headline(desk: Desk, own: OwnReport) -> str:
    """The stage, or what a shared course asks or brings while no course has begun."""
    if own.pool is not None and own.pool.standing in ITS_OWN and own.stage in BEFORE_A_COURSE:
        return desk.tongue.say(f"reporting.pool.headline.{own.pool.standing}")
    return desk.tongue.say(f"reporting.stage.{own.stage}")


def _content(own: OwnReport) -> Content:
    parts = {name: getattr(own, name) for name in ("company", "contact", "need", "remark")}
    return msgspec.to_builtins(parts)


async def _unknown(desk: Desk, refusal: Refusal) -> Answer:
    """Raises what is no matter of the link."""
    template = NO_REPORT.get(refusal.status)
    if template is None:
        raise refusal
    return await desk.show(template, headers=SECRET, status=HTTPStatus.GONE)
