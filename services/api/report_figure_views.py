"""How figures about companies' reports look from outside."""

from collections.abc import Sequence
from datetime import date

import msgspec

from domain.assessments.suppression import LEAST
from domain.language_needs.figures import HalfYearFigures, Spread, added
from domain.language_needs.half_year import HalfYear
from services.need_figures.reading import is_over
from services.need_figures.tables import NeedFigureRow, named_rows
from services.need_figures.wording import NeedFigureNames, half_in_words, need_figure_words


class DaysTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A quarter of so many reports had it within `early` days, half of them within `median`."""

    reports: int
    early: int
    median: int
    late: int


class HalfYearTold(msgspec.Struct, frozen=True, kw_only=True):
    """A half of a school year, counted as it was at its end; while it runs, as it is.

    `learners` is null if few reports came in, a time if few had it. To the acknowledgement and the
    first answer working days are counted, to the beginning of a course all days.
    """

    name: str
    first: date
    last: date
    is_over: bool
    received: int
    learners: int | None
    ended: int
    still_open: int
    to_acknowledgement: DaysTaken | None
    to_answer: DaysTaken | None
    to_course: DaysTaken | None


class HalfYearOffered(msgspec.Struct, frozen=True, kw_only=True):
    """A half-year that can be asked for."""

    name: str
    first: date
    last: date


class ReportFigures(msgspec.Struct, frozen=True, kw_only=True):
    """From `first` to `last`, in whole half-years; what they count is added up, nothing else.

    `rule` says how small groups are protected, and `least` for how many reports a number stands.
    `waiting` are those that were open at the end of the last half-year. `offered` are all
    half-years that the person may ask for.
    """

    first: date | None
    last: date | None
    least: int
    rule: str
    halves: list[HalfYearTold]
    trades: list[NeedFigureRow]
    municipalities: list[NeedFigureRow]
    levels: list[NeedFigureRow]
    endings: list[NeedFigureRow]
    waiting: list[NeedFigureRow]
    offered: list[HalfYearOffered]


def report_figures(
    figures: Sequence[HalfYearFigures],
    offered: Sequence[HalfYear],
    today: date,
    names: NeedFigureNames,
) -> ReportFigures:
    sums, language = added(figures), names.language
    return ReportFigures(
        first=figures[0].half.first if figures else None,
        last=figures[-1].half.last if figures else None,
        least=LEAST,
        rule=need_figure_words().rule[language].format(least=LEAST),
        halves=[_told(one, today, names) for one in figures],
        trades=named_rows("trades", sums.trades, names),
        municipalities=named_rows("municipalities", sums.municipalities, names),
        levels=named_rows("levels", sums.levels, names),
        endings=named_rows("endings", sums.endings, names),
        waiting=named_rows("waiting", figures[-1].waiting, names) if figures else [],
        offered=[
            HalfYearOffered(name=half_in_words(half, language), first=half.first, last=half.last)
            for half in offered
        ],
    )


def _told(one: HalfYearFigures, today: date, names: NeedFigureNames) -> HalfYearTold:
    return HalfYearTold(
        name=half_in_words(one.half, names.language),
        first=one.half.first,
        last=one.half.last,
        is_over=is_over(one.half, today),
        received=one.received,
        learners=one.learners,
        ended=one.ended,
        still_open=one.still_open,
        to_acknowledgement=_days(one.times.to_acknowledgement),
        to_answer=_days(one.times.to_answer),
        to_course=_days(one.times.to_course),
    )


def _days(spread: Spread | None) -> DaysTaken | None:
    if spread is None:
        return None
    return DaysTaken(
        reports=spread.reports, early=spread.early, median=spread.median, late=spread.late
    )
