"""Revision: "Prüfen", of one entry step by step, and of the whole log."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect, Response

from services.api.audit_tasks import CheckView
from services.api.ledger import ConsistencyProof, EventProof
from services.api.pages import Page
from services.history import HistoryEntry
from services.identity.areas import Area
from services.ledger.keys import KnownKey
from services.ledger.note import NoteError
from services.web.audit.proving import EntryProof, KeptProof, entry_proof, kept_proof, read_kept
from services.web.audit.telling import organisations_of, rules_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

LARGEST_FILE = 200_000
Given = Annotated[str, QueryParameter(max_length=400, required=False)]
FILE = "text/plain"
CHECKPOINT = "http://inside/ledger/checkpoint"
"""Open to everybody, so not below the API's own address."""


@get("/revision/pruefen", opt=for_area(Area.AUDIT))
async def show_checking(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str]:
    """What can be checked, and the form that starts it."""
    return await _show_checking(request, inside, pages)


@post("/revision/pruefen", opt=for_area(Area.AUDIT))
async def start_check(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Check the whole log, also against a checkpoint that was kept."""
    form = await form_of(request)
    kept = await _kept_text(form)
    try:
        answer = await inside.ask(
            request,
            "POST",
            "/ledger/checks",
            body={"checkpoints": kept},
            headers={"Idempotency-Key": form.key},
        )
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_checking(request, inside, pages, wrong=wrong, kept=kept)
    task = answer.json()["id"]
    return Redirect(f"/revision/pruefen/lauf/{task}", status_code=303)


@get("/revision/pruefen/lauf/{task:uuid}", opt=for_area(Area.AUDIT))
async def show_check(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    task: FromPath[UUID],
) -> Response[str]:
    """How far the check is, and what it found."""
    check = await inside.read(request, f"/ledger/checks/{task}", CheckView)
    return await pages.show(request, "audit/check.html", check=check)


@get("/revision/pruefen/{position:int}", opt=for_area(Area.AUDIT))
async def show_proof(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    position: FromPath[int],
) -> Response[str]:
    """That one entry is in the log, step by step."""
    return await _show_proof(request, inside, pages, position)


@post("/revision/pruefen/{position:int}", opt=for_area(Area.AUDIT))
async def compare_with_kept(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    position: FromPath[int],
) -> Response[str]:
    """The same, and whether the log of today continues the one of a kept checkpoint."""
    kept = await _kept_text(await form_of(request))
    return await _show_proof(request, inside, pages, position, kept=kept)


@get("/revision/pruefen/{position:int}/beleg.tlog-proof", opt=for_area(Area.AUDIT))
async def download_proof(
    request: Visit, inside: NamedDependency[Inside], position: FromPath[int]
) -> Response[bytes]:
    """The proof as a file that is checked without the service."""
    path = f"/ledger/proofs/{position}"
    answer = await inside.ask(request, "GET", path, headers={"Accept": FILE})
    headers = {"Content-Disposition": answer.headers["content-disposition"]}
    return Response(answer.content, media_type=FILE, headers=headers)


@get("/revision/pruefen/{position:int}/beleg.json", opt=for_area(Area.AUDIT))
async def download_receipt(
    request: Visit, inside: NamedDependency[Inside], position: FromPath[int]
) -> Response[bytes]:
    """The proof with the content of the entry, for programs."""
    answer = await inside.ask(request, "GET", f"/ledger/proofs/{position}")
    name = f'attachment; filename="kreislauf-{position}.json"'
    headers = {"Content-Disposition": name}
    return Response(answer.content, media_type="application/json", headers=headers)


async def _show_checking(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    wrong: Wrong | None = None,
    kept: str = "",
) -> Response[str]:
    keys = await inside.read(request, "/ledger/keys", list[KnownKey])
    return await pages.show(
        request,
        "audit/checking.html",
        status=wrong.status if wrong else HTTPStatus.OK,
        wrong=wrong,
        kept=kept,
        keys=keys,
        note=await _latest(request, inside),
    )


async def _latest(request: Visit, inside: Inside) -> str | None:
    """The latest checkpoint; None before the first."""
    try:
        return (await inside.ask(request, "GET", CHECKPOINT)).text
    except Refusal:
        return None


async def _show_proof(
    request: Visit, inside: Inside, pages: Pages, position: int, *, kept: str = ""
) -> Response[str]:
    proof = await inside.read(request, f"/ledger/proofs/{position}", EventProof)
    keys = await inside.read(request, "/ledger/keys", list[KnownKey])
    found = await inside.read(request, "/audit/trail", Page[HistoryEntry], position=position)
    checked = entry_proof(proof, keys)
    against, trouble = None, ""
    if kept:
        against, trouble = await _against(request, inside, checked, kept, keys)
    return await pages.show(
        request,
        "audit/proof.html",
        proof=proof,
        checked=checked,
        entry=found.items[0] if found.items else None,
        kept=kept,
        against=against,
        trouble=trouble,
        organisations=await organisations_of(request, inside),
        rules=rules_of(found.items),
    )


async def _against(
    request: Visit, inside: Inside, checked: EntryProof, kept: str, keys: list[KnownKey]
) -> tuple[KeptProof | None, str]:
    """The kept checkpoint against the one of the proof; or the key of what is wrong with it."""
    try:
        note, checkpoint = read_kept(kept)
    except NoteError:
        return None, "not_a_checkpoint"
    if checkpoint.origin != checked.checkpoint.origin:
        return None, "other_log"
    old, new = sorted((checkpoint.size, checked.checkpoint.size))
    try:
        path = await inside.read(request, "/ledger/consistency", ConsistencyProof, old=old, new=new)
    except Refusal:
        return None, "larger_than_the_log"
    return kept_proof(note, checkpoint, checked.checkpoint, path.hashes, keys), ""


async def _kept_text(form: Form) -> str:
    """What was pasted, or else the uploaded file."""
    file = form.file("file")
    if file is None:
        return form.text("checkpoints")
    return (await file.read(LARGEST_FILE)).decode("utf-8", errors="replace").strip()
