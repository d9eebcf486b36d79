"""Substitution for an absence: appointed and ended, for others or for oneself."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.directory.account import Grant
from domain.kernel import Erased
from services.api.accounts import AccountView
from services.api.directory import Me
from services.api.substitutions import Colleague, SubstitutionView
from services.identity.areas import Area
from services.settings import Settings
from services.web.administration.answers import (
    ADMINISTRATION,
    Deed,
    Done,
    begins,
    ends,
    go_on,
)
from services.web.administration.people import PEOPLE, person_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

OF_OTHERS = f"{PEOPLE}/{{account:uuid}}/vertretung"
OWN = "/konto/vertretung"
ACCOUNT = for_area(Area.ACCOUNT)


class Absent(msgspec.Struct, frozen=True, kw_only=True):
    """Whose absence it is, and who could step in. `path` is that of their page."""

    id: UUID
    name: str | Erased
    roles: Sequence[str]
    candidates: Sequence[tuple[UUID, str]]
    path: str
    is_own: bool


@get(OF_OTHERS, opt=ADMINISTRATION)
async def new_substitution(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    after: After = None,
    done: Done = None,
) -> Response[str]:
    """Who substitutes for a person, and the form for one more."""
    absent = await _of_another(request, inside, account)
    return await _show(request, inside, pages, absent, after=after, done=done)


@post(OF_OTHERS, opt=ADMINISTRATION)
async def grant_substitution(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str] | Redirect:
    """Appoint somebody for an absent person."""
    absent = await _of_another(request, inside, account)
    return await _grant(request, inside, pages, absent, ZoneInfo(settings.time_zone))


@get(f"{OF_OTHERS}/{{substitution:uuid}}/beenden", opt=ADMINISTRATION)
async def confirm_end(
    request: Visit,
    account: FromPath[UUID],
    substitution: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """Say what ending it does, and ask why."""
    absent = await _of_another(request, inside, account)
    return await _show_end(request, inside, pages, absent, substitution, None)


@post(f"{OF_OTHERS}/{{substitution:uuid}}/beenden", opt=ADMINISTRATION)
async def end_substitution(
    request: Visit,
    account: FromPath[UUID],
    substitution: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """End it at once."""
    absent = await _of_another(request, inside, account)
    return await _end(request, inside, pages, absent, substitution)


@get(OWN, opt=ACCOUNT)
async def new_own_substitution(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    after: After = None,
    done: Done = None,
) -> Response[str]:
    """Who substitutes for oneself, for whom one does, and the form for one more."""
    absent = await _oneself(request, inside)
    return await _show(request, inside, pages, absent, after=after, done=done)


@post(OWN, opt=ACCOUNT)
async def grant_own_substitution(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str] | Redirect:
    """Appoint somebody for one's own absence."""
    absent = await _oneself(request, inside)
    return await _grant(request, inside, pages, absent, ZoneInfo(settings.time_zone))


@get(f"{OWN}/{{substitution:uuid}}/beenden", opt=ACCOUNT)
async def confirm_own_end(
    request: Visit,
    substitution: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """Say what ending it does, and ask why."""
    absent = await _oneself(request, inside)
    return await _show_end(request, inside, pages, absent, substitution, None)


@post(f"{OWN}/{{substitution:uuid}}/beenden", opt=ACCOUNT)
async def end_own_substitution(
    request: Visit,
    substitution: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """End it at once."""
    absent = await _oneself(request, inside)
    return await _end(request, inside, pages, absent, substitution)


async def _of_another(request: Visit, inside: Inside, account: UUID) -> Absent:
    person = await person_of(request, inside, account)
    everybody = await inside.read(request, "/accounts", list[AccountView])
    return Absent(
        id=account,
        name=person.name,
        roles=_roles(person.grants),
        candidates=_candidates({one.id: one.name for one in everybody if one.id != account}),
        path=f"{PEOPLE}/{account}/vertretung",
        is_own=False,
    )


async def _oneself(request: Visit, inside: Inside) -> Absent:
    me = await inside.read(request, "/me", Me)
    colleagues = await inside.read(request, "/me/colleagues", list[Colleague])
    return Absent(
        id=UUID(me.account),
        name=me.name,
        roles=_roles([grant for grant in me.grants if not grant.substitutes]),
        candidates=_candidates({one.id: one.name for one in colleagues}),
        path=OWN,
        is_own=True,
    )


def _roles(grants: Sequence[Grant]) -> list[str]:
    return list(dict.fromkeys(grant.role for grant in grants))


def _candidates(names: Mapping[UUID, str | Erased]) -> list[tuple[UUID, str]]:
    return [(account, name) for account, name in names.items() if isinstance(name, str)]


async def _grant(
    request: Visit, inside: Inside, pages: Pages, absent: Absent, zone: ZoneInfo
) -> Response[str] | Redirect:
    form = await form_of(request)
    body: dict[str, Any] = {
        "substitute": form.text("substitute"),
        "roles": form.texts("roles"),
        "since": begins(form, "since", zone),
        "until": ends(form, "until", zone),
        "reason": form.text("reason"),
    }
    path = f"/accounts/{absent.id}/substitutions"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, absent, form=form, wrong=Wrong.of(refusal))
    return go_on(absent.path, decision, Deed.SUBSTITUTED)


async def _end(
    request: Visit, inside: Inside, pages: Pages, absent: Absent, substitution: UUID
) -> Response[str] | Redirect:
    form = await form_of(request)
    path = f"/accounts/{absent.id}/substitutions/{substitution}/end"
    body = {"reason": form.text("reason")}
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_end(request, inside, pages, absent, substitution, wrong)
    return go_on(absent.path, decision, Deed.ENDED)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    absent: Absent,
    *,
    after: int | None = None,
    done: Deed | None = None,
    form: Form | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    found = await _substitutions(request, inside, absent, after)
    return await pages.show(
        request,
        "administration/substitutions.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        absent=absent,
        substitutions=[one for one in found if one.account == absent.id],
        for_others=[one for one in found if one.substitute == absent.id],
        form=form or Form({"roles": list(absent.roles)}, {}),
        now=datetime.now(UTC),
        done=done,
        wrong=wrong,
    )


async def _show_end(
    request: Visit,
    inside: Inside,
    pages: Pages,
    absent: Absent,
    substitution: UUID,
    wrong: Wrong | None,
) -> Response[str]:
    found = await _substitutions(request, inside, absent, None)
    for one in found:
        if one.id == substitution and one.account == absent.id:
            return await pages.show(
                request,
                "administration/end_substitution.html",
                status=wrong.status if wrong else HTTPStatus.OK,
                absent=absent,
                substitution=one,
                wrong=wrong,
            )
    raise NotFoundException


async def _substitutions(
    request: Visit, inside: Inside, absent: Absent, after: int | None
) -> Sequence[SubstitutionView]:
    path = "/me/substitutions" if absent.is_own else f"/accounts/{absent.id}/substitutions"
    return await inside.read(request, path, list[SubstitutionView], at_least=after)
