"""Examples of figures about companies' reports."""

from datetime import date

from services.api.report_figure_views import (
    DaysTaken,
    HalfYearOffered,
    HalfYearTold,
    ReportFigures,
)
from services.need_figures.tables import NeedFigureRow

NAME, FIRST, LAST = "1. Halbjahr 2025/26", date(2025, 8, 1), date(2026, 1, 31)
ANSWERED = DaysTaken(reports=17, early=3, median=6, late=11)
BEGUN = DaysTaken(reports=8, early=41, median=55, late=78)
ROW = NeedFigureRow(
    keys=["C"], name="Verarbeitendes Gewerbe", is_joined=False, reports=9, learners=41
)
JOINED = NeedFigureRow(
    keys=["F", "Q"],
    name="Baugewerbe; Gesundheits- und Sozialwesen",
    is_joined=True,
    reports=12,
    learners=38,
)
HALF = HalfYearTold(
    name=NAME,
    first=FIRST,
    last=LAST,
    is_over=True,
    received=21,
    learners=79,
    ended=13,
    still_open=8,
    to_acknowledgement=DaysTaken(reports=21, early=0, median=1, late=1),
    to_answer=ANSWERED,
    to_course=BEGUN,
)
OFFERED = HalfYearOffered(name=NAME, first=FIRST, last=LAST)

EXAMPLES = (
    ANSWERED,
    ROW,
    HALF,
    OFFERED,
    ReportFigures(
        first=FIRST,
        last=LAST,
        least=5,
        rule="Jede Zahl steht für mindestens 5 Meldungen.",
        halves=[HALF],
        trades=[ROW, JOINED],
        municipalities=[],
        levels=[],
        endings=[],
        waiting=[],
        offered=[OFFERED],
    ),
)
