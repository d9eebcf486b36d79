"""`kreislauf up`: everything on this machine, with one command."""

import asyncio
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx
import msgspec
import rich_click as click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.cli.operate import pass_settings, until_stopped
from services.cli.places import Places, started
from services.crew import Crew
from services.demo.county import County, load_county, paderborn
from services.demo.play import DemoStuck, Play
from services.embedded.folder import free_port
from services.eventstore.migrate import migrate
from services.identity.tokens import issue_token, principal_of
from services.observability import configure_logging, tracer_provider
from services.processes import answering, listen, start_working
from services.relay.relay import resume
from services.runtime import Runtime, follow_the_log, running
from services.settings import Settings
from services.temporal import connect

TOKENS_FILE = "demo-tokens.json"

console = Console(highlight=False)


@click.command()
@click.option("--demo", is_flag=True, help="Load Kreis Paderborn and play one concept through.")
@click.option("--port", type=click.IntRange(0, 65535), help="Exactly this port.")
@pass_settings
def up(settings: Settings, *, demo: bool, port: int | None) -> None:
    """Start PostgreSQL, Temporal, the worker and the HTTP service on this machine.

    Ctrl-C stops everything; starting again goes on where it was.
    """
    asked = port is not None or "KREISLAUF_PORT" in os.environ
    wished = settings.port if port is None else port
    configure_logging(_quiet(settings))
    asyncio.run(_up(settings, free_port(settings.host, wished, explicit=asked), demo=demo))


async def _up(settings: Settings, port: int, *, demo: bool) -> None:
    provider = tracer_provider(settings, "up")
    console.print("Starting PostgreSQL and Temporal …")
    async with AsyncExitStack() as stack:
        stack.callback(console.print, "Stopped. Everything is kept; start again to go on.")
        places = await stack.enter_async_context(started(settings))
        await asyncio.to_thread(migrate, places.database_url)
        runtime = await stack.enter_async_context(running(settings, places.database_url))
        crew = Crew()
        stack.push_async_callback(crew.dismiss)
        follow_the_log(runtime, crew)
        tracer = provider.get_tracer("kreislauf")
        client = await connect(settings, places.temporal_address, tracer)
        relay = await start_working(runtime, settings, places.temporal_address, tracer, crew)
        if places.temporal_is_new and (count := await resume(relay, runtime.store, runtime.pool)):
            console.print(f"Temporal began anew: {count} processes go on from the log.")
        listener = stack.enter_context(listen(settings.host, port))
        address = await stack.enter_async_context(
            answering(runtime, client, settings, listener, provider)
        )
        _show_addresses(address, places)
        if demo:
            crew.start(_demo(runtime, settings, address), "demo")
        else:
            console.print("Ctrl-C stops everything.")
        await until_stopped(crew)
        console.print("\nStopping …")
    provider.shutdown()


async def _demo(runtime: Runtime, settings: Settings, address: str) -> None:
    """Load the county, play the concept, and stay: what was played is there to look at."""
    county = paderborn()
    console.print("\n[bold]Kreis Paderborn[/bold], with the documented history of 2024/25")
    async for loaded in load_county(runtime.desk, county):
        console.print(f"  {loaded}")
    await runtime.read_models.catch_up()
    tokens = await _demo_tokens(runtime, county, settings.data.expanduser() / TOKENS_FILE)
    _show_tokens(county, tokens)
    console.print("\n[bold]Ein Konzept von der Eröffnung bis zur Verabschiedung[/bold]")
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        try:
            await Play(client, tokens, _say).run()
        except (DemoStuck, httpx.HTTPError) as error:
            console.print(f"[red]{escape(str(error))}[/red]")
        else:
            console.print("  Das Konzept für Delbrück ist veröffentlicht.")
            console.print(
                "\nSee it: kreislauf history --municipality 05774020 --edition 2025"
                "\nCtrl-C stops everything."
            )
    await asyncio.Event().wait()


async def _demo_tokens(runtime: Runtime, county: County, file: Path) -> Mapping[str, str]:
    """Each demo person's token, made once and kept in the data folder: demo people only."""
    kept = _kept_tokens(file)
    tokens: dict[str, str] = {}
    now = datetime.now(UTC)
    for person in county.people.items:
        token = kept.get(person.key)
        if token is None or await principal_of(runtime.pool, token, now) is None:
            token = await issue_token(runtime.desk, person.account, "demo", days=None, at=now)
        tokens[person.key] = token
    _keep_tokens(file, tokens)
    await runtime.read_models.catch_up()
    return tokens


def _kept_tokens(file: Path) -> dict[str, str]:
    return msgspec.json.decode(file.read_bytes(), type=dict[str, str]) if file.exists() else {}


def _keep_tokens(file: Path, tokens: Mapping[str, str]) -> None:
    file.touch(mode=0o600)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(tokens)))


def _show_addresses(address: str, places: Places) -> None:
    table = Table.grid(padding=(0, 2))
    table.add_row("Service", address)
    table.add_row("API description", f"{address}/schema/openapi.json")
    table.add_row("Health", f"{address}/health/ready")
    if places.temporal_ui is not None:
        table.add_row("Temporal", places.temporal_ui)
    console.print(table)


def _show_tokens(county: County, tokens: Mapping[str, str]) -> None:
    console.print("\nWho may sign in (demo tokens):")
    for person in county.people.items:
        for grant in person.grants:
            line = f"  {grant.role:<20} {tokens[person.key]}  {grant.organisation}"
            console.print(line, soft_wrap=True)


def _say(line: str) -> None:
    console.print(f"  {escape(line)}", soft_wrap=True)


def _quiet(settings: Settings) -> Settings:
    """On a terminal only what is wrong is logged between the lines for people."""
    if "KREISLAUF_LOG_LEVEL" in os.environ:
        return settings
    return msgspec.structs.replace(settings, log_level="warning")
