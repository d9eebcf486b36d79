"""Record the histories that `test_replay.py` replays: `uv run python -m tests.workflows.record`.

It takes the paths that have no history yet. Histories of a version in use are kept, because its
processes are still under way: give a new path a new name. Before the first release, delete what
no longer replays and record it anew. Each path is taken by the product's worker on the engine
that runs in production, with deadlines seconds away; all of them take a few minutes.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import structlog

from domain.concepts.commands import EscalateConsultation, Schedule, WithdrawConcept
from domain.concepts.events import (
    ConceptSuperseded,
    ConsultationClosed,
    ConsultationEscalated,
    OrganisationsReminded,
    Position,
    ReviewFellDue,
)
from services.embedded.folder import DataFolder
from services.embedded.postgres import EmbeddedPostgres
from services.eventstore.migrate import migrate
from services.runtime import Runtime, running
from services.settings import Settings
from tests.support.assessments import prepare_colleges
from tests.support.engines import TASK_QUEUE, Interrupted, in_real_time, working
from tests.support.sessions import found
from tests.support.workflows import CHAMBER, JOBCENTER, Agreement, prepare_county
from tests.workflows.record_groups import SCENARIOS as GROUPS
from tests.workflows.record_groups import histories_of
from tests.workflows.record_posts import SCENARIOS as POSTS
from tests.workflows.record_posts import post_histories
from tests.workflows.record_reports import SCENARIOS as REPORTS
from tests.workflows.record_reports import report_histories
from tests.workflows.record_rounds import SCENARIOS as ROUNDS
from tests.workflows.record_rounds import history_of
from tests.workflows.record_sessions import SCENARIOS as STEERING
from tests.workflows.record_sessions import steering_histories
from tests.workflows.record_years import SCENARIOS as YEARS
from tests.workflows.record_years import year_histories
from workflows.retention_activities import Look, Looked
from workflows.retention_run import WORKFLOW_ID, RetentionRun

HISTORIES = Path(__file__).parent / "histories"
CHECKOUT = Path(__file__).parents[2]
PREDECESSOR, SUCCESSOR = "predecessor", "superseding"
SETTLED = 0.5
"""So many seconds after the last event nothing is under way any more."""

Scenario = Callable[[Agreement, Interrupted], Awaitable[object]]


async def soon(
    agreement: Agreement, *, due: int, grace: int = 0, remind: tuple[int, ...] = ()
) -> Schedule:
    """The moments of a round in seconds from now."""
    now = await agreement.now()
    return Schedule(
        due=now + timedelta(seconds=due),
        closes_at=now + timedelta(seconds=due + grace),
        remind_at=tuple(now + timedelta(seconds=seconds) for seconds in remind),
    )


async def agreed_in_one_round(agreement: Agreement, _: Interrupted) -> None:
    await agreement.consult(await soon(agreement, due=3, remind=(2,)))
    await agreement.agree()
    await agreement.wait_for(ConsultationClosed)


async def objection_and_second_round(agreement: Agreement, _: Interrupted) -> None:
    await agreement.consult(await soon(agreement, due=3))
    await agreement.respond(JOBCENTER)
    await agreement.respond(CHAMBER, Position.OBJECT)
    await agreement.wait_for(ConsultationClosed)
    await agreement.draft("Jetzt mit Frist.")
    await agreement.consult(await soon(agreement, due=3))
    await agreement.agree()
    await agreement.wait_for(ConsultationClosed, 2)


async def extension(agreement: Agreement, _: Interrupted) -> None:
    await agreement.consult(await soon(agreement, due=5, remind=(2,)))
    await agreement.wait_for(OrganisationsReminded)
    await agreement.extend(await soon(agreement, due=5, remind=(2,)))
    await agreement.wait_for(ConsultationClosed)


async def escalation_with_grace(agreement: Agreement, _: Interrupted) -> None:
    await agreement.consult(await soon(agreement, due=3, grace=2, remind=(2,)))
    await agreement.wait_for(ConsultationEscalated)
    await agreement.agree()
    await agreement.wait_for(ConsultationClosed)


async def withdrawal(agreement: Agreement, _: Interrupted) -> None:
    await agreement.consult(await soon(agreement, due=60))
    await agreement.do(WithdrawConcept(concept=agreement.concept, reason="Nicht mehr."))
    await agreement.handle.result()


async def refused_step(agreement: Agreement, interrupted: Interrupted) -> None:
    """The deadline is moved in the moment in which it passes."""
    await agreement.consult(await soon(agreement, due=3, grace=4))
    extending = agreement.extension(await soon(agreement, due=6, grace=4))
    interrupted.before[EscalateConsultation] = partial(agreement.do, extending)
    await agreement.wait_for(ConsultationClosed)


async def review_due(agreement: Agreement, interrupted: Interrupted) -> None:
    await agreed_in_one_round(agreement, interrupted)
    await agreement.publish(await agreement.now() + timedelta(seconds=3))
    await agreement.wait_for(ReviewFellDue)


async def superseding(agreement: Agreement, interrupted: Interrupted) -> None:
    """Both editions' concepts; the one of the later edition is recorded."""
    before = agreement.of(PREDECESSOR)
    await before.open()
    await before.draft()
    for concept in (before, agreement):
        await agreed_in_one_round(concept, interrupted)
        await concept.publish()
    await before.wait_for(ConceptSuperseded)


