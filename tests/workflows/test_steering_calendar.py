"""Two school years of a steering group: sessions, votes in writing, mandates, each step once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from temporalio.testing import WorkflowEnvironment

from domain.calendar import morning_before, working_days_after
from domain.kernel import Role
from domain.steering.agenda_events import AgendaFrozen
from domain.steering.mandate import Commission, GroupMandate, MinistryMandate
from domain.steering.minutes_events import MinutesFellOverdue
from domain.steering.resolution_commands import ExtendMandate, FulfilMandate, RecordLetter
from domain.steering.resolution_events import (
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateReminded,
    ProgressShown,
    ResolutionPassed,
)
from domain.steering.session_commands import FreezeAgenda, OpenCircular
from domain.steering.session_events import (
    ItemsCalledFor,
    MembersReminded,
    SessionInvited,
    SessionKind,
)
from domain.steering.session_held_events import CircularOpened, SessionClosed, VoteTaken
from domain.steering.session_schedule import working_day_until
from domain.working_groups.events import WorkingGroupEstablished
from services.relay.relay import resume
from services.runtime import Runtime
from tests.support.assessments import school_year_after
from tests.support.engines import working
from tests.support.sessions import (
    CARITAS,
    CHAMBER,
    JOBCENTER,
    REPORT,
    Steering,
    at,
    found,
    proposal,
    tuesday_in,
)
from tests.support.workflows import to_the_minute

GROUP_ITEM, COURSES, LETTER, SURVEY, WRITTEN = map(
    proposal, ("Arbeitsgruppe", "Kurse", "Schreiben", "Befragung", "Antrag")
)
GROUP = GroupMandate(
    title="Sprache in der Ausbildung",
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    members=(CHAMBER, CARITAS),
    guests=(JOBCENTER,),
)

Dated = tuple[str, datetime]


async def test_in_two_school_years_every_step_is_taken_once_and_in_time(
    runtime: Runtime, environment: WorkflowEnvironment
) -> None:
    """Between the years everything is told again."""
    await found(runtime)
    steering = Steering(runtime, environment)
    year = int(school_year_after(await steering.now())[:4])
    days = [
        tuesday_in(year, 11, 4),
        tuesday_in(year + 1, 5, 2),
        tuesday_in(year + 1, 11, 4),
        tuesday_in(year + 2, 5, 2),
    ]

    async with working(environment, runtime):
        await steering.wait_until(at(date(year, 8, 10), 9))
        sessions = [await steering.schedule(str(n), at(day, 14)) for n, day in enumerate(days, 1)]
        first, second, third, fourth = sessions
        for session in sessions:
            await steering.propose(session, REPORT)

        await steering.propose(first, GROUP_ITEM, COURSES)
        await steering.hold(first, GROUP_ITEM, COURSES)
        group = await steering.resolve(first, 1, GROUP, date(year + 1, 3, 30))
        courses = await steering.resolve(first, 2, Commission(), date(year + 1, 3, 16))
        await steering.rest()
        await steering.release_minutes(first)

        circular, closes_at = await _vote_in_writing(steering, at(date(year + 1, 1, 18), 10))

        await steering.propose(second, LETTER)
        await steering.hold(second, LETTER)
        letter = await steering.resolve(
            second, 1, MinistryMandate(need="Kurse"), date(year + 1, 10, 1)
        )
        await steering.do(
            ExtendMandate(resolution=courses, due=date(year + 1, 9, 14), reason="Es fehlen Räume")
        )
        await steering.wait_until(at(date(year + 1, 7, 31), 12))

        await resume(steering.relay, runtime.store, runtime.pool)
        for entry in await runtime.store.read(0):
            await steering.relay.note(entry)

        await steering.wait_until(at(date(year + 1, 8, 20), 9))
        await steering.release_minutes(second)
        await steering.wait_until(at(date(year + 1, 9, 20), 9))
        await _send_letter(steering, letter)
        await steering.rest()
        await steering.propose(third, SURVEY)
        await steering.hold(third, SURVEY)
        survey = await steering.resolve(third, 1, Commission(), date(year + 2, 4, 20))
        await steering.release_minutes(third)
        done = FulfilMandate(resolution=courses, outcome="Zwei Kurse haben begonnen.")
        await steering.wait_until(at(date(year + 2, 2, 1), 9))
        await steering.do(done)
        await steering.hold(fourth)
        await steering.release_minutes(fourth)
        await steering.wait_until(at(date(year + 2, 7, 31), 12))

    expected: list[Dated] = []
    for session, day in zip(sessions, days, strict=True):
        expected += await _before_session(steering, session, day)
    minutes_due = at(working_days_after(runtime.calendar, days[1], 20), 18)
    expected += await _in_writing(steering, circular, closes_at)
    expected += [
        (MinutesFellOverdue.TOPIC, minutes_due),
        *await _followed_up(steering, group, courses, letter, survey),
    ]
    assert sorted(await _steps(steering), key=_by_time) == sorted(expected, key=_by_time)
    assert await _shown(steering, group) == [second]
    assert await _shown(steering, courses) == [second, third, fourth]
    assert await _shown(steering, letter) == [third]
    assert await _shown(steering, survey) == [fourth]


async def _vote_in_writing(steering: Steering, begins: datetime) -> tuple[UUID, datetime]:
    session = await steering.schedule("umlauf", begins, SessionKind.CIRCULAR)
    await steering.propose(session, WRITTEN)
    await steering.do(FreezeAgenda(session=session))
    await steering.wait_until(begins)
    await steering.do(OpenCircular(session=session))
    await steering.cast(session, WRITTEN, JOBCENTER, CHAMBER)
    (opened,) = await steering.events(session, CircularOpened)
    await steering.wait_until(opened.closes_at)
    await steering.release_minutes(session)
    return session, opened.closes_at


async def _send_letter(steering: Steering, resolution: UUID) -> None:
    await steering.do(
        RecordLetter(
            resolution=resolution,
            addressee="Ministerium",
            subject_line="Berufssprachkurse",
            text="Im ganzen Land fehlen Kurse.",
            sent_on=(await steering.now()).date(),
        )
    )


async def _before_session(steering: Steering, session: UUID, day: date) -> list[Dated]:
    """What the rules want before a session, and what was planned with it."""
    (call,) = await steering.events(session, ItemsCalledFor)
    (invited,) = await steering.events(session, SessionInvited)
    calendar = steering.runtime.calendar
    last_day = at(day - timedelta(days=14), 18)
    assert (len(call.reminders), len(invited.reminders)) == (2, 1)
    return [
        (ItemsCalledFor.TOPIC, at(working_day_until(day - timedelta(days=56), calendar), 9)),
        *((MembersReminded.TOPIC, moment) for moment in call.reminders),
        (AgendaFrozen.TOPIC, at(working_day_until(day - timedelta(days=25), calendar), 18)),
        (SessionInvited.TOPIC, morning_before(calendar, last_day, 2)),
        *((MembersReminded.TOPIC, moment) for moment in invited.reminders),
    ]


async def _in_writing(steering: Steering, session: UUID, closes_at: datetime) -> list[Dated]:
    (opened,) = await steering.events(session, CircularOpened)
    return [
        *((MembersReminded.TOPIC, moment) for moment in opened.reminders),
        (VoteTaken.TOPIC, closes_at),
        (SessionClosed.TOPIC, closes_at),
    ]


async def _followed_up(
    steering: Steering, group: UUID, courses: UUID, letter: UUID, survey: UUID
) -> list[Dated]:
    """The courses are late twice, and so is the survey; group and letter came in time."""
    planned: list[Dated] = []
    for resolution in (courses, survey):
        (passed,) = await steering.events(resolution, ResolutionPassed)
        assert len(passed.reminders) == 2
        assert passed.due is not None
        planned += [(MandateReminded.TOPIC, moment) for moment in passed.reminders]
        planned.append((MandateFellOverdue.TOPIC, passed.due))
    (extended,) = await steering.events(courses, MandateExtended)
    assert len(extended.reminders) == 2
    planned += [(MandateReminded.TOPIC, moment) for moment in extended.reminders]
    planned.append((MandateFellOverdue.TOPIC, extended.due))
    (asked,) = await steering.events(letter, ResolutionPassed)
    reminded = await steering.events(letter, MandateReminded)
    assert [event.moment for event in reminded] == [asked.reminders[0]]
    planned.append((MandateReminded.TOPIC, asked.reminders[0]))
    for resolution in (group, letter):
        assert len(await steering.events(resolution, MandateFulfilled)) == 1
    return planned


async def _steps(steering: Steering) -> list[Dated]:
    """All that processes did at a planned moment; what follows at once from others is left out."""
    at_once = {ProgressShown.TOPIC, MandateFulfilled.TOPIC, WorkingGroupEstablished.TOPIC}
    return [
        (entry.topic, to_the_minute(entry.metadata.occurred_at))
        for entry in await steering.runtime.store.read(0)
        if entry.metadata.role is Role.PROCESS and entry.topic not in at_once
    ]


async def _shown(steering: Steering, resolution: UUID) -> Sequence[UUID]:
    return [event.session for event in await steering.events(resolution, ProgressShown)]


def _by_time(dated: Dated) -> tuple[datetime, str]:
    topic, moment = dated
    return moment, topic
