"""Announcing a round: its window, its colleges, its instrument, and what a retest repeats."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from domain.assessments.commands import AnnounceRound
from domain.assessments.context import RoundContext
from domain.assessments.errors import (
    BasisMissing,
    ClosesBeforeItOpens,
    CollegeNotInFirstRound,
    CollegeTwice,
    FirstRoundMissing,
    FirstRoundNotReleased,
    GraceTooLong,
    NoCollege,
    NotACollege,
    NotARetest,
    OtherInstrument,
    OtherSchoolYear,
    ReminderOutsideWindow,
    RetestBeforeWindowCloses,
    RetestOfARetest,
    RoundAlreadyAnnounced,
    UnknownRound,
    WindowInThePast,
    WindowOutsideSchoolYear,
)
from domain.assessments.errors_instrument import (
    UnknownInstrument,
    UnknownVersion,
    VersionNotApproved,
)
from domain.assessments.events import RetestPlan, RoundAnnounced, RoundEvent, Sitting
from domain.assessments.instrument import Approved, Instrument, Retired
from domain.assessments.instrument import Unknown as NoInstrument
from domain.assessments.instrument import stage_of as stage_of_version
from domain.assessments.round import Plan, Released, Round, Unknown, stage_of
from domain.assessments.wording import check_key, check_name, first_year, year_of
from domain.calendar import Calendar
from domain.directory.errors import UnknownOrganisation
from domain.directory.events import OrganisationKind
from domain.directory.organisation import Organisation
from domain.kernel import Role

MOST_GRACE_DAYS = 60
"""A round that nobody closes must end before the retest of the same school year."""


def announce_round(
    command: AnnounceRound, this: Round, context: RoundContext
) -> Sequence[RoundEvent]:
    """Once under its key. The process names the retest that was planned with the first test."""
    check_key(command.key)
    check_name(command.title)
    if not command.basis.strip():
        raise BasisMissing
    announced = _announced(command)
    if not isinstance(this, Unknown):
        if _is_already_so(announced, this.plan, context):
            return []
        raise RoundAlreadyAnnounced(command.key, command.school_year)
    _check_moments(announced, context)
    _check_colleges(command.colleges, context.organisations)
    if command.sitting is Sitting.RETEST:
        _check_retest(announced, context.first)
    elif command.first is not None:
        raise NotARetest
    elif announced.retest is not None:
        _check_plan(announced.retest, announced, context.calendar)
    _check_instrument(command, context.instrument)
    return [announced]


def _announced(command: AnnounceRound) -> RoundAnnounced:
    """As it is recorded: moments in whole seconds, so that no timer fires a fraction too early."""
    retest = command.retest
    return RoundAnnounced(
        round=command.subject,
        key=command.key,
        title=command.title,
        school_year=command.school_year,
        instrument=command.instrument,
        version=command.version,
        sitting=command.sitting,
        opens_at=_whole_second(command.opens_at),
        closes_at=_whole_second(command.closes_at),
        reminders=_in_order(command.reminders),
        colleges=tuple(sorted(command.colleges)),
        basis=command.basis,
        first=command.first,
        grace_days=command.grace_days,
        retest=retest
        and RetestPlan(
            opens_at=_whole_second(retest.opens_at),
            closes_at=_whole_second(retest.closes_at),
            reminders=_in_order(retest.reminders),
        ),
    )


def _is_already_so(announced: RoundAnnounced, plan: Plan, context: RoundContext) -> bool:
    """The very same, or the retest that the process announces and a person already has."""
    if context.by.role is Role.PROCESS and announced.sitting is Sitting.RETEST:
        return plan.first == announced.first
    asked = msgspec.structs.asdict(announced)
    return all(getattr(plan, name) == value for name, value in asked.items())


def _check_moments(announced: RoundAnnounced, context: RoundContext) -> None:
    """A person's round opens in the future; a retest may be announced late, but not too late."""
    if not 0 <= announced.grace_days <= MOST_GRACE_DAYS:
        raise GraceTooLong(announced.grace_days, MOST_GRACE_DAYS)
    opens_at, closes_at = announced.opens_at, announced.closes_at
    _check_window(opens_at, closes_at, announced.reminders)
    is_by_process = context.by.role is Role.PROCESS
    if (closes_at if is_by_process else opens_at) <= context.at:
        raise WindowInThePast(opens_at.isoformat())
    _check_within(announced.school_year, (opens_at, closes_at), context.calendar)


def _check_window(opens_at: datetime, closes_at: datetime, reminders: Iterable[datetime]) -> None:
    if closes_at <= opens_at:
        raise ClosesBeforeItOpens(opens_at.isoformat(), closes_at.isoformat())
    for reminder in reminders:
        if not opens_at < reminder < closes_at:
            raise ReminderOutsideWindow(reminder.isoformat())


def _check_within(school_year: str, moments: Iterable[datetime], calendar: Calendar) -> None:
    year = first_year(school_year)
    days = [moment.astimezone(calendar.zone).date() for moment in moments]
    if any(year_of(day) != year for day in days):
        raise WindowOutsideSchoolYear(school_year)


def _check_colleges(colleges: Collection[str], organisations: Mapping[str, Organisation]) -> None:
    if not colleges:
        raise NoCollege
    named: set[str] = set()
    for college in colleges:
        organisation = organisations.get(college, Organisation())
        if not organisation.key:
            raise UnknownOrganisation(college)
        if organisation.kind is not OrganisationKind.COLLEGE:
            raise NotACollege(college)
        if college in named:
            raise CollegeTwice(college)
        named.add(college)


def _check_retest(announced: RoundAnnounced, first: Round) -> None:
    """It repeats a released first test: same instrument, same school year, no other colleges."""
    if announced.first is None:
        raise FirstRoundMissing
    if isinstance(first, Unknown):
        raise UnknownRound(str(announced.first))
    plan = first.plan
    if announced.retest is not None or plan.sitting is Sitting.RETEST:
        raise RetestOfARetest
    if not isinstance(first, Released):
        raise FirstRoundNotReleased(stage_of(first))
    if (announced.instrument, announced.version) != (plan.instrument, plan.version):
        raise OtherInstrument(plan.instrument, plan.version)
    if announced.school_year != plan.school_year:
        raise OtherSchoolYear(plan.school_year, announced.school_year)
    for college in announced.colleges:
        if college not in plan.colleges:
            raise CollegeNotInFirstRound(college)


def _check_plan(retest: RetestPlan, announced: RoundAnnounced, calendar: Calendar) -> None:
    _check_window(retest.opens_at, retest.closes_at, retest.reminders)
    closed_by = announced.closes_at + timedelta(days=announced.grace_days)
    if retest.opens_at <= closed_by:
        raise RetestBeforeWindowCloses(retest.opens_at.isoformat(), closed_by.isoformat())
    _check_within(announced.school_year, (retest.opens_at, retest.closes_at), calendar)


def _check_instrument(command: AnnounceRound, instrument: Instrument) -> None:
    """An approved version; a retest goes on with its own even if it was retired since."""
    if isinstance(instrument, NoInstrument):
        raise UnknownInstrument(command.instrument)
    version = instrument.versions.get(command.version)
    if version is None:
        raise UnknownVersion(command.instrument, command.version)
    is_retest = command.sitting is Sitting.RETEST
    if not isinstance(version, Approved | Retired if is_retest else Approved):
        raise VersionNotApproved(command.instrument, command.version, stage_of_version(version))


def _in_order(moments: Iterable[datetime]) -> tuple[datetime, ...]:
    return tuple(sorted(set(map(_whole_second, moments))))


def _whole_second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
