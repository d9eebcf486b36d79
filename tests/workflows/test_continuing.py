"""A process that goes on in a new run, on the engine that runs in production."""

from datetime import timedelta

from domain.concepts.commands import Schedule
from domain.concepts.events import (
    ConsultationClosed,
    ConsultationEscalated,
    ConsultationExtended,
    ConsultationOpened,
    OrganisationsReminded,
)
from services.runtime import Runtime
from tests.support.engines import in_real_time, working
from tests.support.workflows import Agreement

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=8"
"""So short a history is reached by every run."""

LATE = timedelta(seconds=3)


async def test_a_new_run_keeps_the_remaining_time_and_takes_no_step_twice(
    prepared: Runtime,
) -> None:
    async with await in_real_time(EVERY_TIME) as environment, working(environment, prepared):
        agreement = Agreement(prepared, environment)
        await agreement.open()
        await agreement.draft()
        now = (await agreement.now()).replace(microsecond=0)
        at = [now + timedelta(seconds=n) for n in range(8)]
        await agreement.consult(Schedule(due=at[5], remind_at=(at[2],)))
        await agreement.wait_for(OrganisationsReminded)
        await agreement.extend(Schedule(due=at[6], closes_at=at[7], remind_at=(at[4],)))
        await agreement.wait_for(ConsultationClosed)
        runs = len(await agreement.runs())

    assert runs > 1
    steps = await agreement.steps()
    expected = [
        (OrganisationsReminded, at[2]),
        (OrganisationsReminded, at[4]),
        (ConsultationEscalated, at[6]),
        (ConsultationClosed, at[7]),
    ]
    assert [type(step.event) for step in steps] == [kind for kind, _ in expected]
    for step, (_, moment) in zip(steps, expected, strict=True):
        assert timedelta(0) <= step.metadata.occurred_at - moment < LATE

    opened, extended = [
        entry
        for entry in await agreement.entries()
        if isinstance(entry.event, ConsultationOpened | ConsultationExtended)
    ]
    causes = [(step.metadata.causation, step.metadata.correlation) for step in steps]
    by = [(entry.position, entry.metadata.correlation) for entry in (opened, extended)]
    assert causes == [by[0], by[1], by[1], by[1]]
