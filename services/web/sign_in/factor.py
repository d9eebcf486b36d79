"""One's own second factor: set it up, get other recovery codes, switch it off."""

from http import HTTPStatus
from typing import Annotated

import segno
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from services.identity.entrance import Entrance
from services.identity.security_log import Happening
from services.identity.totp import provisioning_address
from services.settings import Settings
from services.web.door import FACTOR, WITHOUT_FACTOR, inner_path
from services.web.forms import Wrong, form_of
from services.web.inside import Visit
from services.web.language import language_of
from services.web.oidc.browser import session_cookie, visitor_of
from services.web.rendering import Pages
from services.web.sign_in.answers import FORGET, Answer, moved, wrong_field
from services.web.sign_in.own import ACCOUNT, OWN, account_of, renewed, unconfirmed
from services.web.texts import say

Given = Annotated[str, QueryParameter(max_length=4_000, required=False)]


@get(FACTOR, opt={**OWN, **WITHOUT_FACTOR})
async def show_factor(
    request: Visit,
    pages: NamedDependency[Pages],
    entrance: NamedDependency[Entrance],
    weiter: Given = "",
) -> Answer:
    """Where one switches it on or off. `weiter`: the page that has to wait for it."""
    return await _show(request, pages, entrance, weiter)


@post(f"{FACTOR}/ein", opt={**OWN, **WITHOUT_FACTOR})
async def switch_on(
    request: Visit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
) -> Answer:
    """Switch it on with the first code; the recovery codes are shown now and never again."""
    account, form, visitor = account_of(request), await form_of(request), visitor_of(request)
    target = form.text("weiter")
    if wrong := await unconfirmed(request, form, entrance):
        return await _show(request, pages, entrance, target, wrong)
    codes = await entrance.factors.confirm(account, form.text("code"), visitor.at)
    if codes is None:
        return await _show(request, pages, entrance, target, _wrong_code(request))
    await entrance.sessions.end_all(account, visitor.at, but=request.auth.id)
    await entrance.log.note(Happening.SECOND_FACTOR_ON, visitor, account=account)
    cookie = await _renew(request, pages, entrance)
    answer = await pages.show(
        request,
        "sign_in/recovery_codes.html",
        headers=FORGET,
        codes=codes,
        is_new=True,
        target=inner_path(target, ACCOUNT),
    )
    answer.cookies.append(session_cookie(cookie, settings))
    return answer


@post(f"{FACTOR}/notfallcodes", opt=OWN)
async def renew_codes(
    request: Visit, pages: NamedDependency[Pages], entrance: NamedDependency[Entrance]
) -> Answer:
    """Other recovery codes in place of those there are."""
    account, form, visitor = account_of(request), await form_of(request), visitor_of(request)
    if wrong := await unconfirmed(request, form, entrance):
        return await _show(request, pages, entrance, "", wrong)
    if not await entrance.factors.is_on(account):
        return moved(FACTOR)
    codes = await entrance.factors.renew_recovery(account)
    await entrance.log.note(Happening.RECOVERY_CODES_MADE, visitor, account=account)
    return await pages.show(
        request,
        "sign_in/recovery_codes.html",
        headers=FORGET,
        codes=codes,
        is_new=False,
        target=ACCOUNT,
    )


@post(f"{FACTOR}/aus", opt=OWN)
async def switch_off(
    request: Visit,
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
    entrance: NamedDependency[Entrance],
) -> Answer:
    """Switch it off; whoever needs one is led to set up another at once."""
    account, form, visitor = account_of(request), await form_of(request), visitor_of(request)
    if wrong := await unconfirmed(request, form, entrance):
        return await _show(request, pages, entrance, "", wrong)
    if await entrance.factors.is_on(account):
        await entrance.factors.remove(account)
        await entrance.sessions.end_all(account, visitor.at, but=request.auth.id)
        await entrance.log.note(Happening.SECOND_FACTOR_OFF, visitor, account=account)
    return await renewed(request, entrance, settings, "aus")


async def _renew(request: Visit, pages: Pages, entrance: Entrance) -> str:
    """The same session under another cookie, with whose token the forms of this page are made."""
    cookie = await entrance.sessions.renew(request.auth.id)
    request.scope["auth"] = await entrance.sessions.session_of(cookie, visitor_of(request).at)
    await pages.enter(request)
    return cookie


async def _show(
    request: Visit, pages: Pages, entrance: Entrance, target: str, wrong: Wrong | None = None
) -> Answer:
    account = account_of(request)
    is_on = await entrance.factors.is_on(account)
    secret = "" if is_on else await _secret(request, entrance)
    address = await entrance.addresses.address_of(account)
    picture = segno.make(provisioning_address(secret, address or str(account))) if secret else None
    return await pages.show(
        request,
        "sign_in/factor.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        headers=FORGET,
        is_on=is_on,
        is_needed=request.auth.needs_factor,
        target=inner_path(target, ACCOUNT),
        codes_left=await entrance.factors.left(account),
        has_password=await entrance.passwords.changed_at(account) is not None,
        picture=picture.svg_data_uri(scale=5, dark="#000", light="#fff") if picture else "",
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        wrong=wrong,
    )


async def _secret(request: Visit, entrance: Entrance) -> str:
    """The one that waits for its first code, or a new one."""
    account = account_of(request)
    kept = await entrance.factors.prepared(account)
    return kept or await entrance.factors.prepare(account, visitor_of(request).at)


def _wrong_code(request: Visit) -> Wrong:
    language = language_of(request)
    return wrong_field("code", say("sign_in.factor.wrong", language, {}), language)
