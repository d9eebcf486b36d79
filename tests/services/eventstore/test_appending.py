"""An append is whole, in its place, and happens once for each command id."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from domain.directory.commands import organisation_id
from services.eventstore.group_commit import Receipt
from services.eventstore.store import EventStore
from services.runtime import Runtime
from tests.support.log import append, name_of, renamed

WRITERS = 24

pytestmark = pytest.mark.usefixtures("head")


async def test_the_events_of_a_command_follow_each_other_in_stream_and_log(
    store: EventStore,
) -> None:
    await append(store, "caritas", "before", version=0)
    receipt = await append(store, "jobcenter", "one", "two", version=0)
    assert (receipt.first, receipt.last, receipt.version) == (2, 3, 2)
    entries = await store.load(organisation_id("jobcenter"))
    assert [(e.position, e.originator_version, name_of(e)) for e in entries] == [
        (2, 1, "one"),
        (3, 2, "two"),
    ]
    assert {entry.recorded_at for entry in entries} == {receipt.recorded_at}


@pytest.mark.parametrize("version", [-2, -1, 0, 2])
async def test_a_stream_that_is_at_another_version_refuses_and_nothing_is_written(
    store: EventStore, version: int
) -> None:
    await append(store, "jobcenter", "one", version=0)
    command = uuid4()
    with pytest.raises(IntegrityError, match=f"no longer at version {version}"):
        await append(store, "jobcenter", "late", version=version, command=command)
    assert await store.receipt(command) is None
    assert await store.head() == 1


async def test_what_is_no_longer_so_is_not_recorded_and_not_kept_as_done(store: EventStore) -> None:
    command = uuid4()

    async def no_longer() -> None:
        raise IntegrityError("what was decided on has gone on")

    with pytest.raises(IntegrityError, match="has gone on"):
        await store.append(
            [renamed("jobcenter", 1, command=command)],
            command=command,
            digest=b"digest",
            stream=organisation_id("jobcenter"),
            version=0,
            still_so=no_longer,
        )
    assert await store.receipt(command) is None
    assert await store.head() == 0


async def test_after_a_conflict_the_same_command_id_may_be_tried_again(store: EventStore) -> None:
    await append(store, "jobcenter", "one", version=0)
    command = uuid4()
    with pytest.raises(IntegrityError):
        await append(store, "jobcenter", "two", version=0, command=command)
    receipt = await append(store, "jobcenter", "two", version=1, command=command)
    assert receipt.last == 2


async def test_the_same_command_id_gives_the_earlier_receipt_also_after_the_stream_went_on(
    store: EventStore,
) -> None:
    command = uuid4()
    first = await append(store, "jobcenter", "one", version=0, command=command)
    await append(store, "jobcenter", "two", version=1)
    assert await append(store, "jobcenter", "one", version=0, command=command) == first
    assert await store.receipt(command) == first
    assert await store.head() == 2


async def test_a_command_that_needs_no_events_leaves_a_receipt_and_no_trace_in_the_log(
    store: EventStore,
) -> None:
    await append(store, "jobcenter", "one", version=0)
    command = uuid4()
    receipt = await append(store, "jobcenter", version=1, command=command)
    assert (receipt.first, receipt.last, receipt.version) == (2, 1, 1)
    assert await store.receipt(command) == receipt
    assert await store.head() == 1


async def test_a_command_sent_by_many_at_the_same_time_is_recorded_once(store: EventStore) -> None:
    command = uuid4()
    receipts = await asyncio.gather(
        *(append(store, "jobcenter", "one", version=0, command=command) for _ in range(WRITERS))
    )
    assert len(set(map(_places, receipts))) == 1
    assert await store.head() == 1


async def test_of_many_who_write_to_the_same_version_one_succeeds(store: EventStore) -> None:
    outcomes = await asyncio.gather(
        *(append(store, "jobcenter", str(n), version=0) for n in range(WRITERS)),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == WRITERS - 1
    assert await store.head() == 1


async def test_a_cancelled_append_is_whole_or_not_there(store: EventStore) -> None:
    for attempt in range(WRITERS):
        writing = asyncio.create_task(append(store, f"o{attempt}", "one", "two", version=0))
        await asyncio.sleep(attempt * 0.0003)
        writing.cancel()
        await asyncio.wait([writing])
    entries = await store.read(0)
    assert [entry.position for entry in entries] == list(range(1, await store.head() + 1))
    assert [entry.originator_version for entry in entries] == [1, 2] * (len(entries) // 2)


async def test_an_append_that_fails_at_its_commit_leaves_no_hole(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "one", version=0)
    await unfollowed.pool.execute(
        "create function fail() returns trigger language plpgsql as"
        " $$ begin raise exception 'the disk is full' using errcode = '53100'; end $$"
    )
    await unfollowed.pool.execute(
        "create constraint trigger fails after insert on receipt"
        " deferrable initially deferred for each row execute function fail()"
    )
    with pytest.raises(Exception, match="the disk is full"):
        await append(unfollowed.store, "jobcenter", "two", version=1)
    await unfollowed.pool.execute("drop trigger fails on receipt")
    receipt = await append(unfollowed.store, "jobcenter", "two", version=1)
    assert receipt.first == 2


async def test_the_time_of_recording_never_goes_back_even_if_the_clock_does(
    unfollowed: Runtime,
) -> None:
    store = unfollowed.store
    first = await append(store, "jobcenter", "one", version=0)
    # The clock was an hour ahead when the last event was recorded, and was then set right.
    ahead = first.recorded_at + timedelta(hours=1)
    await unfollowed.pool.execute("update log_head set recorded_at = $1", ahead)
    second = await append(store, "jobcenter", "two", version=1)
    third = await append(store, "caritas", "three", version=0)
    assert first.recorded_at < second.recorded_at == third.recorded_at == ahead


async def test_what_is_appended_gets_the_time_of_its_recording(unfollowed: Runtime) -> None:
    before: datetime = await unfollowed.pool.fetchval("select clock_timestamp()")
    receipt = await append(unfollowed.store, "jobcenter", "one", version=0)
    after: datetime = await unfollowed.pool.fetchval("select clock_timestamp()")
    assert before <= receipt.recorded_at <= after


def _places(receipt: Receipt) -> tuple[int, int, int]:
    return receipt.first, receipt.last, receipt.version
