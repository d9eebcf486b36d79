"""Who is asking: a person with their roles, a process, or the operator at the console."""

from datetime import datetime

import msgspec

from domain.directory.account import Grant
from domain.kernel import Role


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Comes from the session only, never from what the client says."""

    account: str
    grants: tuple[Grant, ...]
    signed_in: str

    def grants_at(self, moment: datetime) -> tuple[Grant, ...]:
        """The roles held at this moment."""
        return tuple(grant for grant in self.grants if grant.holds_at(moment))


def process(workflow_id: str) -> Principal:
    """A workflow that acts because its time has come."""
    return Principal(
        account=workflow_id,
        grants=(Grant(role=Role.PROCESS, organisation=""),),
        signed_in="workflow",
    )


CONSOLE = Principal(
    account="console",
    grants=(
        Grant(role=Role.ADMINISTRATOR, organisation=""),
        Grant(role=Role.COORDINATOR, organisation=""),
    ),
    signed_in="console",
)
"""Whoever may run the service's own commands on its machine."""
