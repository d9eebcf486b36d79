"""Why an agreement of a working group, or a report on its work, is refused."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import Invalid, NotFound, Refused


@dataclass(eq=False)
class UnknownAgreement(NotFound):
    code: ClassVar[str] = "working-group.unknown-agreement"
    agreement: int


@dataclass(eq=False)
class AgreementNotNext(Refused):
    """Agreements are counted on without a gap."""

    code: ClassVar[str] = "working-group.agreement-not-next"
    agreement: int
    following: int


@dataclass(eq=False)
class AgreementAlreadyMade(Refused):
    """What was agreed is not written over: it is dropped, and made anew."""

    code: ClassVar[str] = "working-group.agreement-already-made"
    agreement: int


@dataclass(eq=False)
class AgreementNotOpen(Refused):
    code: ClassVar[str] = "working-group.agreement-not-open"
    agreement: int
    stage: str


@dataclass(eq=False)
class AgreementNotFulfilled(Refused):
    code: ClassVar[str] = "working-group.agreement-not-fulfilled"
    agreement: int
    stage: str


@dataclass(eq=False)
class DroppedBeforeItWasMade(Invalid):
    """A meeting lets go only of what an earlier one, or itself, agreed on."""

    code: ClassVar[str] = "working-group.dropped-before-it-was-made"
    agreement: int
    meeting: int


@dataclass(eq=False)
class UnknownConsequence(NotFound):
    """Nothing of this kind has this id."""

    code: ClassVar[str] = "working-group.unknown-consequence"
    consequence: str
    kind: str


@dataclass(eq=False)
class OtherConsequenceKind(Refused):
    """It is linked as something else."""

    code: ClassVar[str] = "working-group.other-consequence-kind"
    consequence: str
    kind: str


@dataclass(eq=False)
class NotLinked(NotFound):
    code: ClassVar[str] = "working-group.not-linked"
    agreement: int
    consequence: str


@dataclass(eq=False)
class UnknownSession(NotFound):
    code: ClassVar[str] = "working-group.unknown-session"
    session: str


@dataclass(eq=False)
class OtherBody(Refused):
    """A group reports to the body that established it."""

    code: ClassVar[str] = "working-group.other-body"
    session: str


@dataclass(eq=False)
class ReportNotNext(Refused):
    """Reports are counted on without a gap."""

    code: ClassVar[str] = "working-group.report-not-next"
    report: int
    following: int
