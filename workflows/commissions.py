"""What a process hands in at the desk: a command, and what makes it the same on every attempt."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

import msgspec
from temporalio import activity

from domain.kernel import NAMESPACE, Command, DomainError


class Commission(msgspec.Struct, frozen=True, kw_only=True):
    """A command of a workflow. `at` is the workflow's time, the same on every attempt."""

    command: Command
    command_id: UUID
    workflow_id: str
    at: datetime
    correlation: str
    causation: int


def own_id() -> str:
    """The id of the workflow in which the activity at hand runs."""
    workflow_id = activity.info().workflow_id
    assert workflow_id is not None, "these activities run in a workflow"
    return workflow_id


def command_id(workflow_id: str, step: str) -> UUID:
    """The same for the same step of the same process, on every machine and attempt."""
    return uuid5(NAMESPACE, f"{workflow_id}/{step}")


class Record(Protocol):
    """Where commissions are handed in."""

    async def commission(self, commission: Commission) -> None:
        """Handle the command. Raises DomainError if a rule is against it."""
        ...


class Step(Protocol):
    """When the process took a step, and what led to it."""

    @property
    def at(self) -> datetime: ...
    @property
    def correlation(self) -> str: ...
    @property
    def causation(self) -> int: ...


async def issue(record: Record, command: Command, step: Step, key: str) -> None:
    """Hand in a command of the workflow at hand. With the same key it is the same command."""
    workflow_id = own_id()
    await record.commission(
        Commission(
            command=command,
            command_id=command_id(workflow_id, key),
            workflow_id=workflow_id,
            at=step.at,
            correlation=step.correlation,
            causation=step.causation,
        )
    )


async def issue_each(record: Record, commands: Sequence[Command], step: Step, key: str) -> None:
    """One after the other. What is refused, because people were faster, stays as it is."""
    for command in commands:
        kind = type(command).__name__
        try:
            await issue(record, command, step, f"{key}/{kind}/{command.subject}")
        except DomainError as error:
            activity.logger.warning("%s refused: %s", kind, error.code)
