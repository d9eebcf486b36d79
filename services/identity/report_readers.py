"""Who reads reports of companies, and who of them whom to call there."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from domain.kernel import Role
from services.identity.authorisation import OutsideOwnArea, has_one, require
from services.identity.group_readers import READS_EVERY_GROUP, READS_OWN_GROUPS
from services.identity.principal import Principal

READS_EVERY_REPORT = frozenset({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
READS_REPORTS = READS_EVERY_REPORT | {Role.ORGANISATION_MEMBER}
READS_REPORT_FIGURES = READS_EVERY_GROUP | READS_OWN_GROUPS
"""Whoever steers, and whoever works in a group: the figures name no company and nobody else."""
READS_CONTACTS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
"""What is personal in a report is for those who work on it. Auditors read everything else."""


class ReportsSeen(msgspec.Struct, frozen=True):
    """Which reports somebody reads: those referred to these organisations; None is all of them.

    `has_contacts` says that they read whom to call in every one of them.
    """

    organisations: frozenset[str] | None
    has_contacts: bool

    def reads(self, referred_to: Collection[str]) -> bool:
        """Of a report that was referred to these organisations and not recalled."""
        return self.organisations is None or not self.organisations.isdisjoint(referred_to)

    def reads_contact(self, passed_to: Collection[str]) -> bool:
        """Of a report whose company agreed that these organisations, who work on it, have it."""
        return self.has_contacts or (
            self.organisations is not None and not self.organisations.isdisjoint(passed_to)
        )


def reports_seen(principal: Principal, at: datetime) -> ReportsSeen:
    """What the principal reads: partners what was referred to them, others all of it.

    Raises RoleMissing if they read none.
    """
    require(principal, READS_REPORTS, at)
    has_contacts = has_one(principal, READS_CONTACTS, at)
    if has_one(principal, READS_EVERY_REPORT, at):
        return ReportsSeen(None, has_contacts)
    grants = principal.grants_at(at)
    organisations = {g.organisation for g in grants if g.role is Role.ORGANISATION_MEMBER}
    return ReportsSeen(frozenset(organisations), has_contacts)


def require_report_figures(principal: Principal, at: datetime) -> bool:
    """Whether the principal reads figures of the half-year that runs, too.

    That is for whoever reads every report: the others could take today's figures from tomorrow's.
    Raises RoleMissing if they read no figures at all.
    """
    require(principal, READS_REPORT_FIGURES, at)
    return has_one(principal, READS_EVERY_REPORT, at)


def require_report_reader(
    principal: Principal, referred_to: Collection[str], at: datetime
) -> ReportsSeen:
    """Raises RoleMissing, and OutsideOwnArea for a report that was never referred to them."""
    seen = reports_seen(principal, at)
    if not seen.reads(referred_to):
        raise OutsideOwnArea(", ".join(sorted(seen.organisations or ())))
    return seen
