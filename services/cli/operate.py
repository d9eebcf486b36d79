"""The two processes of a service, and starting its workflows again."""

import asyncio

import rich_click as click
import structlog

from services import event_loop
from services.api.app import Application
from services.cli.data_option import data_option, pass_settings
from services.cli.database import require_migrated, with_database
from services.cli.stopping import until_stopped
from services.crew import Crew
from services.environment import SettingsError
from services.observability import configure_logging
from services.processes import answering, listen, start_working
from services.relay.relay import Relay
from services.relay.relay import resume as resume_processes
from services.runtime import follow_the_log, running
from services.settings import Settings
from services.temporal import connect
from services.tracing import of_requests, tracer_provider

log = structlog.get_logger(__name__)


@click.command()
@data_option
@pass_settings
def serve(settings: Settings) -> None:
    """Answer people over HTTP. Needs KREISLAUF_DATABASE_URL and KREISLAUF_TEMPORAL_ADDRESS."""
    configure_logging(settings)
    event_loop.run(until_stopped(_serve(settings, *_outside(settings))))


@click.command()
@data_option
@pass_settings
def work(settings: Settings) -> None:
    """Keep time: relay the log to Temporal and run the workflows."""
    configure_logging(settings)
    event_loop.run(until_stopped(_work(settings, *_outside(settings))))


@click.command()
@data_option
@pass_settings
def resume(settings: Settings) -> None:
    """Start every open process again from the log, after Temporal's storage was lost."""
    if settings.temporal_address is None:
        raise SettingsError(
            "KREISLAUF_TEMPORAL_ADDRESS",
            "KREISLAUF_TEMPORAL_ADDRESS is not set: an embedded Temporal that lost its storage"
            " is resumed by `kreislauf up` itself.",
        )
    address = settings.temporal_address

    async def run(url: str) -> None:
        async with running(settings, url) as runtime:
            client = await connect(settings, address)
            relay = Relay(runtime.pool, runtime.store, client, settings.task_queue)
            count = await resume_processes(relay, runtime.store, runtime.pool)
        click.echo(f"{count} processes go on.")

    event_loop.run(with_database(settings, run))


async def _serve(settings: Settings, database_url: str, temporal_address: str) -> None:
    await asyncio.to_thread(require_migrated, database_url)
    provider = tracer_provider(settings, "serve")
    crew = Crew()
    async with running(settings, database_url) as runtime:
        follow_the_log(runtime, crew)
        client = await connect(settings, temporal_address, provider.get_tracer("kreislauf"))
        application = Application(settings.max_body_bytes, of_requests(settings, provider))
        event_loop.keep_what_is_there()
        with listen(settings.host, settings.port) as listener:
            async with answering(runtime, client, settings, listener, application) as address:
                log.info("answering", address=address)
                try:
                    await crew.watch()
                finally:
                    await crew.dismiss()
    provider.shutdown()


async def _work(settings: Settings, database_url: str, temporal_address: str) -> None:
    await asyncio.to_thread(require_migrated, database_url)
    provider = tracer_provider(settings, "work")
    crew = Crew()
    async with running(settings, database_url) as runtime:
        follow_the_log(runtime, crew)
        tracer = provider.get_tracer("kreislauf")
        await start_working(runtime, settings, temporal_address, tracer, crew)
        log.info("working")
        try:
            await crew.watch()
        finally:
            await crew.dismiss()
    provider.shutdown()


def _outside(settings: Settings) -> tuple[str, str]:
    """The servers, which apart processes need from outside. Raises SettingsError."""
    for name, value in (
        ("KREISLAUF_DATABASE_URL", settings.database_url),
        ("KREISLAUF_TEMPORAL_ADDRESS", settings.temporal_address),
    ):
        if value is None:
            raise SettingsError(
                name,
                f"{name} is not set. `kreislauf serve` and `kreislauf work` run against servers of"
                " their own; to start everything on this machine use `kreislauf up`.",
            )
    assert settings.database_url is not None, "just looked"
    assert settings.temporal_address is not None, "just looked"
    return settings.database_url, settings.temporal_address
