"""The county at a glance: each municipality, its concept, what comes next and who is waited for."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Response

from services.api.concepts import STAGES, ConceptSummary, OpenedOrNot
from services.api.directory import MunicipalityView
from services.api.framework import EditionSummary
from services.identity.areas import Area
from services.web.concepts.people import hats_of, organisation_names
from services.web.concepts.stages import ADOPTED, STEP_OF, STEPS
from services.web.door import for_area
from services.web.forms import Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.rendering import Pages

PAGE = "/konzepte"
ENDED = frozenset({"superseded", "withdrawn"})
BY_NAME = "kommune"
ALL = "alle"
LAST = datetime.max.replace(tzinfo=UTC)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A municipality with its present concept. `number` is its place by name."""

    ags: str
    name: str
    number: int
    employs: bool | None
    concept: ConceptSummary | None
    earlier: Sequence[ConceptSummary]

    @property
    def stage(self) -> str:
        return self.concept.stage if self.concept else "unknown"

    @property
    def step(self) -> int:
        return STEP_OF.get(self.stage, -1)

    @property
    def place(self) -> tuple[int, int] | None:
        """Row and column in the tile map."""
        return _places().get(self.ags)


ORDERS: Mapping[str, Callable[[Row], Any]] = {
    BY_NAME: lambda row: row.number,
    "stand": lambda row: (row.step, row.number),
    "frist": lambda row: (row.concept and (row.concept.due or row.concept.review_at)) or LAST,
    "letztes": lambda row: -(row.concept.position if row.concept else -1),
}
"""By what the table can be sorted, as the address says it."""


@get(PAGE, opt=for_area(Area.CONCEPTS))
async def show_overview(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
    stand: FromQuery[str] = "",
    sortierung: FromQuery[str] = BY_NAME,
) -> Response[str]:
    """The concepts of the county. `ab`: what was recorded up to there is shown."""
    return await _show(
        request, inside, pages, ab=ab, stage=stand.removeprefix(ALL), order=sortierung
    )


@post(PAGE, opt=for_area(Area.CONCEPTS))
async def open_concept(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[Any]:
    """Open the concept of one municipality."""
    form = await form_of(request)
    body = {"municipality": form.text("municipality"), "edition": form.text("edition")}
    try:
        decision = await inside.decide(request, "POST", "/concepts", body, key=form.key)
    except Refusal as refusal:
        return await _show(request, inside, pages, wrong=Wrong.of(refusal))
    return Redirect(f"{PAGE}/{decision.id}?ab={decision.position}", status_code=303)


@post(f"{PAGE}/alle", opt=for_area(Area.CONCEPTS))
async def open_all_concepts(
    request: Visit, inside: NamedDependency[Inside], pages: NamedDependency[Pages]
) -> Response[Any]:
    """Open a concept wherever the county employs the case managers and none is there."""
    form = await form_of(request)
    body = {"edition": form.text("edition")}
    headers = {"Idempotency-Key": form.key}
    try:
        answer = await inside.ask(
            request, "POST", "/concepts/opening-of-all", body=body, headers=headers
        )
    except Refusal as refusal:
        return await _show(request, inside, pages, wrong=Wrong.of(refusal))
    outcomes = msgspec.json.decode(answer.content, type=list[OpenedOrNot])
    position = max((one.opened.position for one in outcomes if one.opened), default=0)
    return Redirect(f"{PAGE}?ab={position}", status_code=303)


async def _show(
    request: Visit,
    inside: Inside,
    pages: Pages,
    *,
    ab: After = None,
    stage: str = "",
    order: str = BY_NAME,
    wrong: Wrong | None = None,
) -> Response[str]:
    hats = hats_of(request)
    concepts = [
        one
        async for one in inside.items(request, "/concepts", ConceptSummary, at_least=ab, limit=200)
    ]
    editions = await inside.read(request, "/framework/editions", list[EditionSummary])
    municipalities = await inside.read(request, "/municipalities", list[MunicipalityView])
    rows = _rows(municipalities, concepts, everywhere=hats.reads_all)
    return await pages.show(
        request,
        "concepts/overview.html",
        status=wrong.status if wrong else 200,
        wrong=wrong,
        hats=hats,
        rows=_sorted([row for row in rows if not stage or row.stage == stage], order),
        everywhere=rows,
        # The goal is about the municipalities whose case managers the county employs.
        goal=sum(row.employs is True for row in rows),
        reached=sum(row.stage in ADOPTED for row in rows),
        edition=editions[0] if editions else None,
        organisations=await organisation_names(inside, request),
        stages=[one for one in STAGES if any(row.stage == one for row in rows)],
        stage=stage,
        order=order if order in ORDERS else BY_NAME,
        orders=list(ORDERS),
        steps=STEPS,
    )


def _rows(
    municipalities: Sequence[MunicipalityView],
    concepts: Sequence[ConceptSummary],
    *,
    everywhere: bool,
) -> list[Row]:
    """The municipalities by name; without `everywhere` those with a concept the person may see."""
    rows: list[Row] = []
    for number, one in enumerate(municipalities):
        own = sorted(
            (concept for concept in concepts if concept.municipality == one.ags),
            key=lambda concept: (concept.stage not in ENDED, concept.edition),
            reverse=True,
        )
        if own or everywhere:
            row = Row(
                ags=one.ags,
                name=one.name,
                number=number,
                employs=one.county_is_employer,
                concept=own[0] if own else None,
                earlier=own[1:],
            )
            rows.append(row)
    return rows


def _sorted(rows: Sequence[Row], order: str) -> list[Row]:
    return sorted(rows, key=ORDERS.get(order, ORDERS[BY_NAME]))


@cache
def _places() -> Mapping[str, tuple[int, int]]:
    """Row and column in the tile map by AGS."""
    table = files("services.web.concepts").joinpath("county-map.toml")
    return msgspec.convert(
        tomllib.loads(table.read_text(encoding="utf-8")), dict[str, tuple[int, int]]
    )
