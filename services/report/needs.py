"""What the report tells of companies' reports: how many came in, and what became of them."""

from collections.abc import Sequence
from datetime import date

from domain.calendar import Calendar
from domain.goals.year import first_day, last_day
from domain.language_needs.figures import HalfYearFigures, Row, added
from domain.language_needs.half_year import halves
from services.need_figures.reading import Histories, figures_by_half, is_over, positions_in
from services.need_figures.tables import named_rows, spreads_of
from services.need_figures.wording import NeedFigureNames, half_in_words
from services.report.marks import bound
from services.report.report import Figure, Section, Statement, statement
from services.report.wording import Sentences, listed

TOLD = ("trades", "municipalities", "levels", "endings")


def of_needs(
    histories: Histories,
    school_year: str,
    today: date,
    calendar: Calendar,
    sentences: Sentences,
    names: NeedFigureNames,
) -> Section | None:
    """Of the half-years that are over: None if nothing came in or ended in them.

    Each is as it was at its end, so the report says the same as the figures that groups read.
    """
    asked = [
        half
        for half in halves(first_day(school_year), last_day(school_year))
        if is_over(half, today)
    ]
    figures = figures_by_half(histories, asked, today, calendar)
    if not any(one.received or one.ended for one in figures):
        return None
    told = [_of_half(one, histories, sentences) for one in figures if one.received or one.ended]
    sums = added(figures)
    positions = tuple(sorted({position for one in told for position in one.positions}))
    told += [
        _of_table(table, rows, positions, sentences, names)
        for table in TOLD
        if (rows := getattr(sums, table))
    ]
    return Section(key="needs", title=sentences.say("needs-title"), statements=tuple(told))


def _of_half(one: HalfYearFigures, histories: Histories, sentences: Sentences) -> Statement:
    """How much came in, ended and was open, and how long half of them took."""
    half, spreads = one.half, spreads_of(one)
    answer, course = spreads["to_answer"], spreads["to_course"]
    received = tuple(
        sorted(told[0].position for told in histories.values() if half.has(told[0].day))
    )
    text = sentences.say(
        "needs-half",
        half=half_in_words(half, "de"),
        n=one.received,
        received=bound("needs:received", str(one.received)),
        ended=bound("needs:ended", str(one.ended)),
        still_open=bound("needs:open", str(one.still_open)),
        answer=bound("needs:answer", str(answer.median)) if answer else "",
        course=bound("needs:course", str(course.median)) if course else "",
    )
    figure = Figure(name="needs", value=one.received, positions=received)
    behind = tuple(positions_in(histories, half))
    return statement(f"needs/{half.number}", text, figure, behind=behind)


def _of_table(
    table: str,
    rows: Sequence[Row],
    positions: tuple[int, ...],
    sentences: Sentences,
    names: NeedFigureNames,
) -> Statement:
    """One sentence: each group with its reports and learners."""
    said = [
        sentences.say("needs-row", name=row.name, reports=row.reports, learners=row.learners)
        for row in named_rows(table, rows, names)
    ]
    text = sentences.say(f"needs-{table}", rows=bound(f"needs:{table}", listed(said)))
    return statement(f"needs/{table}", text, behind=positions)
