"""A college's list of classes and learners: looked at, then taken in; its key and its headings."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from secrets import token_hex
from urllib.parse import quote

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Response

from services.api.class_imports import ClassImport
from services.api.colleges import CollegeView
from services.api.uploads import BINARY
from services.identity.areas import Area
from services.web.assessments.viewer import coming_years, options, present_year, viewer_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
LARGEST = 1_000_000
"""In bytes; 3,000 learners take 300,000. Below this size nothing of an upload meets a disk."""

CARRIED = 2 * LARGEST
"""With the list, as text, on its way to the confirmation."""

KEY_BYTES = 32
APPLY = "uebernehmen"
FIELDS = (
    "class",
    "programme",
    "trade",
    "school_year",
    "surname",
    "given_name",
    "born",
    "own_id",
    "pseudonym",
)
"""What a heading may be said to mean, in the order of the form."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was looked at: what it would do, or why it would do nothing.

    `content` is the list itself on its way to the confirmation: it is kept nowhere between.
    """

    found: ClassImport | None = None
    refusal: Refusal | None = None
    content: str = ""
    key: str = ""


@get("/erhebungen/klassen/einlesen", opt=AREA)
async def offer_list(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    kolleg: FromQuery[str | None] = None,
) -> Response[str]:
    """The form for a list."""
    return await _show(request, inside, pages, Form({}, {}), kolleg)


@post("/erhebungen/klassen/einlesen", opt=AREA, request_max_body_size=CARRIED)
async def take_list(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Look at a list or, having seen what it does, take it in."""
    form = await form_of(request)
    content, key = await _content(form), await _key(form)
    applies = form.text("tun") == APPLY
    try:
        found = await _import(inside, request, form, content, key, dry_run=not applies)
    except Refusal as refusal:
        reading = Reading(refusal=refusal)
    else:
        if applies:
            return Redirect(f"/erhebungen?ab={found.position}", status_code=303)
        reading = Reading(found=found, content=b64encode(content).decode(), key=key)
    return await _show(request, inside, pages, form, form.text("college") or None, reading)


@get("/erhebungen/kolleg", opt=AREA)
async def show_college_settings(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    kolleg: FromQuery[str | None] = None,
    ab: After = None,
) -> Response[str]:
    """The key of the pseudonyms by its fingerprint, and how the college's own lists are read."""
    return await _show_settings(request, inside, pages, kolleg, recorded=ab)


@get("/erhebungen/kolleg/schluessel.txt", opt=AREA)
async def draw_key(request: Visit) -> Response[str]:  # noqa: ARG001 (whoever is signed in)
    """A key drawn by chance, to save. It is not kept here."""
    return Response(
        token_hex(KEY_BYTES) + "\n",
        media_type="text/plain",
        headers={"Content-Disposition": 'attachment; filename="pseudonym-schluessel.txt"'},
    )


@post("/erhebungen/kolleg/zuordnung", opt=AREA)
async def save_mapping(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Save under a name what the headings of the college's lists mean."""
    form = await form_of(request)
    columns = {field: form.text(f"spalte-{field}") for field in FIELDS}
    body = {"columns": {field: heading for field, heading in columns.items() if heading}}
    return await _change(request, inside, pages, form, "PUT", body)


@post("/erhebungen/kolleg/zuordnung/entfernen", opt=AREA)
async def drop_mapping(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[str] | Redirect:
    """Drop a saved mapping."""
    form = await form_of(request)
    return await _change(request, inside, pages, form, "DELETE", None)


async def _content(form: Form) -> bytes:
    """The chosen file, or the one that came along from the page before."""
    file = form.file("datei")
    if file is not None:
        return await file.read()
    try:
        return b64decode(form.text("inhalt"), validate=True)
    except NotBase64:
        return b""


async def _key(form: Form) -> str:
    """The key as typed, or out of its file."""
    file = form.file("schluesseldatei")
    if file is not None:
        return (await file.read()).decode("ascii", errors="replace").strip()
    return form.text("schluessel")


async def _import(
    inside: Inside, request: Visit, form: Form, content: bytes, key: str, *, dry_run: bool
) -> ClassImport:
    headers = {"Content-Type": BINARY, "Idempotency-Key": form.key}
    if key:
        headers["Pseudonym-Key"] = "".join(sign for sign in key if " " <= sign <= "~")
    answer = await inside.ask(
        request,
        "POST",
        "/classes/import",
        content=content,
        headers=headers,
        query={
            "school_year": form.text("school_year") or present_year(),
            "college": form.text("college") or None,
            "mapping": form.text("mapping") or None,
            "size": form.number("size"),
            "by_own_id": bool(form.text("by_own_id")),
            "dry_run": dry_run,
        },
    )
    return msgspec.json.decode(answer.content, type=ClassImport)


async def _college(inside: Inside, request: Visit, named: str | None) -> CollegeView:
    """The college that was named, or the first of those where the person works."""
    own = sorted(viewer_of(request).colleges)
    chosen = named or (own[0] if len(own) > 1 else None)
    return await inside.read(request, "/college", CollegeView, college=chosen)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    form: Form,
    named: str | None,
    reading: Reading | None = None,
) -> Response[str]:
    refusal = reading.refusal if reading else None
    college = await _college(inside, request, named)
    return await pages.show(
        request,
        "assessments/class_list.html",
        status=refusal.status if refusal else 200,
        college=college,
        mapping_options=options(college.mappings),
        colleges=options(sorted(viewer_of(request).colleges)),
        years=options(coming_years()),
        form=form,
        reading=reading,
        wrong=Wrong.of(refusal) if refusal else None,
        faults=refusal.problem.errors if refusal else (),
    )


async def _change(
    request: Visit, inside: Inside, pages: Pages, form: Form, method: str, body: object
) -> Response[str] | Redirect:
    name, college = form.text("name") or "-", form.text("college")
    path = f"/college/mappings/{quote(name, safe='')}"
    if college:
        path = f"{path}?college={quote(college, safe='')}"
    try:
        decision = await inside.decide(request, method, path, body, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        return await _show_settings(request, inside, pages, college or None, form=form, wrong=wrong)
    where = f"&kolleg={quote(college, safe='')}" if college else ""
    return Redirect(f"/erhebungen/kolleg?ab={decision.position}{where}", status_code=303)


async def _show_settings(
    request: Visit,
    inside: Inside,
    pages: Pages,
    named: str | None,
    *,
    form: Form | None = None,
    wrong: Wrong | None = None,
    recorded: int | None = None,
) -> Response[str]:
    return await pages.show(
        request,
        "assessments/college_settings.html",
        status=wrong.status if wrong else 200,
        college=await _college(inside, request, named),
        colleges=options(sorted(viewer_of(request).colleges)),
        fields=FIELDS,
        form=form,
        wrong=wrong,
        recorded=recorded,
    )
