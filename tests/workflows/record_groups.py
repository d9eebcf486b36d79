"""The paths of working groups that `record.py` records, with moments seconds away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from domain.working_groups.commands import DeclareAgreementOverdue
from domain.working_groups.events import (
    AgreementExtended,
    AgreementFellOverdue,
    AgreementFulfilled,
    AgreementMade,
    CallingReminded,
    MeetingsPlanned,
)
from services.runtime import Runtime
from tests.support.engines import in_real_time, working
from tests.support.groups import CHAMBER, GroupCycle, InterruptedGroups, established

Scenario = Callable[[GroupCycle, InterruptedGroups], Awaitable[object]]

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=20"
"""So short a history is soon reached."""

YEAR = "2020/21"
"""In which no meeting was held, whenever this is recorded."""


async def soon(group: GroupCycle, *seconds: int) -> tuple[datetime, ...]:
    """Moments in so many seconds from now."""
    now = (await group.now()).replace(microsecond=0)
    return tuple(now + timedelta(seconds=after) for after in seconds)


async def agreed(group: GroupCycle, number: int, *seconds: int) -> AgreementMade:
    """An agreement with reminders and, last, the moment it is due."""
    *reminders, due = await soon(group, *seconds)
    return AgreementMade(
        group=group.group,
        agreement=number,
        meeting=1,
        text="Eine Erhebung beginnt.",
        owner=CHAMBER,
        due=due,
        reminders=tuple(reminders),
    )


async def group_with_reminders(group: GroupCycle, _: InterruptedGroups) -> None:
    """Reminded to meet, of an agreement that falls overdue and of one that is fulfilled; ended."""
    call_by = await soon(group, 2, 4)
    planned = MeetingsPlanned(group=group.group, school_year=YEAR, meetings=2, call_by=call_by)
    await group.note(planned, await agreed(group, 1, 3, 5), await agreed(group, 2, 60))
    await group.wait_for(CallingReminded, 2)
    await group.wait_for(AgreementFellOverdue)
    await group.note(AgreementFulfilled(group=group.group, agreement=2, outcome="Sie läuft."))
    await group.dissolve()
    await group.handle.result()


async def agreement_extended_too_late(group: GroupCycle, interrupted: InterruptedGroups) -> None:
    """It is given more time in the moment in which it falls overdue."""
    (later,) = await soon(group, 6)
    extended = AgreementExtended(
        group=group.group, agreement=1, due=later, reminders=(), reason="Ferien"
    )
    interrupted.before[DeclareAgreementOverdue] = partial(group.note, extended)
    await group.note(await agreed(group, 1, 3))
    await group.wait_for(AgreementFellOverdue)


async def group_in_new_runs(group: GroupCycle, _: InterruptedGroups) -> None:
    """On an engine that soon asks for a new run."""
    call_by = await soon(group, 2, 3)
    planned = MeetingsPlanned(group=group.group, school_year=YEAR, meetings=2, call_by=call_by)
    await group.note(planned, await agreed(group, 1, 4, 5))
    await group.wait_for(AgreementFellOverdue)


SCENARIOS: Mapping[str, Scenario] = {
    scenario.__name__.replace("_", "-"): scenario
    for scenario in (group_with_reminders, agreement_extended_too_late, group_in_new_runs)
}


async def histories_of(name: str, runtime: Runtime, settled: float) -> Sequence[str]:
    """Take the path on an engine of its own; what the engine recorded of each run, as JSON."""
    record = InterruptedGroups(runtime.store, runtime.desk)
    settings = (EVERY_TIME,) if name == "group-in-new-runs" else ()
    async with await in_real_time(*settings) as engine, working(engine, runtime, groups=record):
        group = await established(runtime, engine)
        await group.hold(1)
        await SCENARIOS[name](group, record)
        await asyncio.sleep(settled)
        return [(await run.fetch_history()).to_json() for run in await group.runs()]
