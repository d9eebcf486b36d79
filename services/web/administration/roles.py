"""Roles: given for a span of days, and taken away with a reason."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from domain.kernel import ROLES_OF_PEOPLE
from services.settings import Settings
from services.web.administration.answers import (
    ADMINISTRATION,
    Deed,
    begins,
    ends,
    go_on,
    municipality_names,
    organisation_names,
)
from services.web.administration.people import PEOPLE, person_of
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

ROLES = tuple(role for role in ROLES_OF_PEOPLE)


@get(f"{PEOPLE}/{{account:uuid}}/rollen/neu", opt=ADMINISTRATION)
async def new_role(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """The form for a role."""
    return await _show_role_form(request, inside, pages, account, Form({}, {}), None)


@post(f"{PEOPLE}/{{account:uuid}}/rollen/neu", opt=ADMINISTRATION)
async def grant_role(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    settings: NamedDependency[Settings],
) -> Response[str] | Redirect:
    """Give the role for the days that were chosen, the last one included."""
    form = await form_of(request)
    zone = ZoneInfo(settings.time_zone)
    body: dict[str, Any] = {
        "role": form.text("role"),
        "organisation": form.text("organisation"),
        "municipality": form.text("municipality") or None,
        "since": begins(form, "since", zone),
        "until": ends(form, "until", zone),
    }
    try:
        decision = await inside.decide(
            request, "POST", f"/accounts/{account}/roles", body, key=form.key
        )
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_role_form(request, inside, pages, account, form, wrong)
    return go_on(f"{PEOPLE}/{account}", decision, Deed.GRANTED)


@get(f"{PEOPLE}/{{account:uuid}}/rollen/entziehen", opt=ADMINISTRATION)
async def confirm_revocation(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    role: Annotated[str, QueryParameter(name="rolle", max_length=64)],
    organisation: Annotated[str, QueryParameter(name="organisation", max_length=64)],
) -> Response[str]:
    """Say what taking the role away does, and ask why."""
    form = Form({"role": [role], "organisation": [organisation]}, {})
    return await _show_revocation(request, inside, pages, account, form, None)


@post(f"{PEOPLE}/{{account:uuid}}/rollen/entziehen", opt=ADMINISTRATION)
async def revoke_role(
    request: Visit,
    account: FromPath[UUID],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Take it away at once."""
    form = await form_of(request)
    body = {name: form.text(name) for name in ("role", "organisation", "reason")}
    path = f"/accounts/{account}/roles/revocation"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key)
    except Refusal as refusal:
        return await _show_revocation(request, inside, pages, account, form, Wrong.of(refusal))
    return go_on(f"{PEOPLE}/{account}", decision, Deed.REVOKED)


async def _show_role_form(
    request: Visit, inside: Inside, pages: Pages, account: UUID, form: Form, wrong: Wrong | None
) -> Response[str]:
    return await pages.show(
        request,
        "administration/new_role.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        person=await person_of(request, inside, account),
        roles=ROLES,
        organisations=await organisation_names(inside, request),
        municipalities=await municipality_names(inside, request),
        form=form,
        wrong=wrong,
    )


async def _show_revocation(
    request: Visit, inside: Inside, pages: Pages, account: UUID, form: Form, wrong: Wrong | None
) -> Response[str]:
    person = await person_of(request, inside, account)
    names = await organisation_names(inside, request)
    key = form.text("organisation")
    return await pages.show(
        request,
        "administration/revoke_role.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        person=person,
        organisation=names.get(key, key),
        is_last=len(person.grants) == 1,
        form=form,
        wrong=wrong,
    )
