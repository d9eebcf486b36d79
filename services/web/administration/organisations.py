"""Organisations that take part: listed, registered, renamed."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.directory.events import OrganisationKind
from services.api.directory import OrganisationView
from services.web.administration.answers import (
    ADMINISTRATION,
    HOME,
    Deed,
    Done,
    go_on,
    municipality_names,
)
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

ORGANISATIONS = f"{HOME}/organisationen"
NEW = f"{ORGANISATIONS}/neu"


@get(ORGANISATIONS, opt=ADMINISTRATION)
async def list_organisations(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    after: After = None,
    done: Done = None,
) -> Response[str]:
    """All organisations by name."""
    return await pages.show(
        request,
        "administration/organisations.html",
        organisations=await _organisations(request, inside, after),
        municipalities=await municipality_names(inside, request),
        done=done,
    )


@get(NEW, opt=ADMINISTRATION)
async def new_organisation(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """The form for one more."""
    return await _show_form(request, inside, pages, Form({}, {}), None)


@post(NEW, opt=ADMINISTRATION)
async def register_organisation(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Register it under the key that was chosen; a key that is taken is not renamed by mistake."""
    form = await form_of(request)
    known = {one.key for one in await _organisations(request, inside, None)}
    if form.text("schluessel") in known:
        return await _show_form(request, inside, pages, form, None, is_taken=True)
    body: dict[str, Any] = {
        "key": form.text("schluessel"),
        "name": form.text("name"),
        "kind": form.text("kind"),
        "ags": form.text("ags") or None,
        "number": form.text("number") or None,
    }
    try:
        decision = await inside.decide(request, "POST", "/organisations", body, key=form.key)
    except Refusal as refusal:
        wrong = _with_its_field(Wrong.of(refusal))
        return await _show_form(request, inside, pages, form, wrong)
    return go_on(ORGANISATIONS, decision, Deed.REGISTERED)


@get(f"{ORGANISATIONS}/{{key:str}}", opt=ADMINISTRATION)
async def show_organisation(
    request: Visit,
    key: FromPath[str],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str]:
    """One organisation, with the form to rename it."""
    organisation = await _organisation(request, inside, key)
    return await pages.show(
        request,
        "administration/organisation.html",
        organisation=organisation,
        name=organisation.name,
        wrong=None,
    )


@post(f"{ORGANISATIONS}/{{key:str}}", opt=ADMINISTRATION)
async def rename_organisation(
    request: Visit,
    key: FromPath[str],
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
) -> Response[str] | Redirect:
    """Give it another name; what was recorded before keeps the name it had then."""
    form = await form_of(request)
    organisation = await _organisation(request, inside, key)
    body = {"key": organisation.key, "name": form.text("name"), "kind": organisation.kind}
    try:
        decision = await inside.decide(request, "POST", "/organisations", body, key=form.key)
    except Refusal as refusal:
        return await pages.show(
            request,
            "administration/organisation.html",
            status=refusal.status,
            organisation=organisation,
            name=form.text("name"),
            wrong=Wrong.of(refusal),
        )
    return go_on(ORGANISATIONS, decision, Deed.RENAMED)


async def _show_form(
    request: Visit,
    inside: Inside,
    pages: Pages,
    form: Form,
    wrong: Wrong | None,
    *,
    is_taken: bool = False,
) -> Response[str]:
    status = HTTPStatus.CONFLICT if is_taken else wrong.status if wrong else HTTPStatus.OK
    return await pages.show(
        request,
        "administration/new_organisation.html",
        status=status,
        form=form,
        wrong=wrong,
        is_taken=is_taken,
        taken=f"{ORGANISATIONS}/{quote(form.text('schluessel'), safe='')}",
        kinds=list(OrganisationKind),
        municipalities=await municipality_names(inside, request),
    )


def _with_its_field(wrong: Wrong) -> Wrong:
    """Each form has a `key` of its own already."""
    fields = {"schluessel" if name == "key" else name: v for name, v in wrong.fields.items()}
    return msgspec.structs.replace(wrong, fields=fields)


async def _organisations(
    request: Visit, inside: Inside, after: int | None
) -> Sequence[OrganisationView]:
    return await inside.read(request, "/organisations", list[OrganisationView], at_least=after)


async def _organisation(request: Visit, inside: Inside, key: str) -> OrganisationView:
    for organisation in await _organisations(request, inside, None):
        if organisation.key == key:
            return organisation
    raise NotFoundException
