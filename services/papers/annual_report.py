"""The report of a school year on paper: the text, and at its end what each figure rests on."""

from collections.abc import Iterator

from domain.goals.year import first_day
from services.papers.head import Head, facts_of, proof
from services.papers.paper import Block, Paper, Paragraph, Part, Table, paragraphs
from services.papers.wording import said
from services.report.report import Figure, Report, Statement
from services.texts.language import Language
from services.texts.words import number

LANGUAGE: Language = "de"
"""The report is German, whoever reads it."""

Note = tuple[int, Statement]


def report_paper(report: Report, head: Head) -> Paper:
    """Section by section. The number behind a statement is that of its row in the table."""
    notes = _notes(report)
    at = report.recorded_at
    position = said(
        "report.position", LANGUAGE, position=report.position, at=head.moment(report.recorded_at)
    )
    return Paper(
        language=LANGUAGE,
        on=head.day(at) if at else first_day(report.school_year),
        title=said("report.title", LANGUAGE),
        subtitle=report.title,
        issuer=head.issuer,
        draft="" if report.is_final else said("report.draft", LANGUAGE),
        facts=facts_of({"stage": position}, LANGUAGE),
        parts=(
            *(
                Part(
                    title=section.title,
                    blocks=tuple(
                        block
                        for one in section.statements
                        for block in _told(one, notes.get(one.key))
                    ),
                )
                for section in report.sections
            ),
            _table(list(notes.values())),
        ),
        proof=proof(report.digest, LANGUAGE),
    )


def _notes(report: Report) -> dict[str, Note]:
    """The statements that rest on something, numbered in their order."""
    resting = [
        one
        for section in report.sections
        for one in section.statements
        if one.positions or one.figures
    ]
    return {one.key: (at, one) for at, one in enumerate(resting, 1)}


def _told(one: Statement, note: Note | None) -> Iterator[Block]:
    *before, last = paragraphs(one.text) or (Paragraph(one.text),)
    yield from before
    yield Paragraph(f"{last.text}\u00a0[{note[0]}]") if note else last


def _table(notes: list[Note]) -> Part:
    columns = ("figure", "entries")
    return Part(
        title=said("report.notes", LANGUAGE),
        blocks=(
            Paragraph(said("report.explained", LANGUAGE)),
            Table(
                headings=tuple(said(f"report.{column}", LANGUAGE) for column in columns),
                rows=tuple(row for at, one in notes for row in _rows(at, one)),
            ),
        ),
    )


def _rows(at: int, one: Statement) -> Iterator[tuple[str, ...]]:
    """Each figure with its entries, and then the entries that are told beside them."""
    counted: set[int] = set()
    for figure in one.figures:
        counted.update(figure.positions)
        yield f"[{at}]\u00a0{_figure(figure)}", _entries(figure.positions)
    told = tuple(position for position in one.positions if position not in counted)
    if told:
        yield f"[{at}]\u00a0{said('report.told', LANGUAGE)}", _entries(told)


def _figure(figure: Figure) -> str:
    form = "report.value" if figure.required is None else "report.aimed"
    return said(
        form, LANGUAGE, label=figure.label, value=figure.value, required=figure.required or 0
    )


def _entries(positions: tuple[int, ...]) -> str:
    shown = (number(position, LANGUAGE) for position in positions)
    return ", ".join(shown) or said("report.none", LANGUAGE)
