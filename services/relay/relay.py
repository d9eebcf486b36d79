"""Follows the log and tells workflows what they wait for: at least once, and in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from temporalio.client import Client
from temporalio.common import MetricMeter
from temporalio.service import RPCError

from services.eventstore import tracking
from services.eventstore.database import DATABASE_AWAY, Connection, Pool
from services.eventstore.following import Bell
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.relay.process import Route
from services.relay.routes import OWN_TOPICS, TOPICS, own_process, routes
from workflows.notes import Note

NAME = "relay"
BATCH = 50
BEGUN = "insert into tracking (name) values ($1) on conflict do nothing"
LONGEST_PAUSE = 15.0

TROUBLE = (*DATABASE_AWAY, RPCError, RuntimeError)
"""What passes by: the database or Temporal is away (the client then says RuntimeError)."""

log = structlog.get_logger(__name__)


class Relay:
    """Signals the workflow of each event it waits for, starting it if it does not run.

    The position moves on after a batch was delivered. A crash in between delivers it again;
    workflows count a note by its log position, so twice is once. The locked row lets only one
    relay of all processes deliver at a time.
    """

    def __init__(
        self,
        pool: Pool,
        store: EventStore,
        client: Client,
        task_queue: str,
        meter: MetricMeter = MetricMeter.noop,
    ) -> None:
        self._pool = pool
        self._store = store
        self._client = client
        self._task_queue = task_queue
        self._delivered = meter.create_gauge(
            "kreislauf_relay_position", "The log position up to which workflows have been told"
        )
        self._pause = 0.0

    async def run(self, bell: Bell) -> None:
        """Deliver until cancelled. What is away is waited for, longer each time."""
        while True:
            rings = bell.rings
            try:
                delivered = await self.deliver()
            except TROUBLE as error:
                self._pause = min(self._pause * 2 + 0.5, LONGEST_PAUSE)
                log.warning("relay interrupted", error=type(error).__name__, pause=self._pause)
                await asyncio.sleep(self._pause)
                continue
            self._pause = 0.0
            if not delivered:
                await bell.wait_since(rings)

    async def deliver(self) -> int:
        """Deliver the next batch; how many notes that were."""
        async with self._pool.acquire() as connection, connection.transaction():
            position = await _take_turn(connection)
            if position is None:
                return 0
            entries = await self._store.read(
                position, topics=TOPICS, limit=BATCH, connection=connection
            )
            for entry in entries:
                await self.note(entry, connection)
            if entries:
                await tracking.move(connection, NAME, entries[-1].position)
                self._delivered.set(entries[-1].position)
            return len(entries)

    async def note(self, entry: LogEntry, connection: Connection | None = None) -> None:
        """Signal the workflows that wait for this event, and start those that do not run."""
        for to in await routes(self._store, entry, connection):
            await self.tell(to, entry)

    async def tell(self, to: Route, entry: LogEntry) -> None:
        """Signal this workflow, and start it if it does not run."""
        await self._client.start_workflow(
            to.workflow,
            to.start,
            id=to.id,
            task_queue=self._task_queue,
            start_signal="note",
            start_signal_args=[
                Note(
                    position=entry.position,
                    topic=entry.topic,
                    correlation=entry.metadata.correlation,
                )
            ],
        )


async def resume(relay: Relay, store: EventStore, pool: Pool) -> int:
    """Start every process that has not ended, from the log alone; how many.

    For when Temporal's storage was lost. A process that runs takes it as old news.
    """
    rows = await pool.fetch(
        "select max(position) as position from event where topic = any($1)"
        " group by originator_id order by 1",
        OWN_TOPICS,
    )
    going = 0
    for entry in await store.at([row["position"] for row in rows]):
        process = own_process(entry)
        if not process.has_ended(await store.load(entry.originator_id)):
            await relay.tell(process.route(entry.originator_id), entry)
            going += 1
    return going


@asynccontextmanager
async def held_back(pool: Pool) -> AsyncIterator[None]:
    """Tell no process anything meanwhile: for what is carried over and is over already.

    Else processes would act on what is half told, such as a session of years ago.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(BEGUN, NAME)
        await connection.execute("select from tracking where name = $1 for update", NAME)
        yield


async def _take_turn(connection: Connection) -> int | None:
    """The position to go on from; None while another process delivers."""
    await connection.execute(BEGUN, NAME)
    position: int | None = await connection.fetchval(
        "select position from tracking where name = $1 for update skip locked", NAME
    )
    return position
