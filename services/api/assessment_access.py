"""Who reads what of the language assessment. Rows of learners are their college's alone."""

from datetime import datetime

from domain.kernel import ROLES_OF_PEOPLE, Role
from services.identity.authorisation import require
from services.identity.principal import Principal

READS_ALL_ROUNDS = frozenset(
    {
        Role.COORDINATOR,
        Role.EXPERT,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
READS_INSTRUMENTS = READS_ALL_ROUNDS | {Role.COLLEGE}
READS_SOLUTIONS = frozenset({Role.COORDINATOR, Role.EXPERT})
"""Texts and solutions of a test are confidential; colleges get its parts and maxima."""

READS_FIGURES = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER, Role.AUDITOR})
READS_STATISTICS = frozenset({Role.COORDINATOR, Role.EXPERT})
READS_CATALOGUES = frozenset(ROLES_OF_PEOPLE)


def has_one_of(principal: Principal, roles: frozenset[Role], at: datetime) -> bool:
    """Whether the principal holds one of the roles at this moment."""
    return any(grant.role in roles for grant in principal.grants_at(at))


def colleges_of(principal: Principal, at: datetime) -> frozenset[str]:
    """The colleges the principal works at."""
    return frozenset(g.organisation for g in principal.grants_at(at) if g.role is Role.COLLEGE)


def colleges_seen(principal: Principal, at: datetime) -> frozenset[str] | None:
    """The colleges whose part in rounds the principal may see; None for all.

    Raises RoleMissing if there are none.
    """
    if has_one_of(principal, READS_ALL_ROUNDS, at):
        return None
    own = colleges_of(principal, at)
    if not own:
        require(principal, READS_INSTRUMENTS, at)
    return own
