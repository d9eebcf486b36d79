"""Revision: the auditor's bundle, the whole log with a verifier, to take along."""

from http import HTTPStatus
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.audit_tasks import ExportView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages


@get("/revision/paket", opt=for_area(Area.AUDIT))
async def show_bundle(request: Visit, pages: NamedDependency[Pages]) -> Response[str]:
    """What is in the bundle, and the form that makes it."""
    return await pages.show(request, "audit/bundle.html", wrong=None, proofs="")


@post("/revision/paket", opt=for_area(Area.AUDIT))
async def make_bundle(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Make the bundle beside the request."""
    form = await form_of(request)
    text = form.text("proofs")
    named = text.replace(",", " ").replace(";", " ").split()
    proofs = [int(one) if one.isascii() and one.isdigit() else one for one in named]
    try:
        answer = await inside.ask(
            request,
            "POST",
            "/ledger/exports",
            body={"proofs": proofs},
            headers={"Idempotency-Key": form.key},
        )
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        status = wrong.status or HTTPStatus.UNPROCESSABLE_ENTITY
        return await pages.show(
            request, "audit/bundle.html", status=status, wrong=wrong, proofs=text
        )
    return Redirect(f"/revision/paket/{answer.json()['id']}", status_code=303)


@get("/revision/paket/{task:uuid}", opt=for_area(Area.AUDIT))
async def show_export(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    task: FromPath[UUID],
) -> Response[str]:
    """How far the bundle is, and where it is fetched."""
    export = await inside.read(request, f"/ledger/exports/{task}", ExportView)
    return await pages.show(request, "audit/export.html", export=export)
