"""What the report of a school year is: statements, each with its figures and what they rest on."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from services.report.marks import Span, as_template, plain, spans_of
from services.report.wording import figure_label


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number of a statement, as it was counted. `required` is what was aimed at, if anything.

    `label` says what was counted.
    """

    name: str
    value: int
    positions: tuple[int, ...]
    required: int | None = None
    label: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or some. `key` stays the same while the text is edited.

    `positions` are those in the log that it rests on, also of what is told beside the figures.
    `wording` is the text in pieces; a piece with a `figure` is put in from the log. `generated`
    is what the log says with placeholders, as `{sessions:times}`, and `offered` what can stand
    for one. `prose` is what a person wrote instead, recorded at `written`; it `is_outdated` if
    the log says something else since.
    """

    key: str
    text: str
    figures: tuple[Figure, ...] = ()
    positions: tuple[int, ...] = ()
    wording: tuple[Span, ...] = ()
    generated: str = ""
    offered: Mapping[str, str] = {}
    prose: str = ""
    written: int | None = None
    is_outdated: bool = False


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A goal with how far it was reached, or what was reached overall, beyond it, or is next."""

    key: str
    title: str
    statements: tuple[Statement, ...]


class KeptReport(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was given out: it is the report at position `up_to`."""

    number: int
    up_to: int
    digest: str
    position: int
    kept_at: datetime


class Unplaced(msgspec.Struct, frozen=True, kw_only=True):
    """Prose for a statement that the report does not make any more."""

    statement: str
    text: str
    written: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The whole text. It is true of the log up to `position`, recorded at `recorded_at`.

    `version` counts what was done to its prose; `digest` stands for exactly this text.
    """

    school_year: str
    title: str
    position: int
    is_final: bool
    sections: tuple[Section, ...]
    version: int = 0
    digest: str = ""
    recorded_at: datetime | None = None
    kept: tuple[KeptReport, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


def statement(key: str, text: str, *figures: Figure, behind: tuple[int, ...] = ()) -> Statement:
    """A statement that rests on its figures' positions and those behind it, in order."""
    of_figures = {position for figure in figures for position in figure.positions}
    wording = spans_of(text)
    labelled = [_labelled(figure) for figure in figures]
    return Statement(
        key=key,
        text=plain(wording),
        figures=tuple(labelled),
        positions=tuple(sorted(of_figures.union(behind))),
        wording=wording,
        generated=as_template(wording),
        offered={
            **_numbers(labelled),
            **{span.figure: span.text for span in wording if span.figure},
        },
    )


def positions_of(report: Report) -> list[int]:
    """All entries of the log that its statements rest on, in order."""
    found = {
        position
        for section in report.sections
        for one in section.statements
        for position in one.positions
    }
    return sorted(found)


def with_figure(of: Statement, figure: Figure) -> Statement:
    """The same statement, which gives this figure first."""
    positions = tuple(sorted({*of.positions, *figure.positions}))
    offered = {**_numbers([figure]), **of.offered}
    figures = (_labelled(figure), *of.figures)
    return msgspec.structs.replace(of, figures=figures, positions=positions, offered=offered)


def _labelled(figure: Figure) -> Figure:
    label = figure.label or figure_label(figure.name)
    return msgspec.structs.replace(figure, label=label)


def _numbers(figures: list[Figure]) -> dict[str, str]:
    """Each figure in digits, and what was aimed at."""
    found: dict[str, str] = {}
    for figure in figures:
        found[figure.name] = str(figure.value)
        if figure.required is not None:
            found[f"{figure.name}:required"] = str(figure.required)
    return found
