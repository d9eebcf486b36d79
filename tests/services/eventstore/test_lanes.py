"""A process that knows the head of the log appends as the database would, or lets it do so."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import asyncpg
import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.eventstore import lanes
from services.eventstore.appending import Appending, Receipt
from services.eventstore.lanes import Head, Lanes
from services.eventstore.store import EventStore
from services.ledger.merkle import Peaks, leaf_hash
from services.runtime import Runtime
from tests.services.eventstore.test_tree import check_the_tree
from tests.support.drafts import drafted
from tests.support.log import append

HOUR = timedelta(hours=1)


async def appended(
    runtime: Runtime, process: Lanes, batch: Sequence[Appending]
) -> Sequence[Receipt]:
    async with runtime.pool.acquire() as connection:
        return await process.append(connection, batch)


async def nobody_else_may_hash(runtime: Runtime) -> None:
    await runtime.pool.execute("alter function append_to_log rename to the_other_way")


async def waits_for_the_head(runtime: Runtime) -> int:
    """The backend that waits for the lock on the head, as soon as one does."""
    async with asyncio.timeout(10):
        while True:
            waiting: int | None = await runtime.pool.fetchval(
                "select pid from pg_stat_activity"
                " where wait_event_type = 'Lock' and datname = current_database()"
            )
            if waiting is not None:
                return waiting
            await asyncio.sleep(0.005)


events = st.builds(
    StoredEvent,
    originator_id=st.uuids(),
    originator_version=st.integers(1, 2**40),
    topic=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
    state=st.binary(max_size=300),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    size=st.integers(0, 600),
    added=st.lists(events, max_size=12),
    now=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (hypothesis wants naive bounds)
)
def test_a_process_makes_the_same_hashes_as_the_database(
    database_url: str, size: int, added: list[StoredEvent], now: datetime
) -> None:
    before = Head(Peaks.over(leaf_hash(bytes([n % 256])) for n in range(size)), now)
    after, leaves = before.with_events(added, now)
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "with made as (select coalesce(array_agg(event_leaf("
            " %s + place, stream, version, microseconds(%s), state, topic) order by place), '{}')"
            " as leaves from unnest(%s::uuid[], %s::bigint[], %s::bytea[], %s::text[])"
            " with ordinality as given (stream, version, state, topic, place))"
            " select leaves, tree_with(%s, leaves, %s) from made",
            (
                size,
                now,
                [event.originator_id for event in added],
                [event.originator_version for event in added],
                [event.state for event in added],
                [event.topic for event in added],
                size,
                before.tree.packed,
            ),
        ).fetchone()
    assert row == (leaves, after.tree.packed)


@pytest.mark.usefixtures("at_once")
async def test_through_whichever_way_the_log_grows_its_tree_is_that_of_its_lines(
    unfollowed: Runtime,
) -> None:
    chance = random.Random(17)
    processes = [Lanes(), Lanes(), Lanes(clock=lambda: datetime.now(UTC) + HOUR)]
    for _ in range(40):
        batch = [
            drafted(*[b"state"] * chance.choice([0, 1, 1, 2, 3]))
            for _ in range(chance.choice([1, 1, 1, 2, 60]))
        ]
        # A new stream has a first event; a command without any needs a stream that is there.
        batch = [appending for appending in batch if appending.events] or [drafted(b"state")]
        process = chance.choices(processes, weights=[6, 2, 1])[0]
        receipts = await appended(unfollowed, process, batch)
        assert [receipt.last - receipt.first + 1 for receipt in receipts] == [
            len(appending.events) for appending in batch
        ]
        assert await unfollowed.store.receipt(batch[-1].command) == receipts[-1]
    assert await unfollowed.store.head() > 2 * 256
    await check_the_tree(unfollowed.pool)


async def test_a_process_that_was_alone_for_a_while_needs_no_hash_of_the_database(
    unfollowed: Runtime, store: EventStore
) -> None:
    for number in range(lanes.ALONE):
        await append(store, f"o{number}", "a", version=0)
    await nobody_else_may_hash(unfollowed)
    receipts = [
        await append(store, "alone", "a", version=0),
        *await asyncio.gather(*(append(store, f"with{n}", "a", "b", version=0) for n in range(9))),
    ]
    assert receipts[-1].last == await store.head() == lanes.ALONE + 1 + 2 * 9
    await check_the_tree(unfollowed.pool)


@pytest.mark.usefixtures("at_once")
async def test_the_events_of_another_process_are_before_ours_and_then_we_go_on(
    unfollowed: Runtime,
) -> None:
    ours, theirs = Lanes(), Lanes()
    for number in range(5):
        (receipt,) = await appended(unfollowed, ours, [drafted(b"ours")])
        assert receipt.first == 2 * number + 1
        (receipt,) = await appended(unfollowed, theirs, [drafted(b"theirs")])
        assert receipt.first == 2 * number + 2
    await check_the_tree(unfollowed.pool)


async def test_while_others_append_too_a_process_lets_the_database_find_the_head(
    unfollowed: Runtime,
) -> None:
    ours, theirs = Lanes(), Lanes()
    await unfollowed.pool.execute("drop function append_one_to_known_head")
    for _ in range(3 * lanes.ALONE):
        await appended(unfollowed, ours, [drafted(b"ours")])
        await appended(unfollowed, theirs, [drafted(b"theirs")])


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("they_commit", [True, False])
async def test_who_waits_for_the_head_comes_after_those_who_had_it(
    unfollowed: Runtime, count: int, *, they_commit: bool
) -> None:
    ours, theirs = Lanes(), Lanes()
    await appended(unfollowed, ours, [drafted(b"first")])
    async with unfollowed.pool.acquire() as connection:
        under_way = connection.transaction()
        await under_way.start()
        await theirs.append(connection, [drafted(b"theirs", b"theirs")])
        batch = [drafted(b"ours") for _ in range(count)]
        waiting = asyncio.create_task(appended(unfollowed, ours, batch))
        await waits_for_the_head(unfollowed)
        await (under_way.commit() if they_commit else under_way.rollback())
    receipts = await waiting
    assert receipts[0].first == (4 if they_commit else 2)
    await check_the_tree(unfollowed.pool)


@pytest.mark.usefixtures("at_once")
async def test_after_a_cut_connection_a_process_looks_again_where_the_head_is(
    unfollowed: Runtime,
) -> None:
    ours = Lanes()
    await appended(unfollowed, ours, [drafted(b"first")])
    async with unfollowed.pool.acquire() as other, other.transaction():
        await other.execute("select from log_head for update")
        sending = asyncio.create_task(appended(unfollowed, ours, [drafted(b"second")]))
        await other.execute("select pg_terminate_backend($1)", await waits_for_the_head(unfollowed))
        with pytest.raises(asyncpg.PostgresError):
            await sending
    await nobody_else_may_hash(unfollowed)
    (receipt,) = await appended(unfollowed, ours, [drafted(b"second")])
    assert receipt.first == 2
    await check_the_tree(unfollowed.pool)


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("wrong", [-HOUR, -timedelta(seconds=1), timedelta(seconds=1), HOUR])
@pytest.mark.parametrize("count", [1, 2])
async def test_a_process_with_a_wrong_clock_takes_the_time_of_the_database(
    unfollowed: Runtime, wrong: timedelta, count: int
) -> None:
    process = Lanes(clock=lambda: datetime.now(UTC) + wrong)
    before = await unfollowed.pool.fetchval("select clock_timestamp()")
    receipts = await appended(unfollowed, process, [drafted(b"state") for _ in range(count)])
    after = await unfollowed.pool.fetchval("select clock_timestamp()")
    assert {before <= receipt.recorded_at <= after for receipt in receipts} == {True}


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("count", [1, 2])
async def test_a_clock_that_is_a_little_behind_does_not_let_the_time_go_back(
    unfollowed: Runtime, count: int
) -> None:
    exact = Lanes()
    behind = Lanes(clock=lambda: datetime.now(UTC) - timedelta(milliseconds=30))
    for _ in range(3):
        (first,) = await appended(unfollowed, exact, [drafted(b"exact")])
        later = await appended(unfollowed, behind, [drafted(b"behind") for _ in range(count)])
        assert first.recorded_at <= later[0].recorded_at


@pytest.mark.usefixtures("at_once")
async def test_a_log_of_the_same_length_with_another_past_is_not_taken_for_ours(
    unfollowed: Runtime,
) -> None:
    ours = Lanes()
    await appended(unfollowed, ours, [drafted(b"lost")])
    other = leaf_hash(b"restored")
    await unfollowed.pool.execute("update log_head set peaks = $1", other)
    await appended(unfollowed, ours, [drafted(b"next")])
    leaf = await unfollowed.pool.fetchval("select leaf from event where position = 2")
    peaks = await unfollowed.pool.fetchval("select peaks from log_head")
    assert peaks == Peaks.over([other, leaf]).packed


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("beside", [[], [[b"a"], [b"b"]], [[b"a", b"b"], [b"c"]]])
@pytest.mark.parametrize("seen", [1, 3])
async def test_a_batch_with_a_stream_that_is_elsewhere_is_refused_as_a_whole(
    unfollowed: Runtime, beside: Sequence[Sequence[bytes]], seen: int
) -> None:
    """Whichever function it comes to: one command, one event for each, several for some."""
    ours = Lanes()
    first = drafted(b"first", b"second")
    await appended(unfollowed, ours, [first])
    await nobody_else_may_hash(unfollowed)
    wrong = drafted(b"wrong", stream=first.stream, version=seen)
    with pytest.raises(asyncpg.UniqueViolationError):
        await appended(unfollowed, ours, [*(drafted(*states) for states in beside), wrong])
    assert await unfollowed.store.head() == 2
    right = drafted(b"third", stream=first.stream, version=2)
    receipts = await appended(unfollowed, ours, [*(drafted(*states) for states in beside), right])
    assert (receipts[-1].version, receipts[-1].last) == (3, await unfollowed.store.head())
    assert await unfollowed.store.receipt(right.command) == receipts[-1]
    await check_the_tree(unfollowed.pool)


ONE = "gen_random_uuid(), 'digest', gen_random_uuid(), 1, 'topic', 'state', sha256('')"
COMMAND = "array[gen_random_uuid()], array['digest'::bytea]"
EVENT = (
    "array[gen_random_uuid()], array[1], array['topic'], array['state'::bytea], array[sha256('')]"
)
EACH, MANY = f"{COMMAND}, {EVENT}", f"{COMMAND}, array[1], {EVENT}"


@pytest.mark.parametrize(("function", "values"), [("one", ONE), ("each", EACH), ("many", MANY)])
async def test_who_calculates_wrongly_is_stopped_at_the_next_whole_tile(
    unfollowed: Runtime, store: EventStore, function: str, values: str
) -> None:
    await append(store, "jobcenter", *map(str, range(255)), version=0)
    with pytest.raises(asyncpg.RaiseError, match="not the peaks of the tree over 256 events"):
        await unfollowed.pool.execute(
            f"select append_{function}_to_known_head(255, peaks, sha256('wrong'),"  # noqa: S608 (both are from this file)
            f" clock_timestamp(), {values}) from log_head"
        )
    assert await store.head() == 255
