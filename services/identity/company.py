"""A company that follows the link of its report: it may do what its own report allows."""

from uuid import UUID

from domain.directory.grant import Grant
from domain.kernel import Role
from services.identity.principal import Principal


def company(report: UUID) -> Principal:
    """Whoever came by the secret link of this report."""
    return Principal(
        account=str(report),
        grants=(Grant(role=Role.COMPANY, organisation=""),),
        signed_in="report-link",
    )
