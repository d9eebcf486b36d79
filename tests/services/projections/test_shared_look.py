"""Views that are equally far share one look at the log, and each still gets each event once."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from domain.concepts.events import ConceptWithdrawn
from domain.directory.events import OrganisationRenamed
from services.eventstore.catalogue import EVENTS
from services.eventstore.database import Connection
from services.eventstore.following import Bell
from services.eventstore.mapper import EventMapper
from services.eventstore.outage import is_outage
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore
from services.projections import runner as runner_module
from services.projections.runner import ProjectionRunner
from services.projections.shared_look import SharedLook
from services.runtime import Runtime
from tests.support.background import in_background
from tests.support.log import append
from tests.support.outages import append_when_back, cut_all_connections

SOON = timedelta(milliseconds=20)
WANTED, UNWANTED = (OrganisationRenamed.TOPIC,), (ConceptWithdrawn.TOPIC,)


class Marks:
    """Notes each position it applies, under its own name; breaks at one of them if told to."""

    tables = ("marks",)

    def __init__(self, name: str, topics: Sequence[str] | None = None) -> None:
        self.name = name
        self.topics = topics
        self.breaks_at: int | None = None

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            # No unique key: an event applied twice is to be seen, not prevented.
            await connection.execute(
                "insert into marks (view, position) values ($1, $2)", self.name, entry.position
            )
            if entry.position == self.breaks_at:
                raise LookupError(entry.position)


class Counting(EventStore):
    """Counts how often the log is read onwards."""

    reads = 0

    async def read(
        self,
        after: int,
        *,
        topics: Sequence[str] | None = None,
        limit: int = 500,
        connection: Connection | None = None,
    ) -> list[LogEntry]:
        self.reads += 1
        return await super().read(after, topics=topics, limit=limit, connection=connection)


class Failing(EventStore):
    """Cannot read what is at position 2."""

    failed = False

    async def read(
        self,
        after: int,
        *,
        topics: Sequence[str] | None = None,
        limit: int = 500,
        connection: Connection | None = None,
    ) -> list[LogEntry]:
        entries = await super().read(after, topics=topics, limit=limit, connection=connection)
        if any(entry.position == 2 for entry in entries):
            self.failed = True
            raise LookupError(2)
        return entries


@pytest.fixture
async def marked(unfollowed: Runtime) -> Runtime:
    await unfollowed.pool.execute(
        "create table marks (view text, position bigint,"
        " number bigint generated always as identity)"
    )
    return unfollowed


@pytest.fixture
def views() -> Sequence[Marks]:
    return [
        Marks("all"),
        Marks("wanted", WANTED),
        *(Marks(f"idle-{n}", UNWANTED) for n in range(9)),
    ]


async def test_one_look_at_the_log_serves_all_views(
    marked: Runtime, views: Sequence[Marks], database_url: str
) -> None:
    store = Counting(marked.pool, EventMapper(EVENTS))
    bell = Bell(database_url, timedelta(minutes=1))
    runners = _runners(marked, views)
    async with in_background(SharedLook(marked.pool, store, runners).run(bell)):
        for version in range(5):
            await append(marked.store, "jobcenter", "a", version=version)
            bell.ring()
            await _until(runners, version + 1)
        # One for each event, and one that finds nothing more.
        assert 5 <= store.reads <= 11
    assert await _marks(marked) == {"all": [1, 2, 3, 4, 5], "wanted": [1, 2, 3, 4, 5]}


async def test_processes_beside_each_other_apply_each_event_once_though_connections_are_cut(
    marked: Runtime, views: Sequence[Marks], database_url: str
) -> None:
    bells = [Bell(database_url, SOON) for _ in range(2)]
    runners = [_runners(marked, views) for _ in bells]
    first, second = (
        SharedLook(marked.pool, marked.store, these).run(bell)
        for these, bell in zip(runners, bells, strict=True)
    )
    async with (
        in_background(bells[0].listen()),
        in_background(bells[1].listen()),
        in_background(first),
        in_background(second),
    ):
        for version in range(40):
            await append_when_back(marked.store, version)
            if version % 10 == 9:
                await _until(runners[0], version + 1)
                await cut_all_connections(database_url)
        await _until(runners[0], 40)
    everything = list(range(1, 41))
    assert await _marks(marked) == {"all": everything, "wanted": everything}


async def test_a_view_with_a_defect_is_left_behind_and_joins_when_it_is_mended(
    marked: Runtime, views: Sequence[Marks], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "SHORTEST_BACKOFF", 0.01)
    broken = views[1]
    broken.breaks_at = 2
    runners = _runners(marked, views)
    others = [runner for runner in runners if runner.name != "wanted"]
    async with in_background(SharedLook(marked.pool, marked.store, runners).run(marked.bell)):
        for version in range(3):
            await append(marked.store, "jobcenter", "a", version=version)
            marked.bell.ring()
            await _until(others, version + 1)
        assert (await _marks(marked))["wanted"] == [1]
        broken.breaks_at = None
        await _until(runners, 3)
        await append(marked.store, "jobcenter", "a", version=3)
        marked.bell.ring()
        await _until(runners, 4)
    assert await _marks(marked) == {"all": [1, 2, 3, 4], "wanted": [1, 2, 3, 4]}


async def test_a_view_that_somebody_set_back_comes_after(
    marked: Runtime, views: Sequence[Marks]
) -> None:
    runners = _runners(marked, views)
    async with in_background(SharedLook(marked.pool, marked.store, runners).run(marked.bell)):
        await append(marked.store, "jobcenter", "a", "b", version=0)
        marked.bell.ring()
        await _until(runners, 2)
        await marked.pool.execute(
            "update tracking set position = 0 where name in ('wanted', 'idle-3')"
        )
        await append(marked.store, "jobcenter", "c", version=2)
        marked.bell.ring()
        await _until(runners, 3)
    assert await _marks(marked) == {"all": [1, 2, 3], "wanted": [1, 2, 1, 2, 3]}


async def test_what_the_shared_look_cannot_read_each_view_reads_by_itself(
    marked: Runtime, views: Sequence[Marks]
) -> None:
    store = Failing(marked.pool, EventMapper(EVENTS))
    runners = _runners(marked, views)
    async with in_background(SharedLook(marked.pool, store, runners).run(marked.bell)):
        for version in range(4):
            await append(marked.store, "jobcenter", "a", version=version)
            marked.bell.ring()
            await _until(runners, version + 1)
    assert store.failed
    assert await _marks(marked) == {"all": [1, 2, 3, 4], "wanted": [1, 2, 3, 4]}


def _runners(runtime: Runtime, views: Sequence[Marks]) -> Sequence[ProjectionRunner]:
    return [ProjectionRunner(runtime.pool, runtime.store, view) for view in views]


async def _marks(runtime: Runtime) -> Mapping[str, Sequence[int]]:
    """What each view applied, in the order in which it did."""
    rows = await runtime.pool.fetch(
        "select view, array_agg(position order by number) as positions from marks group by view"
    )
    return {row["view"]: row["positions"] for row in rows}


async def _until(runners: Sequence[ProjectionRunner], position: int) -> None:
    async with asyncio.timeout(60):
        for runner in runners:
            while await _position(runner) < position:  # noqa: ASYNC110 (it has no event for it)
                await asyncio.sleep(0.01)


async def _position(runner: ProjectionRunner) -> int:
    """Nowhere while the connection that was asked is cut."""
    try:
        return await runner.position()
    except Exception as error:
        if not is_outage(error):
            raise
        return -1
