"""Who reads working groups: what is agreed in them concerns those who are or were in them."""

from datetime import datetime

from domain.kernel import Role
from domain.working_groups.group import Record
from services.identity.authorisation import has_one, require
from services.identity.principal import Principal

READS_EVERY_GROUP = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
READS_OWN_GROUPS = frozenset({Role.ORGANISATION_MEMBER, Role.COLLEGE})


def groups_seen(principal: Principal, at: datetime) -> frozenset[str] | None:
    """The organisations whose groups the principal may read; None for all.

    Raises RoleMissing if there are none.
    """
    if has_one(principal, READS_EVERY_GROUP, at):
        return None
    require(principal, READS_EVERY_GROUP | READS_OWN_GROUPS, at)
    return frozenset(
        grant.organisation for grant in principal.grants_at(at) if grant.role in READS_OWN_GROUPS
    )


def may_read_group(seen: frozenset[str] | None, record: Record) -> bool:
    """Whether one of these organisations is or was in the group, or leads it."""
    return seen is None or not seen.isdisjoint(_concerned(record))


def _concerned(record: Record) -> frozenset[str]:
    """Who joined by mistake never was in it."""
    were_in_it = (
        one.organisation
        for one in record.memberships
        if one.until is None or one.since <= one.until
    )
    return frozenset({record.lead, *were_in_it})
