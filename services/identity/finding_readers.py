"""Who reads findings and themes. A finding stands for few cases: not everybody reads each."""

from datetime import datetime

import msgspec

from domain.findings.finding import Report
from domain.kernel import Role
from services.identity.authorisation import OutsideOwnArea, has_one, require
from services.identity.principal import Principal

READS_EVERY_FINDING = frozenset({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
READS_FINDINGS = READS_EVERY_FINDING | {Role.CASE_MANAGER}
READS_THEMES = READS_FINDINGS | {Role.STEERING_MEMBER}
WRITES_FINDINGS = frozenset({Role.COORDINATOR, Role.CASE_MANAGER})


class FindingsSeen(msgspec.Struct, frozen=True):
    """Of which municipalities somebody reads findings; None is of all."""

    municipalities: frozenset[str] | None

    def reads(self, municipality: str) -> bool:
        return self.municipalities is None or municipality in self.municipalities

    @property
    def is_all(self) -> bool:
        return self.municipalities is None


def findings_seen(principal: Principal, at: datetime) -> FindingsSeen:
    """What the principal reads: case managers what was seen where they work, others all of it.

    Raises RoleMissing if they read none.
    """
    require(principal, READS_FINDINGS, at)
    return _seen(principal, at)


def themes_seen(principal: Principal, at: datetime) -> FindingsSeen:
    """Of which municipalities the principal reads themes as soon as a finding is in them.

    The others are read once they were on an agenda: they stand for five cases at least then.
    Raises RoleMissing if they read none at all.
    """
    require(principal, READS_THEMES, at)
    return _seen(principal, at)


def require_finding_reader(principal: Principal, report: Report, at: datetime) -> None:
    """Raises RoleMissing, and OutsideOwnArea for a finding of another municipality."""
    seen = findings_seen(principal, at)
    if not seen.reads(report.municipality):
        raise OutsideOwnArea(", ".join(sorted(seen.municipalities or ())))


def _seen(principal: Principal, at: datetime) -> FindingsSeen:
    if has_one(principal, READS_EVERY_FINDING, at):
        return FindingsSeen(None)
    grants = [g for g in principal.grants_at(at) if g.role is Role.CASE_MANAGER]
    return FindingsSeen(frozenset({g.municipality for g in grants if g.municipality}))
