"""Why the text of an annual report refuses."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound


@dataclass(eq=False)
class UnknownStatement(NotFound):
    """The report says no such thing."""

    code: ClassVar[str] = "annual-report.unknown-statement"
    statement: str


@dataclass(eq=False)
class ProseMissing(Invalid):
    """What is said otherwise has words; to take them away, there is resetting."""

    code: ClassVar[str] = "annual-report.prose-missing"
    statement: str


@dataclass(eq=False)
class UnknownFigure(Invalid):
    """A placeholder that the statement has no figure for."""

    code: ClassVar[str] = "annual-report.unknown-figure"
    figure: str


@dataclass(eq=False)
class FigureLeftOut(Invalid):
    """A figure that the statement is about is said, whatever stands around it."""

    code: ClassVar[str] = "annual-report.figure-left-out"
    figure: str
