"""Results are decided on what is kept of a class; what others recorded meanwhile still counts."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.assessments.class_assessment import Registered, sheet_of
from domain.assessments.commands import (
    AnnounceRound,
    CloseWindow,
    ExtendWindow,
    OpenWindow,
    class_id,
    learner_id,
    round_id,
)
from domain.assessments.commands_class import (
    EnrolLearners,
    RecordResults,
    RegisterClass,
    ReopenClass,
    Row,
    SubmitClass,
)
from domain.assessments.decide_class import CLASS
from domain.assessments.errors import RoundNotOpen
from domain.assessments.errors_class import LearnerErased, LearnersWithoutResult, RowsFaulty
from domain.kernel import Erased
from domain.privacy.commands import EraseSubject
from services.closed_classes import WHOLE, ClosedClasses
from services.desk import CommandIdReused
from services.eventstore.group_commit import Receipt
from services.identity.principal import CONSOLE, process
from services.kept_rounds import SINCE
from services.orders import Order
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.assessments import (
    BASIS,
    COORDINATOR,
    INSTRUMENT,
    PROGRAMME,
    TRADE,
    A,
    ask,
    in_school_year,
    prepare_colleges,
    result,
    school_year_after,
    staff,
)

NAME = "IF1A"
PROCESS = process("assessment-round/test")
AT_ONCE = 25


class OpenClass:
    """A class in an open round, and what its college asks of one process or another."""

    def __init__(self, year: str, opens_at: datetime) -> None:
        self.year = year
        self.id = class_id(A, year, NAME)
        self.round = round_id(year, "eingang")
        self.at = opens_at + timedelta(days=1)

    async def record(
        self, runtime: Runtime, *pseudonyms: str, exact: int = 15, reason: str = ""
    ) -> Receipt:
        rows = tuple(Row(pseudonym=who, result=result(exact)) for who in pseudonyms)
        command = RecordResults(training_class=self.id, round=self.round, rows=rows, reason=reason)
        return await ask(runtime, command, staff(A), self.at)

    async def submit(self, runtime: Runtime) -> Receipt:
        command = SubmitClass(training_class=self.id, round=self.round)
        return await ask(runtime, command, staff(A), self.at)

    async def register_another(self, runtime: Runtime) -> UUID:
        command = registering(self.year, "IF1B")
        await ask(runtime, command, staff(A), self.at)
        return command.subject

    def order(self, command_id: UUID, *pseudonyms: str) -> Order:
        rows = tuple(Row(pseudonym=who, result=result()) for who in pseudonyms)
        return Order(
            command=RecordResults(training_class=self.id, round=self.round, rows=rows),
            command_id=command_id,
            principal=staff(A),
            at=self.at,
            correlation=str(uuid4()),
        )

    async def state(self, runtime: Runtime) -> Registered:
        entries = await runtime.store.load(self.id)
        state = CLASS.replay(entry.event for entry in entries)  # pyright: ignore[reportArgumentType]
        assert isinstance(state, Registered)
        return state

    async def recorded(self, runtime: Runtime) -> set[UUID]:
        return set(sheet_of(await self.state(runtime), self.round).standings)

    def learners(self, *pseudonyms: str) -> set[UUID]:
        return {learner_id(A, who) for who in pseudonyms}


@pytest.fixture
async def this(unfollowed: Runtime) -> OpenClass:
    year = school_year_after(datetime.now(UTC))
    opens_at = in_school_year(year, 9, 1)
    await prepare_colleges(unfollowed, [A])
    announcing = AnnounceRound(
        key="eingang",
        title="Eingangserhebung",
        school_year=year,
        instrument=INSTRUMENT,
        version=1,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=10),
        colleges=(A,),
        basis=BASIS,
    )
    await ask(unfollowed, announcing, COORDINATOR)
    await ask(unfollowed, OpenWindow(round=announcing.subject), PROCESS, opens_at)
    await ask(unfollowed, registering(year, NAME), staff(A), opens_at)
    return OpenClass(year, opens_at)


def registering(year: str, name: str) -> RegisterClass:
    return RegisterClass(
        college=A, school_year=year, name=name, programme=PROGRAMME, trade=TRADE, size=25
    )


@pytest.fixture
async def other(settings: Settings, database_url: str) -> AsyncIterator[Runtime]:
    """A second process of the service."""
    async with running(settings, database_url) as runtime:
        yield runtime


async def test_learners_of_one_class_at_once_are_all_recorded(
    unfollowed: Runtime, this: OpenClass
) -> None:
    names = [f"p-{number}" for number in range(AT_ONCE)]
    await asyncio.gather(*(this.record(unfollowed, who) for who in names))
    assert await this.recorded(unfollowed) == this.learners(*names)


async def test_two_processes_in_turn_lose_nothing_of_each_other(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    for number in range(6):
        await this.record((unfollowed, other)[number % 2], f"p-{number}")
    names = [f"p-{number}" for number in range(6)]
    assert await this.recorded(unfollowed) == this.learners(*names)


async def test_two_processes_at_once_lose_nothing_of_each_other(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    asked = [this.record((unfollowed, other)[n % 2], f"p-{n}") for n in range(12)]
    await asyncio.gather(*asked)
    assert len(await this.recorded(unfollowed)) == 12


async def test_what_is_refused_by_what_was_kept_is_decided_anew(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    await this.record(unfollowed, "p-1")
    await this.submit(unfollowed)
    reopening = ReopenClass(training_class=this.id, round=this.round, reason="Nachzügler")
    await ask(other, reopening, staff(A), this.at)
    receipt = await this.record(unfollowed, "p-2")
    assert receipt.first <= receipt.last


async def test_what_another_process_added_is_not_missed_by_a_submission(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    await this.record(unfollowed, "p-1")
    await ask(other, EnrolLearners(training_class=this.id, pseudonyms=("p-2",)), staff(A), this.at)
    with pytest.raises(LearnersWithoutResult):
        await this.submit(unfollowed)


async def test_a_round_that_another_process_closed_takes_no_more_results(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    await this.record(unfollowed, "p-1")
    await this.submit(unfollowed)
    await other.read_models.catch_up()
    await ask(other, CloseWindow(round=this.round), COORDINATOR, this.at)
    with pytest.raises(RoundNotOpen):
        await this.record(unfollowed, "p-2")


async def test_a_window_that_another_process_extended_is_open_for_longer(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    await this.record(unfollowed, "p-1")
    until = this.at + timedelta(days=30)
    extending = ExtendWindow(round=this.round, closes_at=until, reason="Grippewelle")
    await ask(other, extending, COORDINATOR, this.at)
    await this.record(unfollowed, "p-2")
    this.at = until - timedelta(days=1)
    await this.record(unfollowed, "p-3")
    assert await this.recorded(unfollowed) == this.learners("p-1", "p-2", "p-3")


async def test_a_command_that_comes_twice_at_once_is_recorded_once(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    order = this.order(uuid4(), "p-1")
    asked = [runtime.desk.handle(order) for runtime in (unfollowed, other) for _ in range(3)]
    receipts = await asyncio.gather(*asked)
    assert len(set(map(msgspec.json.encode, receipts))) == 1
    assert await this.recorded(unfollowed) == this.learners("p-1")
    again = await unfollowed.desk.handle(order)
    assert again == receipts[0]


async def test_a_command_id_that_was_used_for_other_rows_is_refused(
    unfollowed: Runtime, this: OpenClass
) -> None:
    command_id = uuid4()
    await unfollowed.desk.handle(this.order(command_id, "p-1"))
    with pytest.raises(CommandIdReused):
        await unfollowed.desk.handle(this.order(command_id, "p-2"))
    await this.record(unfollowed, "p-3")
    assert await this.recorded(unfollowed) == this.learners("p-1", "p-3")


@pytest.mark.parametrize("reason", ["", "Zahlendreher"])
async def test_the_same_result_again_changes_nothing(
    unfollowed: Runtime, this: OpenClass, reason: str
) -> None:
    await this.record(unfollowed, "p-1")
    receipt = await this.record(unfollowed, "p-1", reason=reason)
    assert receipt.first > receipt.last


async def test_a_learner_who_is_enrolled_already_is_not_enrolled_again(
    unfollowed: Runtime, this: OpenClass
) -> None:
    enrolling = EnrolLearners(training_class=this.id, pseudonyms=("p-1", "p-2"))
    await ask(unfollowed, enrolling, staff(A), this.at)
    receipt = await this.record(unfollowed, "p-1")
    assert receipt.first == receipt.last
    with pytest.raises(LearnersWithoutResult):
        await this.submit(unfollowed)


async def test_nothing_is_recorded_of_a_learner_whose_data_another_process_erased(
    unfollowed: Runtime, other: Runtime, this: OpenClass
) -> None:
    enrolling = EnrolLearners(training_class=this.id, pseudonyms=("p-1", "p-2"))
    await ask(unfollowed, enrolling, staff(A), this.at)
    await this.record(unfollowed, "p-2")
    [learner] = this.learners("p-1")
    await ask(other, EraseSubject(person=learner, reason="Art. 17 DSGVO"), CONSOLE, this.at)
    await other.read_models.catch_up()
    with pytest.raises(RowsFaulty) as refused:
        await this.record(unfollowed, "p-1")
    [fault] = refused.value.faults
    assert isinstance(fault.error, LearnerErased)
    assert isinstance((await this.state(unfollowed)).learners[learner], Erased)


async def test_what_is_kept_has_no_pseudonym_and_no_result(
    unfollowed: Runtime, this: OpenClass
) -> None:
    await this.record(unfollowed, "p-geheim", exact=13)
    kept: Any = unfollowed.desk.assessments.classes._kept  # pyright: ignore[reportPrivateUsage]
    assert list(kept) == [this.id]
    shown = repr(kept)
    assert str(learner_id(A, "p-geheim")) in shown
    assert "geheim" not in shown
    assert "PartScore" not in shown


async def test_only_the_latest_that_there_are_are_kept(
    unfollowed: Runtime, this: OpenClass
) -> None:
    classes = ClosedClasses(unfollowed.pool, unfollowed.store, most=1)
    second = await this.register_another(unfollowed)
    for stream in (this.id, second, uuid4()):
        await classes.enough_for(SubmitClass(training_class=stream, round=this.round))
    assert list(classes._kept) == [second]  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize(("statement", "further"), [(WHOLE, ()), (SINCE, (0,))])
async def test_one_stream_is_read_and_not_all_of_its_kind_also_before_the_database_knows_of_many(
    unfollowed: Runtime, this: OpenClass, statement: str, further: tuple[int, ...]
) -> None:
    await unfollowed.pool.execute(MANY_MORE)
    async with unfollowed.pool.acquire() as connection:
        await connection.execute("set plan_cache_mode to force_generic_plan")
        plan: str = await connection.fetchval(
            f"explain (analyze, buffers, format json) {statement}", this.id, *further
        )
    assert msgspec.json.decode(plan)[0]["Plan"]["Shared Hit Blocks"] < 20


MANY_MORE = """
    insert into event
        (position, originator_id, originator_version, topic, state, recorded_at, leaf)
    select 1000 + n, gen_random_uuid(), 1, topic, '', now(), sha256(n::text::bytea)
    from generate_series(1, 20000) n,
        unnest(array['class-assessment.result-recorded', 'assessment-round.window-extended'])
            with ordinality as kinds (topic, kind)
    where n % 2 = kind - 1
"""
"""Rows that are never looked at. Nobody has counted them: there are no statistics of them."""
