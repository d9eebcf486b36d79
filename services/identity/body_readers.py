"""Who may read bodies and their sessions."""

from collections.abc import Collection
from datetime import date, datetime

from domain.kernel import Role
from domain.steering.body import Body
from services.identity.authorisation import has_one, require
from services.identity.principal import Principal

READS_EVERY_BODY = frozenset({Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR})
READS_BODIES = READS_EVERY_BODY | {Role.STEERING_MEMBER}


def seats_of(principal: Principal, at: datetime) -> frozenset[str] | None:
    """The accounts on whose seats the principal reads what bodies do; None: they read all.

    In the absence of a member, on the seat of the absent. Raises RoleMissing.
    """
    if has_one(principal, READS_EVERY_BODY, at):
        return None
    require(principal, READS_BODIES, at)
    grants = principal.grants_at(at)
    return frozenset(
        grant.substitutes or principal.account
        for grant in grants
        if grant.role is Role.STEERING_MEMBER
    )


def may_read_body(seats: frozenset[str] | None, body: Body, days: Collection[date]) -> bool:
    """A member reads what a body does if they sit on it on one of these days."""
    return seats is None or any(
        not seats.isdisjoint(seat.people_on(day)) for day in days for seat in body.seats_at(day)
    )
