"""Why something cannot be done with a person's data."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel import NotFound, Refused


@dataclass(eq=False)
class UnknownSubject(NotFound):
    """Nothing personal is kept under this id."""

    code: ClassVar[str] = "privacy.unknown-subject"
    person: str


@dataclass(eq=False)
class UnderLegalHold(Refused):
    """What is kept about the person is needed, as for a lawsuit."""

    code: ClassVar[str] = "privacy.legal-hold"
    holds: str


@dataclass(eq=False)
class UnknownHold(NotFound):
    """No hold on the person has this id."""

    code: ClassVar[str] = "privacy.unknown-hold"
    hold: str


@dataclass(eq=False)
class SubjectIsErased(Refused):
    """Nothing personal is recorded any more about a person whose data were erased."""

    code: ClassVar[str] = "privacy.subject-erased"
    person: str
