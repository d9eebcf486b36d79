"""How an assessment round looks from outside: its window, its colleges, where it stands."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from domain.assessments.announcing import MOST_GRACE_DAYS
from domain.assessments.commands import AnnounceRound
from domain.assessments.course import retest_missed
from domain.assessments.events import RetestPlan, Sitting
from domain.assessments.round import Cancelled, Existing, stage_of
from services.api import assessment_bounds as bounds
from services.api.bounds import Instant, Key, Name, Reason, checked

Moments = Annotated[tuple[Instant, ...], msgspec.Meta(max_length=bounds.MOST_MOMENTS)]


class RetestDraft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The window of the retest that shows the change; it is announced by itself."""

    opens_at: Instant
    closes_at: Instant
    reminders: Moments = ()


class Announcement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`first` is the round that a retest repeats. `basis` is the legal basis colleges may ask on.

    Reminders lie within the window; at each, colleges with missing classes are named. If classes
    are missing at its end, the round is held for `grace_days` in which the coordinator can give
    a college more time.
    """

    key: Key
    title: Name
    school_year: bounds.SchoolYear
    instrument: Key
    version: bounds.VersionOf
    opens_at: Instant
    closes_at: Instant
    colleges: Annotated[
        tuple[Key, ...], msgspec.Meta(min_length=1, max_length=bounds.MOST_COLLEGES)
    ]
    basis: Reason
    sitting: Sitting = Sitting.FIRST
    reminders: Moments = ()
    first: UUID | None = None
    retest: RetestDraft | None = None
    grace_days: Annotated[int, msgspec.Meta(ge=0, le=MOST_GRACE_DAYS)] = 0


class WindowExtension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For these colleges or, if none is named, for all."""

    closes_at: Instant
    reason: Reason
    colleges: Annotated[tuple[Key, ...], msgspec.Meta(max_length=bounds.MOST_COLLEGES)] = ()


class RoundSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `released_at` is the log position at which results were released."""

    id: UUID
    key: str
    title: str
    school_year: str
    instrument: str
    instrument_version: int
    sitting: Sitting
    stage: str
    opens_at: datetime
    closes_at: datetime
    version: int
    position: int
    changed_at: datetime
    first: UUID | None = None
    retest: UUID | None = None
    released_at: int | None = None


class LongerWindow(msgspec.Struct, frozen=True, kw_only=True):
    """A college that has more time than the round."""

    college: str
    closes_at: datetime


class AssessmentRoundView(msgspec.Struct, frozen=True, kw_only=True):
    """A round as it stands. `reminded` are the planned reminders that went out.

    Colleges see themselves among the colleges, nobody else. `held_until` is when the round closes
    if classes are missing. `retest` is the planned window, `scheduled` the round it became;
    `retest_missed` says that results were released too late for it, so that it has to be
    announced by hand.
    """

    id: UUID
    key: str
    title: str
    school_year: str
    instrument: str
    instrument_version: int
    sitting: Sitting
    stage: str
    opens_at: datetime
    closes_at: datetime
    held_until: datetime
    reminders: list[datetime]
    reminded: list[datetime]
    colleges: list[str]
    longer: list[LongerWindow]
    basis: str
    cancelled_because: str
    version: int
    first: UUID | None = None
    retest: RetestPlan | None = None
    scheduled: UUID | None = None
    retest_missed: bool = False


def announcement(data: Announcement) -> AnnounceRound:
    """The command. Raises EdgeProblem for moments beyond calendars."""
    for name in ("opens_at", "closes_at"):
        checked(getattr(data, name), pointer=f"/{name}")
    _check_moments(data.reminders, "/reminders")
    retest = data.retest
    if retest is not None:
        for name in ("opens_at", "closes_at"):
            checked(getattr(retest, name), pointer=f"/retest/{name}")
        _check_moments(retest.reminders, "/retest/reminders")
    plan = retest and RetestPlan(
        opens_at=retest.opens_at, closes_at=retest.closes_at, reminders=retest.reminders
    )
    return AnnounceRound(
        key=data.key,
        title=data.title,
        school_year=data.school_year,
        instrument=data.instrument,
        version=data.version,
        opens_at=data.opens_at,
        closes_at=data.closes_at,
        colleges=data.colleges,
        basis=data.basis,
        sitting=data.sitting,
        reminders=data.reminders,
        first=data.first,
        retest=plan,
        grace_days=data.grace_days,
    )


def round_view(
    this: Existing, version: int, seen: Collection[str] | None, at: datetime
) -> AssessmentRoundView:
    """As it is at that time. `seen` are the colleges whose part may be seen; None for all."""
    plan = this.plan
    colleges = [key for key in plan.colleges if seen is None or key in seen]
    return AssessmentRoundView(
        id=plan.round,
        key=plan.key,
        title=plan.title,
        school_year=plan.school_year,
        instrument=plan.instrument,
        instrument_version=plan.version,
        sitting=plan.sitting,
        stage=stage_of(this),
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        held_until=plan.held_until,
        reminders=list(plan.reminders),
        reminded=sorted(plan.reminded),
        colleges=colleges,
        longer=[
            LongerWindow(college=key, closes_at=plan.closes_for(key))
            for key in colleges
            if plan.closes_for(key) > plan.closes_at
        ],
        basis=plan.basis,
        first=plan.first,
        retest=plan.retest,
        scheduled=plan.scheduled,
        retest_missed=retest_missed(this, at),
        cancelled_because=this.reason if isinstance(this, Cancelled) else "",
        version=version,
    )


def _check_moments(moments: tuple[datetime, ...], pointer: str) -> None:
    for index, moment in enumerate(moments):
        checked(moment, pointer=f"{pointer}/{index}")
