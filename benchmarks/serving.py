"""Answers HTTP as the service does, for load from another process."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from litestar.types import ASGIApp

from services import event_loop
from services.api.app import Application
from services.api.health import Engine
from services.processes import listen
from services.runtime import Runtime
from services.settings import Settings


class _Server(uvicorn.Server):
    """Leaves the signals to the benchmark."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class NoEngine(Engine):
    """What is measured asks no process engine."""

    async def is_reachable(self) -> bool:
        return False

    async def which_run(self, _: Sequence[str]) -> Mapping[str, bool] | None:
        """Nobody knows."""
        return None


def product(runtime: Runtime) -> ASGIApp:
    """The service's own application, without a collector for its traces as by default.

    Few people send all the load, so they may send more than one person would.
    """
    settings = Settings(requests_per_minute=1_000_000, token_requests_per_minute=1_000_000)
    application = Application(settings.max_body_bytes)
    event_loop.keep_what_is_there()
    return application.serving(runtime, NoEngine(), settings)


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[int]:
    """With the service's options of uvicorn; gives the port."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(
            app,  # pyright: ignore[reportArgumentType]  (Litestar's and uvicorn's ASGI types differ)
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
        )
        server = _Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            while not server.started and not task.done():  # noqa: ASYNC110 (it has no event)
                await asyncio.sleep(0.02)
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task
