"""Who reads funded posts: those who steer and who check; who holds one, fewer."""

from datetime import datetime

from domain.kernel import Role
from services.identity.authorisation import has_one, require
from services.identity.principal import Principal

READS_POSTS = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Shares, periods and grants are the county's own figures; nothing in them is personal."""

SEES_HOLDERS = frozenset({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
"""They read the record, where it stands too."""


def require_post_reader(principal: Principal, at: datetime) -> None:
    """Raises RoleMissing."""
    require(principal, READS_POSTS, at)


def sees_holders(principal: Principal, at: datetime) -> bool:
    return has_one(principal, SEES_HOLDERS, at)
