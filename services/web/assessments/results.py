"""Results of a class in a round: how far it is, what stands there, handed in, taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.assessments.results import Result
from services.api.class_views import ClassView
from services.api.instrument_views import VersionView
from services.api.result_views import ResultSheet
from services.api.round_views import AssessmentRoundView
from services.identity.areas import Area
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

AREA = for_area(Area.ASSESSMENTS)
HERE = "/erhebungen/klassen/{training_class:uuid}/{round_id:uuid}"
TEMPLATE = "assessments/results.html"


@get(HERE, opt=AREA)
async def show_results(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """How far the class is, and what is recorded of each learner."""
    facts = await _facts(inside, request, training_class, round_id)
    return await pages.show(request, TEMPLATE, **facts, wrong=None, recorded=ab)


@post(f"{HERE}/abgabe", opt=AREA)
async def submit_class(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Say that the class is complete."""
    return await _decide(request, inside, pages, training_class, round_id, "submission")


@post(f"{HERE}/oeffnen", opt=AREA)
async def reopen_class(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str] | Redirect:
    """Take the submission back, with a reason."""
    return await _decide(request, inside, pages, training_class, round_id, "reopening")


def api_path(training_class: UUID, round_id: UUID) -> str:
    return f"/classes/{training_class}/rounds/{round_id}"


def page_path(training_class: UUID, round_id: UUID) -> str:
    return f"/erhebungen/klassen/{training_class}/{round_id}"


async def titles_of(
    inside: Inside, request: Visit, used: ResultSheet | AssessmentRoundView
) -> Mapping[str, str]:
    """The title of each part that a result may have, in the instrument's order."""
    path = f"/instruments/{used.instrument}/versions/{used.instrument_version}"
    version = await inside.read(request, path, VersionView)
    return {part.key: part.title for part in version.definition.parts}


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    round_id: UUID,
    step: str,
) -> Response[str] | Redirect:
    form = await form_of(request)
    path = f"{api_path(training_class, round_id)}/{step}"
    body = {"reason": form.text("reason")} if step == "reopening" else None
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        facts = await _facts(inside, request, training_class, round_id)
        return await pages.show(
            request, TEMPLATE, status=wrong.status, **facts, wrong=wrong, recorded=None
        )
    page = page_path(training_class, round_id)
    return Redirect(f"{page}?ab={decision.position}", status_code=303)


async def _facts(
    inside: Inside, request: Visit, training_class: UUID, round_id: UUID
) -> dict[str, Any]:
    this = await inside.read(request, f"/classes/{training_class}", ClassView)
    sheet = await inside.read(request, f"{api_path(training_class, round_id)}/results", ResultSheet)
    around = await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView)
    return {
        "this": this,
        "round": around,
        "sheet": sheet,
        "titles": await titles_of(inside, request, sheet),
        "missing": [row for row in sheet.rows if row.result is None],
        "scores": {
            row.learner: {score.part: score for score in row.result.scores}
            for row in sheet.rows
            if isinstance(row.result, Result)
        },
        "path": page_path(training_class, round_id),
    }
