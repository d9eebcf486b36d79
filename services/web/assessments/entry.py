"""Results come in: a file is looked at before it is taken over, or a table is typed."""

from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from services.api.catalogues import AccommodationView
from services.api.class_views import ClassView
from services.api.result_views import FileDecision, FilePreview
from services.api.round_views import AssessmentRoundView
from services.api.uploads import BINARY, CSV, PASTED
from services.identity.areas import Area
from services.results_files.shown import ShownTable
from services.web.assessments.grid import Grid, as_csv, grid_of, table_of_form, table_of_template
from services.web.assessments.results import HERE, api_path, page_path, titles_of
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
LARGEST = 1_000_000
"""In bytes; a class's workbook has 20,000. Below this size nothing of an upload meets a disk."""

APPLY = "uebernehmen"


class Entering(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows. `is_file`: the table came from one, and was not typed here.

    `version` is that of the class when the table was made.
    """

    grid: Grid | None
    version: int
    preview: FilePreview | None = None
    wrong: Wrong | None = None
    is_file: bool = False
    enrols: bool = False
    reason: str = ""
    status: int = HTTPStatus.OK

    @property
    def is_clean(self) -> bool:
        """Everything was looked at, nothing is wrong, and there is something to take over."""
        preview = self.preview
        return preview is not None and not preview.faults and not preview.difference.is_empty

    @property
    def needs_reason(self) -> bool:
        preview = self.preview
        return preview is not None and bool(preview.difference.changed)


@get(f"{HERE}/eintragen", opt=AREA)
async def offer_table(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str]:
    """A table to type the results of the class into, with those recorded filled in."""
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    path = f"{api_path(training_class, round_id)}/template.csv"
    template = (await inside.ask(request, "GET", path)).content
    entering = Entering(grid=grid_of(table_of_template(template)), version=this.version)
    return await _show(request, inside, pages, training_class, round_id, entering)


@post(f"{HERE}/datei", opt=AREA, request_max_body_size=LARGEST)
async def look_at_file(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str]:
    """What is in a file, with each fault in its cell. Nothing is recorded yet."""
    form = await form_of(request)
    file, pasted = form.file("datei"), form.text("eingefuegt")
    enrols = bool(form.text("enrols"))
    kind, content = (BINARY, await file.read()) if file else (PASTED, pasted.encode())
    preview = await _preview(
        inside, request, training_class, round_id, content, kind=kind, enrols=enrols
    )
    entering = _seen(preview, preview.table, is_file=True, enrols=enrols)
    return await _show(request, inside, pages, training_class, round_id, entering)


@post(f"{HERE}/eintragen", opt=AREA, request_max_body_size=LARGEST)
async def take_table(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Look at the table as it is now, or record what stands in it."""
    form = await form_of(request)
    content = as_csv(table_of_form(form))
    wrong: Wrong | None = None
    if form.text("tun") == APPLY:
        try:
            decision = await _apply(inside, request, training_class, round_id, form, content)
        except Refusal as refusal:
            wrong = Wrong.of(refusal)
        else:
            page = page_path(training_class, round_id)
            return Redirect(f"{page}?ab={decision.position}", status_code=303)
    enrols = bool(form.text("enrols"))
    preview = await _preview(inside, request, training_class, round_id, content, enrols=enrols)
    entering = _seen(
        preview,
        preview.table or table_of_form(form),
        is_file=bool(form.text("aus_datei")),
        enrols=enrols,
        wrong=wrong,
        reason=form.text("reason"),
    )
    return await _show(request, inside, pages, training_class, round_id, entering)


def _seen(
    preview: FilePreview,
    table: ShownTable | None,
    *,
    is_file: bool,
    enrols: bool,
    wrong: Wrong | None = None,
    reason: str = "",
) -> Entering:
    """A refusal because of cells is said in the cells."""
    is_said = wrong is not None and wrong.code == "file.faulty" and bool(preview.faults)
    faulty = HTTPStatus.UNPROCESSABLE_ENTITY if preview.faults else HTTPStatus.OK
    return Entering(
        grid=grid_of(table, preview.faults) if table else None,
        version=preview.version,
        preview=preview,
        wrong=None if is_said else wrong,
        is_file=is_file,
        enrols=enrols,
        reason=reason,
        status=wrong.status if wrong else faulty,
    )


async def _preview(
    inside: Inside,
    request: Visit,
    training_class: UUID,
    round_id: UUID,
    content: bytes,
    *,
    kind: str = CSV,
    enrols: bool,
) -> FilePreview:
    answer = await inside.ask(
        request,
        "POST",
        f"{api_path(training_class, round_id)}/results/preview",
        content=content,
        query={"enrols": enrols},
        headers={"Content-Type": kind},
    )
    return msgspec.json.decode(answer.content, type=FilePreview)


async def _apply(
    inside: Inside,
    request: Visit,
    training_class: UUID,
    round_id: UUID,
    form: Form,
    content: bytes,
) -> FileDecision:
    headers = {"Content-Type": CSV, "Idempotency-Key": form.key}
    if form.seen is not None:
        headers["If-Match"] = f'"{form.seen}"'
    if form.text("reason"):
        headers["Correction-Reason"] = quote(form.text("reason"))
    answer = await inside.ask(
        request,
        "POST",
        f"{api_path(training_class, round_id)}/results/import",
        content=content,
        query={"enrols": bool(form.text("enrols"))},
        headers=headers,
    )
    return msgspec.json.decode(answer.content, type=FileDecision)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    round_id: UUID,
    entering: Entering,
) -> Response[str]:
    around = await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView)
    return await pages.show(
        request,
        "assessments/entry.html",
        status=entering.status,
        this=await inside.read(request, f"/classes/{training_class}", ClassView),
        round=around,
        titles=await titles_of(inside, request, around) if entering.needs_reason else {},
        entering=entering,
        accommodations=await inside.read(request, "/accommodations", list[AccommodationView]),
        path=page_path(training_class, round_id),
    )
