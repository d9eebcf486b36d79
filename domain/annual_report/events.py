"""What happens to the text of an annual report: one stream for each school year."""

from typing import ClassVar, TypeAlias

from domain.kernel import Event


class ProseWritten(Event, frozen=True, kw_only=True):
    """Somebody says a statement in words of their own.

    In `text`, `{sessions:times}` stands for a figure, which is put in whenever it is read.
    `instead_of` is what was said from the log at that time, written likewise.
    """

    TOPIC: ClassVar[str] = "annual-report.prose-written"
    school_year: str
    statement: str
    text: str
    instead_of: str = ""


class ProseReset(Event, frozen=True, kw_only=True):
    """The statement is said from the log again."""

    TOPIC: ClassVar[str] = "annual-report.prose-reset"
    school_year: str
    statement: str


class ReportKept(Event, frozen=True, kw_only=True):
    """The text as it was up to a position of the log is the one given out under this number."""

    TOPIC: ClassVar[str] = "annual-report.kept"
    school_year: str
    number: int
    up_to: int
    digest: str


ReportEvent: TypeAlias = ProseWritten | ProseReset | ReportKept
