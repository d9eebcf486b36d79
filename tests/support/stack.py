"""The whole service in the test's own process: HTTP, relay and worker over real servers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from opentelemetry.sdk.trace import TracerProvider

from services.crew import Crew
from services.embedded.temporal import EmbeddedTemporal
from services.processes import answering, listen, start_working
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.http import Person

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
) -> AsyncIterator[Stack]:
    """Answer over HTTP on a free port, with or without Temporal."""
    provider = TracerProvider()
    client = await connect(settings, temporal_address)
    with listen("127.0.0.1", 0) as listener:
        async with (
            answering(runtime, client, settings, listener, provider) as address,
            httpx.AsyncClient(base_url=address, timeout=30) as http,
        ):
            people = {key: Person(http, token) for key, token in tokens.items()}
            yield Stack(address=address, http=http, people=people, runtime=runtime)
    provider.shutdown()


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
    """A Temporal server of its own on any free ports."""
    async with EmbeddedTemporal(folder, port=0, ui_port=0) as temporal:
        yield temporal
