"""What follows from a resolution: done without being asked for, reminded of, and shown again."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.concepts.events import ConceptAdopted
from domain.findings.commands_theme import HandOver, OpenTheme, SummariseTheme, theme_id
from domain.findings.events_theme import ResolutionAttached, ThemeDiscussed, ThemeTakenBack
from domain.steering.mandate import (
    AdoptionMandate,
    Commission,
    DissolutionMandate,
    GroupMandate,
    MinistryMandate,
    Notice,
    ReviewMandate,
    RevocationMandate,
)
from domain.steering.need_review_commands import review_of
from domain.steering.need_review_events import NeedReviewOpened
from domain.steering.resolution_commands import (
    ExtendMandate,
    FulfilMandate,
    RecordLetter,
    ReopenMandate,
)
from domain.steering.resolution_events import (
    MandateExtended,
    MandateFellOverdue,
    MandateFulfilled,
    MandateReminded,
    MandateReopened,
    ProgressShown,
    ResolutionPassed,
    ResolutionRevoked,
    Standing,
)
from domain.steering.session_commands import CancelSession, CloseSession, DeferItem
from domain.working_groups.commands import group_id
from domain.working_groups.events import WorkingGroupDissolved, WorkingGroupEstablished
from services.runtime import Runtime
from tests.domain.findings.example import NEED, SECTION
from tests.support.engines import working
from tests.support.sessions import (
    CARITAS,
    CHAMBER,
    JOBCENTER,
    Steering,
    at,
    found,
    proposal,
    status,
)
from tests.support.workflows import ONE_WEEK, Agreement, prepare_county

REMINDED, OVERDUE = MandateReminded.TOPIC, MandateFellOverdue.TOPIC
FULFILLED = MandateFulfilled.TOPIC
FIRST, SECOND, THIRD, FOURTH = map(proposal, ("Eins", "Zwei", "Drei", "Vier"))
GROUP = GroupMandate(
    title="Sprache in der Ausbildung",
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    members=(CHAMBER, CARITAS),
    guests=(JOBCENTER,),
)


@pytest.fixture
async def steering(runtime: Runtime, environment: WorkflowEnvironment) -> AsyncIterator[Steering]:
    """The steering group with a worker, on a clock that can be skipped."""
    await found(runtime)
    async with working(environment, runtime):
        yield Steering(runtime, environment)


async def day_ahead(steering: Steering, days: int) -> date:
    """A working day that is about so far away."""
    day = (await steering.now()).date() + timedelta(days=days)
    while not steering.runtime.calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


async def test_a_mandate_is_reminded_of_until_it_is_fulfilled_and_noticed_if_it_is_late(
    steering: Steering,
) -> None:
    session = await steering.met(FIRST)
    due = await day_ahead(steering, 60)
    resolution = await steering.resolve(session, 1, Commission(), due)
    await steering.wait_until(at(due, 18))
    (passed,) = await steering.events(resolution, ResolutionPassed)
    later = await day_ahead(steering, 40)
    await steering.do(ExtendMandate(resolution=resolution, due=later, reason="Ferien"))
    (extended,) = await steering.events(resolution, MandateExtended)
    await steering.wait_until(extended.reminders[0])
    await steering.do(FulfilMandate(resolution=resolution, outcome="Der Bericht liegt vor."))
    await steering.wait_until(at(later, 18))
    again = await day_ahead(steering, 30)
    await steering.do(ReopenMandate(resolution=resolution, due=again, reason="Doch nicht"))
    (reopened,) = await steering.events(resolution, MandateReopened)
    await steering.wait_until(at(again, 18))

    assert await steering.dated_steps(resolution) == [
        *((REMINDED, moment) for moment in passed.reminders),
        (OVERDUE, at(due, 18)),
        (REMINDED, extended.reminders[0]),
        *((REMINDED, moment) for moment in reopened.reminders),
        (OVERDUE, at(again, 18)),
    ]
    assert [len(one.reminders) for one in (passed, extended, reopened)] == [2, 2, 2]
    assert await status(steering.follow_up_of(resolution)) is WorkflowExecutionStatus.RUNNING


async def test_what_needs_no_judgement_is_done_at_once_and_fulfils_its_mandate(
    steering: Steering,
) -> None:
    session = await steering.met(FIRST, SECOND, THIRD, FOURTH)
    due = await day_ahead(steering, 90)
    group = await steering.resolve(session, 1, GROUP, due)
    review = await steering.resolve(session, 2, ReviewMandate(question="Braucht es sie?"), due)
    ministry = await steering.resolve(session, 3, MinistryMandate(need="Kurse fehlen"), due)
    commission = await steering.resolve(session, 4, Commission(), due)
    await steering.rest()
    letter = RecordLetter(
        resolution=ministry,
        addressee="Ministerium",
        subject_line="Berufssprachkurse",
        text="Im ganzen Land fehlen Kurse.",
        sent_on=(await steering.now()).date(),
    )
    await steering.do(letter)
    await steering.rest()

    assert len(await steering.events(group_id(group), WorkingGroupEstablished)) == 1
    assert len(await steering.events(review_of(review), NeedReviewOpened)) == 1
    fulfilled = [
        one
        for one in (group, review, ministry, commission)
        if await steering.events(one, MandateFulfilled)
    ]
    assert fulfilled == [group, ministry], "a review takes time, of a commission one is told"

    later = await steering.met(proposal("Auflösung"), proposal("Aufhebung"), key="2")
    dissolution = DissolutionMandate(group=group_id(group))
    dissolved = await steering.resolve(later, 1, dissolution, await day_ahead(steering, 30))
    revoked = await steering.resolve(later, 2, RevocationMandate(resolution=commission))
    await steering.rest()

    assert len(await steering.events(group_id(group), WorkingGroupDissolved)) == 1
    assert await steering.events(dissolved, MandateFulfilled)
    assert await steering.events(commission, ResolutionRevoked)
    for ended in (revoked, commission):
        assert await status(steering.follow_up_of(ended)) is WorkflowExecutionStatus.COMPLETED


async def test_what_people_open_again_the_process_does_not_fulfil(steering: Steering) -> None:
    session = await steering.met(FIRST)
    due = await day_ahead(steering, 60)
    resolution = await steering.resolve(session, 1, GROUP, due)
    await steering.rest()
    await steering.do(ReopenMandate(resolution=resolution, due=due, reason="Kein Vorsitz"))
    await steering.wait_until(at(due, 18))

    steps = [topic for topic, _ in await steering.dated_steps(resolution)]
    assert steps == [FULFILLED, REMINDED, REMINDED, OVERDUE]


async def test_a_concept_that_was_agreed_is_adopted_and_another_text_is_not(
    steering: Steering, environment: WorkflowEnvironment
) -> None:
    await prepare_county(steering.runtime)
    concept = Agreement(steering.runtime, environment)
    await concept.open()
    await concept.draft()
    session = await steering.met(FIRST)
    due = await day_ahead(steering, 60)
    mandate = AdoptionMandate(concept=concept.concept)
    too_early = await steering.resolve(session, 1, mandate, due)
    this = await concept.consult(ONE_WEEK)
    await concept.agree()
    await concept.wait_until(this.closes_at)
    await steering.rest()
    assert await concept.events(ConceptAdopted) == []

    later = await steering.met(SECOND, key="2")
    in_time = await steering.resolve(later, 1, mandate, await day_ahead(steering, 60))
    await steering.rest()
    (adopted,) = await concept.events(ConceptAdopted)
    assert adopted.resolution == SECOND.title
    for resolution in (too_early, in_time):
        assert await steering.events(resolution, MandateFulfilled)


async def test_the_next_session_is_shown_what_became_of_earlier_resolutions(
    steering: Steering,
) -> None:
    session = await steering.met(FIRST, SECOND, THIRD)
    due = await day_ahead(steering, 30)
    late = await steering.resolve(session, 1, Commission(), due)
    done = await steering.resolve(session, 2, GROUP, await day_ahead(steering, 60))
    noted = await steering.resolve(session, 3, Notice())
    second = await steering.met(key="2")
    third = await steering.met(key="3")

    shown = {
        resolution: [
            (e.session, e.standing) for e in await steering.events(resolution, ProgressShown)
        ]
        for resolution in (late, done, noted)
    }
    assert shown == {
        late: [(second, Standing.OVERDUE), (third, Standing.OVERDUE)],
        done: [(second, Standing.FULFILLED)],
        noted: [],
    }


async def test_themes_were_discussed_once_the_minutes_are_released_or_go_back(
    steering: Steering,
) -> None:
    discussed, put_off, called_off = [await _theme(steering, key) for key in ("a", "b", "c")]
    items = (proposal("Sprache", discussed), proposal("Wohnen", put_off))
    session = await steering.prepared(*items)
    for theme in (discussed, put_off):
        await steering.record(HandOver(theme=theme, session=session))
    await steering.begin(session)
    await steering.vote(session, items[0])
    await steering.record(DeferItem(session=session, item=items[1].item, reason="Zahlen fehlen"))
    await steering.do(CloseSession(session=session))
    resolution = await steering.resolve(session, 1, Notice())
    await steering.release_minutes(session)
    await steering.process_of(session).result()

    (noted,) = await steering.events(discussed, ThemeDiscussed)
    assert noted.session == session
    attached = [e.resolution for e in await steering.events(discussed, ResolutionAttached)]
    assert {*noted.resolutions, *attached} == {resolution}
    assert [e.reason for e in await steering.events(put_off, ThemeTakenBack)] == ["Zahlen fehlen"]

    cancelled = await steering.prepared(proposal("Arbeit", called_off), key="2")
    await steering.record(HandOver(theme=called_off, session=cancelled))
    await steering.do(CancelSession(session=cancelled, reason="Hochwasser"))
    await steering.process_of(cancelled).result()
    assert [e.reason for e in await steering.events(called_off, ThemeTakenBack)] == ["Hochwasser"]


async def _theme(steering: Steering, key: str) -> UUID:
    """One that may be on an agenda."""
    theme = theme_id(key)
    await steering.record(OpenTheme(key=key, title=f"Thema {key}", sources=(NEED,)))
    summary = SummariseTheme(theme=theme, title=f"Thema {key}", sections=(SECTION,), based_on=0)
    await steering.record(summary)
    return theme
