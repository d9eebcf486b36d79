"""The connection to Temporal, and the worker that runs the workflows."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from opentelemetry.trace import Tracer
from temporalio.client import Client, TLSConfig, WorkflowExecutionStatus
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.contrib.opentelemetry import TracingInterceptor
from temporalio.runtime import (
    LogForwardingConfig,
    LoggingConfig,
    PrometheusConfig,
    Runtime,
    TelemetryConfig,
    TelemetryFilter,
)
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from services.settings import Settings
from workflows.assessment_activities import RoundActivities, RoundRecord
from workflows.assessment_round import AssessmentRound
from workflows.college_release import CollegeRelease
from workflows.concept_activities import ConceptActivities, ConceptRecord
from workflows.concept_agreement import ConceptAgreement
from workflows.converter import DATA_CONVERTER
from workflows.funded_post import FundedPostCare
from workflows.funded_post_activities import PostActivities, PostRecord
from workflows.group_activities import GroupActivities, GroupRecord
from workflows.language_need import LanguageNeed
from workflows.language_need_activities import ReportActivities, ReportRecord
from workflows.mandate_activities import MandateActivities, MandateRecord
from workflows.mandate_follow_up import MandateFollowUp
from workflows.refusals import RefusalInterceptor
from workflows.retention_activities import RetentionActivities, RetentionRecord
from workflows.retention_run import WORKFLOW_ID, RetentionRun
from workflows.school_year import SchoolYear
from workflows.school_year_activities import YearActivities, YearRecord
from workflows.session_activities import SessionActivities, SessionRecord
from workflows.steering_session import SteeringSession
from workflows.working_group_cycle import WorkingGroupCycle

WORKFLOWS: Sequence[type[Any]] = (
    ConceptAgreement,
    AssessmentRound,
    CollegeRelease,
    RetentionRun,
    WorkingGroupCycle,
    SteeringSession,
    MandateFollowUp,
    SchoolYear,
    FundedPostCare,
    LanguageNeed,
)
LOOK_WHETHER_IT_RUNS = 3600.0
LONGEST_PAUSE = 15.0

PASSED_THROUGH = ("domain", "workflows", "msgspec")
"""Pure modules that need not be loaded anew for each workflow."""

LOGGING = LoggingConfig(
    filter=TelemetryFilter(core_level="WARN", other_level="ERROR"),
    forwarding=LogForwardingConfig(logging.getLogger("temporalio.core")),
)

log = structlog.get_logger(__name__)


def measured(settings: Settings) -> Runtime:
    """The SDK's runtime with its figures and ours at KREISLAUF_METRICS_PORT, for Prometheus.

    What it has to say goes where other libraries log: by itself it writes in colour to the
    terminal, between the lines for people.
    """
    metrics = settings.metrics_port and PrometheusConfig(
        bind_address=f"{settings.host}:{settings.metrics_port}",
        counters_total_suffix=True,
        unit_suffix=True,
        durations_as_seconds=True,
    )
    return Runtime(telemetry=TelemetryConfig(logging=LOGGING, metrics=metrics or None))


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
    """Whether Temporal answers, and which processes it runs."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def is_reachable(self) -> bool:
        try:
            return await self._client.service_client.check_health(timeout=timedelta(seconds=1))
        except (OSError, RPCError, RuntimeError):
            return False

    async def which_run(self, ids: Sequence[str]) -> Mapping[str, bool] | None:
        """Whether there is a running workflow of each id; None if Temporal does not answer."""
        try:
            runs = await asyncio.gather(*(self._runs(workflow) for workflow in ids))
        except (OSError, RPCError, RuntimeError):
            return None
        return dict(zip(ids, runs, strict=True))

    async def _runs(self, workflow: str) -> bool:
        handle = self._client.get_workflow_handle(workflow)
        try:
            description = await handle.describe(rpc_timeout=timedelta(seconds=1))
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return description.status is WorkflowExecutionStatus.RUNNING


class Records(NamedTuple):
    """What the activities of the processes look at and hand their commands to."""

    concepts: ConceptRecord
    rounds: RoundRecord
    retention: RetentionRecord
    groups: GroupRecord
    sessions: SessionRecord
    mandates: MandateRecord
    years: YearRecord
    posts: PostRecord
    reports: ReportRecord


def process_worker(client: Client, task_queue: str, records: Records) -> Worker:
    """The worker for all processes; activities under way are finished when it stops."""
    return Worker(
        client,
        task_queue=task_queue,
        workflows=WORKFLOWS,
        activities=_activities(records),
        interceptors=[RefusalInterceptor()],
        workflow_runner=SandboxedWorkflowRunner(
            restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
        ),
        # After a worker was killed, what it had in its cache goes to another one this soon.
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=2),
        graceful_shutdown_timeout=timedelta(seconds=10),
    )


async def keep_working(
    connected: Callable[[], Awaitable[Client]], task_queue: str, records: Records
) -> None:
    """Run the worker until cancelled; begin again when Temporal was away.

    `connected` gives a client that is not lazy: Temporal's worker takes no other.
    """
    pause = 0.5
    while True:
        try:
            worker = process_worker(await connected(), task_queue, records)
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


def _activities(records: Records) -> Sequence[Callable[..., Any]]:
    concepts = ConceptActivities(records.concepts)
    rounds = RoundActivities(records.rounds)
    groups = GroupActivities(records.groups)
    sessions = SessionActivities(records.sessions)
    mandates = MandateActivities(records.mandates)
    years = YearActivities(records.years)
    posts = PostActivities(records.posts)
    reports = ReportActivities(records.reports)
    return [
        concepts.read_course,
        concepts.remind_organisations,
        concepts.escalate_consultation,
        concepts.close_consultation,
        concepts.declare_review_due,
        concepts.supersede_predecessor,
        rounds.read_round,
        rounds.open_window,
        rounds.remind_colleges,
        rounds.escalate_round,
        rounds.close_window,
        rounds.pending_colleges,
        rounds.release_classes,
        rounds.release_round,
        rounds.publish_figures,
        rounds.announce_retest,
        rounds.compare_rounds,
        RetentionActivities(records.retention).look_at_files,
        groups.read_working_group,
        groups.remind_to_call,
        groups.remind_of_agreement,
        groups.declare_agreement_overdue,
        sessions.read_session,
        sessions.call_for_items,
        sessions.freeze_agenda,
        sessions.invite_to_session,
        sessions.remind_members,
        sessions.close_voting,
        sessions.declare_minutes_overdue,
        sessions.show_resolutions,
        sessions.follow_up_session,
        mandates.read_mandate,
        mandates.carry_out,
        mandates.remind_of_mandate,
        mandates.declare_mandate_overdue,
        years.read_school_year,
        years.note_standings,
        years.close_school_year,
        posts.read_post,
        posts.remind_of_post,
        reports.read_report,
        reports.remind_holder,
        reports.escalate_report,
        reports.follow_pools,
    ]


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
