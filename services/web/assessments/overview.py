"""Assessments at a glance: a college's classes and what they miss, the county's rounds."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Response

from services.api.class_views import ClassRow, ClassSitting
from services.api.round_progress import CollegeProgress
from services.api.round_views import RoundSummary
from services.identity.areas import Area
from services.web.assessments.viewer import (
    Viewer,
    options,
    present_year,
    viewer_of,
    years_to_choose,
)
from services.web.door import for_area
from services.web.inside import After, Inside, Visit
from services.web.rendering import Pages

RUNNING = frozenset({"open", "closed"})
OVER = frozenset({"closed", "released", "compared"})


class ClassInRound(msgspec.Struct, frozen=True, kw_only=True):
    """A class of the own college in a round, which is at `stage`.

    `sitting` is None before there is a result.
    """

    row: ClassRow
    sitting: ClassSitting | None
    stage: str

    @property
    def state(self) -> str:
        """`coming`, `missing`, `collecting`, `complete`, `submitted`, `released`, or `missed`."""
        if self.stage == "announced":
            return "coming"
        if self.stage in OVER and (self.sitting is None or not self.sitting.submitted):
            return "missed"
        if self.sitting is None or not self.sitting.results:
            return "missing"
        if self.sitting.stage == "collecting" and self.sitting.results >= self.row.learners:
            return "complete"
        return self.sitting.stage


class RoundOfCollege(msgspec.Struct, frozen=True, kw_only=True):
    """A round as a college sees it: until when, and how far each of its classes is."""

    round: RoundSummary
    closes_at: datetime
    classes: Sequence[ClassInRound]

    @property
    def missing(self) -> int:
        """Classes that were not submitted."""
        return len(self._open)

    @property
    def next(self) -> ClassInRound | None:
        """The class to go on with: the one that is furthest."""
        order = ("complete", "collecting", "missing")
        return min(self._open, key=lambda one: order.index(one.state), default=None)

    @property
    def _open(self) -> list[ClassInRound]:
        return [one for one in self.classes if one.state in {"missing", "collecting", "complete"}]


class RoundOfCounty(msgspec.Struct, frozen=True, kw_only=True):
    """A round with the progress of its colleges, while that is asked for."""

    round: RoundSummary
    colleges: Sequence[CollegeProgress]

    @property
    def expected(self) -> int:
        return sum(college.expected for college in self.colleges)

    @property
    def submitted(self) -> int:
        return sum(college.submitted for college in self.colleges)


@get("/erhebungen", opt=for_area(Area.ASSESSMENTS))
async def show_assessments(
    request: Visit,
    inside: NamedDependency[Inside],
    pages: NamedDependency[Pages],
    ab: After = None,
    jahr: FromQuery[str | None] = None,
) -> Response[str]:
    """What is asked of my college, and how far the county is, as far as it is my business."""
    viewer = viewer_of(request)
    rounds = [one async for one in inside.items(request, "/rounds", RoundSummary, at_least=ab)]
    classes: list[ClassRow] = []
    for college in sorted(viewer.colleges):
        classes += [
            one async for one in inside.items(request, "/classes", ClassRow, college=college)
        ]
    years = years_to_choose([one.school_year for one in (*rounds, *classes)])
    year = jahr if jahr in years else present_year()
    rounds = [one for one in rounds if one.school_year == year]
    rounds.sort(key=lambda one: (one.stage not in RUNNING, one.opens_at))
    classes = [one for one in classes if one.school_year == year and not one.withdrawn]
    progress = {one.id: await _progress(inside, request, one, ab) for one in rounds}
    return await pages.show(
        request,
        "assessments/overview.html",
        viewer=viewer,
        year=year,
        years=options(years),
        classes=classes,
        own=_own(viewer, rounds, classes, progress),
        county=[RoundOfCounty(round=one, colleges=progress[one.id]) for one in rounds]
        if viewer.follows_rounds
        else [],
        recorded=ab,
    )


async def _progress(
    inside: Inside, request: Visit, one: RoundSummary, ab: int | None
) -> Sequence[CollegeProgress]:
    if one.stage == "cancelled":
        return ()
    path = f"/rounds/{one.id}/colleges"
    return await inside.read(request, path, list[CollegeProgress], at_least=ab)


def _own(
    viewer: Viewer,
    rounds: Sequence[RoundSummary],
    classes: Sequence[ClassRow],
    progress: dict[UUID, Sequence[CollegeProgress]],
) -> list[RoundOfCollege]:
    """The rounds in which the viewer's own colleges are asked."""
    found: list[RoundOfCollege] = []
    for one in rounds:
        of_own = [p for p in progress[one.id] if viewer.works_at(p.college)]
        if of_own:
            found.append(
                RoundOfCollege(
                    round=one,
                    closes_at=max(college.closes_at for college in of_own),
                    classes=_in_round(one, classes, of_own),
                )
            )
    return found


def _in_round(
    one: RoundSummary, classes: Sequence[ClassRow], progress: Sequence[CollegeProgress]
) -> list[ClassInRound]:
    """In a retest, classes of the first test are expected only."""
    missing = {this.id for college in progress for this in college.missing}
    colleges = {college.college for college in progress}
    found: list[ClassInRound] = []
    for row in classes:
        sitting = next((s for s in row.sittings if s.round == one.id), None)
        if row.college in colleges and (row.id in missing or sitting is not None):
            found.append(ClassInRound(row=row, sitting=sitting, stage=one.stage))
    return found
