"""Temporal's storage is lost: from the log alone every open process goes on where it was."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from domain.assessments.commands import CancelRound, CloseWindow, OpenWindow, ReleaseRound
from domain.assessments.events import RoundReleased
from domain.concepts.commands import (
    RemindOrganisations,
    ReopenConcept,
    Schedule,
    SupersedeConcept,
    WithdrawConcept,
)
from domain.concepts.events import ConsultationClosed, OrganisationsReminded
from services.embedded.temporal import EmbeddedTemporal
from services.identity.principal import process
from services.relay.relay import Relay, resume
from services.runtime import Runtime
from services.settings import Settings
from services.temporal import connect
from tests.support.assessments import A, Assessment, prepare_colleges, present_school_year
from tests.support.engine import activities, is_at_rest, running, timers, until
from tests.support.office import ADA, Office
from tests.support.stack import temporal_in, working

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ROUND = "assessment-round"


@pytest.fixture
async def temporal(data: Path) -> AsyncIterator[EmbeddedTemporal]:
    async with temporal_in(data) as temporal:
        yield temporal


async def test_every_open_process_goes_on_with_the_time_that_is_left_and_no_ended_one(
    unfollowed: Runtime, settings: Settings, temporal: EmbeddedTemporal, data: Path
) -> None:
    drafting, consulting, published = [await _office(unfollowed) for _ in range(3)]
    withdrawn, superseded, reopened = [await _office(unfollowed) for _ in range(3)]
    now = datetime.now(UTC)
    await drafting.open()
    await _remind_in_a_round_until(consulting, due=now + 2 * HOUR)
    await published.adopt(at=now, review_at=now + 400 * DAY)
    await withdrawn.open()
    await _withdraw(withdrawn)
    await superseded.adopt(at=now, review_at=now + 400 * DAY)
    successor = SupersedeConcept(concept=superseded.concept, successor=published.concept)
    await superseded.ask(superseded.clock, successor)
    await reopened.open()
    await _withdraw(reopened)
    await reopened.ask(ADA, ReopenConcept(concept=reopened.concept, reason="Doch nicht"))

    open_ones = (drafting, consulting, published, reopened)
    ids = {f"concept/{office.concept}" for office in open_ones}
    client = await connect(settings, temporal.address)
    async with working(unfollowed, settings, temporal.address):
        await until(lambda: _all_rest(client, open_ones))
        await until(lambda: _only_these_run(client, ids))
    head = await unfollowed.store.head()

    await _lose_storage(temporal, data)
    assert await running(client) == set()
    assert await _resume(unfollowed, settings, client) == len(open_ones)
    async with working(unfollowed, settings, temporal.address):
        await until(lambda: _all_rest(client, open_ones))
        await until(lambda: _only_these_run(client, ids))
    left = {
        "drafting": await timers(client, drafting.concept),
        "consulting": await timers(client, consulting.concept),
        "published": await timers(client, published.concept),
    }
    assert left["drafting"] == []
    assert left["consulting"] == [
        pytest.approx(now + 2 * HOUR - datetime.now(UTC), abs=20 * SECOND)
    ]
    assert left["published"] == [pytest.approx(400 * DAY, abs=20 * SECOND)]
    assert await unfollowed.store.head() == head, "nothing is sent or recorded a second time"


async def test_every_open_round_goes_on_with_the_time_that_is_left_and_no_ended_one(
    unfollowed: Runtime, settings: Settings, temporal: EmbeddedTemporal, data: Path
) -> None:
    client = await connect(settings, temporal.address)
    now = datetime.now(UTC)
    announced, opened, due = await _rounds(unfollowed, client, now)
    going_on = {f"{ROUND}/{this.round}" for this in (announced, opened)}
    assert await running(client, ROUND) == set()
    assert await _resume(unfollowed, settings, client) == len((announced, opened, due))
    async with working(unfollowed, settings, temporal.address):
        await until(lambda: _is_released(due))
        await until(lambda: _rest(client, announced, opened))
        await until(lambda: _run_alone(client, going_on))
    head = await unfollowed.store.head()

    await _lose_storage(temporal, data)
    assert await _resume(unfollowed, settings, client) == len(going_on)
    async with working(unfollowed, settings, temporal.address):
        await until(lambda: _rest(client, announced, opened))
        assert await running(client, ROUND) == going_on
    left = [await timers(client, this.round, ROUND) for this in (announced, opened)]
    passed = datetime.now(UTC) - now
    assert left == [[pytest.approx(hours * HOUR - passed, abs=20 * SECOND)] for hours in (2, 3)]
    assert await unfollowed.store.head() == head, "nothing is sent or recorded a second time"
    assert await due.released() == 1


async def test_what_fell_due_while_temporal_was_away_is_done_once_when_it_is_back(
    unfollowed: Runtime, settings: Settings, temporal: EmbeddedTemporal, data: Path
) -> None:
    office = await _office(unfollowed)
    client = await connect(settings, temporal.address)
    async with working(unfollowed, settings, temporal.address):
        await _remind_in_a_round_until(office, due=datetime.now(UTC) + 3 * SECOND)
        await until(lambda: _has_timers(client, office))
    await _lose_storage(temporal, data)
    await _resume(unfollowed, settings, client)
    async with working(unfollowed, settings, temporal.address):
        await until(lambda: _is_closed(unfollowed))
        await until(lambda: is_at_rest(client, office.concept))
    for kind in (OrganisationsReminded, ConsultationClosed):
        assert len(await unfollowed.store.read(0, topics=[kind.TOPIC])) == 1


async def test_resuming_what_runs_anyway_changes_nothing(
    unfollowed: Runtime, settings: Settings, temporal: EmbeddedTemporal
) -> None:
    office = await _office(unfollowed)
    client = await connect(settings, temporal.address)
    async with working(unfollowed, settings, temporal.address):
        await _remind_in_a_round_until(office, due=datetime.now(UTC) + 2 * HOUR)
        await until(lambda: _has_timers(client, office))
        await until(lambda: is_at_rest(client, office.concept))
        done, head = await activities(client, office.concept), await unfollowed.store.head()
        for _ in range(2):
            assert await _resume(unfollowed, settings, client) == 1
        await until(lambda: is_at_rest(client, office.concept))
        assert await activities(client, office.concept) == done
        assert await unfollowed.store.head() == head
        assert await running(client) == {f"concept/{office.concept}"}


async def test_after_the_loss_what_people_do_next_reaches_the_process_as_before(
    unfollowed: Runtime, settings: Settings, temporal: EmbeddedTemporal, data: Path
) -> None:
    office = await _office(unfollowed)
    client = await connect(settings, temporal.address)
    async with working(unfollowed, settings, temporal.address):
        await office.open()
        await until(lambda: is_at_rest(client, office.concept))
    await _lose_storage(temporal, data)
    await _resume(unfollowed, settings, client)
    async with working(unfollowed, settings, temporal.address):
        await _withdraw(office)
        await until(lambda: _nothing_runs(client))


async def _office(runtime: Runtime) -> Office:
    office = Office.of_today(runtime.desk)
    await office.set_up()
    return office


async def _remind_in_a_round_until(office: Office, due: datetime) -> None:
    """A round that was opened days ago; its reminder has been sent."""
    opened, reminder = due - 5 * DAY, due - 2 * DAY
    await office.open(at=opened)
    await office.submit(at=opened)
    await office.consult(Schedule(due=due, remind_at=(reminder,)), at=opened)
    reminding = RemindOrganisations(concept=office.concept, round=1, moment=_whole(reminder))
    await office.ask(office.clock, reminding)


async def _withdraw(office: Office) -> None:
    await office.ask(ADA, WithdrawConcept(concept=office.concept, reason="Irrtum"))


async def _lose_storage(temporal: EmbeddedTemporal, data: Path) -> None:
    """Everything that Temporal knew is gone; it comes back empty under the same address."""
    await temporal.stop()
    _delete_storage(data)
    await temporal.start()


def _delete_storage(data: Path) -> None:
    lost = list(data.glob("temporal.db*"))
    assert lost
    for file in lost:
        file.unlink()


async def _resume(runtime: Runtime, settings: Settings, client: Client) -> int:
    relay = Relay(runtime.pool, runtime.store, client, settings.task_queue)
    return await resume(relay, runtime.store, runtime.pool)


async def _all_rest(client: Client, offices: tuple[Office, ...]) -> bool:
    return all([await is_at_rest(client, office.concept) for office in offices])


async def _has_timers(client: Client, office: Office) -> bool:
    return bool(await timers(client, office.concept))


async def _only_these_run(client: Client, ids: set[str]) -> bool:
    """What the relay says once more to a process that has ended wakes it for a moment."""
    return await running(client) == ids


async def _nothing_runs(client: Client) -> bool:
    return not await running(client)


async def _rounds(runtime: Runtime, client: Client, now: datetime) -> list[Assessment]:
    """One that is announced, one to be opened, one to be closed; and two that have ended."""
    await prepare_colleges(runtime)
    environment, year = WorkflowEnvironment.from_client(client), present_school_year()
    windows = {
        "announced": (now + 2 * HOUR, now + 4 * HOUR),
        "opened": (now - HOUR, now + 3 * HOUR),
        "due": (now - 3 * HOUR, now - HOUR),
        "cancelled": (now - HOUR, now + HOUR),
        "over": (now - 3 * HOUR, now - HOUR),
    }
    rounds = {key: Assessment(runtime, environment, year, key) for key in windows}
    for key, (opens_at, closes_at) in windows.items():
        announcing = rounds[key].announcement(opens_at=opens_at, closes_at=closes_at)
        await rounds[key].record(announcing, at=now - 4 * HOUR)
    *going_on, cancelled, over = rounds.values()
    await rounds["due"].register(A, "MB26A")
    await rounds["due"].submit(A, "MB26A", at=now - 2 * HOUR)
    await cancelled.record(CancelRound(round=cancelled.round, reason="Bekannt geworden."))
    for command in (
        OpenWindow(round=over.round),
        CloseWindow(round=over.round),
        ReleaseRound(round=over.round, classes=0),
    ):
        await over.record(command, by=process(f"{ROUND}/{over.round}"))
    return going_on


async def _rest(client: Client, *rounds: Assessment) -> bool:
    return all([await is_at_rest(client, this.round, ROUND) for this in rounds])


async def _is_released(this: Assessment) -> bool:
    return bool(await this.events(RoundReleased))


async def _run_alone(client: Client, processes: set[str]) -> bool:
    return await running(client, ROUND) == processes


async def _is_closed(runtime: Runtime) -> bool:
    return bool(await runtime.store.read(0, topics=[ConsultationClosed.TOPIC]))


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
