"""The text of an annual report: what people wrote for it, and which texts were given out."""

from collections.abc import Mapping
from typing import assert_never

import msgspec

from domain.annual_report.events import ProseReset, ProseWritten, ReportEvent, ReportKept


class Prose(msgspec.Struct, frozen=True, kw_only=True):
    """What was written, and what was said from the log at that time."""

    text: str
    instead_of: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was given out: the report up to this position of the log."""

    number: int
    up_to: int
    digest: str


class AnnualReport(msgspec.Struct, frozen=True, kw_only=True):
    """`prose` is by statement; nobody has to write any."""

    prose: Mapping[str, Prose] = {}
    kept: tuple[Kept, ...] = ()


def evolve(report: AnnualReport, event: ReportEvent) -> AnnualReport:
    """Apply an event. Never refuses: what was recorded did happen."""
    match event:
        case ProseWritten(statement=statement):
            written = Prose(text=event.text, instead_of=event.instead_of)
            return msgspec.structs.replace(report, prose={**report.prose, statement: written})
        case ProseReset(statement=statement):
            left = {key: prose for key, prose in report.prose.items() if key != statement}
            return msgspec.structs.replace(report, prose=left)
        case ReportKept():
            kept = Kept(number=event.number, up_to=event.up_to, digest=event.digest)
            return msgspec.structs.replace(report, kept=(*report.kept, kept))
        case _:
            assert_never(event)
