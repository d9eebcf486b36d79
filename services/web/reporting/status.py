"""The page of a report, for whoever has its secret link: how it stands, and what they can do."""

from http import HTTPStatus

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

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
DONE = frozenset({"geaendert", "beantwortet", "zurueckgezogen"})


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
    return await _do(desk, token, "answer", {"text": text}, "beantwortet", typed=text)


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


async def _do(
    desk: Desk, token: str, what: str, body: object, done: str, *, typed: str = ""
) -> Answer:
    key = (await form_of(desk.request)).key
    try:
        await desk.ask("POST", f"/reports/own/{what}", body, link=token, key=key)
    except Refusal as refusal:
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            return await _unknown(desk, refusal)
        return await _show(desk, token, wrong=Wrong.of(refusal), typed=typed)
    return desk.go(f"/meldung/{token}", getan=done)


async def _show(desk: Desk, token: str, *, wrong: Wrong | None = None, typed: str = "") -> Answer:
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
        typed=typed,
        done=done if done in DONE else "",
        is_open=own.stage not in ENDED,
        question=own.questions[-1].question if own.is_asked and own.questions else "",
    )


def _content(own: OwnReport) -> Content:
    parts = {name: getattr(own, name) for name in ("company", "contact", "need", "remark")}
    return msgspec.to_builtins(parts)


async def _unknown(desk: Desk, refusal: Refusal) -> Answer:
    """Raises what is no matter of the link."""
    if refusal.status != HTTPStatus.UNAUTHORIZED:
        raise refusal
    return await desk.show("unknown.html", headers=SECRET, status=HTTPStatus.GONE)
