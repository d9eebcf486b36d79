"""What was recorded is read as it was: a stream up to a moment, the log in order."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent

from domain.concepts.events import ConceptWithdrawn
from domain.directory.commands import organisation_id
from domain.directory.events import OrganisationRenamed
from services.eventstore.catalogue import EVENTS
from services.eventstore.mapper import EventMapper
from services.eventstore.record import LogEntry
from services.eventstore.store import EventStore, Moment
from services.runtime import Runtime
from tests.domain.county import MONDAY
from tests.support.log import append, name_of, renamed

JOBCENTER = organisation_id("jobcenter")
DAY = timedelta(days=1)


async def test_a_stream_as_of_a_position_holds_what_was_in_the_log_by_then(
    store: EventStore,
) -> None:
    for version, name in enumerate("abc"):
        await append(store, "jobcenter", name, version=version)
        await append(store, "caritas", name, version=version)
    assert await _names(store, Moment(position=0)) == ""
    assert await _names(store, Moment(position=2)) == "a"
    assert await _names(store, Moment(position=3)) == "ab"
    assert await _names(store, Moment()) == "abc"


async def test_a_stream_as_of_a_time_holds_what_was_recorded_by_then(store: EventStore) -> None:
    receipts = [
        await append(store, "jobcenter", name, version=version) for version, name in enumerate("ab")
    ]
    first, second = (receipt.recorded_at for receipt in receipts)
    assert await _names(store, Moment(recorded_by=first)) == "a"
    assert await _names(store, Moment(recorded_by=second)) == "ab"
    assert await _names(store, Moment(recorded_by=first - timedelta(microseconds=1))) == ""


async def test_what_was_imported_later_counts_from_when_it_happened_if_one_asks_for_that(
    store: EventStore,
) -> None:
    now = await append(store, "jobcenter", "a", version=0, occurred_at=MONDAY)
    await append(store, "jobcenter", "b", version=1, occurred_at=MONDAY - 30 * DAY)
    assert await _names(store, Moment(occurred_by=MONDAY - DAY)) == "b"
    assert await _names(store, Moment(occurred_by=MONDAY)) == "ab"
    assert await _names(store, Moment(occurred_by=MONDAY, recorded_by=now.recorded_at)) == "a"


async def test_the_log_is_read_in_order_from_any_position_in_pieces_of_any_size(
    store: EventStore,
) -> None:
    for number in range(7):
        await append(store, f"o{number % 3}", str(number), version=number // 3)
    for size in (1, 3, 7, 100):
        seen: list[str] = []
        after = 0
        while batch := await store.read(after, limit=size):
            assert len(batch) <= size
            seen += map(name_of, batch)
            after = batch[-1].position
        assert "".join(seen) == "0123456"
    assert [entry.position for entry in await store.read(5)] == [6, 7]


async def test_the_log_can_be_read_for_some_topics_only(store: EventStore) -> None:
    await append(store, "jobcenter", "a", version=0)
    assert len(await store.read(0, topics=[OrganisationRenamed.TOPIC])) == 1
    assert await store.read(0, topics=[ConceptWithdrawn.TOPIC]) == []
    assert await store.read(0, topics=[]) == []


async def test_entries_are_found_by_their_positions_in_order(store: EventStore) -> None:
    await append(store, "jobcenter", "a", "b", "c", version=0)
    assert [name_of(entry) for entry in await store.at([3, 1, 99])] == ["a", "c"]


async def test_an_entry_comes_back_with_everything_it_was_recorded_with(store: EventStore) -> None:
    event = renamed("jobcenter", 1, "Jobcenter Kreis Paderborn \N{PILE OF POO}")
    receipt = await store.append(
        [event],
        command=event.metadata.command,
        digest=b"digest",
        stream=JOBCENTER,
        version=0,
    )
    [entry] = await store.load(JOBCENTER)
    assert entry == LogEntry(
        originator_id=JOBCENTER,
        originator_version=1,
        event=event.event,
        metadata=event.metadata,
        position=1,
        recorded_at=receipt.recorded_at,
    )


async def test_an_event_of_an_unknown_topic_is_not_skipped_but_named(unfollowed: Runtime) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    await _insert(unfollowed, topic="organisation.dissolved", state=await _state(unfollowed))
    with pytest.raises(MapperDeserialisationError, match=f"organisation.dissolved {JOBCENTER} 2"):
        await unfollowed.store.read(0)
    with pytest.raises(MapperDeserialisationError, match=str(JOBCENTER)):
        await unfollowed.store.load(JOBCENTER)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda state: state[:0],
    "cut off": lambda state: state[:-1],
    "not JSON": lambda state: b"\xff" + state,
    "without a field": lambda state: state.replace(b'"name"', b'"nome"'),
    "without its metadata": lambda state: state.replace(b'"correlation"', b'"relation"'),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
async def test_damaged_bytes_are_not_skipped_but_named(
    unfollowed: Runtime, damage: Callable[[bytes], bytes]
) -> None:
    await append(unfollowed.store, "jobcenter", "a", version=0)
    state = damage(await _state(unfollowed))
    await _insert(unfollowed, topic=OrganisationRenamed.TOPIC, state=state)
    with pytest.raises(MapperDeserialisationError, match=f"organisation.renamed {JOBCENTER} 2"):
        assert [(entry.event, entry.metadata) for entry in await unfollowed.store.read(1)]


def test_the_mapper_gives_back_the_event_and_where_it_stands_in_its_stream() -> None:
    mapper = EventMapper(EVENTS)
    event = renamed("jobcenter", 3)
    stored = mapper.to_stored_event(event)  # pyright: ignore[reportArgumentType]  (the protocol asks for writable attributes)
    assert isinstance(stored, StoredEvent)
    assert (stored.topic, stored.originator_version) == ("organisation.renamed", 3)
    assert mapper.to_domain_event(stored) == event


async def _names(store: EventStore, until: Moment) -> str:
    return "".join(name_of(entry) for entry in await store.load(JOBCENTER, until))


async def _state(runtime: Runtime) -> bytes:
    state: bytes = await runtime.pool.fetchval("select state from event where position = 1")
    return state


async def _insert(runtime: Runtime, *, topic: str, state: bytes) -> None:
    """What a newer version, or a bad disk, might leave in the log."""
    await runtime.pool.execute(
        "insert into event values (2, $1, 2, $2, $3, now(), sha256($3))", JOBCENTER, topic, state
    )
