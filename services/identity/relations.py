"""In which relation a role may do something: to its holder's municipality, college or account."""

from collections.abc import Callable
from typing import Any

import msgspec

from domain.assessments.class_assessment import ClassAssessment
from domain.assessments.class_assessment import Unknown as UnknownClass
from domain.assessments.commands_class import (
    AdoptPseudonymKey,
    DropMapping,
    RegisterClass,
    SaveMapping,
)
from domain.concepts.commands import Respond
from domain.concepts.concept import Concept, Unknown
from domain.course_pools.commands import AgreeToPool, DeclinePool
from domain.directory.account import Account, Grant
from domain.directory.commands import AccountCommand, GrantSubstitution
from domain.findings.commands import ReportFinding
from domain.findings.finding import Finding
from domain.findings.finding import Unknown as UnknownFinding
from domain.kernel import Command, Role, people
from domain.language_needs.commands import AboutReport
from domain.language_needs.events import ReferralOutcome
from domain.language_needs.report import CompanyReport, Referred
from domain.language_needs.report import Unknown as UnknownReport
from domain.steering.resolution import Resolution
from domain.steering.resolution import Unknown as UnknownResolution
from domain.working_groups.commands import AboutAgreement
from domain.working_groups.group import Unknown as UnknownGroup
from domain.working_groups.group import WorkingGroup


class Holder(msgspec.Struct, frozen=True):
    """Somebody in one of their roles."""

    account: str
    grant: Grant


Relation = Callable[[Holder, Any, Any], bool]
"""Whether the role's holder stands in the right relation to the command and its aggregate."""


def anywhere(_: Holder, __: Command, ___: object) -> bool:
    """In the whole county."""
    return True


def in_own_municipality(holder: Holder, _: Command, concept: Concept) -> bool:
    """For the concept of the municipality they work in."""
    if isinstance(concept, Unknown):
        return False
    return concept.draft.municipality == holder.grant.municipality


def for_own_municipality(holder: Holder, command: ReportFinding, _: object) -> bool:
    """About the municipality they work in."""
    return command.municipality == holder.grant.municipality


def seen_in_own_municipality(holder: Holder, _: Command, finding: Finding) -> bool:
    """For a finding of the municipality they work in. One that does not exist is nobody's."""
    if isinstance(finding, UnknownFinding):
        return False
    return finding.report.municipality == holder.grant.municipality


def for_own_organisation(holder: Holder, command: Respond, _: object) -> bool:
    """In the name of the organisation they belong to."""
    return command.organisation == holder.grant.organisation


def for_own_college(
    holder: Holder,
    command: RegisterClass | AdoptPseudonymKey | SaveMapping | DropMapping,
    _: object,
) -> bool:
    """In the name of the college they work at."""
    return command.college == holder.grant.organisation


def in_own_college(holder: Holder, _: Command, this: ClassAssessment) -> bool:
    """For a class of the college they work at. One that does not exist is nobody's."""
    if isinstance(this, UnknownClass):
        return False
    return this.details.college == holder.grant.organisation


def for_own_mandate(holder: Holder, _: Command, resolution: Resolution) -> bool:
    """For a mandate that the organisation they belong to sees to."""
    if isinstance(resolution, UnknownResolution):
        return False
    return resolution.passed.owner == holder.grant.organisation


def leading_the_group(holder: Holder, _: Command, group: WorkingGroup) -> bool:
    """For a working group that the organisation they belong to leads."""
    if isinstance(group, UnknownGroup):
        return False
    return group.record.lead == holder.grant.organisation


def for_own_agreement(holder: Holder, command: AboutAgreement, group: WorkingGroup) -> bool:
    """For an agreement that the organisation they belong to carries out."""
    if isinstance(group, UnknownGroup):
        return False
    agreement = group.record.agreements.get(command.agreement)
    return agreement is not None and agreement.agreed.owner == holder.grant.organisation


def learner_of_own_college(holder: Holder, _: Command, colleges: frozenset[str]) -> bool:
    """For somebody who is or was in a class of the college they work at."""
    return holder.grant.organisation in colleges


def of_own_report(
    holder: Holder, command: AboutReport | AgreeToPool | DeclinePool, _: object
) -> bool:
    """For the report whose link they followed."""
    return str(command.report) == holder.account


def for_own_referral(holder: Holder, _: Command, report: CompanyReport) -> bool:
    """For a report that is referred to the organisation they belong to."""
    return isinstance(report, Referred) and report.holder.organisation == holder.grant.organisation


def works_on_report(holder: Holder, _: Command, report: CompanyReport) -> bool:
    """For a report their organisation works on, with all of it as the company agreed."""
    if isinstance(report, UnknownReport):
        return False
    organisation = holder.grant.organisation
    return organisation in report.record.need.consent and any(
        each.organisation == organisation
        and (each.is_open or each.answer is ReferralOutcome.ACCEPTED)
        for each in report.record.referrals
    )


def for_own_offer(holder: Holder, _: Command, providers: frozenset[str]) -> bool:
    """For a course that the organisation they belong to provides."""
    return holder.grant.organisation in providers


def of_own_account(holder: Holder, command: AccountCommand, _: object) -> bool:
    """For their own account."""
    return str(command.account) == holder.account


def of_members_without_one(_: Holder, __: Command, account: Account) -> bool:
    """For people who are members of organisations, nothing else, and have no address yet.

    Whoever could change one could have a new password sent there, and answer in the other's name.
    """
    roles = {grant.role for grant in account.grants}
    return roles == {Role.ORGANISATION_MEMBER} and not account.address


def in_roles_of_the_processes(_: Holder, command: GrantSubstitution, __: object) -> bool:
    """For roles that see no learners, keep no watch and give no rights."""
    return ROLES_OF_THE_PROCESSES.issuperset(command.roles)


def on_own_seat(holder: Holder, _: Command, sitting: frozenset[str]) -> bool:
    """For a seat they sit on; `sitting` are the accounts that do, as its holder or a deputy."""
    return not sitting.isdisjoint(people(holder.account, holder.grant.substitutes))


def of_own_item(holder: Holder, _: Command, proposers: frozenset[str]) -> bool:
    """For an item they proposed; `proposers` are the accounts that did, and for whom."""
    return not proposers.isdisjoint(people(holder.account, holder.grant.substitutes))


BY_ACCOUNT = frozenset(
    {
        of_own_account,
        of_own_report,
        of_members_without_one,
        in_roles_of_the_processes,
        on_own_seat,
        of_own_item,
    }
)
"""Relations to the person a command is about, not to an area of work."""

ROLES_OF_THE_PROCESSES = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.ORGANISATION_MEMBER,
        Role.STEERING_MEMBER,
        Role.EXPERT,
    }
)


class May(msgspec.Struct, frozen=True):
    """A role that may, and in which relation."""

    role: Role
    relation: Relation = anywhere


COORDINATOR = May(Role.COORDINATOR)
ADMINISTRATOR = May(Role.ADMINISTRATOR)
STEERING_MEMBER = May(Role.STEERING_MEMBER)
EXPERT = May(Role.EXPERT)
PROCESS = May(Role.PROCESS)
