"""A forgotten password: a link is mailed, and the answer says nothing about who exists."""

from litestar import get, post
from litestar.di import NamedDependency

from services.identity.recovery import Recovery
from services.web.door import OPEN
from services.web.forms import form_of
from services.web.oidc.browser import visitor_of
from services.web.rendering import Pages
from services.web.sign_in.answers import FORGET, Answer, AnyVisit

FORGOTTEN = "/anmelden/vergessen"


@get(FORGOTTEN, opt=OPEN)
async def show_forgotten(request: AnyVisit, pages: NamedDependency[Pages]) -> Answer:
    """Where one says for which address."""
    return await pages.show(request, "sign_in/forgotten.html", headers=FORGET)


@post(FORGOTTEN, opt=OPEN)
async def ask_for_reset(
    request: AnyVisit, pages: NamedDependency[Pages], recovery: NamedDependency[Recovery]
) -> Answer:
    """Mail a link if somebody has this address."""
    form = await form_of(request)
    await recovery.forgotten(form.text("address"), visitor_of(request))
    return await pages.show(request, "sign_in/sent.html", headers=FORGET, what="reset")
