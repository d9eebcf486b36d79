"""Lists of courses in the browser: looked at, then taken in, with what they leave out."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Response

from services.api.course_offer_list_bodies import CourseListDecision, CourseListPreview
from services.api.uploads import BINARY
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.offers.listing import AREA, LIST
from services.web.rendering import Pages

TAKE = f"{LIST}/einlesen"
LARGEST = 1_000_000
"""In bytes; below this size nothing of an upload meets a disk. 2,000 courses take 300,000."""
CARRIED = 2 * LARGEST
"""With the list, as text, on its way to the confirmation."""
APPLY = "uebernehmen"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was looked at; `content` is the list itself, which is kept nowhere between."""

    preview: CourseListPreview
    content: str


@get(TAKE, opt=AREA)
async def offer_list(request: Visit, pages: NamedDependency[Pages]) -> Response[str]:
    """The form for a list."""
    return await _show(request, pages, Form({}, {}))


@post(TAKE, opt=AREA, request_max_body_size=CARRIED)
async def take_list(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Look at a list or, having seen what it does, take it in."""
    form = await form_of(request)
    content = await _content(form)
    reading: Reading | None = None
    try:
        if form.text("tun") == APPLY:
            decision = await _apply(inside, request, form, content)
            return Redirect(f"{LIST}?ab={decision.position}", status_code=303)
        answer = await _ask(inside, request, form, content, "preview")
        preview = msgspec.json.decode(answer, type=CourseListPreview)
        reading = Reading(preview=preview, content=b64encode(content).decode())
    except Refusal as refusal:
        return await _show(request, pages, form, wrong=Wrong.of(refusal))
    return await _show(request, pages, form, reading)


async def _apply(inside: Inside, request: Visit, form: Form, content: bytes) -> CourseListDecision:
    wishes = {
        "only_clean": bool(form.text("only_clean")),
        "withdraw_vanished": bool(form.text("withdraw_vanished")),
    }
    answer = await _ask(inside, request, form, content, "import", **wishes)
    return msgspec.json.decode(answer, type=CourseListDecision)


async def _ask(
    inside: Inside, request: Visit, form: Form, content: bytes, step: str, **wishes: bool
) -> bytes:
    answer = await inside.ask(
        request,
        "POST",
        f"/course-offers/{step}",
        content=content,
        headers={"Content-Type": BINARY, "Idempotency-Key": form.key},
        query={
            "source": form.text("source") or "csv",
            "as_of": form.text("as_of") or None,
            "provider": form.text("provider") or None,
            **wishes,
        },
    )
    return answer.content


async def _content(form: Form) -> bytes:
    """The chosen file, or the one that came along from the page before."""
    file = form.file("datei")
    if file is not None:
        return await file.read()
    try:
        return b64decode(form.text("inhalt"), validate=True)
    except NotBase64:
        return b""


async def _show(
    request: Visit,
    pages: Pages,
    form: Form,
    reading: Reading | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "offers/list.html",
        status=wrong.status if wrong else 200,
        form=form,
        reading=reading,
        wrong=wrong,
    )
