"""Why a file is not erased, or not yet."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownFile(NotFound):
    """Nothing is kept of this person, or of no class that the plan knows."""

    code: ClassVar[str] = "retention.unknown-file"
    person: str


@dataclass(eq=False)
class NotDue(Refused):
    """The file is open, or its period runs: nothing is erased before `due`, if that is known."""

    code: ClassVar[str] = "retention.not-due"
    due: str


@dataclass(eq=False)
class NoProposal(Refused):
    """There is no proposal to go on with."""

    code: ClassVar[str] = "retention.no-proposal"
    stage: str


@dataclass(eq=False)
class ArchiveNotAsked(Refused):
    """The class asks that the archive is offered the file first."""

    code: ClassVar[str] = "retention.archive-not-asked"


@dataclass(eq=False)
class NothingToOffer(Refused):
    """The class does not ask for an offer to the archive."""

    code: ClassVar[str] = "retention.nothing-to-offer"


@dataclass(eq=False)
class ArchiveMayAnswer(Refused):
    """The archive has not answered, and may do so until `answer_due`."""

    code: ClassVar[str] = "retention.archive-may-answer"
    answer_due: str


@dataclass(eq=False)
class SilenceIsNoAnswer(Refused):
    """Silence counts as declined only where the class says so."""

    code: ClassVar[str] = "retention.silence-is-no-answer"


@dataclass(eq=False)
class NeedsConfirmation(Refused):
    """An administrator confirms the erasure; the run does so only where the class says so."""

    code: ClassVar[str] = "retention.needs-confirmation"


@dataclass(eq=False)
class Postponed(Refused):
    code: ClassVar[str] = "retention.postponed"
    until: str


@dataclass(eq=False)
class PostponedIntoThePast(Invalid):
    code: ClassVar[str] = "retention.postponed-into-the-past"
    until: str