SCENARIOS: Mapping[str, Scenario] = {
    scenario.__name__.replace("_", "-"): scenario
    for scenario in (
        agreed_in_one_round,
        objection_and_second_round,
        extension,
        escalation_with_grace,
        withdrawal,
        refused_step,
        review_due,
        superseding,
    )
}
NEW_RUNS = "new-runs"
"""The path with an extension, on an engine that soon asks for a new run."""

RETENTION = "retention-run"
RUNS = 2
A_PERSON = UUID(int=1)


async def record(names: list[str]) -> None:
    """Take these paths, each on an engine of its own, and write down what the engine recorded."""
    with TemporaryDirectory() as folder, DataFolder(data := Path(folder)):
        async with EmbeddedPostgres(data) as server:
            await asyncio.to_thread(migrate, server.url)
            async with running(Settings(data=data), server.url) as runtime:
                editions = dict.fromkeys((PREDECESSOR, *names))
                await prepare_county(runtime, {**editions, SUCCESSOR: PREDECESSOR})
                await prepare_colleges(runtime)
                await found(runtime)
                for name in names:
                    if name in ROUNDS:
                        _keep(name, await history_of(name, runtime, SETTLED))
                    elif name in GROUPS:
                        _keep_all(name, await histories_of(name, runtime, SETTLED))
                    elif name in YEARS:
                        _keep_all(name, await year_histories(name, runtime, SETTLED))
                    elif name in POSTS:
                        _keep_all(name, await post_histories(name, runtime, SETTLED))
                    elif name in REPORTS:
                        _keep_all(name, await report_histories(name, runtime, SETTLED))
                    elif name in STEERING:
                        _keep_all(name, await steering_histories(name, runtime, SETTLED))
                    elif name == RETENTION:
                        await _take_retention_run(runtime)
                    else:
                        await _take(name, runtime)


async def _take(name: str, runtime: Runtime) -> None:
    interrupted = Interrupted(runtime.store, runtime.desk)
    settings = ("limit.historyCount.suggestContinueAsNew=20",) if name == NEW_RUNS else ()
    async with await in_real_time(*settings) as engine, working(engine, runtime, interrupted):
        agreement = Agreement(runtime, engine, name)
        await agreement.open()
        await agreement.draft()
        await SCENARIOS.get(name, extension)(agreement, interrupted)
        await asyncio.sleep(SETTLED)
        runs = await agreement.runs()
        _keep_all(name, [(await run.fetch_history()).to_json() for run in runs])


def _keep_all(name: str, runs: Sequence[str]) -> None:
    """The runs of a process, numbered if there is more than one."""
    for number, run in enumerate(runs, start=1):
        _keep(f"{name}-{number}" if len(runs) > 1 else name, run)


def _keep(label: str, history: str) -> None:
    # A stack trace names the folder, and that may name whoever recorded it.
    (HISTORIES / f"{label}.json").write_text(history.replace(str(CHECKOUT), ".") + "\n")


class Hasty:
    """A record of the retention run with two pages, which wants the next run in a second."""

    def __init__(self) -> None:
        self.ends = 0

    async def look(self, look: Look) -> Looked:
        self.ends += look.after is not None
        again_at = look.at + timedelta(seconds=1)
        after = None if look.after else A_PERSON
        return Looked(taken=1, refused=0, again_at=again_at, after=after)


async def _take_retention_run(runtime: Runtime) -> None:
    """Two runs, the second after the shortest pause there is."""
    record = Hasty()
    async with await in_real_time() as engine, working(engine, runtime, retention=record):
        handle = await engine.client.start_workflow(
            RetentionRun.run, id=WORKFLOW_ID, task_queue=TASK_QUEUE
        )
        while record.ends < RUNS:  # noqa: ASYNC110 (a minute, and only when recorded)
            await asyncio.sleep(SETTLED)
        await asyncio.sleep(SETTLED)
        _keep(RETENTION, (await handle.fetch_history()).to_json())


def missing() -> list[str]:
    """The paths without a history."""
    names = (*SCENARIOS, NEW_RUNS, RETENTION, *ROUNDS, *GROUPS, *YEARS, *POSTS, *REPORTS, *STEERING)
    return [name for name in names if not list(HISTORIES.glob(f"{name}*.json"))]


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(record(missing()))
