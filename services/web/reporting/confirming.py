"""After the form: the mail is on its way, its link confirms, and a lost link comes again."""

from http import HTTPStatus

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from services.api.company_intake import ReportConfirmed
from services.settings import Settings
from services.web.door import OPEN
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal
from services.web.rendering import Pages
from services.web.reporting.form import SENT
from services.web.reporting.showing import SECRET, Answer, AnyVisit, Desk
from services.web.sign_in.links import Token

LINK = "/melden/link"


@get(SENT, opt=OPEN)
async def show_sent(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """What happens now."""
    return await Desk(request, pages, inside, settings).show("sent.html")


@get("/melden/bestaetigen/{token:str}", opt=OPEN)
async def show_confirmation(
    request: AnyVisit,
    token: Token,  # noqa: ARG001 (the form on the page is sent to the same address)
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """A button: programs that look through mails open links, and confirm nothing by it."""
    return await Desk(request, pages, inside, settings).show("confirm.html", headers=SECRET)


@post("/melden/bestaetigen/{token:str}", opt=OPEN, status_code=HTTPStatus.OK)
async def confirm(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """The report is in the record, and this is its link. The same again, if sent again."""
    desk = Desk(request, pages, inside, settings)
    try:
        answer = await desk.ask("POST", "/reports/confirmation", {"token": token})
    except Refusal as refusal:
        if refusal.status != HTTPStatus.NOT_FOUND:
            raise
        return await desk.show("old_link.html", headers=SECRET, status=HTTPStatus.GONE)
    done = msgspec.json.decode(answer.content, type=ReportConfirmed)
    return await desk.show("confirmed.html", headers=SECRET, done=done)


@get(LINK, opt=OPEN)
async def show_lost(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Where whoever lost the link asks for another."""
    desk = Desk(request, pages, inside, settings)
    return await desk.show("lost.html", typed={"reference": "", "email": ""})


@post(LINK, opt=OPEN, status_code=HTTPStatus.OK)
async def send_again(
    request: AnyVisit,
    pages: NamedDependency[Pages],
    inside: NamedDependency[Inside],
    settings: NamedDependency[Settings],
) -> Answer:
    """Mail it; the answer does not say whether there is such a report."""
    desk = Desk(request, pages, inside, settings)
    form = await form_of(request)
    typed = {name: form.text(name) for name in ("reference", "email")}
    try:
        await desk.ask("POST", "/reports/link", typed)
    except Refusal as refusal:
        return await desk.show("lost.html", typed=typed, wrong=Wrong.of(refusal))
    return await desk.show("link_sent.html")
