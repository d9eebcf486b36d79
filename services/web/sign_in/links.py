"""Links that let in once: looking at one does nothing, so that mail scanners do no harm."""

import asyncio
from http import HTTPStatus
from typing import Annotated, TypeAlias

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import PathParameter

from domain.kernel import Erased
from services.eventstore.database import Pool
from services.eventstore.store import EventStore
from services.history import account_names
from services.identity.addresses import AddressBook
from services.identity.breached import BreachedPasswords
from services.identity.entrance import BY_LINK, Admitted, CodeWanted, Entrance
from services.identity.links import Link, Purpose
from services.identity.recovery import MAILED, Recovery
from services.identity.weakness import weakness
from services.settings import Settings
from services.web.door import OPEN, SIGN_IN
from services.web.forms import Form, Wrong, form_of
from services.web.language import language_of
from services.web.oidc.browser import visitor_of
from services.web.rendering import Pages
from services.web.sign_in.answers import (
    FORGET,
    Answer,
    AnyVisit,
    enter,
    moved,
    weak,
    wrong_field,
)
from services.web.texts import say

Token: TypeAlias = Annotated[str, PathParameter(min_length=1, max_length=200)]


class Doorplate:
    """Whose a link is, and what else must not be in their password."""

    def __init__(self, pool: Pool, store: EventStore, addresses: AddressBook) -> None:
        self._pool = pool
        self._store = store
        self._addresses = addresses

    async def name_of(self, link: Link) -> str:
        """The person's name; empty if there is none any more."""
        position = await self._pool.fetchval(
            "select position from account where id = $1", link.account
        )
        names = await account_names(self._store, [position] if position is not None else [])
        name = names.get(str(link.account), "")
        return "" if isinstance(name, Erased) else name

    async def known_of(self, link: Link) -> list[str]:
        """Name and address."""
        return [await self.name_of(link), await self._addresses.address_of(link.account) or ""]


@get("/anmelden/link/{token:str}", opt=OPEN)
async def show_link(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    entrance: NamedDependency[Entrance],
    doorplate: NamedDependency[Doorplate],
) -> Answer:
    """What the link is for, and a button."""
    link = await entrance.links.look(token, visitor_of(request).at)
    if link is None or not link.is_good:
        return await _show_old(request, pages, link)
    if link.purpose is Purpose.PASSWORD_RESET:
        return await _show_reset(request, pages)
    if link.purpose not in BY_LINK:
        return await _show_old(request, pages, None)
    return await pages.show(
        request,
        "sign_in/link.html",
        headers=FORGET,
        name=await doorplate.name_of(link),
        purpose=link.purpose.value,
        until=link.expires_at,
    )


@post("/anmelden/link/{token:str}", opt=OPEN)
async def use_link(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
    doorplate: NamedDependency[Doorplate],
    breached: NamedDependency[BreachedPasswords | None],
) -> Answer:
    """Use it, once: sign in, or set a new password."""
    visitor = visitor_of(request)
    link = await entrance.links.look(token, visitor.at)
    if link is not None and link.is_good and link.purpose is Purpose.PASSWORD_RESET:
        form = await form_of(request)
        wrong = await wrong_pair(request, form, await doorplate.known_of(link), breached)
        if wrong is not None:
            return await _show_reset(request, pages, wrong)
        if await entrance.reset_password(token, form.exact("password"), visitor):
            return moved(f"{SIGN_IN}?neu=ja")
        return await _show_old(request, pages, link)
    outcome = await entrance.by_link(token, visitor)
    if isinstance(outcome, Admitted | CodeWanted):
        return await enter(request, outcome, entrance, settings)
    return await _show_old(request, pages, await entrance.links.look(token, visitor.at))


@post("/anmelden/link/{token:str}/neu", opt=OPEN)
async def ask_again(
    request: AnyVisit,
    token: Token,
    pages: NamedDependency[Pages],
    recovery: NamedDependency[Recovery],
) -> Answer:
    """Mail another one to the same address, which is not shown."""
    await recovery.again(token, visitor_of(request))
    return await pages.show(request, "sign_in/sent.html", headers=FORGET, what="link")


async def wrong_pair(
    request: AnyVisit, form: Form, known: list[str], breached: BreachedPasswords | None
) -> Wrong | None:
    """Why a new password, typed twice, is not taken; None if it is."""
    language = language_of(request)
    password = form.exact("password")
    if found := await asyncio.to_thread(weakness, password, known, breached):
        return weak(found, language)
    if form.exact("again") != password:
        return wrong_field("again", say("sign_in.weak.not-the-same", language, {}), language)
    return None


async def _show_reset(request: AnyVisit, pages: Pages, wrong: Wrong | None = None) -> Answer:
    return await pages.show(
        request,
        "sign_in/reset.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        headers=FORGET,
        wrong=wrong,
    )


async def _show_old(request: AnyVisit, pages: Pages, link: Link | None) -> Answer:
    """It is over, was used, or never was. Another one is mailed to whoever had this one."""
    can_ask = link is not None and link.purpose in MAILED
    return await pages.show(
        request,
        "sign_in/old_link.html",
        status=HTTPStatus.GONE,
        headers=FORGET,
        again=f"{request.url.path.removesuffix('/')}/neu" if can_ask else None,
    )
