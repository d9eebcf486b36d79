"""Prose around figures: the words are free, the figures are those of the statement."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.annual_report.commands import KeepReport, ReportCommand, ResetProse, WriteProse
from domain.annual_report.context import ReportContext, Slot
from domain.annual_report.decide import ANNUAL_REPORT
from domain.annual_report.errors import (
    FigureLeftOut,
    ProseMissing,
    UnknownFigure,
    UnknownStatement,
)
from domain.annual_report.events import ProseReset, ProseWritten, ReportEvent, ReportKept
from domain.annual_report.prose import left_out_of, pieces, placeholders
from domain.kernel import Actor, Role

YEAR = "2024/25"
SESSIONS, REMARK = "steering-sessions/sessions", "remark:overall"
SAID = "Die Lenkungsgruppe hat {sessions:times} getagt."
TEXT = "Getagt wurde {sessions:times}, also {sessions}-mal."
SLOTS = {
    SESSIONS: Slot(
        instead_of=SAID,
        offered=frozenset({"sessions", "sessions:times", "sessions:required"}),
        required=frozenset({"sessions"}),
    ),
    REMARK: Slot(),
}
WRITTEN = ProseWritten(school_year=YEAR, statement=SESSIONS, text=TEXT, instead_of=SAID)


def decided(
    command: ReportCommand,
    *history: ReportEvent,
    digest: str = "a",
    slots: dict[str, Slot] = SLOTS,
) -> list[ReportEvent]:
    context = ReportContext(
        at=datetime(2025, 9, 1, tzinfo=UTC),
        by=Actor(account="ada", role=Role.COORDINATOR),
        slots=slots,
        up_to=900,
        digest=digest,
    )
    return list(ANNUAL_REPORT.decide(command, ANNUAL_REPORT.replay(history), context))


def write(text: str, statement: str = SESSIONS) -> WriteProse:
    return WriteProse(school_year=YEAR, statement=statement, text=text)


def test_a_statement_is_said_otherwise_around_its_figures() -> None:
    assert decided(write(f" {TEXT}\n")) == [WRITTEN]
    assert decided(write(TEXT), WRITTEN) == [], "it is already so"
    assert decided(write(SAID)) == [], "nothing is said otherwise"


def test_a_figure_of_the_statement_cannot_be_left_out_or_typed_over() -> None:
    with pytest.raises(FigureLeftOut) as refusal:
        decided(write("Die Lenkungsgruppe hat fünfmal getagt."))
    assert refusal.value.facts == {"figure": "sessions"}


def test_a_figure_that_the_statement_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownFigure) as refusal:
        decided(write("Getagt wurde {sessions}-mal, in {meetings:times} Treffen."))
    assert refusal.value.facts == {"figure": "meetings:times"}
    with pytest.raises(UnknownFigure):
        decided(write("Es geht {so} nicht.", REMARK))


def test_words_are_needed_and_a_statement_that_the_report_makes() -> None:
    with pytest.raises(ProseMissing):
        decided(write(" \n"))
    with pytest.raises(UnknownStatement):
        decided(write("Text", "beyond/nothing"))


def test_a_paragraph_may_say_anything_also_numbers() -> None:
    [event] = decided(write("Im Jahr 2025 geht es weiter.", REMARK))
    assert event == ProseWritten(
        school_year=YEAR, statement=REMARK, text="Im Jahr 2025 geht es weiter."
    )


def test_the_same_words_are_written_again_once_the_log_says_something_else() -> None:
    other = {
        SESSIONS: msgspec.structs.replace(SLOTS[SESSIONS], instead_of="Neu: {sessions:times}.")
    }
    [event] = decided(write(TEXT), WRITTEN, slots=other)
    assert isinstance(event, ProseWritten)
    assert event.instead_of == "Neu: {sessions:times}."


def test_what_was_written_is_reset_once_also_if_it_has_no_place_any_more() -> None:
    reset = ResetProse(school_year=YEAR, statement=SESSIONS)
    assert decided(reset) == []
    event = ProseReset(school_year=YEAR, statement=SESSIONS)
    assert decided(reset, WRITTEN, slots={}) == [event]
    assert decided(reset, WRITTEN, event) == []


def test_a_text_is_kept_under_the_next_number_unless_it_is_the_same() -> None:
    keep = KeepReport(school_year=YEAR)
    first = ReportKept(school_year=YEAR, number=1, up_to=900, digest="a")
    assert decided(keep) == [first]
    assert decided(keep, first) == []
    [second] = decided(keep, first, digest="b")
    assert isinstance(second, ReportKept)
    assert (second.number, second.digest) == (2, "b")


@given(st.text(st.sampled_from("{}ab: \n"), max_size=40))
def test_a_text_is_its_words_and_its_placeholders(text: str) -> None:
    found = list(pieces(text))
    again = "".join(f"{words}{{{figure}}}" for words, figure in found[:-1]) + found[-1][0]
    assert again == text
    assert {figure for _, figure in found[:-1]} == placeholders(text)


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_stands_around_it_a_figure_that_is_given_is_not_left_out(
    before: str, after: str
) -> None:
    text = f"{before.replace('{', '(')}{{sessions:times}}{after}"
    assert left_out_of(text, SLOTS[SESSIONS]) == []
