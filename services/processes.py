"""The two processes of the service: one answers people, one keeps time. They may run as one."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import uvicorn
from opentelemetry.trace import Tracer
from temporalio.client import Client

from services.api.app import Application
from services.assessment_record import LoggedRounds
from services.concept_record import LoggedConcepts
from services.crew import Crew
from services.embedded.folder import PortTaken, free_port
from services.group_record import LoggedGroups
from services.identity.leaving import Tidying
from services.ledger.sealing import Sealer
from services.ledger.timestamp import TimeStamping, certificates_in
from services.ledger.witness import Cosigning, witnesses_from
from services.mail.post import keep_posting
from services.mandate_record import LoggedMandates
from services.need_record import LoggedReports
from services.post_record import LoggedPosts
from services.privacy.retention.run import RetentionLog
from services.relay.relay import Relay
from services.runtime import Runtime
from services.session_record import LoggedSessions
from services.settings import Settings
from services.temporal import (
    Records,
    TemporalEngine,
    connect,
    keep_retaining,
    keep_working,
    measured,
)
from services.year_record import LoggedYears

SECONDS_TO_FINISH = 5


class _Server(uvicorn.Server):
    """Leaves the signals to us: a process has more to stop than its server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def start_working(
    runtime: Runtime, settings: Settings, temporal_address: str, tracer: Tracer, crew: Crew
) -> Relay:
    """Seal the log, relay it to Temporal and run the workflows, in the background."""
    seal_the_log(runtime, settings, crew)
    sdk = measured(settings)
    client = await connect(settings, temporal_address, tracer, runtime=sdk)
    meter = sdk.metric_meter
    relay = Relay(runtime.pool, runtime.store, client, settings.task_queue, meter)
    records = records_of(runtime, settings)

    async def connected() -> Client:
        return await connect(settings, temporal_address, tracer, runtime=sdk, lazy=False)

    crew.start(Tidying(runtime.pool).run(), "tidying")
    crew.start(relay.run(runtime.bell), "relay")
    crew.start(keep_working(connected, settings.task_queue, records), "worker")
    crew.start(keep_retaining(client, settings.task_queue), "retention")
    keep_posting(runtime, settings, crew)
    return relay


def records_of(runtime: Runtime, settings: Settings) -> Records:
    """What the workflows look at and hand their commands to."""
    return Records(
        concepts=LoggedConcepts(runtime.store, runtime.desk),
        rounds=LoggedRounds(runtime.store, runtime.desk),
        retention=retention_log(runtime, settings),
        groups=LoggedGroups(runtime.store, runtime.desk),
        sessions=LoggedSessions(runtime.store, runtime.desk, runtime.calendar),
        mandates=LoggedMandates(runtime.store, runtime.desk),
        years=LoggedYears(runtime.store, runtime.desk, runtime.calendar),
        posts=LoggedPosts(runtime.store, runtime.desk, runtime.calendar),
        reports=LoggedReports(runtime.store, runtime.desk, runtime.calendar),
    )


def retention_log(runtime: Runtime, settings: Settings) -> RetentionLog:
    """The run over the files of people."""
    zone = ZoneInfo(settings.time_zone)
    return RetentionLog(runtime.pool, runtime.store, runtime.desk, runtime.files, zone)


def seal_the_log(runtime: Runtime, settings: Settings, crew: Crew) -> None:
    """Sign checkpoints, and have those who are set vouch for them. Raises SettingsError."""
    pause = timedelta(milliseconds=settings.checkpoint_milliseconds)
    for witness in witnesses_from(settings.witnesses):
        crew.start(Cosigning(runtime.pool, witness, pause).run(), f"witness {witness.key.name}")
    if settings.timestamp_url is not None and settings.timestamp_certificates is not None:
        stamping = TimeStamping(
            runtime.pool,
            settings.timestamp_url,
            certificates_in(settings.timestamp_certificates),
            timedelta(minutes=settings.timestamp_minutes),
        )
        crew.start(stamping.run(), "time-stamps")
    crew.start(sealer_of(runtime, settings).run(runtime.bell), "sealing")


def sealer_of(runtime: Runtime, settings: Settings) -> Sealer:
    """Who signs the log of this service."""
    pause = timedelta(milliseconds=settings.checkpoint_milliseconds)
    return Sealer(runtime.pool, runtime.master, origin=settings.ledger_origin, pause=pause)


@asynccontextmanager
async def answering(
    runtime: Runtime,
    client: Client,
    settings: Settings,
    listener: socket.socket,
    application: Application,
) -> AsyncIterator[str]:
    """Answer HTTP requests on the socket; gives the address. Requests under way are finished."""
    app = application.serving(runtime, TemporalEngine(client), settings)
    server = _Server(
        uvicorn.Config(
            app,  # pyright: ignore[reportArgumentType]  (Litestar's and uvicorn's ASGI types differ)
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            forwarded_allow_ips=settings.trusted_proxies.split(),
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="http")
    try:
        while not server.started and not serving.done():  # noqa: ASYNC110 (the server has no event)
            await asyncio.sleep(0.02)
        if serving.done():
            serving.result()
        yield _address(listener)
    finally:
        server.should_exit = True
        await serving


def listen(host: str, port: int, *, explicit: bool = True) -> socket.socket:
    """A socket that listens on the port or, unless it was asked for, on the next free one above.

    It listens at once, so that nobody else takes the port while the rest still starts.
    Raises PortTaken.
    """
    if port:
        port = free_port(host, port, explicit=explicit)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        raise PortTaken(host, port, (error.strerror or str(error)).lower()) from error
    # Else the end of an answer waits 40 ms for the client: asyncio sets it only on sockets that
    # name their protocol, and those that are accepted here take it over.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
