"""Processes hand their commands in at the same door as people."""

from services.desk import Desk
from services.identity.principal import process
from services.orders import Order
from workflows.commissions import Commission


async def hand_in(desk: Desk, commission: Commission) -> None:
    """Have the process's command handled. Raises DomainError if a rule is against it."""
    await desk.handle(
        Order(
            command=commission.command,
            command_id=commission.command_id,
            principal=process(commission.workflow_id),
            at=commission.at,
            correlation=commission.correlation,
            causation=commission.causation,
        )
    )
