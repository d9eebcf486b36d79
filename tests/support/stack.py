"""The whole service in the test's own process: HTTP, relay and worker over real servers."""

import os
import signal
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from opentelemetry.sdk.trace import TracerProvider

from services.api.app import Application
from services.crew import Crew
from services.embedded.temporal import EmbeddedTemporal
from services.processes import answering, listen, start_working
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.clients import BY_HTTP_ONLY
from tests.support.http import Person

IDLE: defaultdict[int, list[Application]] = defaultdict(list)
"""Applications whose test is over, by the most bytes a body may have."""

NOBODY_LISTENS = "127.0.0.1:9"
"""The discard port: for what works without Temporal."""


@dataclass(frozen=True)
class Stack:
    """A service that answers, and the people who use it."""

    address: str
    http: httpx.AsyncClient
    people: Mapping[str, Person]
    runtime: Runtime

    def __getattr__(self, name: str) -> Person:
        """`stack.revision` is the person with this key of the demo county."""
        return self.people[name]

    async def head(self) -> int:
        """The head of the log, to see whether something was recorded."""
        return await self.runtime.store.head()


@asynccontextmanager
async def serving(
    runtime: Runtime,
    settings: Settings,
    tokens: Mapping[str, str],
    temporal_address: str = NOBODY_LISTENS,
    *,
    port: int = 0,
) -> AsyncIterator[Stack]:
    """Answer over HTTP on a free port or on this one, with or without Temporal."""
    client = await connect(settings, temporal_address)
    with _idle_application(settings.max_body_bytes) as application, listen("127.0.0.1", port) as it:
        async with (
            answering(runtime, client, settings, it, application) as address,
            httpx.AsyncClient(base_url=address, timeout=30, verify=BY_HTTP_ONLY) as http,
        ):
            people = {key: Person(http, token) for key, token in tokens.items()}
            yield Stack(address=address, http=http, people=people, runtime=runtime)


@contextmanager
def _idle_application(max_body_bytes: int) -> Iterator[Application]:
    """One that serves nobody at this moment: to make one takes longer than most tests."""
    idle = IDLE[max_body_bytes]
    application = idle.pop() if idle else Application(max_body_bytes, TracerProvider())
    yield application
    idle.append(application)


@asynccontextmanager
async def working(
    runtime: Runtime, settings: Settings, temporal_address: str
) -> AsyncIterator[None]:
    """Relay and worker beside it."""
    crew = Crew()
    provider = TracerProvider()
    tracer = provider.get_tracer("test")
    await start_working(runtime, settings, temporal_address, tracer, crew)
    try:
        yield
    finally:
        await crew.dismiss()
        provider.shutdown()


@asynccontextmanager
async def temporal_in(folder: Path) -> AsyncIterator[EmbeddedTemporal]:
    """A Temporal server of its own on any free ports.

    Nobody needs what it keeps, so at the end it is killed: asked to end, it takes 1.4 s.
    """
    async with EmbeddedTemporal(folder, port=0, ui_port=0) as temporal:
        try:
            yield temporal
        finally:
            with suppress(AssertionError):  # the test has stopped it, so it has no pid
                os.kill(temporal.pid, signal.SIGKILL)
