"""Figures about companies' reports as rows: with names, and as a table to take along."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from domain.language_needs.figures import HalfYearFigures, Row, Spread
from domain.language_needs.half_year import HalfYear
from services.catalogues.sectors import sectors
from services.need_figures.wording import NeedFigureNames, half_in_words, need_figure_words
from services.results_files.exports import Cell
from services.texts.language import Language

TABLES = ("trades", "municipalities", "levels", "endings", "waiting")


class NeedFigureRow(msgspec.Struct, frozen=True, kw_only=True):
    """Reports of one kind, or of several whose numbers are too small to be shown apart.

    `learners` are those named in these reports; of a level, those who want to reach it.
    """

    keys: list[str]
    name: str
    is_joined: bool
    reports: int
    learners: int


def named_rows(table: str, rows: Sequence[Row], names: NeedFigureNames) -> list[NeedFigureRow]:
    """In the order of the catalogue or of the names; what is joined comes last."""
    found = [_named(table, row, names) for row in rows]
    return sorted(found, key=lambda row: (row.is_joined, _place(table, row)))


def headings(language: Language) -> Sequence[str]:
    return [heading[language] for heading in need_figure_words().headings.values()]


def export_rows(
    figures: Sequence[HalfYearFigures], names: NeedFigureNames
) -> Iterator[Sequence[Cell]]:
    """Each half-year apart: these are all numbers there are."""
    columns = len(need_figure_words().headings)
    for row in _lines(figures, names):
        yield *row, *[None] * (columns - len(row))


def tables_of(figures: HalfYearFigures) -> Mapping[str, Sequence[Row]]:
    return {**msgspec.structs.asdict(figures.tables), "waiting": figures.waiting}


def spreads_of(figures: HalfYearFigures) -> Mapping[str, Spread | None]:
    return msgspec.structs.asdict(figures.times)


def halves_in_words(halves: Sequence[HalfYear], language: Language) -> str:
    return ", ".join(half_in_words(half, language) for half in halves)


def _lines(figures: Sequence[HalfYearFigures], names: NeedFigureNames) -> Iterator[Sequence[Cell]]:
    words, language = need_figure_words(), names.language
    for one in figures:
        period = half_in_words(one.half, language)
        counts = {"received": one.received, "ended": one.ended, "still_open": one.still_open}
        for key, number in counts.items():
            learners = one.learners if key == "received" else None
            yield period, words.tables[key][language], None, None, number, learners
        for table, rows in tables_of(one).items():
            for row in named_rows(table, rows, names):
                joined = len(row.keys) if row.is_joined else None
                said = words.tables[table][language]
                yield period, said, row.name, joined, row.reports, row.learners
        for key, spread in spreads_of(one).items():
            if spread:
                days = spread.early, spread.median, spread.late
                yield period, words.times[key][language], None, None, spread.reports, None, *days


def _named(table: str, row: Row, names: NeedFigureNames) -> NeedFigureRow:
    called = [names.of(table, key) for key in row.keys]
    return NeedFigureRow(
        keys=list(row.keys),
        name="; ".join(called),
        is_joined=len(row.keys) > 1,
        reports=row.reports,
        learners=row.learners,
    )


def _place(table: str, row: NeedFigureRow) -> tuple[int, str]:
    orders = {
        "trades": list(sectors()),
        "endings": list(need_figure_words().endings),
        "waiting": list(need_figure_words().waiting),
    }
    order, key = orders.get(table, []), row.keys[0]
    if table == "levels":
        return 0, key
    return (order.index(key) if key in order else len(order)), row.name
