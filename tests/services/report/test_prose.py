"""Prose put into a report: with the figures of the log, and never against them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from domain.annual_report.commands import report_id
from domain.annual_report.decide import ANNUAL_REPORT
from domain.annual_report.events import ProseReset, ProseWritten, ReportEvent, ReportKept
from domain.kernel import Role
from services.eventstore.record import LogEntry, Metadata
from services.report.marks import bound
from services.report.paper import as_markdown
from services.report.prose import slots_of, with_prose
from services.report.report import Figure, Report, Section, Statement, statement
from services.report.wording import Sentences
from services.texts.names import NAMELESS

YEAR = "2024/25"
SESSIONS, GROUP = "goal/sessions", "beyond/group"
AT = datetime(2025, 9, 1, tzinfo=UTC)
OWN = "Getagt wurde {sessions:times}."


def said(times: str = "zweimal", body: str = "Die Gruppe") -> Statement:
    text = f"{body} hat {bound('sessions:times', times)} getagt."
    return statement(SESSIONS, text, Figure(name="sessions", value=2, required=2, positions=(3, 7)))


def report(*statements: Statement) -> Report:
    return Report(
        school_year=YEAR,
        title="Bericht",
        position=90,
        is_final=False,
        sections=(Section(key="goal", title="Ziel 1: *Sterne*", statements=statements),),
    )


def written(text: str, statement: str = SESSIONS, instead_of: str = "") -> ProseWritten:
    return ProseWritten(school_year=YEAR, statement=statement, text=text, instead_of=instead_of)


def edited(of: Report, *events: ReportEvent) -> Report:
    entries = [_entry(position, event) for position, event in enumerate(events, 100)]
    return with_prose(of, ANNUAL_REPORT.replay(events), entries)


def test_the_figures_of_prose_are_those_of_the_log_whenever_it_is_read() -> None:
    prose = written(OWN, instead_of=said().generated)
    for times in ("einmal", "zweimal"):
        [one] = edited(report(said(times)), prose).sections[0].statements
        assert one.text == f"Getagt wurde {times}."
        assert (one.written, one.is_outdated) == (100, False)
        assert [span.text for span in one.wording if span.figure] == [times]
        assert one.positions == (3, 7)


def test_prose_is_marked_once_the_log_says_something_else_around_the_figures() -> None:
    prose = written(OWN, instead_of=said().generated)
    [one] = edited(report(said(body="Das Gremium")), prose).sections[0].statements
    assert (one.text, one.is_outdated) == ("Getagt wurde zweimal.", True)


def test_prose_whose_figures_are_not_there_any_more_gives_way() -> None:
    nothing = statement(SESSIONS, bound("sessions:sentence", "Getagt wurde nicht."))
    [one] = edited(report(nothing), written(OWN)).sections[0].statements
    assert (one.text, one.prose, one.is_outdated) == ("Getagt wurde nicht.", OWN, True)


def test_prose_without_its_statement_is_kept_apart_and_a_paragraph_stands_at_the_end() -> None:
    found = edited(
        report(said()),
        written("Die Arbeitsgruppe.", GROUP),
        written("Es geht weiter.", "remark:goal"),
        written("Vorweg.", "remark:introduction"),
    )
    [lost] = found.unplaced
    assert (lost.statement, lost.text, lost.written) == (GROUP, "Die Arbeitsgruppe.", 100)
    introduction, goal = found.sections
    assert [one.text for one in introduction.statements] == ["Vorweg."]
    assert goal.statements[-1].text == "Es geht weiter."
    without = edited(
        report(said()), written("Weg damit.", GROUP), ProseReset(school_year=YEAR, statement=GROUP)
    )
    assert without.unplaced == ()


def test_the_checksum_stands_for_the_text_and_a_kept_one_is_named() -> None:
    plain = edited(report(said()))
    kept = ReportKept(school_year=YEAR, number=1, up_to=90, digest=plain.digest)
    again = edited(report(said()), kept)
    assert (again.digest, again.kept[0].digest, again.kept[0].position) == (
        plain.digest,
        plain.digest,
        100,
    )
    assert edited(report(said("einmal"))).digest != plain.digest
    assert edited(report(said()), kept, written(OWN)).digest != plain.digest


def test_a_statement_offers_its_figures_also_in_digits_and_asks_for_those_it_shows() -> None:
    slot = slots_of(report(said()))[SESSIONS]
    assert slot.offered == {"sessions", "sessions:required", "sessions:times"}
    assert slot.required == {"sessions"}
    assert slot.instead_of == "Die Gruppe hat {sessions:times} getagt."


def test_what_people_write_makes_neither_a_figure_nor_a_heading() -> None:
    forged = str(bound("sessions:times", "fünfmal"))
    sentence = Sentences(NAMELESS).say("next-goals", school_year=forged)
    assert statement("outlook", sentence).wording[0].figure == ""
    assert statement("key", "Der Titel {sessions}.").generated == "Der Titel (sessions)."
    text = as_markdown(report(statement("key", "1. Ein_Text [mit] Zeichen"), said()))
    assert "## Ziel 1: \\*Sterne\\*" in text
    assert "\n1\\. Ein\\_Text \\[mit\\] Zeichen\n" in text
    assert "Die Gruppe hat zweimal getagt. [3, 7]" in text


@pytest.mark.parametrize("text", ["", "Ohne Zahl."])
def test_a_text_without_figures_is_one_piece(text: str) -> None:
    assert "".join(span.text for span in statement("key", text).wording) == text


def _entry(position: int, event: ReportEvent) -> LogEntry:
    metadata = Metadata(
        command=uuid4(), correlation="test", account="ada", role=Role.COORDINATOR, occurred_at=AT
    )
    return LogEntry(
        position=position,
        originator_id=report_id(YEAR),
        originator_version=position - 99,
        topic=event.TOPIC,
        event=event,
        metadata=metadata,
        recorded_at=AT,
    )


def test_entries_are_read_in_their_order() -> None:
    events: Sequence[ReportEvent] = (written("Erst so: {sessions}."), written(OWN))
    [one] = edited(report(said()), *events).sections[0].statements
    assert (one.prose, one.written) == (OWN, 101)
