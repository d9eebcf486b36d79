"""What happens to a finding."""

from enum import StrEnum
from typing import Annotated, ClassVar, TypeAlias
from uuid import UUID

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm
from domain.kernel import Erased, Event, personal

OfTheFinding = Annotated[str | Erased, personal("finding")]
"""Sealed under the id of the finding: if a client is in it after all, it can be erased."""


class FindingKind(StrEnum):
    """Something is missing in the supply system, or something in it could be used better."""

    GAP = "gap"
    POTENTIAL = "potential"


class FindingReported(Event, frozen=True, kw_only=True):
    """What somebody saw in a municipality (its AGS), for the organisation they work for.

    `field` is a key of the catalogue of fields, `band` counts the cases of the school year.
    `false_alarms` are the places of the description that look like a client and are none.
    `substitutes` is the account in whose absence the reporter acted, if so.
    """

    TOPIC: ClassVar[str] = "finding.reported"
    finding: UUID
    key: str
    kind: FindingKind
    municipality: str
    organisation: str
    field: str
    school_year: str
    band: Band
    description: OfTheFinding
    reporter: str
    false_alarms: tuple[FalseAlarm, ...] = ()
    substitutes: str = ""


class FindingCorrected(Event, frozen=True, kw_only=True):
    """All that can be corrected, as it is now; where it was seen never changes."""

    TOPIC: ClassVar[str] = "finding.corrected"
    finding: UUID
    kind: FindingKind
    field: str
    school_year: str
    band: Band
    description: OfTheFinding
    corrector: str
    reason: str
    false_alarms: tuple[FalseAlarm, ...] = ()
    substitutes: str = ""


class FindingWithdrawn(Event, frozen=True, kw_only=True):
    """It counts no more, also not in a theme it was taken into."""

    TOPIC: ClassVar[str] = "finding.withdrawn"
    finding: UUID
    reason: str


class FindingTakenIntoTheme(Event, frozen=True, kw_only=True):
    TOPIC: ClassVar[str] = "finding.taken-into-theme"
    finding: UUID
    theme: UUID


class FindingReleasedFromTheme(Event, frozen=True, kw_only=True):
    """`theme` is the one it was taken into, which may be merged into another since."""

    TOPIC: ClassVar[str] = "finding.released-from-theme"
    finding: UUID
    theme: UUID
    reason: str


FindingEvent: TypeAlias = (
    FindingReported
    | FindingCorrected
    | FindingWithdrawn
    | FindingTakenIntoTheme
    | FindingReleasedFromTheme
)
