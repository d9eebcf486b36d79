"""Who reads course offers: all who are asked where somebody can learn German."""

from datetime import datetime

from domain.kernel import Role
from services.identity.authorisation import require
from services.identity.principal import Principal

READS_OFFERS = frozenset(
    {
        Role.COORDINATOR,
        Role.CASE_MANAGER,
        Role.ORGANISATION_MEMBER,
        Role.COLLEGE,
        Role.STEERING_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)
"""Nothing in an offer is personal."""
KEEPS_OFFERS = frozenset({Role.COORDINATOR})
PROVIDES_OFFERS = frozenset({Role.ORGANISATION_MEMBER})
"""They enter and confirm what their own organisation provides."""


def require_offer_reader(principal: Principal, at: datetime) -> None:
    """Raises RoleMissing."""
    require(principal, READS_OFFERS, at)


def require_offer_keeper(principal: Principal, at: datetime) -> None:
    """For those who look at what a list would change. Raises RoleMissing."""
    require(principal, KEEPS_OFFERS, at)
