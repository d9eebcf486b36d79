"""Who reads resolutions and need reviews."""

from datetime import datetime

from domain.kernel import Role
from domain.steering.mandate import GroupMandate
from domain.steering.resolution import Passed
from services.identity.authorisation import has_one, require
from services.identity.principal import Principal

READS_EVERY_RESOLUTION = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
READS_NEED_REVIEWS = READS_EVERY_RESOLUTION
READS_SOME_RESOLUTIONS = READS_EVERY_RESOLUTION | {Role.ORGANISATION_MEMBER}


def organisations_seen(principal: Principal, at: datetime) -> frozenset[str] | None:
    """The organisations whose mandates the principal may read; None for all.

    Raises RoleMissing if there are none.
    """
    if has_one(principal, READS_EVERY_RESOLUTION, at):
        return None
    require(principal, READS_SOME_RESOLUTIONS, at)
    return frozenset(
        grant.organisation
        for grant in principal.grants_at(at)
        if grant.role is Role.ORGANISATION_MEMBER
    )


def may_read_resolution(principal: Principal, passed: Passed, at: datetime) -> bool:
    """A member reads what their organisation sees to, or is to join a working group for."""
    seen = organisations_seen(principal, at)
    return seen is None or not seen.isdisjoint(_concerned(passed))


def _concerned(passed: Passed) -> frozenset[str]:
    mandate = passed.mandate
    if isinstance(mandate, GroupMandate):
        return frozenset({passed.owner, *mandate.members, *mandate.guests})
    return frozenset({passed.owner})
