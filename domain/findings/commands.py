"""What can be asked of a finding."""

from typing import TypeAlias
from uuid import UUID

from domain.findings.bands import Band
from domain.findings.clients import FalseAlarm
from domain.findings.events import FindingKind
from domain.kernel import Command, stream_id


def finding_id(municipality: str, key: str) -> UUID:
    """A finding is named by its municipality (its AGS) and a key that is free there."""
    return stream_id("finding", f"{municipality}/{key}")


class ReportFinding(Command, frozen=True, kw_only=True):
    """`key` is made by whoever hands the command in, e.g. from the id of the request."""

    municipality: str
    key: str
    kind: FindingKind
    field: str
    school_year: str
    band: Band
    description: str
    false_alarms: tuple[FalseAlarm, ...] = ()

    @property
    def subject(self) -> UUID:
        return finding_id(self.municipality, self.key)


class AboutFinding(Command, frozen=True, kw_only=True):
    """A command to a finding that exists."""

    finding: UUID

    @property
    def subject(self) -> UUID:
        return self.finding


class CorrectFinding(AboutFinding, frozen=True, kw_only=True):
    """Everything as it shall be, also what stays the same."""

    kind: FindingKind
    field: str
    school_year: str
    band: Band
    description: str
    reason: str
    false_alarms: tuple[FalseAlarm, ...] = ()


class WithdrawFinding(AboutFinding, frozen=True, kw_only=True):
    reason: str


class TakeIntoTheme(AboutFinding, frozen=True, kw_only=True):
    theme: UUID


class ReleaseFromTheme(AboutFinding, frozen=True, kw_only=True):
    """From the theme it is in."""

    reason: str


FindingCommand: TypeAlias = (
    ReportFinding | CorrectFinding | WithdrawFinding | TakeIntoTheme | ReleaseFromTheme
)
