"""What counts for a goal is what happened, as far as it was not taken back or corrected."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from domain.concepts.commands import concept_id
from domain.concepts.events import (
    ConceptAdopted,
    ConceptOpened,
    ConceptReopened,
    ConceptWithdrawn,
    FrameworkEditionPublished,
)
from domain.directory.commands import municipality_id
from domain.directory.events import EmployerRecorded
from domain.findings.events_theme import ThemeDiscussed, ThemeHandedOver, ThemeTakenBack
from domain.goals.counting import Occurrence
from domain.kernel import Event
from domain.steering.need_review_events import (
    EvidenceMeetingCorrected,
    EvidenceMeetingHeld,
    EvidenceMeetingWithdrawn,
    NeedOutcome,
    NeedReviewClosed,
)
from domain.steering.resolution_events import ResolutionAnnulled, ResolutionPassed
from domain.steering.session_events import SessionCancelled, SessionKind, SessionScheduled
from domain.steering.session_held_events import CircularOpened, SessionClosed
from domain.working_groups.events import (
    MeetingCalled,
    MeetingCancelled,
    MeetingCorrected,
    MeetingHeld,
    MeetingMoved,
    MeetingWithdrawn,
    WorkingGroupEstablished,
)
from services.eventstore.store import NOW, EventStore, Moment
from services.goals.counting import Counted, counted
from tests.domain.county import NRW, berlin
from tests.golden.groups import EVENTS as GROUP_EVENTS
from tests.golden.mandates import EVENTS as MANDATE_EVENTS
from tests.support.steering_log import BODY, SteeringLog

NOVEMBER, MAY, AUGUST = berlin(2025, 11, 25, 14), berlin(2026, 5, 5, 14), berlin(2026, 8, 20, 14)
THIS_YEAR, NEXT_YEAR = "2025/26", "2026/27"
FINDING = UUID(int=7)


@pytest.fixture
def log(store: EventStore) -> SteeringLog:
    return SteeringLog(store)


async def of(store: EventStore, kind: str, until: Moment = NOW) -> list[Occurrence]:
    found = await counted(store, NRW.zone, until)
    return sorted((o for o in found.occurrences if o.kind == kind), key=lambda one: one.position)


async def planned(store: EventStore, kind: str) -> list[date]:
    found: Counted = await counted(store, NRW.zone)
    return [*found.planned.get(kind, ())]


def evidence_meeting(review: UUID, meeting: int, on: date) -> EvidenceMeetingHeld:
    return EvidenceMeetingHeld(
        review=review, meeting=meeting, held_on=on, fields=(), attended=(), evidence=()
    )


async def test_a_session_counts_once_it_is_over_in_the_school_year_of_its_day(
    store: EventStore, log: SteeringLog
) -> None:
    session = await log.schedule(MAY)
    assert await of(store, "session-held") == []
    assert await planned(store, "session-held") == [MAY.date()]
    await log.move(session, AUGUST)
    assert await planned(store, f"session-held/{BODY}") == [AUGUST.date()]
    position = await log.hold(session, AUGUST)
    [held] = await of(store, "session-held")
    assert (held.position, held.on, held.school_year) == (position, AUGUST.date(), NEXT_YEAR)
    assert await planned(store, "session-held") == []


async def test_what_is_cancelled_or_voted_on_in_writing_is_no_session_held(
    store: EventStore, log: SteeringLog
) -> None:
    cancelled = await log.schedule(MAY)
    await log.record(cancelled, SessionCancelled(reason="Krankheit."))
    circular = uuid4()
    await log.record(
        circular,
        SessionScheduled(
            session=circular,
            body=BODY,
            key="umlauf",
            title="Umlauf",
            kind=SessionKind.CIRCULAR,
            starts_at=NOVEMBER,
        ),
        CircularOpened(
            at=NOVEMBER, edition=1, closes_at=MAY, seats=("kreis",), reminders=(), digest="d"
        ),
        SessionClosed(at=MAY, seats=()),
    )
    assert await of(store, "session-held") == []
    assert await planned(store, "session-held") == []


async def test_sessions_can_be_counted_for_one_body_alone(
    store: EventStore, log: SteeringLog
) -> None:
    await log.establish()
    await log.establish("beirat", "Beirat")
    first, other = await log.held(NOVEMBER), await log.held(MAY, body="beirat")
    assert [o.position for o in await of(store, "session-held")] == [first, other]
    assert [o.position for o in await of(store, "session-held/beirat")] == [other]
    kinds = (await counted(store, NRW.zone)).kinds
    assert {"session-held/beirat", f"meeting-held/{BODY}", "concept-adopted"} <= kinds
    assert "concept-adopted/beirat" not in kinds, "a concept is no body's"


async def test_a_theme_counts_when_it_was_discussed_and_comes_from_findings(
    store: EventStore, log: SteeringLog
) -> None:
    work, language, company = uuid4(), uuid4(), uuid4()
    session = await log.schedule(NOVEMBER)
    for theme, findings in ((work, (FINDING,)), (language, (FINDING,)), (company, ())):
        handed_over = ThemeHandedOver(
            theme=theme,
            session=session,
            version=1,
            findings=findings,
            cases_at_least=5,
            municipalities=(),
        )
        await log.record(theme, handed_over)
    taken_back = ThemeTakenBack(theme=language, session=session, reason="Noch nicht reif.")
    await log.record(language, taken_back)
    assert await planned(store, "theme-discussed") == [NOVEMBER.date()], "one from findings"
    await log.hold(session, NOVEMBER)
    positions = [
        await log.record(theme, ThemeDiscussed(theme=theme, session=session, findings=findings))
        for theme, findings in ((work, (FINDING,)), (company, ()))
    ]
    [discussed] = await of(store, "theme-discussed")
    assert (discussed.position, discussed.about) == (positions[0], str(work))
    assert discussed.on == NOVEMBER.date()


async def test_meetings_count_as_they_were_corrected_and_not_if_they_were_withdrawn(
    store: EventStore, log: SteeringLog
) -> None:
    group = uuid4()

    async def record(*events: Event) -> int:
        return await log.record(group, *events)

    established = await record(
        WorkingGroupEstablished(
            group=group,
            resolution=uuid4(),
            body=BODY,
            title="Fachsprache",
            purpose="",
            lead="kreis",
            since=NOVEMBER.date(),
            members=("ihk",),
        )
    )
    assert [o.position for o in await of(store, "group-established")] == [established]
    await record(
        MeetingCalled(group=group, meeting=1, starts_at=MAY),
        MeetingCalled(group=group, meeting=2, starts_at=MAY),
        MeetingMoved(group=group, meeting=2, starts_at=AUGUST, place="", reason="Ferien."),
    )
    assert await planned(store, "meeting-held") == [MAY.date(), AUGUST.date()]
    await record(MeetingCancelled(group=group, meeting=2, reason="Krankheit."))
    held = await record(MeetingHeld(group=group, meeting=1, held_at=MAY, attended=()))
    assert [o.position for o in await of(store, f"meeting-held/{BODY}")] == [held]
    corrected = await record(
        MeetingCorrected(
            group=group, meeting=1, held_at=AUGUST, attended=(), summary="", reason="Datum."
        )
    )
    [now] = await of(store, "meeting-held")
    assert (now.position, now.school_year) == (corrected, NEXT_YEAR)
    await record(MeetingWithdrawn(group=group, meeting=1, reason="Es gab keines."))
    assert await of(store, "meeting-held") == []
    assert await planned(store, "meeting-held") == []


async def test_concepts_count_by_municipality_unless_they_were_withdrawn_that_year(
    store: EventStore, log: SteeringLog
) -> None:
    for ags, is_employer in (("05774020", True), ("05774036", True), ("05774032", False)):
        recorded = EmployerRecorded(ags=ags, county_is_employer=is_employer)
        await log.record(municipality_id(ags), recorded)
    salzkotten, delbrueck = (concept_id(ags, "2025") for ags in ("05774036", "05774020"))
    for ags, concept in (("05774036", salzkotten), ("05774020", delbrueck)):
        opened = ConceptOpened(concept=concept, municipality=ags, edition="2025", sections=())
        await log.record(concept, opened, ConceptAdopted(digest="d", adopter="ada"), at=NOVEMBER)
    await log.record(salzkotten, ConceptWithdrawn(reason="Irrtum."), at=MAY)
    await log.record(salzkotten, ConceptReopened(reason="Doch."), at=MAY)
    await log.record(delbrueck, ConceptWithdrawn(reason="Die Stelle entfällt."), at=AUGUST)
    assert [o.about for o in await of(store, "concept-adopted")] == ["05774020"]
    groups = (await counted(store, NRW.zone)).groups
    assert groups == {"employed-by-county": {"05774020", "05774036"}}


async def test_what_a_need_review_and_the_body_decided_is_counted_too(
    store: EventStore, log: SteeringLog
) -> None:
    review = uuid4()
    await log.record(
        review,
        evidence_meeting(review, 1, date(2025, 9, 10)),
        evidence_meeting(review, 2, date(2025, 10, 8)),
        EvidenceMeetingCorrected(
            review=review,
            meeting=1,
            held_on=date(2025, 9, 11),
            fields=(),
            attended=(),
            evidence=(),
            summary="",
            reason="Der Tag.",
        ),
        EvidenceMeetingWithdrawn(review=review, meeting=2, reason="Es gab nur eines."),
    )
    closed = NeedReviewClosed(review=review, outcome=NeedOutcome.GROUP_NEEDED, resolutions=())
    await log.record(review, closed, at=NOVEMBER)
    [meeting] = await of(store, "evidence-meeting-held")
    assert meeting.on == date(2025, 9, 11)
    assert [o.on for o in await of(store, "need-review-decided")] == [NOVEMBER.date()]
    passed = MANDATE_EVENTS["resolution.passed.v1"]
    assert isinstance(passed, ResolutionPassed)
    resolution = passed.resolution
    position = await log.record(resolution, passed)
    assert [o.position for o in await of(store, "resolution-passed")] == [position]
    annulled = ResolutionAnnulled(resolution=resolution, reason="Falsch gezählt.")
    await log.record(resolution, annulled)
    assert await of(store, "resolution-passed") == []
    await log.record(uuid4(), GROUP_EVENTS["working-group.agreement-made.v1"], at=MAY)
    assert [o.on for o in await of(store, "agreement-made")] == [MAY.date()]
    published = FrameworkEditionPublished(edition="2025", title="Rahmen", sections=())
    await log.record(uuid4(), published, at=MAY)
    assert [o.about for o in await of(store, "framework-published")] == ["2025"]


async def test_the_count_is_given_as_it_was_at_any_moment(
    store: EventStore, log: SteeringLog
) -> None:
    first = await log.held(NOVEMBER)
    between = datetime.now(UTC)
    second = await log.held(MAY)
    for until, held in (
        (NOW, [first, second]),
        (Moment(position=second), [first, second]),
        (Moment(position=second - 1), [first]),
        (Moment(recorded_by=between), [first]),
        (Moment(occurred_by=berlin(2025, 12, 1)), [first]),
        (Moment(position=0), []),
    ):
        assert [o.position for o in await of(store, "session-held", until)] == held, until
