"""What Temporal knows of a process, read from its history."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from workflows.notes import Note

PATIENCE = 60


async def notes(client: Client, concept: UUID) -> list[Note]:
    """What the process was told, in this order."""
    return [
        msgspec.json.decode(
            event.workflow_execution_signaled_event_attributes.input.payloads[0].data, type=Note
        )
        for event in await _history(client, concept)
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED
    ]


async def activities(client: Client, concept: UUID) -> list[str]:
    """What the process has done or is about to do, in this order."""
    return [
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in await _history(client, concept)
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    ]


async def asked_of_workers(process: WorkflowHandle[Any, Any]) -> Counter[str]:
    """How often the latest run of the process asked for each activity."""
    history = await process.fetch_history()
    return Counter(
        event.activity_task_scheduled_event_attributes.activity_type.name
        for event in history.events
        if event.HasField("activity_task_scheduled_event_attributes")
    )


async def all_runs(client: Client, workflow_id: str) -> list[WorkflowHandle[Any, Any]]:
    """All runs of a process, the first one first; only the real engine lists them."""
    runs = [run async for run in client.list_workflows(f'WorkflowId = "{workflow_id}"')]
    return [
        client.get_workflow_handle(run.id, run_id=run.run_id)
        for run in sorted(runs, key=lambda run: run.start_time)
    ]


async def timers(client: Client, stream: UUID, kind: str = "concept") -> list[timedelta]:
    """How long the process set out to wait, each time it did."""
    return [
        event.timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()
        for event in await _history(client, stream, kind)
        if event.event_type == EventType.EVENT_TYPE_TIMER_STARTED
    ]


async def content(client: Client, concept: UUID) -> bytes:
    """Everything that Temporal holds of the process."""
    return b"".join(event.SerializeToString() for event in await _history(client, concept))


async def is_at_rest(client: Client, stream: UUID, kind: str = "concept") -> bool:
    """It has taken in everything it was told, and waits."""
    history = await _history(client, stream, kind)
    return bool(history) and history[-1].event_type in {
        EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
        EventType.EVENT_TYPE_TIMER_STARTED,
        EventType.EVENT_TYPE_TIMER_CANCELED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    }


async def running(client: Client, kind: str = "concept") -> set[str]:
    """The ids of the processes of this kind that run."""
    query = "ExecutionStatus = 'Running'"
    found = {execution.id async for execution in client.list_workflows(query)}
    return {process for process in found if process.startswith(f"{kind}/")}


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until it holds. Raises TimeoutError after a minute."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 (Temporal has no event for it)
            await asyncio.sleep(0.05)


async def _history(client: Client, stream: UUID, kind: str = "concept") -> list[HistoryEvent]:
    """The events of the latest run; none if there never was one."""
    handle = client.get_workflow_handle(f"{kind}/{stream}")
    try:
        return list((await handle.fetch_history()).events)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return []
