"""People: found, registered, reached by an address, invited."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from domain.kernel import Erased, Role
from services.api.accounts import AccountView
from services.api.substitutions import SubstitutionView
from services.web.administration.answers import (
    ADMINISTRATION,
    HOME,
    Deed,
    Done,
    go_on,
    has_role,
    municipality_names,
    organisation_names,
    see,
)
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

PEOPLE = f"{HOME}/personen"
NEW = f"{PEOPLE}/neu"

Search = Annotated[str, QueryParameter(name="suche", max_length=200, required=False)]


@get(PEOPLE, opt=ADMINISTRATION)
async def list_people(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    search: Search = "",
    after: After = None,
) -> Response[str]:
    """All people, or those whom the search finds by name, address or organisation."""
    accounts = await inside.read(request, "/accounts", list[AccountView], at_least=after)
    names = await organisation_names(inside, request)
    found = [one for one in accounts if _fits(one, search.casefold(), names)]
    return await pages.show(
        request,
        "administration/people.html",
        people=found,
        all_people=len(accounts),
        search=search,
        organisations=names,
        may_register=_may(request, Role.ADMINISTRATOR),
        now=datetime.now(UTC),
    )


@get(NEW, opt=ADMINISTRATION)
async def new_person(request: Visit, pages: NamedDependency[Pages]) -> Response[str]:
    """The form for one more."""
    return await pages.show(
        request, "administration/new_person.html", form=Form({}, {}), wrong=None
    )


@post(NEW, opt=ADMINISTRATION)
async def register_person(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Register them with their address, and go on to their roles."""
    form = await form_of(request)
    body = {"name": form.text("name"), "address": form.text("address")}
    try:
        decision = await inside.decide(request, "POST", "/accounts", body, key=form.key)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await pages.show(
            request,
            "administration/new_person.html",
            status=wrong.status,
            form=form,
            wrong=wrong,
        )
    return go_on(f"{PEOPLE}/{decision.id}", decision, Deed.REGISTERED)


@get(f"{PEOPLE}/{{account:uuid}}", opt=ADMINISTRATION)
async def show_person(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    after: After = None,
    done: Done = None,
) -> Response[str]:
    """One person, with what they may do, and what can be done for them."""
    return await _show_person(request, inside, pages, account, after=after, done=done)


@post(f"{PEOPLE}/{{account:uuid}}/adresse", opt=ADMINISTRATION)
async def record_address(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Record the address they sign in with; an empty one is removed."""
    form = await form_of(request)
    address, path = form.text("address"), f"/accounts/{account}/address"
    try:
        if address:
            decision = await inside.decide(request, "PUT", path, {"address": address})
        else:
            decision = await inside.decide(request, "DELETE", path)
    except Refusal as refusal:
        return await _show_person(
            request, inside, pages, account, wrong=Wrong.of(refusal), address=address
        )
    return go_on(f"{PEOPLE}/{account}", decision, Deed.ADDRESS)


@post(f"{PEOPLE}/{{account:uuid}}/einladung", opt=ADMINISTRATION)
async def invite_person(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Mail them the link with which they sign in for the first time."""
    form = await form_of(request)
    headers = {"Idempotency-Key": form.key}
    try:
        await inside.ask(request, "POST", f"/accounts/{account}/invitation", headers=headers)
    except Refusal as refusal:
        return await _show_person(request, inside, pages, account, wrong=Wrong.of(refusal))
    return see(f"{PEOPLE}/{account}?getan={Deed.INVITED}")


async def person_of(
    request: Visit, inside: Inside, account: UUID, after: int | None = None
) -> AccountView:
    """The account of this person. Raises Refusal."""
    return await inside.read(request, f"/accounts/{account}", AccountView, at_least=after)


async def _show_person(
    request: Visit,
    inside: Inside,
    pages: Pages,
    account: UUID,
    *,
    after: int | None = None,
    done: Deed | None = None,
    wrong: Wrong | None = None,
    address: str | None = None,
) -> Response[str]:
    person = await person_of(request, inside, account, after)
    substitutions = await inside.read(
        request, f"/accounts/{account}/substitutions", list[SubstitutionView]
    )
    return await pages.show(
        request,
        "administration/person.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        person=person,
        address=address if address is not None else person.address or "",
        substitutions=substitutions,
        organisations=await organisation_names(inside, request),
        municipalities=await municipality_names(inside, request),
        may_grant=_may(request, Role.ADMINISTRATOR),
        may_reach=_may_reach(request, person),
        now=datetime.now(UTC),
        done=done,
        wrong=wrong,
    )


def _fits(account: AccountView, search: str, organisations: Any) -> bool:
    name = "" if isinstance(account.name, Erased) else account.name
    places = [organisations.get(grant.organisation, "") for grant in account.grants]
    return any(search in text.casefold() for text in (name, account.address or "", *places))


def _may(request: Visit, role: Role) -> bool:
    return has_role(request.user, role, datetime.now(UTC))


def _may_reach(request: Visit, person: AccountView) -> bool:
    """Administrators reach everybody, the coordination members of organisations."""
    roles = {grant.role for grant in person.grants}
    return _may(request, Role.ADMINISTRATOR) or roles == {Role.ORGANISATION_MEMBER}
