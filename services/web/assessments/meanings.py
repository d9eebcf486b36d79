"""What results mean: a class, the whole college, the change to the retest; a teacher's own view."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Response

from domain.assessments.definition import Level
from domain.assessments.results import Meaning
from services.api.catalogues import MeasureView
from services.api.class_views import ClassRow, ClassView
from services.api.instrument_views import CutScoresView, LevelCut
from services.api.meaning_views import ClassChange, ClassMeaning, LearnerMeaning
from services.api.round_views import AssessmentRoundView
from services.identity.areas import Area
from services.web.assessments.causes import causes_of
from services.web.assessments.results import HERE, api_path, page_path
from services.web.assessments.viewer import options, under, viewer_of
from services.web.charts import Bar, Bars, Dot, Dots, Pair, Pairs, picture
from services.web.door import for_area
from services.web.forms import Form, Wrong, form_of
from services.web.inside import After, Inside, Refusal, Visit
from services.web.language import language_of
from services.web.rendering import Pages
from services.web.texts import say

AREA = for_area(Area.ASSESSMENTS)
LEARNER = f"{HERE}/ergebnis/{{learner:uuid}}"


class ReleasedClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the college with what its results mean."""

    row: ClassRow
    meaning: ClassMeaning


@get(f"{HERE}/ergebnis", opt=AREA)
async def show_meaning(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
    ab: After = None,
) -> Response[str]:
    """The class as a whole, then its learners: those first who need a second look."""
    meaning = await _meaning(inside, request, training_class, round_id)
    return await pages.show(
        request,
        "assessments/meaning.html",
        this=await inside.read(request, f"/classes/{training_class}", ClassView),
        round=await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView),
        meaning=meaning,
        levels=await picture(
            _levels(request, {one.level: one.learners for one in meaning.distribution})
        ),
        scores=await picture(_scores(request, meaning.learners))
        if _said(meaning.learners)
        else None,
        path=page_path(training_class, round_id),
        recorded=ab,
    )


@get(LEARNER, opt=AREA)
async def show_learner(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str]:
    """One learner's result, with the forms to look twice and to decide otherwise."""
    return await _show_learner(request, inside, pages, training_class, round_id, learner)


@post(f"{LEARNER}/zweiter-blick", opt=AREA)
async def look_twice(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str] | Redirect:
    """Decide between the levels a borderline result leaves open."""
    form = await form_of(request)
    body = {"level": form.text("level"), "reason": form.text("because")}
    place = (training_class, round_id, learner)
    return await _decide(request, inside, pages, place, "second-look", form, body)


@post(f"{LEARNER}/empfehlung", opt=AREA)
async def choose_otherwise(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
    learner: FromPath[UUID],
) -> Response[str] | Redirect:
    """Choose other measures than the rule, with a reason."""
    form = await form_of(request)
    body = {"measures": form.texts("measures"), "reason": form.text("reason")}
    place = (training_class, round_id, learner)
    return await _decide(request, inside, pages, place, "recommendation", form, body)


@get(f"{HERE}/vergleich", opt=AREA)
async def show_change(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    training_class: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Response[str]:
    """The change from the first test to the retest."""
    path = f"{api_path(training_class, round_id)}/comparison"
    change = await inside.read(request, path, ClassChange)
    return await pages.show(
        request,
        "assessments/change.html",
        this=await inside.read(request, f"/classes/{training_class}", ClassView),
        round=await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView),
        change=change,
        levels=await picture(_change(request, change)) if change.learners else None,
        path=page_path(training_class, round_id),
    )


@get("/erhebungen/runden/{round_id:uuid}/kolleg", opt=AREA)
async def show_college(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    round_id: FromPath[UUID],
) -> Response[str]:
    """All released classes of the own college in a round, together and one by one."""
    this = await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView)
    rows: list[ClassRow] = []
    for college in sorted(viewer_of(request).colleges):
        found = inside.items(
            request, "/classes", ClassRow, college=college, school_year=this.school_year
        )
        rows += [row async for row in found if _is_released(row, round_id)]
    meanings = await asyncio.gather(*(_meaning(inside, request, row.id, round_id) for row in rows))
    counts: Counter[Level] = Counter()
    for meaning in meanings:
        counts.update({one.level: one.learners for one in meaning.distribution})
    return await pages.show(
        request,
        "assessments/college.html",
        round=this,
        classes=[
            ReleasedClass(row=row, meaning=meaning)
            for row, meaning in zip(rows, meanings, strict=True)
        ],
        counts=[(level, counts[level]) for level in Level if level in counts],
        causes=await causes_of(request, inside, round_id),
        levels=await picture(_levels(request, counts)) if counts else None,
    )


