"""Why themes refuse."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Conflict, Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownTheme(NotFound):
    code: ClassVar[str] = "theme.unknown"
    theme: str


@dataclass(eq=False)
class AlreadyOpened(Refused):
    """Another theme has this key."""

    code: ClassVar[str] = "theme.already-opened"
    key: str


@dataclass(eq=False)
class NotOpen(Refused):
    """A theme is worked on before it goes on an agenda and after it was discussed."""

    code: ClassVar[str] = "theme.not-open"
    stage: str


@dataclass(eq=False)
class OnAnAgenda(Refused):
    """What a session is about to discuss is first taken back from it."""

    code: ClassVar[str] = "theme.on-an-agenda"
    session: str


@dataclass(eq=False)
class NotOnThisAgenda(Refused):
    """The theme was not handed over to this session, or was taken back."""

    code: ClassVar[str] = "theme.not-on-this-agenda"
    session: str


@dataclass(eq=False)
class NoSections(Invalid):
    """A summary has at least one section."""

    code: ClassVar[str] = "theme.no-sections"


@dataclass(eq=False)
class SectionTwice(Invalid):
    code: ClassVar[str] = "theme.section-twice"
    section: str


@dataclass(eq=False)
class SummaryChanged(Conflict):
    """Somebody else saved the summary in the meantime."""

    code: ClassVar[str] = "theme.summary-changed"
    based_on: int
    current: int


@dataclass(eq=False)
class SummaryMissing(Refused):
    """The body reads a summary."""

    code: ClassVar[str] = "theme.summary-missing"


@dataclass(eq=False)
class NothingBundled(Refused):
    """A theme has at least one finding, or comes from elsewhere."""

    code: ClassVar[str] = "theme.nothing-bundled"


@dataclass(eq=False)
class TooFewCases(Refused):
    """Fewer than five cases could be recognised as people by those who read the agenda."""

    code: ClassVar[str] = "theme.too-few-cases"
    cases_at_least: int
    needed: int


@dataclass(eq=False)
class ResolutionMissing(Refused):
    """This outcome follows from a resolution, which is attached first."""

    code: ClassVar[str] = "theme.resolution-missing"
    outcome: str


@dataclass(eq=False)
class MergedIntoItself(Invalid):
    code: ClassVar[str] = "theme.merged-into-itself"


@dataclass(eq=False)
class AlreadyEnded(Refused):
    """A closed or merged theme is opened again before anything else."""

    code: ClassVar[str] = "theme.already-ended"
    stage: str


@dataclass(eq=False)
class NotEnded(Refused):
    code: ClassVar[str] = "theme.not-ended"
    stage: str
