"""Figures about reports: counted by hand, joined where they are small, and safe from comparing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise, product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessments.suppression import LEAST
from domain.course_offers.levels import Level
from domain.language_needs.counting import Counted, CountedEvent, Waiting, counted
from domain.language_needs.events import AnswerKind, ReportChanged
from domain.language_needs.events_end import (
    Outcome,
    ReportReopened,
    ReportWithdrawn,
    WithdrawalReason,
)
from domain.language_needs.figures import (
    HalfYearFigures,
    Row,
    Spread,
    Tables,
    added,
    figures_of,
)
from domain.language_needs.half_year import HalfYear, half_of, halves
from domain.language_needs.holder import Task
from tests.domain.assessments.attacker import Attacker, Fact
from tests.domain.county import NRW, SALZKOTTEN
from tests.domain.language_needs.example import (
    ACKNOWLEDGED,
    ANSWERED,
    CLOSED,
    NEED,
    REPORT_ID,
    STARTED,
    STARTS_ON,
    SUBMITTED,
    held,
)

AUTUMN, SPRING = half_of(date(2025, 9, 1)), half_of(date(2026, 3, 2))
MONDAY, DAY = date(2025, 9, 1), timedelta(days=1)
FIRST = Counted(received=MONDAY, municipality="05774036", trade="C", wanted=((Level.B1, 6),))


def one(**changes: object) -> Counted:
    return msgspec.structs.replace(FIRST, **changes)


def rows(table: Sequence[Row]) -> dict[tuple[str, ...], tuple[int, int]]:
    return {row.keys: (row.reports, row.learners) for row in table}


def of(half: HalfYear, reports: Sequence[Counted]) -> HalfYearFigures:
    return figures_of(half, reports, half.last, NRW)


@pytest.mark.parametrize(
    ("day", "first", "last", "school_year", "number"),
    [
        (date(2025, 8, 1), date(2025, 8, 1), date(2026, 1, 31), "2025/26", 1),
        (date(2026, 1, 31), date(2025, 8, 1), date(2026, 1, 31), "2025/26", 1),
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 7, 31), "2025/26", 2),
        (date(2026, 7, 31), date(2026, 2, 1), date(2026, 7, 31), "2025/26", 2),
    ],
)
def test_a_school_year_has_two_halves(
    day: date, first: date, last: date, school_year: str, number: int
) -> None:
    half = half_of(day)
    assert (half.first, half.last) == (first, last)
    assert (half.school_year, half.number) == (school_year, number)


def test_halves_follow_one_another_without_a_gap() -> None:
    found = halves(date(2025, 12, 24), date(2027, 2, 1))
    assert [half.number for half in found] == [1, 2, 1, 2]
    assert [after.first - before.last for before, after in pairwise(found)] == [DAY] * 3


def test_a_report_is_counted_as_it_was_on_the_day() -> None:
    need = msgspec.structs.replace(
        NEED, groups=(*NEED.groups, msgspec.structs.replace(NEED.groups[0], wanted=Level.B2))
    )
    changed = ReportChanged(
        report=REPORT_ID,
        company=SUBMITTED.company,
        company_name="",
        contact=SUBMITTED.contact,
        need=need,
        remark="",
        holder=SUBMITTED.holder,
    )
    reopened = ReportReopened(report=REPORT_ID, reason="", holder=held(Task.TRIAGE, 3))
    withdrawn = ReportWithdrawn(report=REPORT_ID, reason=WithdrawalReason.OTHER)
    events: Sequence[CountedEvent] = (
        SUBMITTED,
        ACKNOWLEDGED,
        changed,
        ANSWERED,
        ANSWERED,
        STARTED,
        CLOSED,
        reopened,
        withdrawn,
    )
    history = [(MONDAY + n * DAY, event) for n, event in enumerate(events)]

    def on(days: int) -> Counted:
        found = counted(history, MONDAY + days * DAY)
        assert found is not None
        return found

    assert counted(history, MONDAY - DAY) is None
    assert on(0) == one(municipality=SALZKOTTEN.ags)
    assert (on(1).acknowledged, on(1).learners) == (MONDAY + DAY, 6)
    assert on(2).wanted == ((Level.B1, 6), (Level.B2, 6))
    assert (on(4).answered, on(4).answer) == (MONDAY + 3 * DAY, AnswerKind.NONE)
    assert on(5).starts_on == STARTS_ON
    assert (on(6).ended, on(6).ending) == (MONDAY + 6 * DAY, Outcome.COURSE_HELD)
    assert (on(7).ended, on(7).ending) == (None, "")
    assert (on(8).ended, on(8).ending) == (MONDAY + 8 * DAY, "withdrawn")


def test_why_an_open_report_waits_follows_from_what_it_was_told() -> None:
    nothing = one(answered=MONDAY, answer=AnswerKind.NONE)
    assert one().waits(MONDAY) is Waiting.UNANSWERED
    assert nothing.waits(MONDAY) is Waiting.NOTHING_OFFERED
    assert one(answer=AnswerKind.OFFER).waits(MONDAY) is Waiting.TO_BEGIN
    arranged = one(answer=AnswerKind.NONE, starts_on=MONDAY + DAY)
    assert arranged.waits(MONDAY) is Waiting.TO_BEGIN
    assert arranged.waits(MONDAY + DAY) is Waiting.RUNNING


def test_a_half_year_counts_what_came_in_and_what_ended_in_it() -> None:
    received = [
        *[one()] * 7,
        *[one(trade="Q", wanted=((Level.B1, 1), (Level.B2, 2)))] * 6,
        *[one(trade="F", municipality="")] * 2,
    ]
    before = one(received=AUTUMN.first - DAY, ended=AUTUMN.first, ending="no-offer")
    later = one(received=SPRING.first)
    figures = of(AUTUMN, [*received, *[before] * 5])
    assert (figures.received, figures.ended, figures.still_open) == (15, 5, 15)
    assert figures.learners == 7 * 6 + 6 * 3 + 2 * 6
    assert rows(figures.tables.trades) == {("C",): (7, 42), ("F", "Q"): (8, 30)}
    assert rows(figures.tables.municipalities) == {("", "05774036"): (15, 72)}
    assert rows(figures.tables.levels) == {("b1",): (15, 60), ("b2",): (6, 12)}
    assert rows(figures.tables.endings) == {("no-offer",): (5, 30)}
    assert rows(figures.waiting) == {("unanswered",): (15, 72)}
    few = of(SPRING, [later] * 4)
    assert (few.received, few.learners, few.tables) == (4, None, Tables())


def test_times_are_said_by_quarters_in_working_days_and_only_of_five_or_more() -> None:
    taken = [1, 1, 2, 3, 4, 7, 8, 9]  # the first Monday's week, the week-end between 4 and 7
    reports = [one(acknowledged=MONDAY, answered=MONDAY + n * DAY) for n in taken]
    times = of(AUTUMN, reports).times
    assert times.to_acknowledgement == Spread(reports=8, early=0, median=0, late=0)
    assert times.to_answer == Spread(reports=8, early=1, median=3, late=5)
    assert times.to_course is None
    begun = [one(starts_on=MONDAY + n * DAY) for n in (70, 30, 40, 50, 60)]
    assert of(AUTUMN, begun).times.to_course == Spread(reports=5, early=40, median=50, late=60)
    running = figures_of(AUTUMN, begun, MONDAY + 69 * DAY, NRW)
    assert running.times.to_course is None, "what is arranged has not begun"
    assert of(AUTUMN, reports[:4]).times.to_answer is None


def test_longer_periods_add_up_what_their_half_years_show() -> None:
    autumn = of(AUTUMN, [*[one()] * 6, *[one(trade="Q")] * 5])
    spring = of(SPRING, [*[one(received=SPRING.first)] * 7, one(received=SPRING.first, trade="Q")])
    assert rows(spring.tables.trades) == {("C", "Q"): (8, 48)}
    assert rows(added([autumn, spring]).trades) == {
        ("C",): (6, 36),
        ("Q",): (5, 30),
        ("C", "Q"): (8, 48),
    }
    assert added([]) == Tables()


TRADES, PLACES, LEVELS = "CFQ", "xy", (Level.B1, Level.B2)
KINDS = tuple(product((AUTUMN, SPRING), TRADES, PLACES, LEVELS))
Kind = tuple[HalfYear, str, str, Level]


@given(st.tuples(*[st.integers(0, 7)] * len(KINDS)))
@settings(max_examples=25, deadline=None)
def test_whatever_is_asked_and_compared_no_small_number_comes_out(counts: tuple[int, ...]) -> None:
    true = dict(zip(KINDS, counts, strict=True))
    asked = [_of_kinds(half, true) for half in (AUTUMN, SPRING)]
    told = [fact for period in (asked[:1], asked[1:], asked) for fact in _facts(period)]
    if not told:
        return
    attacker = Attacker({_cell(kind)[0] for kind in KINDS}, len(LEVELS), told)
    for kind, number in true.items():
        if number:  # the smallest cell there is; any larger one has more room
            assert attacker.most([_cell(kind)]) >= LEAST


@given(st.lists(st.integers(0, 40), max_size=6), st.integers(1, 400))
def test_what_happens_after_a_half_year_changes_nothing_in_it(days: list[int], later: int) -> None:
    kept = [
        (MONDAY + n * DAY, event) for n, event in zip([0, *sorted(days)], _told(), strict=False)
    ]
    added_later = [*kept, *((AUTUMN.last + later * DAY, event) for event in _told()[1:])]
    assert counted(added_later, AUTUMN.last) == counted(kept, AUTUMN.last)


def _told() -> Sequence[CountedEvent]:
    return (SUBMITTED, ACKNOWLEDGED, ANSWERED, STARTED, CLOSED)


def _of_kinds(half: HalfYear, true: Mapping[Kind, int]) -> HalfYearFigures:
    reports = [
        one(received=when.first, trade=trade, municipality=place, wanted=((level, 1),))
        for (when, trade, place, level), number in true.items()
        if when == half
        for _ in range(number)
    ]
    return of(half, reports)


def _facts(period: Sequence[HalfYearFigures]) -> Iterator[Fact]:
    """What the rows of a period say: in which half-years a key stands alone, anybody can see."""
    for place, name in ((1, "trades"), (2, "municipalities"), (3, "levels")):
        for row in getattr(added(period), name):
            cells = {
                _cell(kind)
                for part in period
                for own in getattr(part.tables, name)
                if (own.keys == row.keys if len(row.keys) == 1 else len(own.keys) > 1)
                for kind in KINDS
                if kind[0] == part.half and kind[place] in own.keys
            }
            yield Fact(frozenset(cells), row.reports)


def _cell(kind: Kind) -> tuple[tuple[str, ...], int]:
    half, trade, place, level = kind
    return (str(half.number), trade, place), LEVELS.index(level)