def _is_released(row: ClassRow, round_id: UUID) -> bool:
    return any(one.round == round_id and one.released for one in row.sittings)


async def _meaning(
    inside: Inside, request: Visit, training_class: UUID, round_id: UUID
) -> ClassMeaning:
    path = f"{api_path(training_class, round_id)}/meaning"
    return await inside.read(request, path, ClassMeaning)


async def _show_learner(
    request: Visit,
    inside: Inside,
    pages: Pages,
    training_class: UUID,
    round_id: UUID,
    learner: UUID,
    form: Form | None = None,
    wrong: Wrong | None = None,
) -> Response[str]:
    meaning = await _meaning(inside, request, training_class, round_id)
    around = await inside.read(request, f"/rounds/{round_id}", AssessmentRoundView)
    path = f"/instruments/{around.instrument}/versions/{around.instrument_version}/cut-scores"
    cuts = (await inside.read(request, path, CutScoresView)).cuts
    return await pages.show(
        request,
        "assessments/learner.html",
        status=wrong.status if wrong else 200,
        this=await inside.read(request, f"/classes/{training_class}", ClassView),
        round=around,
        meaning=meaning,
        one=next((one for one in meaning.learners if one.learner == learner), None),
        learner=learner,
        level_options=options(_open_levels(meaning.learners, learner, cuts)),
        measures=await inside.read(request, "/measures", list[MeasureView]),
        path=page_path(training_class, round_id),
        form=form,
        wrong=wrong,
    )


async def _decide(
    request: Visit,
    inside: Inside,
    pages: Pages,
    place: tuple[UUID, UUID, UUID],
    step: str,
    form: Form,
    body: object,
) -> Response[str] | Redirect:
    training_class, round_id, learner = place
    path = f"{api_path(training_class, round_id)}/learners/{learner}/{step}"
    try:
        decision = await inside.decide(request, "POST", path, body, key=form.key, seen=form.seen)
    except Refusal as refusal:
        wrong = Wrong.of(refusal)
        if step == "second-look":
            wrong = under(wrong, reason="because")
        return await _show_learner(
            request, inside, pages, training_class, round_id, learner, form, wrong
        )
    page = f"{page_path(training_class, round_id)}/ergebnis?ab={decision.position}"
    return Redirect(page, status_code=303)


def _open_levels(
    learners: Sequence[LearnerMeaning], learner: UUID, cuts: Sequence[LevelCut]
) -> list[Level]:
    """The levels of the test that the uncertainty of the result reaches."""
    said = next((one.meaning for one in learners if one.learner == learner), None)
    if not isinstance(said, Meaning):
        return []
    reached = range(said.lowest.rank, said.highest.rank + 1)
    return [cut.level for cut in cuts if cut.level.rank in reached]


def _said(learners: Sequence[LearnerMeaning]) -> list[Meaning]:
    return [one.meaning for one in learners if isinstance(one.meaning, Meaning)]


def _levels(request: Visit, counts: Counter[Level] | dict[Level, int]) -> Bars:
    def text(key: str) -> str:
        return say(f"assessments.chart.{key}", language_of(request), {})

    return Bars(
        title=text("levels_title"),
        description=text("levels_description"),
        axis=text("learners"),
        bars=tuple(Bar(label=level, count=counts[level]) for level in Level if level in counts),
    )


def _scores(request: Visit, learners: Sequence[LearnerMeaning]) -> Dots:
    def text(key: str) -> str:
        return say(f"assessments.chart.{key}", language_of(request), {})

    said = _said(learners)
    return Dots(
        title=text("scores_title"),
        description=text("scores_description"),
        across=text("exact"),
        up=text("recognition"),
        highest=max(one.maximum for one in said),
        dots=tuple(
            sorted(
                (Dot(across=one.exact, up=one.recognition, unsure=one.borderline) for one in said),
                key=lambda dot: (dot.across, dot.up, dot.unsure),
            )
        ),
    )


def _change(request: Visit, change: ClassChange) -> Pairs:
    def text(key: str) -> str:
        return say(f"assessments.chart.{key}", language_of(request), {})

    first = Counter(one.first_level for one in change.learners)
    retest = Counter(one.retest_level for one in change.learners)
    return Pairs(
        title=text("change_title"),
        description=text("change_description"),
        axis=text("learners"),
        first=text("first"),
        second=text("retest"),
        pairs=tuple(
            Pair(label=level, first=first[level], second=retest[level])
            for level in Level
            if level in first or level in retest
        ),
    )
