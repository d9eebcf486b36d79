"""Who reads the goals of school years: those who steer, those who report, and who checks."""

from datetime import datetime

from domain.kernel import Role
from services.identity.authorisation import require
from services.identity.principal import Principal

READS_GOALS = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
"""The figures are counts of the county's own acts; nothing in them is personal."""


def require_goal_reader(principal: Principal, at: datetime) -> None:
    """Raises RoleMissing."""
    require(principal, READS_GOALS, at)
