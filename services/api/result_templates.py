"""The template of a class: a spreadsheet to fill in, with what is recorded filled in."""

import asyncio
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from services.api.access import SignedIn
from services.api.class_access import Classes, ClassInRound
from services.api.decisions import Clerk
from services.api.languages import language_of, said_in
from services.api.looks import Purpose, note_look
from services.api.problems import READING
from services.api.results import IN_ROUND
from services.api.uploads import CSV, XLSX
from services.catalogues.catalogue import catalogues
from services.results_files.about import About
from services.results_files.template import Template, csv_template
from services.results_files.template_workbook import xlsx_template
from services.texts import Language

WithGaps = Annotated[
    bool, QueryParameter(description="With columns for the pattern of each text's gaps.")
]


class ResultTemplateController(Controller):
    """A spreadsheet to fill in. For the own college alone, and each look is recorded."""

    path = IN_ROUND
    tags = ("Assessments",)

    @get(
        "/template.xlsx", operation_id="exportTemplateWorkbook", media_type=XLSX, responses=READING
    )
    async def export_workbook(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
        *,
        gaps: WithGaps = False,
    ) -> Response[bytes]:
        """The class's results to fill in as an Excel workbook, those recorded filled in."""
        found = await _looked_at(request, training_class, round_id, classes, clerk)
        template = _template(found, language_of(request), gaps=gaps)
        content = await asyncio.to_thread(xlsx_template, template)
        return _file(content, XLSX, template, "xlsx")

    @get("/template.csv", operation_id="exportTemplate", media_type=CSV, responses=READING)
    async def export_template(
        self,
        request: SignedIn,
        training_class: FromPath[UUID],
        round_id: FromPath[UUID],
        classes: NamedDependency[Classes],
        clerk: NamedDependency[Clerk],
        *,
        gaps: WithGaps = False,
    ) -> Response[bytes]:
        """The class's results to fill in as CSV, those recorded filled in."""
        found = await _looked_at(request, training_class, round_id, classes, clerk)
        template = _template(found, language_of(request), gaps=gaps)
        return _file(csv_template(template), CSV, template, "csv")


def about(found: ClassInRound) -> About:
    details, plan = found.this.details, found.plan
    return About(
        college=details.college,
        school_year=details.school_year,
        training_class=details.name,
        round=plan.key,
        round_title=plan.title,
        instrument=plan.instrument,
        version=plan.version,
    )


async def _looked_at(
    request: SignedIn, training_class: UUID, round_id: UUID, classes: Classes, clerk: Clerk
) -> ClassInRound:
    found = await classes.own_in_round(request, training_class, round_id, clerk.now())
    await note_look(request, clerk, training_class, Purpose.TEMPLATE, round_id=round_id)
    return found


def _template(found: ClassInRound, language: Language, *, gaps: bool) -> Template:
    return Template(
        about=about(found),
        definition=found.definition,
        learners=list(found.pseudonyms.values()),
        recorded=found.recorded,
        accommodations=catalogues().accommodations,
        gaps=gaps,
        language=language,
    )


def _file(content: bytes, media_type: str, template: Template, extension: str) -> Response[bytes]:
    about = template.about
    name = quote(f"{about.training_class} {about.round}.{extension}", safe="")
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            **said_in(template.language),
        },
    )
