"""Figures about reports that give no company and no learner away: counted by half-years.

Cells are joined by the rule of the assessment (`domain/assessments/suppression.py`): what is shown
with a trade, a municipality, a level or an outcome stands for at least `LEAST` reports, each with a
learner or more. No table crosses another, so the largest number that agrees with all of them is
for every combination the smallest shown on the way to it, which is `LEAST` or more.

**Against differences.** Half-years do not overlap, and each is counted as it was at its end: what
is recorded later changes no figure. Longer periods are sums of what the half-years show; nothing
is counted for them. So whatever is asked, and however often, tells no more than the half-years do.

How many reports came in, ended and are open says how much work there was, of nobody in particular:
it is shown as it is, as long as nothing else is said of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from domain.assessments.suppression import LEAST, Figure, publish
from domain.calendar import Calendar, working_days_between
from domain.language_needs.counting import Counted
from domain.language_needs.half_year import HalfYear


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of one kind, or of several that are joined; learners are those they name."""

    keys: tuple[str, ...]
    reports: int
    learners: int


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """Days that something took.

    A quarter of the reports had it by `early`, half by `median`, three quarters by `late`.
    """

    reports: int
    early: int
    median: int
    late: int


class Times(msgspec.Struct, frozen=True, kw_only=True):
    """From a report's coming in; None if too few reports had it in the half-year.

    Until it was acknowledged and answered in working days, until a course began in days.
    """

    to_acknowledgement: Spread | None
    to_answer: Spread | None
    to_course: Spread | None


class Tables(msgspec.Struct, frozen=True, kw_only=True):
    """`trades`, `municipalities` and `levels` of what came in, `endings` of what ended.

    A report counts once for each level it wants, so levels may add up to more.
    """

    trades: tuple[Row, ...] = ()
    municipalities: tuple[Row, ...] = ()
    levels: tuple[Row, ...] = ()
    endings: tuple[Row, ...] = ()


class HalfYearFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A half-year at its end. `learners` is None if fewer than `LEAST` reports came in.

    `waiting`: why the reports that were open then were so.
    """

    half: HalfYear
    received: int
    learners: int | None
    ended: int
    still_open: int
    tables: Tables
    waiting: tuple[Row, ...]
    times: Times


def figures_of(
    half: HalfYear, reports: Iterable[Counted], on: date, calendar: Calendar
) -> HalfYearFigures:
    """Of all reports as they were on a day: the half-year's last, or today while it runs."""
    known = list(reports)
    received = [one for one in known if half.has(one.received)]
    ended = [one for one in known if half.has(one.ended)]
    left = [one for one in known if one.ended is None]
    learners = sum(one.learners for one in received)
    return HalfYearFigures(
        half=half,
        received=len(received),
        learners=learners if len(received) >= LEAST else None,
        ended=len(ended),
        still_open=len(left),
        tables=Tables(
            trades=_table((one.trade, one.learners) for one in received),
            municipalities=_table((one.municipality, one.learners) for one in received),
            levels=_table(wanted for one in received for wanted in one.wanted),
            endings=_table((one.ending, one.learners) for one in ended),
        ),
        waiting=_table((one.waits(on), one.learners) for one in left),
        times=_times(half, known, on, calendar),
    )


def added(figures: Sequence[HalfYearFigures]) -> Tables:
    """The sums of what half-years show; what one of them joins stays joined."""
    tables = [one.tables for one in figures]
    return Tables(
        trades=_sum(table.trades for table in tables),
        municipalities=_sum(table.municipalities for table in tables),
        levels=_sum(table.levels for table in tables),
        endings=_sum(table.endings for table in tables),
    )


def _table(cells: Iterable[tuple[str, int]]) -> tuple[Row, ...]:
    """A row for each key that may be shown, and one for the others together."""
    reports: dict[str, int] = {}
    learners: dict[str, int] = {}
    for key, number in cells:
        reports[key] = reports.get(key, 0) + 1
        learners[key] = learners.get(key, 0) + number
    tree = publish({(key,): (number,) for key, number in reports.items()})
    if tree is None:
        return ()
    groups = [_keys_of(part) for part in tree.parts] or [tuple(sorted(reports))]
    return tuple(_row(keys, reports, learners) for keys in groups)


def _keys_of(part: Figure) -> tuple[str, ...]:
    return part.members or part.path


def _row(keys: Sequence[str], reports: Mapping[str, int], learners: Mapping[str, int]) -> Row:
    return Row(
        keys=tuple(keys),
        reports=sum(reports[key] for key in keys),
        learners=sum(learners[key] for key in keys),
    )


def _sum(tables: Iterable[Sequence[Row]]) -> tuple[Row, ...]:
    alone: dict[str, Row] = {}
    rest = Row(keys=(), reports=0, learners=0)
    for row in (row for table in tables for row in table):
        if len(row.keys) == 1:
            (key,) = row.keys
            alone[key] = _both(alone.get(key), row)
        else:
            rest = _both(rest, row)
    joined = msgspec.structs.replace(rest, keys=tuple(sorted(set(rest.keys))))
    return (*(alone[key] for key in sorted(alone)), *([joined] if joined.keys else []))


def _both(one: Row | None, other: Row) -> Row:
    if one is None:
        return other
    return Row(
        keys=other.keys if one.keys == other.keys else (*one.keys, *other.keys),
        reports=one.reports + other.reports,
        learners=one.learners + other.learners,
    )


def _times(half: HalfYear, reports: Sequence[Counted], on: date, calendar: Calendar) -> Times:
    return Times(
        to_acknowledgement=_spread(
            working_days_between(calendar, one.received, one.acknowledged)
            for one in reports
            if one.acknowledged and half.has(one.acknowledged)
        ),
        to_answer=_spread(
            working_days_between(calendar, one.received, one.answered)
            for one in reports
            if one.answered and half.has(one.answered)
        ),
        to_course=_spread(
            max((one.starts_on - one.received).days, 0)
            for one in reports
            if one.starts_on and half.has(one.starts_on) and one.starts_on <= on
        ),
    )


def _spread(days: Iterable[int]) -> Spread | None:
    """By nearest rank: each of the three is a number of days that a report indeed took."""
    found = sorted(days)
    if len(found) < LEAST:
        return None

    def by(quarters: int) -> int:
        return found[-(-len(found) * quarters // 4) - 1]

    return Spread(reports=len(found), early=by(1), median=by(2), late=by(3))
