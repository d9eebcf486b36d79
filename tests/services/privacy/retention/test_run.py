"""The run over all files, on the real log."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest

from domain.directory.commands import GrantRole
from domain.kernel import Role
from domain.privacy.commands import PlaceHold, subject_stream
from domain.retention.classes import PersonFile, RetentionClass
from domain.retention.commands import OfferToArchive, WithdrawProposal
from services.desk import Contended, Desk
from services.eventstore.snapshots import Snapshots
from services.privacy.retention import run as the_run
from services.privacy.retention.files import RetainedFiles
from services.privacy.retention.run import RetentionLog
from services.processes import retention_log
from services.runtime import Runtime, running
from services.settings import Settings
from tests.services.privacy.retention.test_plan import CLASS
from tests.support.retention import (
    NOW,
    ORGANISATION,
    hand_in,
    leave,
    left_long_ago,
    register,
    run,
    topics,
)
from workflows.retention_activities import Look

PROPOSED = "retention.erasure-proposed"
WITHDRAWN = "retention.proposal-withdrawn"


class Busy(RetainedFiles):
    """Files of which one is too busy to be looked at."""

    def __init__(self, files: RetainedFiles, busy: UUID) -> None:
        super().__init__(files.plan, files.kinds)
        self._busy = busy

    async def kept_of(self, person: UUID) -> tuple[PersonFile, RetentionClass] | None:
        if person == self._busy:
            raise Contended
        return await super().kept_of(person)


@pytest.fixture
async def automatic(
    settings: Settings, database_url: str, tmp_path: Path
) -> AsyncIterator[Runtime]:
    """A service with a plan by which silence counts and nobody is asked."""
    plan = tmp_path / "plan.toml"
    plan.write_text(f'{CLASS}silence_is_declined = true\nerasing = "automatic"\n')
    with_plan = msgspec.structs.replace(settings, retention_plan=plan)
    async with running(with_plan, database_url) as runtime:
        yield runtime


async def test_what_is_due_is_proposed_once(runtime: Runtime) -> None:
    person = await left_long_ago(runtime)
    assert await run(runtime) == (1, 0)
    assert await run(runtime, NOW + timedelta(days=1)) == (0, 0)
    assert await topics(runtime, person) == [PROPOSED]
    entry = (await runtime.store.load(subject_stream(person)))[0]
    assert (entry.metadata.account, entry.metadata.role) == ("retention/run", Role.PROCESS)
    assert entry.metadata.occurred_at == NOW


async def test_runs_at_the_same_time_propose_once(runtime: Runtime) -> None:
    person = await left_long_ago(runtime)
    taken = await asyncio.gather(*(run(runtime) for _ in range(4)))
    assert sum(steps for steps, _ in taken) >= 1
    assert await topics(runtime, person) == [PROPOSED]


async def test_what_is_open_or_not_due_is_left_alone(runtime: Runtime) -> None:
    at_work = await register(runtime, "Olga Offen")
    just_left = await register(runtime, "Neulich Gegangen")
    await leave(runtime, just_left, at=NOW)
    assert await run(runtime) == (0, 0)
    for person in (at_work, just_left):
        assert await topics(runtime, person) == []


async def test_what_is_open_again_is_withdrawn_and_proposed_once_it_is_due_again(
    runtime: Runtime,
) -> None:
    person = await left_long_ago(runtime)
    await run(runtime)
    back = GrantRole(account=person, role=Role.AUDITOR, organisation=ORGANISATION)
    await hand_in(runtime, back)
    assert await run(runtime) == (1, 0)
    await leave(runtime, person, at=NOW)
    assert await run(runtime) == (0, 0)
    assert await topics(runtime, person) == [PROPOSED, WITHDRAWN]
    assert await run(runtime, NOW + timedelta(days=366 * 7)) == (1, 0)


async def test_what_a_person_withdrew_is_not_proposed_again(runtime: Runtime) -> None:
    person = await left_long_ago(runtime)
    await run(runtime)
    await hand_in(runtime, WithdrawProposal(person=person, reason="Wird gebraucht."))
    assert await run(runtime) == (0, 0)


async def test_a_hold_keeps_a_file_out_of_the_run(runtime: Runtime) -> None:
    person = await left_long_ago(runtime)
    await hand_in(runtime, PlaceHold(person=person, hold=uuid4(), reason="Klage"))
    assert await run(runtime) == (0, 0)


async def test_files_are_looked_at_in_pages(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(the_run, "PEOPLE", 1)
    people = sorted([await left_long_ago(runtime), await left_long_ago(runtime)])
    log: RetentionLog = retention_log(runtime, Settings())
    first = await log.look(Look(at=NOW, correlation="test"))
    assert (first.taken, first.after) == (1, people[0])
    second = await log.look(Look(at=NOW, correlation="test", after=first.after))
    assert (second.taken, second.after) == (1, None)


async def test_a_file_that_is_refused_stops_no_other(runtime: Runtime) -> None:
    people = [await left_long_ago(runtime), await left_long_ago(runtime)]
    busy = Busy(runtime.files, people[0])
    snapshots = Snapshots(runtime.pool, runtime.store, runtime.master, ())
    desk = Desk(runtime.store, snapshots, busy, runtime.desk.assessments, runtime.addresses)
    log = RetentionLog(runtime.pool, runtime.store, desk, busy, ZoneInfo("Europe/Berlin"))
    assert await log.look_at_all(NOW) == (1, 1)
    assert await topics(runtime, people[0]) == []
    assert await topics(runtime, people[1]) == [PROPOSED]


async def test_where_the_class_says_so_silence_counts_and_the_run_erases(
    automatic: Runtime,
) -> None:
    person = await left_long_ago(automatic)
    await run(automatic)
    await hand_in(automatic, OfferToArchive(person=person))
    assert await run(automatic, NOW + timedelta(days=30)) == (0, 0)
    assert await run(automatic, NOW + timedelta(days=31)) == (2, 0)
    assert await topics(automatic, person) == [
        PROPOSED,
        "retention.archive-offered",
        "retention.archive-answered",
        "retention.erasure-confirmed",
        "subject.erased",
    ]
    assert await run(automatic, NOW + timedelta(days=32)) == (0, 0)


async def test_the_next_run_is_in_the_morning_on_the_county_s_clock(runtime: Runtime) -> None:
    looked = await retention_log(runtime, Settings()).look(Look(at=NOW, correlation="test"))
    assert looked.again_at.isoformat() == "2026-11-24T04:00:00+01:00"
    early = NOW.replace(hour=1)
    looked = await retention_log(runtime, Settings()).look(Look(at=early, correlation="test"))
    assert looked.again_at.isoformat() == "2026-11-23T04:00:00+01:00"
