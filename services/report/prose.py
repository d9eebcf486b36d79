"""The prose that people wrote, put into a report; the figures in it are those of the report."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

import msgspec

from domain.annual_report.context import Slot
from domain.annual_report.events import ProseWritten, ReportKept
from domain.annual_report.prose import figure_of, left_out_of, pieces, placeholders, unknown_in
from domain.annual_report.report import AnnualReport, Prose
from services.eventstore.record import LogEntry
from services.report.marks import Span, plain
from services.report.report import KeptReport, Report, Section, Statement, Unplaced
from services.report.wording import text_of

INTRODUCTION = "introduction"
REMARK = "remark:"
"""Begins the key of the paragraph that a section ends with, if anybody wrote one."""


def slots_of(report: Report) -> Mapping[str, Slot]:
    """Where prose can be written: each statement, and a paragraph more in each section."""
    found = {remark_of(section.key): Slot() for section in report.sections}
    found[remark_of(INTRODUCTION)] = Slot()
    for section in report.sections:
        found.update({one.key: _slot(one) for one in section.statements})
    return found


def remark_of(section: str) -> str:
    return f"{REMARK}{section}"


def with_prose(report: Report, state: AnnualReport, entries: Sequence[LogEntry]) -> Report:
    """The report as it is to be read. `entries` are those of its stream."""
    written = {
        entry.event.statement: entry.position
        for entry in entries
        if isinstance(entry.event, ProseWritten)
    }
    places = slots_of(report)
    sections = [_edited(section, state.prose, written) for section in report.sections]
    introduction = Section(key=INTRODUCTION, title=text_of("introduction"), statements=())
    introduction = _edited(introduction, state.prose, written)
    edited = msgspec.structs.replace(
        report,
        sections=(*([introduction] if introduction.statements else []), *sections),
        version=len(entries),
        kept=tuple(_kept(entries)),
        unplaced=tuple(
            Unplaced(statement=key, text=prose.text, written=written[key])
            for key, prose in state.prose.items()
            if key not in places
        ),
    )
    return msgspec.structs.replace(edited, digest=digest_of(edited))


def digest_of(report: Report) -> str:
    """The checksum of what is read in it."""
    read = [
        (section.title, [one.text for one in section.statements]) for section in report.sections
    ]
    return sha256(msgspec.json.encode((report.title, read))).hexdigest()


def _slot(said: Statement) -> Slot:
    shown = placeholders(said.generated)
    return Slot(
        instead_of=said.generated,
        offered=frozenset(said.offered),
        required=frozenset(map(figure_of, shown)),
    )


def _edited(section: Section, prose: Mapping[str, Prose], written: Mapping[str, int]) -> Section:
    remark = Statement(key=remark_of(section.key), text="")
    places = (*section.statements, *([remark] if remark.key in prose else []))
    statements = [
        _said(one, prose[one.key], written[one.key]) if one.key in prose else one for one in places
    ]
    return msgspec.structs.replace(section, statements=tuple(statements))


def _said(said: Statement, prose: Prose, written: int) -> Statement:
    """In the words of the prose; what the log says instead, if its figures do not fit any more."""
    slot = _slot(said)
    if unknown_in(prose.text, slot) or left_out_of(prose.text, slot):
        return msgspec.structs.replace(said, prose=prose.text, written=written, is_outdated=True)
    wording = tuple(_spans(prose.text, said.offered))
    return msgspec.structs.replace(
        said,
        text=plain(wording),
        wording=wording,
        prose=prose.text,
        written=written,
        is_outdated=prose.instead_of != said.generated,
    )


def _spans(text: str, offered: Mapping[str, str]) -> Iterator[Span]:
    for words, placeholder in pieces(text):
        if words:
            yield Span(text=words)
        if placeholder:
            yield Span(text=offered[placeholder], figure=placeholder)


def _kept(entries: Sequence[LogEntry]) -> Iterator[KeptReport]:
    for entry in entries:
        event = entry.event
        if isinstance(event, ReportKept):
            yield KeptReport(
                number=event.number,
                up_to=event.up_to,
                digest=event.digest,
                position=entry.position,
                kept_at=entry.recorded_at,
            )
