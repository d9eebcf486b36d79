"""The log reaches Temporal: in order, at least once, and twice is once for the process."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from temporalio.client import Client

from domain.concepts.commands import ExtendConsultation, Schedule, WithdrawConcept
from domain.concepts.events import ConsultationClosed, Position
from services.embedded.temporal import EmbeddedTemporal
from services.relay.concepts import CONCEPT_TOPICS
from services.relay.relay import Relay
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.background import in_background
from tests.support.engine import activities, content, is_at_rest, notes, timers, until
from tests.support.office import ADA, DORA, FADI, Office
from tests.support.stack import temporal_in, working

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


async def test_what_a_process_waits_for_is_delivered_in_order_and_nothing_else(
    unfollowed: Runtime, office: Office, relay: Relay, client: Client
) -> None:
    await _consult_extend_and_withdraw(office)
    awaited = await unfollowed.store.read(0, topics=CONCEPT_TOPICS)
    assert len(awaited) < await unfollowed.store.head()
    assert await relay.deliver() == len(awaited) == 4
    assert [(note.position, note.topic) for note in await notes(client, office.concept)] == [
        (entry.position, entry.event.TOPIC) for entry in awaited
    ]
    assert await relay.deliver() == 0


async def test_each_concept_has_a_process_of_its_own(
    unfollowed: Runtime, office: Office, relay: Relay, client: Client
) -> None:
    other = await _another(unfollowed)
    await office.open()
    await other.open()
    await relay.deliver()
    [first], [second] = await notes(client, office.concept), await notes(client, other.concept)
    assert first.position < second.position


async def test_what_is_noted_names_no_person_and_holds_no_text(
    office: Office, relay: Relay, client: Client
) -> None:
    await _consult_extend_and_withdraw(office)
    await relay.deliver()
    held = await content(client, office.concept)
    assert str(office.concept).encode() in held
    for word in ('"ada"', "Salzkotten", "obcenter", "Ferien", "Irrtum"):
        assert word.encode() not in held


async def test_a_batch_whose_position_was_not_recorded_is_delivered_again(
    unfollowed: Runtime, office: Office, relay: Relay, client: Client
) -> None:
    await _consult_extend_and_withdraw(office)
    await unfollowed.pool.execute(
        "create function fail() returns trigger language plpgsql as"
        " $$ begin raise exception 'the disk is full'; end $$;"
        "create trigger fails before update on tracking for each row execute function fail()"
    )
    with pytest.raises(asyncpg.RaiseError):
        await relay.deliver()
    await unfollowed.pool.execute("drop trigger fails on tracking")
    assert await relay.deliver() == 4
    positions = [note.position for note in await notes(client, office.concept)]
    assert positions == 2 * positions[:4]


async def test_of_two_relays_one_delivers_and_the_other_takes_over(
    unfollowed: Runtime, settings: Settings, office: Office, relay: Relay, client: Client
) -> None:
    other = Relay(unfollowed.pool, unfollowed.store, client, settings.task_queue)
    await relay.deliver()
    await _consult_extend_and_withdraw(office)
    delivered = await asyncio.gather(*(one.deliver() for one in (relay, other, relay, other)))
    assert sum(delivered) == 4
    assert len(await notes(client, office.concept)) == 4
    later = await _another(unfollowed)
    async with in_background(other.run(unfollowed.bell)):
        await later.open()
        await until(lambda: _is_noted(client, later))


async def test_two_relays_that_run_beside_each_other_deliver_everything_once(
    unfollowed: Runtime, settings: Settings, office: Office, relay: Relay, client: Client
) -> None:
    bell = unfollowed.bell
    other = Relay(unfollowed.pool, unfollowed.store, client, settings.task_queue)
    async with (
        in_background(bell.listen()),
        in_background(relay.run(bell)),
        in_background(other.run(bell)),
    ):
        await _consult_extend_and_withdraw(office)
        await until(lambda: _has_notes(client, office, 4))
    positions = [note.position for note in await notes(client, office.concept)]
    assert positions == sorted(set(positions))


async def test_delivered_twice_is_once_for_the_process(
    unfollowed: Runtime,
    settings: Settings,
    temporal: EmbeddedTemporal,
    office: Office,
    client: Client,
) -> None:
    async with working(unfollowed, settings, temporal.address):
        await _consult_for(office, 2 * SECOND)
        await until(lambda: _is_closed(unfollowed, 1))
        await until(lambda: _has_notes(client, office, 3))
        await until(lambda: is_at_rest(client, office.concept))
        head = await unfollowed.store.head()
        done = await activities(client, office.concept)
        await unfollowed.pool.execute("update tracking set position = 0 where name = 'relay'")
        await until(lambda: _has_notes(client, office, 6))
        await until(lambda: is_at_rest(client, office.concept))
        assert await activities(client, office.concept) == done
        assert await unfollowed.store.head() == head


async def test_while_temporal_is_away_decisions_are_recorded_and_later_the_process_goes_on(
    unfollowed: Runtime, settings: Settings, data: Path
) -> None:
    office, other = await _another(unfollowed), await _another(unfollowed)
    async with (
        temporal_in(data) as temporal,
        working(unfollowed, settings, temporal.address),
    ):
        client = await connect(settings, temporal.address)
        await _consult_for(office, 5 * SECOND)
        await until(lambda: _has_timers(client, office))
        address = temporal.address
        await temporal.stop()
        await office.respond(DORA)
        await office.respond(FADI)
        await other.open()
        await asyncio.sleep(6)  # the deadline passes
        assert not await _is_closed(unfollowed, 1)
        await temporal.start()
        assert temporal.address == address
        await until(lambda: _is_closed(unfollowed, 1))
        await until(lambda: _is_noted(client, other))
        await until(lambda: is_at_rest(client, office.concept))
        [closed] = await unfollowed.store.read(0, topics=[ConsultationClosed.TOPIC])
        assert isinstance(closed.event, ConsultationClosed)
        assert closed.event.positions[Position.AGREE] == 2


async def test_a_relay_that_finds_no_temporal_at_first_delivers_when_there_is_one(
    unfollowed: Runtime, settings: Settings, data: Path
) -> None:
    office = await _another(unfollowed)
    await office.open()
    async with temporal_in(data) as temporal:
        address = temporal.address
        await temporal.stop()
        client = await connect(settings, address)
        relay = Relay(unfollowed.pool, unfollowed.store, client, settings.task_queue)
        async with in_background(relay.run(unfollowed.bell)) as running:
            await asyncio.sleep(1)
            assert not running.done()
            await temporal.start()
            await until(lambda: _is_noted(client, office))


async def _consult_extend_and_withdraw(office: Office) -> None:
    """Four events that a process waits for, among many that none does."""
    await _consult_for(office, HOUR)
    await office.respond(DORA)
    longer = Schedule(due=datetime.now(UTC) + 2 * HOUR)
    concept = office.concept
    extending = ExtendConsultation(concept=concept, round=1, schedule=longer, reason="Ferien")
    await office.ask(ADA, extending)
    await office.ask(ADA, WithdrawConcept(concept=concept, reason="Irrtum"))


async def _consult_for(office: Office, duration: timedelta) -> None:
    await office.open()
    await office.submit()
    await office.consult(Schedule(due=datetime.now(UTC) + duration, remind_at=()))


async def _another(runtime: Runtime) -> Office:
    office = Office.of_today(runtime.desk)
    await office.set_up()
    return office


async def _is_noted(client: Client, office: Office) -> bool:
    return await _has_notes(client, office, 1)


async def _has_notes(client: Client, office: Office, count: int) -> bool:
    return len(await notes(client, office.concept)) >= count


async def _has_timers(client: Client, office: Office) -> bool:
    return bool(await timers(client, office.concept))


async def _is_closed(runtime: Runtime, count: int) -> bool:
    return len(await runtime.store.read(0, topics=[ConsultationClosed.TOPIC])) >= count
