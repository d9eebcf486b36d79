"""Commands share a transaction, and each has its own outcome."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from eventsourcing.persistence import IntegrityError

from services.eventstore.group_commit import MOST_AT_ONCE, Receipt
from services.eventstore.store import EventStore
from services.runtime import Runtime
from tests.support.log import append

pytestmark = pytest.mark.usefixtures("head")


async def test_what_comes_together_is_recorded_in_one_transaction(
    unfollowed: Runtime, store: EventStore
) -> None:
    await asyncio.gather(*(append(store, f"o{n}", "a", version=0) for n in range(40)))
    transactions = await unfollowed.pool.fetchval("select count(distinct xmin::text) from event")
    assert transactions <= 2  # the first may have left alone


async def test_in_a_batch_each_command_is_recorded_or_refused_on_its_own(store: EventStore) -> None:
    known = uuid4()
    first = await append(store, "known", "a", version=0, command=known)
    await append(store, "moved", "a", version=0)
    outcomes = await asyncio.gather(
        *(append(store, f"before{n}", "a", "b", version=0) for n in range(5)),
        append(store, "known", "a", version=0, command=known),
        append(store, "moved", "late", version=0),
        append(store, "moved", "early", version=7),
        *(append(store, f"after{n}", "a", version=0) for n in range(5)),
        return_exceptions=True,
    )
    recorded = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert len(recorded) == 11
    assert first in recorded
    assert [type(outcome) for outcome in outcomes[6:8]] == [IntegrityError, IntegrityError]
    assert await store.head() == 2 + 5 * 2 + 5


async def test_of_many_that_saw_the_same_version_one_is_recorded(store: EventStore) -> None:
    outcomes = await asyncio.gather(
        *(append(store, "jobcenter", name, version=0) for name in "abcdefgh"),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 1
    assert await store.head() == 1


async def test_more_than_fit_into_one_transaction_take_several(store: EventStore) -> None:
    many = MOST_AT_ONCE * 2 + 10
    receipts = await asyncio.gather(*(append(store, f"o{n}", "a", version=0) for n in range(many)))
    assert sorted(receipt.last for receipt in receipts) == list(range(1, many + 1))


async def test_who_gives_up_waiting_does_not_keep_the_others_from_their_outcome(
    store: EventStore,
) -> None:
    tasks = [asyncio.create_task(append(store, f"o{n}", "a", version=0)) for n in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 13
    await append(store, "later", "a", version=0)


async def test_when_the_connection_is_cut_those_under_way_are_told_and_may_send_again(
    unfollowed: Runtime, store: EventStore
) -> None:
    commands = [uuid4() for _ in range(30)]

    async def send(number: int) -> Receipt:
        return await append(store, f"o{number}", "a", version=0, command=commands[number])

    async with unfollowed.pool.acquire() as other, other.transaction():
        await other.execute("select from log_head for update")
        sending = [asyncio.create_task(send(number)) for number in range(30)]
        while not all(task.done() for task in sending):
            await asyncio.sleep(0.05)
            await unfollowed.pool.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where wait_event_type = 'Lock' and datname = current_database()"
            )
        outcomes = await asyncio.gather(*sending, return_exceptions=True)
    assert all(isinstance(outcome, asyncpg.PostgresError) for outcome in outcomes)
    again = await asyncio.gather(*(send(number) for number in range(30)))
    assert sorted(receipt.last for receipt in again) == list(range(1, 31))


async def test_appending_goes_on_in_whatever_moment_the_next_command_comes(
    store: EventStore,
) -> None:
    """A command may come while the connection of the last batch is being given back."""
    for number in range(60):
        await append(store, f"o{number}", "a", version=0)
        for _ in range(number % 12):
            await asyncio.sleep(0)
    assert await store.head() == 60


@pytest.mark.parametrize("command_first", [True, False])
async def test_a_command_without_events_in_a_batch_names_the_head_before_it(
    store: EventStore, *, command_first: bool
) -> None:
    await append(store, "quiet", "a", version=0)
    quiet, loud = append(store, "quiet", version=1), append(store, "loud", "a", version=0)
    batch = (quiet, loud) if command_first else (loud, quiet)
    receipts = await asyncio.gather(*batch)
    receipt = receipts[0 if command_first else 1]
    assert receipt.first == receipt.last + 1
    assert receipt.last == (1 if command_first else 2)
