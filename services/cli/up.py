"""`kreislauf up`: everything on this machine, with one command."""

import asyncio
import os
import shlex
import socket
from contextlib import AsyncExitStack
from types import TracebackType

import rich_click as click
from rich.console import Console

from services import event_loop
from services.api.app import Application
from services.cli.data_option import data_option, pass_settings
from services.cli.demo import Demo
from services.cli.places import Places, started
from services.cli.stopping import until_stopped
from services.crew import Crew, ended
from services.eventstore.migrate import migrate
from services.processes import answering, listen, start_working
from services.relay.relay import resume
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from services.temporal import connect
from services.tracing import of_requests, tracer_provider

console = Console(highlight=False)


@click.command()
@data_option
@click.option("--demo", is_flag=True, help="Load Kreis Paderborn and play both processes through.")
@click.option("--port", type=click.IntRange(0, 65535), help="Exactly this port.")
@pass_settings
def up(settings: Settings, *, demo: bool, port: int | None) -> None:
    """Start PostgreSQL, Temporal, the worker and the HTTP service on this machine.

    Ctrl-C stops everything; starting again goes on where it was.
    """
    asked = port is not None or "KREISLAUF_PORT" in os.environ
    wished = settings.port if port is None else port
    with listen(settings.host, wished, explicit=asked) as listener:
        event_loop.run(until_stopped(_up(settings, listener, demo=demo)))


async def _up(settings: Settings, listener: socket.socket, *, demo: bool) -> None:
    provider = tracer_provider(settings, "up")
    console.print("Starting PostgreSQL and Temporal …")
    async with AsyncExitStack() as stack:
        stack.push(_farewell)
        places = await stack.enter_async_context(started(settings))
        await asyncio.to_thread(migrate, places.database_url)
        runtime = await stack.enter_async_context(running(settings, places.database_url))
        crew = Crew()
        stack.push_async_callback(crew.dismiss)
        follow_the_log(runtime, crew)
        tracer = provider.get_tracer("kreislauf")
        client = await connect(settings, places.temporal_address, tracer)
        relay = await start_working(runtime, settings, places.temporal_address, tracer, crew)
        if places.temporal_ui is not None:
            # At every start: an earlier one may have been killed before it came to this.
            count = await resume(relay, runtime.store, runtime.pool)
            if count and places.temporal_is_new:
                console.print(f"Temporal began anew: {count} processes go on from the log.")
        application = Application(settings.max_body_bytes, of_requests(settings, provider))
        event_loop.keep_what_is_there()
        address = await stack.enter_async_context(
            answering(runtime, client, settings, listener, application)
        )
        stack.callback(console.print, "\nStopping …")
        _show_addresses(address, places)
        if demo:
            player = Demo(console, runtime, address, settings.data.expanduser(), _command(settings))
            # Whoever uses the service leaves before it stops.
            stack.push_async_callback(ended, crew.start(player.run(), "demo"))
        else:
            await _say_what_comes_next(runtime, settings)
        await crew.watch()
    provider.shutdown()


def _farewell(
    kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
) -> None:
    """What broke is said elsewhere; the data are kept in any case."""
    if kind is None or issubclass(kind, asyncio.CancelledError):
        console.print("Stopped. Everything is kept; start again to go on.")


def _show_addresses(address: str, places: Places) -> None:
    shown = {
        "Service": address,
        "API description": f"{address}/schema/openapi.json",
        "Health": f"{address}/health/ready",
        "Temporal": places.temporal_ui or places.temporal_address,
    }
    for label, where in shown.items():
        console.print(f"{label:<15}  {where}", soft_wrap=True)


async def _say_what_comes_next(runtime: Runtime, settings: Settings) -> None:
    head = await runtime.store.head()
    if head:
        console.print(f"\nThe log is at position {head}; everything goes on from there.")
    else:
        console.print(
            "\nNothing is recorded yet. In a second terminal let in whoever administers the"
            " service;\nthis registers the county as the first organisation, and prints a link to"
            " sign in:\n"
            f"\n  {_command(settings)} account invite --name 'Your Name' --address you@example.org"
            " --role administrator --organisation kreis --organisation-name 'Kreis Beispiel'\n"
            "\nMunicipalities, organisations, people and their roles are then set up in the"
            " browser,\nor over HTTP with a token (`token create`). `kreislauf up --demo` shows a"
            " county that\nhas all this.",
            soft_wrap=True,
        )
    console.print("Ctrl-C stops everything.")


def _command(settings: Settings) -> str:
    """How to call us on this very data folder, as people would type it."""
    words = ["uv", "run", "kreislauf"] if "UV" in os.environ else ["kreislauf"]
    if settings.data != Settings().data and "KREISLAUF_DATA" not in os.environ:
        words += ["--data", str(settings.data)]
    return shlex.join(words)
