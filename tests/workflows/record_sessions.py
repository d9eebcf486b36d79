"""The paths of sessions and their resolutions that `record.py` records, moments seconds away."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import msgspec

from domain.steering.agenda_events import AgendaFrozen
from domain.steering.mandate import Commission, GroupMandate
from domain.steering.resolution_commands import DeclareMandateOverdue, resolution_id
from domain.steering.resolution_events import (
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateReminded,
    ResolutionRevoked,
)
from domain.steering.session_commands import CancelSession, FreezeAgenda
from domain.steering.session_events import (
    Invitee,
    ItemsCalledFor,
    MembersReminded,
    SessionInvited,
    SessionKind,
)
from domain.steering.session_held_events import CircularOpened, SessionClosed, SessionOpened
from services.runtime import Runtime
from tests.domain.steering.resolution_example import passed
from tests.support.engines import in_real_time, working
from tests.support.sessions import (
    CARITAS,
    CHAMBER,
    JOBCENTER,
    REPORT,
    SEATS,
    InterruptedMandates,
    InterruptedSessions,
    Steering,
    proposal,
)
from workflows import mandate_follow_up, steering_session

EVERY_TIME = "limit.historyCount.suggestContinueAsNew=20"
"""So short a history is soon reached."""


class Path:
    """What a scenario acts on, and the process whose history is kept."""

    def __init__(self, name: str, steering: Steering) -> None:
        self.name = name
        self.steering = steering
        self.sessions = InterruptedSessions(steering.runtime)
        self.mandates = InterruptedMandates(steering.runtime)
        self.process = ""

    async def soon(self, *seconds: int) -> tuple[datetime, ...]:
        """Moments in so many seconds from now."""
        now = (await self.steering.now()).replace(microsecond=0)
        return tuple(now + timedelta(seconds=after) for after in seconds)

    async def session(self, seconds: int, kind: SessionKind = SessionKind.MEETING) -> UUID:
        """A session that begins in so many seconds."""
        (starts_at,) = await self.soon(seconds)
        session = await self.steering.schedule(self.name, starts_at, kind)
        self.process = steering_session.workflow_id(session)
        return session

    async def mandate(self, *seconds: int, of: GroupMandate | Commission) -> UUID:
        """A resolution with reminders and, last, the moment at which its mandate is due."""
        *reminders, due = await self.soon(*seconds)
        session = uuid4()
        resolution = resolution_id(session, 1)
        self.process = mandate_follow_up.workflow_id(resolution)
        event = msgspec.structs.replace(
            passed(of, session=session), owner=CHAMBER, due=due, reminders=tuple(reminders)
        )
        await self.steering.note(resolution, event)
        return resolution


Scenario = Callable[[Path], Awaitable[object]]


async def session_with_reminders(path: Path) -> None:
    """Called for, frozen, reminded of, held, and released: with a resolution to show."""
    steering = path.steering
    session = await path.session(11)
    await steering.propose(session, REPORT)
    called, until, reminder = await path.soon(2, 4, 6)
    await steering.note(
        session,
        ItemsCalledFor(until=until, reminders=(called,)),
        _invitation(reminder),
    )
    await steering.wait_for(session, MembersReminded, 2)
    await steering.note(session, SessionOpened(at=reminder, chair="", keeper=""))
    await asyncio.sleep(1)
    await steering.note(session, SessionClosed(at=await steering.now(), seats=()))
    await asyncio.sleep(1)
    await steering.release_minutes(session)
    await steering.process_of(session).result()


async def empty_agenda(path: Path) -> None:
    """It cannot be frozen; at last the session is cancelled."""
    session = await path.session(3600)
    (until,) = await path.soon(2)
    await path.steering.note(session, ItemsCalledFor(until=until, reminders=()), _invitation())
    await asyncio.sleep(4)
    await path.steering.do(CancelSession(session=session, reason="Hochwasser"))
    await path.steering.process_of(session).result()


async def vote_in_writing(path: Path) -> None:
    session = await path.session(1, SessionKind.CIRCULAR)
    item = proposal("Antrag")
    await path.steering.propose(session, item)
    await path.steering.do(FreezeAgenda(session=session))
    reminder, closes_at = await path.soon(3, 5)
    opened = CircularOpened(
        at=await path.steering.now(),
        edition=1,
        closes_at=closes_at,
        seats=SEATS,
        reminders=(reminder,),
        digest="",
    )
    await path.steering.note(session, opened)
    await path.steering.wait_for(session, SessionClosed)


async def session_in_new_runs(path: Path) -> None:
    """On an engine that soon asks for a new run."""
    session = await path.session(3600)
    await path.steering.propose(session, REPORT)
    first, second, until = await path.soon(2, 3, 5)
    calling = ItemsCalledFor(until=until, reminders=(first, second))
    await path.steering.note(session, calling, _invitation())
    await path.steering.wait_for(session, AgendaFrozen)


async def mandate_with_reminders(path: Path) -> None:
    """Reminded of, overdue, extended, fulfilled; at last another resolution revokes it."""
    resolution = await path.mandate(2, 3, of=Commission())
    await path.steering.wait_for(resolution, MandateFellOverdue)
    reminder, due = await path.soon(2, 60)
    extended = MandateExtended(
        resolution=resolution, due=due, reminders=(reminder,), reason="Ferien"
    )
    await path.steering.note(resolution, extended)
    await path.steering.wait_for(resolution, MandateReminded, 2)
    await path.steering.note(resolution, MandateFulfilled(resolution=resolution, outcome="Ja."))
    await asyncio.sleep(1)
    await path.steering.note(resolution, ResolutionRevoked(resolution=resolution, revoking=uuid4()))
    await path.steering.follow_up_of(resolution).result()


async def mandate_carried_out(path: Path) -> None:
    """A group is established at once."""
    mandate = GroupMandate(
        title="Sprache", purpose="Ausbildung", members=(CHAMBER, CARITAS), guests=(JOBCENTER,)
    )
    resolution = await path.mandate(60, of=mandate)
    await path.steering.wait_for(resolution, MandateFulfilled)


async def mandate_extended_too_late(path: Path) -> None:
    """It is given more time in the moment in which it falls overdue."""
    resolution = await path.mandate(3, of=Commission())
    (due,) = await path.soon(6)
    extended = MandateExtended(resolution=resolution, due=due, reminders=(), reason="Ferien")
    path.mandates.before[DeclareMandateOverdue] = partial(path.steering.note, resolution, extended)
    await path.steering.wait_for(resolution, MandateFellOverdue)


async def mandate_in_new_runs(path: Path) -> None:
    """On an engine that soon asks for a new run."""
    resolution = await path.mandate(2, 3, 4, of=Commission())
    await path.steering.wait_for(resolution, MandateFellOverdue)
    (due,) = await path.soon(3)
    extended = MandateExtended(resolution=resolution, due=due, reminders=(), reason="Ferien")
    await path.steering.note(resolution, extended)
    await path.steering.wait_for(resolution, MandateFellOverdue, 2)


SCENARIOS: Mapping[str, Scenario] = {
    scenario.__name__.replace("_", "-"): scenario
    for scenario in (
        session_with_reminders,
        empty_agenda,
        vote_in_writing,
        session_in_new_runs,
        mandate_with_reminders,
        mandate_carried_out,
        mandate_extended_too_late,
        mandate_in_new_runs,
    )
}


async def steering_histories(name: str, runtime: Runtime, settled: float) -> Sequence[str]:
    """Take the path on an engine of its own; what the engine recorded of each run, as JSON."""
    settings = (EVERY_TIME,) if name.endswith("in-new-runs") else ()
    async with await in_real_time(*settings) as engine:
        path = Path(name, Steering(runtime, engine))
        async with working(engine, runtime, sessions=path.sessions, mandates=path.mandates):
            await SCENARIOS[name](path)
            await asyncio.sleep(settled)
            runs = await path.steering.runs(path.process)
            return [(await run.fetch_history()).to_json() for run in runs]


def _invitation(*reminders: datetime) -> SessionInvited:
    """Everybody was invited in time, by hand."""
    return SessionInvited(
        invitees=tuple(Invitee(seat=seat, organisation=seat, people=()) for seat in SEATS),
        edition=1,
        due=date(2026, 1, 1),
        urgency="",
        digest="",
        is_final=False,
        reminders=reminders,
    )
