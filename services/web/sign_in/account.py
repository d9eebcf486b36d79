"""One's own account: who one is here, where one is signed in, mail and password."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from services.api.directory import Me, OrganisationView
from services.api.mail import MailChoice
from services.identity.breached import BreachedPasswords
from services.identity.entrance import Entrance
from services.identity.security_log import Happening
from services.mail.kinds import Rhythm
from services.settings import Settings
from services.web.door import WITHOUT_FACTOR
from services.web.forms import Wrong, form_of
from services.web.frame import name_shown
from services.web.inside import Inside, Visit
from services.web.oidc.browser import visitor_of
from services.web.rendering import Pages
from services.web.sign_in.answers import (
    FORGET,
    Answer,
    ended_session,
    moved,
)
from services.web.sign_in.links import wrong_pair
from services.web.sign_in.own import ACCOUNT, OWN, account_of, renewed, unconfirmed

PASSWORD = f"{ACCOUNT}/passwort"

DONE = frozenset({"passwort", "aus", "sitzung", "post"})
"""What may have been done just before; each has a text `sign_in.account.done.…`."""

Given = Annotated[str, QueryParameter(max_length=100, required=False)]


@get(ACCOUNT, opt=OWN)
async def show_account(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    entrance: NamedDependency[Entrance],
    fertig: Given = "",
) -> Answer:
    """Everything about one's own account. `fertig`: what was done just before."""
    account = account_of(request)
    me = await inside.read(request, "/me", Me)
    organisations = await inside.read(request, "/organisations", list[OrganisationView])
    return await pages.show(
        request,
        "sign_in/account.html",
        headers=FORGET,
        me=me,
        name=name_shown(me.name),
        address=await entrance.addresses.address_of(account),
        organisations={one.key: one.name for one in organisations},
        sessions=await entrance.sessions.open_sessions(account, visitor_of(request).at),
        here=request.auth.id,
        password_since=await entrance.passwords.changed_at(account),
        factor_is_on=await entrance.factors.is_on(account),
        codes_left=await entrance.factors.left(account),
        mail=await inside.read(request, "/me/mail", MailChoice),
        rhythms=[rhythm.value for rhythm in Rhythm],
        done=fertig if fertig in DONE else "",
    )


@post(f"{ACCOUNT}/post", opt=OWN)
async def choose_mail(request: Visit, inside: NamedDependency[Inside]) -> Answer:
    """Choose when one is told by mail, and in which language."""
    form = await form_of(request)
    choice = {"rhythm": form.text("rhythm"), "language": form.text("language")}
    await inside.ask(request, "PUT", "/me/mail", body=choice)
    return moved(f"{ACCOUNT}?fertig=post")


@post(f"{ACCOUNT}/sitzungen/{{session_id:uuid}}/ende", opt=OWN)
async def end_session(
    request: Visit, session_id: FromPath[UUID], entrance: NamedDependency[Entrance]
) -> Answer:
    """End one of one's own sessions."""
    account, visitor = account_of(request), visitor_of(request)
    if await entrance.sessions.end_own(account, session_id, visitor.at):
        await entrance.log.note(Happening.SESSION_ENDED, visitor, account=account)
    return moved(f"{ACCOUNT}?fertig=sitzung")


@post(f"{ACCOUNT}/sitzungen/ende", opt=OWN)
async def end_sessions(
    request: Visit,
    entrance: NamedDependency[Entrance],
    settings: NamedDependency[Settings],
) -> Answer:
    """End all of one's own sessions, this one too."""
    account, visitor = account_of(request), visitor_of(request)
    await entrance.sessions.end_all(account, visitor.at)
    await entrance.log.note(Happening.ALL_SESSIONS_ENDED, visitor, account=account)
    return moved("/abgemeldet", ended_session(settings))


@get(PASSWORD, opt={**OWN, **WITHOUT_FACTOR})
async def show_password(
    request: Visit, pages: NamedDependency[Pages], entrance: NamedDependency[Entrance]
) -> Answer:
    """Where one sets or changes the password."""
    return await _show_password(request, pages, entrance)


@post(PASSWORD, opt={**OWN, **WITHOUT_FACTOR})
async def set_password(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
    breached: NamedDependency[BreachedPasswords | None],
) -> Answer:
    """Set it. Whoever has one has to type it; all other sessions end, and this one is renewed."""
    account, form = account_of(request), await form_of(request)
    wrong = await unconfirmed(request, form, entrance)
    if wrong is None:
        me = await inside.read(request, "/me", Me)
        address = await entrance.addresses.address_of(account)
        known = [name_shown(me.name), address or ""]
        wrong = await wrong_pair(request, form, known, breached)
    if wrong is not None:
        return await _show_password(request, pages, entrance, wrong)
    session = request.auth.id
    await entrance.change_password(
        account, form.exact("password"), visitor_of(request), staying=session
    )
    return await renewed(request, entrance, settings, "passwort")


async def _show_password(
    request: Visit, pages: Pages, entrance: Entrance, wrong: Wrong | None = None
) -> Answer:
    since = await entrance.passwords.changed_at(account_of(request))
    return await pages.show(
        request,
        "sign_in/password.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        headers=FORGET,
        has_one=since is not None,
        wrong=wrong,
    )
