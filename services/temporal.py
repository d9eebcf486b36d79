"""The connection to Temporal, and the worker that runs the workflows."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from opentelemetry.trace import Tracer
from temporalio.client import Client, TLSConfig
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.runtime import PrometheusConfig, Runtime, TelemetryConfig
from temporalio.service import RPCError
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from services.settings import Settings
from workflows.concept_activities import ConceptActivities, ConceptRecord
from workflows.concept_agreement import ConceptAgreement
from workflows.converter import DATA_CONVERTER
from workflows.refusals import RefusalInterceptor
from workflows.retention_activities import RetentionActivities, RetentionRecord
from workflows.retention_run import WORKFLOW_ID, RetentionRun

WORKFLOWS: Sequence[type[Any]] = (ConceptAgreement, RetentionRun)
LOOK_WHETHER_IT_RUNS = 3600.0
LONGEST_PAUSE = 15.0

PASSED_THROUGH = ("domain", "workflows", "msgspec")
"""Pure modules that need not be loaded anew for each workflow."""

log = structlog.get_logger(__name__)


def measured(settings: Settings) -> Runtime:
    """The SDK's runtime with its figures and ours at KREISLAUF_METRICS_PORT, for Prometheus."""
    if settings.metrics_port is None:
        return Runtime.default()
    metrics = PrometheusConfig(
        bind_address=f"{settings.host}:{settings.metrics_port}",
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
    )
    return Runtime(telemetry=TelemetryConfig(metrics=metrics))


async def connect(
    settings: Settings,
    address: str,
    tracer: Tracer | None = None,
    *,
    runtime: Runtime | None = None,
    lazy: bool = True,
) -> Client:
    """A client. A lazy one connects when it is first used, so that Temporal may come later.

    Raises RuntimeError if it is not lazy and Temporal is away.
    """
    interceptors: list[ClientInterceptor] = [TracingInterceptor(tracer)] if tracer else []
    return await Client.connect(
        address,
        namespace=settings.temporal_namespace,
        data_converter=DATA_CONVERTER,
        interceptors=interceptors,
        tls=_tls(settings),
        api_key=settings.temporal_api_key,
        lazy=lazy,
        runtime=runtime,
    )


class TemporalEngine:
    """Whether Temporal answers."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def is_reachable(self) -> bool:
        try:
            return await self._client.service_client.check_health(timeout=timedelta(seconds=1))
        except (OSError, RPCError, RuntimeError):
            return False


def process_worker(
    client: Client, task_queue: str, record: ConceptRecord, retention: RetentionRecord
) -> Worker:
    """The worker for all processes; activities under way are finished when it stops."""
    activities = ConceptActivities(record)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=[
            activities.read_course,
            activities.remind_organisations,
            activities.escalate_consultation,
            activities.close_consultation,
            activities.declare_review_due,
            activities.supersede_predecessor,
            RetentionActivities(retention).look_at_files,
        ],
        interceptors=[RefusalInterceptor()],
        workflow_runner=SandboxedWorkflowRunner(
            restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
        ),
        # After a worker was killed, what it had in its cache goes to another one this soon.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        graceful_shutdown_timeout=timedelta(seconds=10),
    )


async def keep_working(
    connected: Callable[[], Awaitable[Client]],
    task_queue: str,
    record: ConceptRecord,
    retention: RetentionRecord,
) -> None:
    """Run the worker until cancelled; begin again when Temporal was away.

    `connected` gives a client that is not lazy: Temporal's worker takes no other.
    """
    pause = 0.5
    while True:
        try:
            worker = process_worker(await connected(), task_queue, record, retention)
            pause = 0.5
            log.info("worker runs", task_queue=task_queue)
            await worker.run()
        except (OSError, RPCError, RuntimeError) as error:
            log.warning("worker interrupted", error=str(error), pause=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def keep_retaining(client: Client, task_queue: str) -> None:
    """See to it that the daily run goes on, until cancelled: it may have been lost or ended."""
    pause = 0.5
    while True:
        try:
            await client.start_workflow(
                RetentionRun.run,
                id=WORKFLOW_ID,
                task_queue=task_queue,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            )
        except (OSError, RPCError, RuntimeError) as error:
            log.info("retention run not started yet", error=str(error), pause=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        pause = 0.5
        await asyncio.sleep(LOOK_WHETHER_IT_RUNS)


def _tls(settings: Settings) -> TLSConfig | bool:
    if not settings.temporal_tls:
        return False
    return TLSConfig(
        server_root_ca_cert=_read(settings.temporal_tls_ca),
        client_cert=_read(settings.temporal_tls_cert),
        client_private_key=_read(settings.temporal_tls_key),
    )


def _read(path: Path | None) -> bytes | None:
    return path.read_bytes() if path else None
