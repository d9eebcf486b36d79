"""View and position change together, whoever applies the log and whatever breaks."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
import structlog

from domain.concepts.events import ConceptWithdrawn
from domain.directory.events import OrganisationRenamed
from services.eventstore.database import Connection
from services.eventstore.following import Bell
from services.eventstore.record import LogEntry
from services.projections import runner as runner_module
from services.projections.read_models import ReadModels
from services.projections.record import Trail
from services.projections.runner import ProjectionRunner, Stuck
from services.runtime import Runtime
from tests.support.background import in_background
from tests.support.log import append
from tests.support.outages import append_when_back, cut_all_connections

SOON = timedelta(milliseconds=20)


class Tally:
    """Counts how often each position was applied; breaks at one of them if told to."""

    name = "tally"
    tables = ("tally",)

    def __init__(self, breaks_at: int | None = None, topics: Sequence[str] | None = None) -> None:
        self.breaks_at = breaks_at
        self.topics = topics

    async def apply(self, connection: Connection, entries: Sequence[LogEntry]) -> None:
        for entry in entries:
            # No unique key: an event applied twice is to be seen, not prevented.
            await connection.execute("insert into tally values ($1)", entry.position)
            if entry.position == self.breaks_at:
                raise LookupError(entry.position)


@pytest.fixture
async def tallying(unfollowed: Runtime) -> Runtime:
    await unfollowed.pool.execute(
        "create table tally (applied bigint, number bigint generated always as identity)"
    )
    return unfollowed


async def test_runners_beside_each_other_apply_each_event_once_and_in_order(
    tallying: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, SOON)
    runners = [_runner(tallying) for _ in range(3)]
    async with (
        in_background(bell.listen()),
        in_background(_models(tallying, bell, runners[0]).run()),
        in_background(_models(tallying, bell, runners[1]).run()),
    ):
        for version in range(60):
            await append(tallying.store, "jobcenter", "a", version=version)
        # A third one begins late and finds the position of the others.
        async with in_background(_models(tallying, bell, runners[2]).run()):
            await append(tallying.store, "jobcenter", *"abcdef", version=60)
            await _until(runners[2], 66)
    assert await _applied(tallying) == list(range(1, 67))


async def test_a_crash_in_the_middle_of_a_batch_rolls_back_view_and_position(
    tallying: Runtime,
) -> None:
    await append(tallying.store, "jobcenter", "a", "b", version=0)
    assert await _runner(tallying).catch_up() == 2
    await append(tallying.store, "jobcenter", "c", "d", "e", version=2)
    broken = _runner(tallying, breaks_at=4)
    with pytest.raises(LookupError):
        await broken.catch_up()
    assert await _applied(tallying) == [1, 2]
    assert await broken.position() == 2
    assert await _runner(tallying).catch_up() == 3
    assert await _applied(tallying) == [1, 2, 3, 4, 5]


async def test_a_view_with_a_defect_stops_before_the_event_and_goes_on_when_it_is_mended(
    tallying: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "SHORTEST_BACKOFF", 0.01)
    await append(tallying.store, "jobcenter", "a", "b", "c", "d", version=0)
    view = Tally(breaks_at=3)
    runner = ProjectionRunner(tallying.pool, tallying.store, view)
    with structlog.testing.capture_logs() as said:
        async with in_background(_models(tallying, tallying.bell, runner).run()):
            await _until(runner, 2)
            # It tries again and again; that is said once.
            await asyncio.sleep(0.2)
            assert runner.stuck == Stuck(projection="tally", position=3, error="LookupError")
            view.breaks_at = None
            await _until(runner, 4)
            await append(tallying.store, "jobcenter", "e", version=4)
            await _until(runner, 5)
            assert runner.stuck is None
    assert [line["position"] for line in said if line["event"] == "projection stuck"] == [3]
    assert await _applied(tallying) == [1, 2, 3, 4, 5]


async def test_a_view_that_its_table_refuses_is_stuck_and_not_waiting_for_the_database(
    tallying: Runtime,
) -> None:
    await tallying.pool.execute("alter table tally add check (applied < 2)")
    await append(tallying.store, "jobcenter", "a", "b", version=0)
    runner = _runner(tallying)
    async with in_background(_models(tallying, tallying.bell, runner).run()):
        await _until(runner, 1)
        async with asyncio.timeout(5):
            while runner.stuck is None:  # noqa: ASYNC110 (it tells nobody)
                await asyncio.sleep(0.01)
    assert runner.stuck == Stuck(projection="tally", position=2, error="CheckViolationError")


async def test_a_stuck_view_does_not_hold_up_the_others(unfollowed: Runtime) -> None:
    await unfollowed.pool.execute("create table tally (applied bigint)")
    broken = _runner(unfollowed, breaks_at=1)
    trail = ProjectionRunner(unfollowed.pool, unfollowed.store, Trail())
    models = _models(unfollowed, unfollowed.bell, broken, trail)
    async with in_background(models.run()):
        await append(unfollowed.store, "jobcenter", "a", "b", version=0)
        unfollowed.bell.ring()
        await _until(trail, 2)
        async with asyncio.timeout(5):
            while not models.stuck:  # noqa: ASYNC110 (it tells nobody)
                await asyncio.sleep(0.01)
        assert await models.position() == 0


async def test_a_view_of_some_topics_gets_only_those_and_comes_as_far_as_the_log(
    tallying: Runtime,
) -> None:
    await append(tallying.store, "jobcenter", "a", "b", version=0)
    rare = ProjectionRunner(tallying.pool, tallying.store, Tally(topics=[ConceptWithdrawn.TOPIC]))
    assert await rare.catch_up() == 2
    assert await rare.position() == 2
    assert await _applied(tallying) == []
    wanted = ProjectionRunner(
        tallying.pool, tallying.store, Tally(topics=[OrganisationRenamed.TOPIC] * 2)
    )
    await append(tallying.store, "jobcenter", "c", version=2)
    assert await wanted.catch_up() == 1
    assert await _applied(tallying) == [3]


async def test_a_runner_goes_on_whenever_its_connections_are_cut(
    tallying: Runtime, database_url: str
) -> None:
    bell = Bell(database_url, SOON)
    runner = _runner(tallying)
    async with (
        in_background(bell.listen()),
        in_background(_models(tallying, bell, runner).run()) as running,
    ):
        for version in range(10):
            await cut_all_connections(database_url)
            await append_when_back(tallying.store, version)
        await _until(runner, 10)
        assert not running.done()
    assert await _applied(tallying) == list(range(1, 11))


async def test_a_log_of_several_batches_is_caught_up_with(tallying: Runtime) -> None:
    for version in range(0, 1200, 300):
        await append(tallying.store, "jobcenter", *["a"] * 300, version=version)
    assert await _runner(tallying).catch_up() == 1200
    assert await _runner(tallying).catch_up() == 0
    assert await _applied(tallying) == list(range(1, 1201))


async def test_a_view_is_emptied_and_built_again(tallying: Runtime) -> None:
    await append(tallying.store, "jobcenter", "a", "b", version=0)
    runner = _runner(tallying)
    await runner.catch_up()
    await tallying.pool.execute("insert into tally values (99)")
    assert await runner.rebuild() == 2
    assert await _applied(tallying) == [1, 2]


async def test_a_reader_waits_until_all_views_have_come_so_far(tallying: Runtime) -> None:
    await append(tallying.store, "jobcenter", "a", "b", version=0)
    runner = _runner(tallying)
    models = _models(tallying, tallying.bell, runner)
    assert await models.position() == 0
    waiting = asyncio.create_task(models.reached(2))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    # Another process may be the one that applies.
    await _runner(tallying).catch_up()
    assert await waiting


async def test_a_reader_does_not_wait_for_ever(tallying: Runtime) -> None:
    models = _models(tallying, tallying.bell, _runner(tallying), patience=0.1)
    assert await models.reached(0)
    assert not await models.reached(1)


async def test_the_slowest_view_says_how_far_all_have_come(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    await unfollowed.read_models.catch_up()
    assert await unfollowed.read_models.position() == 1
    await unfollowed.pool.execute("update tracking set position = 0 where name = 'trail'")
    assert await unfollowed.read_models.position() == 0


def _models(
    runtime: Runtime, bell: Bell, *runners: ProjectionRunner, patience: float = 5
) -> ReadModels:
    return ReadModels(runtime.pool, runtime.store, runners, bell, patience)


def _runner(runtime: Runtime, breaks_at: int | None = None) -> ProjectionRunner:
    return ProjectionRunner(runtime.pool, runtime.store, Tally(breaks_at))


async def _applied(runtime: Runtime) -> list[int]:
    rows = await runtime.pool.fetch("select applied from tally order by number")
    return [row["applied"] for row in rows]


async def _until(runner: ProjectionRunner, position: int) -> None:
    async with asyncio.timeout(20):
        while await runner.position() < position:  # noqa: ASYNC110 (the view has no event for it)
            await asyncio.sleep(0.01)
