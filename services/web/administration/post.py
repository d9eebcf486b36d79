"""The mails: which wait, which could not be delivered, and what is done about them."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.api.mail import MailSummary, MailText, MailView
from services.api.pages import Page
from services.mail.overseeing import State
from services.web.administration.answers import ADMINISTRATION, HOME, Cursor, Deed, Done, see
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

POST = f"{HOME}/post"

InState = Annotated[str, QueryParameter(name="stand", max_length=32, required=False)]


@get(POST, opt=ADMINISTRATION)
async def list_mail(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    chosen: InState = "",
    cursor: Cursor = None,
    done: Done = None,
) -> Response[str]:
    """How the mails fare, and the mails, the latest first."""
    known = chosen if chosen in list(State) else None
    found = await inside.read(request, "/mail", Page[MailView], state=known, cursor=cursor)
    return await pages.show(
        request,
        "administration/mails.html",
        mails=found.items,
        next=found.next,
        summary=await inside.read(request, "/mail/summary", MailSummary),
        states=list(State),
        state=chosen,
        done=done,
    )


@get(f"{POST}/{{mail:uuid}}", opt=ADMINISTRATION)
async def show_mail(
    request: Visit,
    mail: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """What one says, without its links, and what can be done with it."""
    return await _show(request, inside, pages, mail, None)


@post(f"{POST}/{{mail:uuid}}/noch-einmal", opt=ADMINISTRATION)
async def retry_mail(
    request: Visit,
    mail: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Send it now."""
    try:
        await inside.ask(request, "POST", f"/mail/{mail}/retry")
    except Refusal as refusal:
        return await _show(request, inside, pages, mail, Wrong.of(refusal))
    return see(f"{POST}?getan={Deed.RETRIED}")


@post(f"{POST}/{{mail:uuid}}/verwerfen", opt=ADMINISTRATION)
async def discard_mail(
    request: Visit,
    mail: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Never send it."""
    form = await form_of(request)
    body = {"reason": form.text("reason")}
    try:
        await inside.ask(request, "POST", f"/mail/{mail}/discard", body=body)
    except Refusal as refusal:
        return await _show(request, inside, pages, mail, Wrong.of(refusal))
    return see(f"{POST}?getan={Deed.DISCARDED}")


async def _show(
    request: Visit, inside: Inside, pages: Pages, mail: UUID, wrong: Wrong | None
) -> Response[str]:
    return await pages.show(
        request,
        "administration/mail.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        letter=await inside.read(request, f"/mail/{mail}", MailText),
        wrong=wrong,
    )
