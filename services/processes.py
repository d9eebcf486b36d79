"""The two processes of the service: one answers people, one keeps time. They may run as one."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Tracer
from temporalio.client import Client

from services.api.app import create_app
from services.concept_record import LoggedConcepts
from services.crew import Crew
from services.relay.relay import Relay
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import TemporalEngine, connect, keep_working

SECONDS_TO_FINISH = 5


class _Server(uvicorn.Server):
    """Leaves the signals to us: a process has more to stop than its server."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def start_working(
    runtime: Runtime, settings: Settings, temporal_address: str, tracer: Tracer, crew: Crew
) -> Relay:
    """Relay the log to Temporal and run the workflows, in the background."""
    client = await connect(settings, temporal_address, tracer)
    relay = Relay(runtime.pool, runtime.store, client, settings.task_queue)
    record = LoggedConcepts(runtime.store, runtime.desk)

    async def connected() -> Client:
        return await connect(settings, temporal_address, tracer, lazy=False)

    crew.start(relay.run(runtime.bell), "relay")
    crew.start(keep_working(connected, settings.task_queue, record), "worker")
    return relay


@asynccontextmanager
async def answering(
    runtime: Runtime,
    client: Client,
    settings: Settings,
    listener: socket.socket,
    tracing: TracerProvider | None,
) -> AsyncIterator[str]:
    """Answer HTTP requests on the socket; gives the address. Requests under way are finished."""
    app = create_app(
        runtime,
        TemporalEngine(client),
        max_body_bytes=settings.max_body_bytes,
        tracing=tracing,
    )
    server = _Server(
        uvicorn.Config(
            app,  # pyright: ignore[reportArgumentType]  (Litestar's and uvicorn's ASGI types differ)
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="http")
    while not server.started and not serving.done():  # noqa: ASYNC110 (the server has no event)
        await asyncio.sleep(0.02)
    if serving.done():
        serving.result()
    try:
        host, port = listener.getsockname()[:2]
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        await serving


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises OSError if the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener
