from collections.abc import Sequence
from datetime import date

import msgspec
import pytest

from domain.kernel import stream_id
from domain.steering.mandate import Commission, DissolutionMandate
from domain.steering.resolution_events import ResolutionAnnulled, ResolutionEvent
from domain.working_groups.agreement import Fulfilled, Lapsed
from domain.working_groups.commands import (
    CallMeeting,
    CancelMeeting,
    CorrectMeeting,
    DeclareAgreementOverdue,
    DissolveGroup,
    DropAgreement,
    EstablishGroup,
    ExtendAgreement,
    FulfilAgreement,
    HandOverLead,
    JoinGroup,
    LeaveGroup,
    LinkConsequence,
    MakeAgreement,
    MoveMeeting,
    PlanMeetings,
    RecordMeeting,
    RemindOfAgreement,
    RemindToCall,
    ReopenAgreement,
    ReportBack,
    UnlinkConsequence,
    WithdrawMeeting,
    WorkingGroupCommand,
)
from domain.working_groups.course import GroupCourse, Phase, course
from domain.working_groups.errors import (
    BeforeResolution,
    GroupDissolved,
    NotMandated,
    TextMissing,
    UnknownGroup,
)
from domain.working_groups.errors_agreement import OtherBody, ReportNotNext, UnknownSession
from domain.working_groups.events import (
    AgreementFulfilled,
    ConsequenceKind,
    Part,
    ReportedBack,
    WorkingGroupEvent,
)
from domain.working_groups.group import Dissolved
from tests.domain.county import CARITAS, CHAMBER, CLOCK, JOBCENTER, MONDAY, berlin
from tests.domain.steering.resolution_example import (
    GROUP_MANDATE,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION_OF_OTHERS,
    passed,
)
from tests.domain.steering.resolution_example import after as resolution_after
from tests.domain.working_groups.example import (
    DISSOLUTION,
    DISSOLVED,
    DISSOLVING,
    DUE,
    ESTABLISHED,
    GROUP_ID,
    IN_APRIL,
    LAST_FRIDAY,
    MANDATED,
    after,
    group,
    held,
    made,
    record_after,
)

ESTABLISH = EstablishGroup(resolution=RESOLUTION_ID)
DISSOLVE = DissolveGroup(group=GROUP_ID, resolution=DISSOLVING)
REPORT = ReportBack(group=GROUP_ID, report=1, session=NEXT_SESSION, text="Drei Treffen.")
REPORTED = ReportedBack(group=GROUP_ID, report=1, session=NEXT_SESSION, text="Drei Treffen.")
ANNULLED = ResolutionAnnulled(resolution=RESOLUTION_ID, reason="Verzählt")
OTHER_GROUP = stream_id("working-group", "another")

AFTER_THE_END: list[WorkingGroupCommand] = [
    JoinGroup(group=GROUP_ID, organisation=JOBCENTER, part=Part.MEMBER, since=MONDAY.date()),
    LeaveGroup(group=GROUP_ID, organisation=CARITAS, until=MONDAY.date(), reason="Ende"),
    HandOverLead(group=GROUP_ID, lead=CARITAS, reason="Neu"),
    PlanMeetings(group=GROUP_ID, school_year="2025/26", meetings=3),
    RemindToCall(group=GROUP_ID, school_year="2025/26", moment=IN_APRIL),
    CallMeeting(group=GROUP_ID, meeting=2, starts_at=IN_APRIL),
    MoveMeeting(group=GROUP_ID, meeting=1, starts_at=IN_APRIL, reason="Ferien"),
    CancelMeeting(group=GROUP_ID, meeting=1, reason="Ferien"),
    RecordMeeting(group=GROUP_ID, meeting=2, held_at=LAST_FRIDAY, attended=(CHAMBER,)),
    CorrectMeeting(
        group=GROUP_ID,
        meeting=1,
        held_at=LAST_FRIDAY,
        attended=(CHAMBER,),
        summary="",
        reason="Irrtum",
    ),
    WithdrawMeeting(group=GROUP_ID, meeting=1, reason="Irrtum"),
    MakeAgreement(group=GROUP_ID, agreement=2, meeting=1, text="Ja.", owner=CHAMBER, due=DUE),
    RemindOfAgreement(group=GROUP_ID, agreement=1),
    DeclareAgreementOverdue(group=GROUP_ID, agreement=1),
    ExtendAgreement(group=GROUP_ID, agreement=1, due=date(2026, 10, 1), reason="Ferien"),
    FulfilAgreement(group=GROUP_ID, agreement=1, outcome="Erledigt."),
    ReopenAgreement(group=GROUP_ID, agreement=1, due=DUE, reason="Doch nicht."),
    DropAgreement(group=GROUP_ID, agreement=1, meeting=1, reason="Überholt"),
    LinkConsequence(
        group=GROUP_ID, agreement=1, kind=ConsequenceKind.THEME, consequence=OTHER_GROUP
    ),
    UnlinkConsequence(group=GROUP_ID, agreement=1, consequence=OTHER_GROUP, reason="Irrtum"),
    REPORT,
    DissolveGroup(group=GROUP_ID, resolution=RESOLUTION_ID),
]


def test_a_group_is_established_as_the_resolution_says() -> None:
    group.knowing(resolution=MANDATED).when(ESTABLISH, by=CLOCK).then(ESTABLISHED)
    parts = {m.organisation: m.part for m in record_after(ESTABLISHED).memberships}
    assert parts == {CHAMBER: Part.MEMBER, CARITAS: Part.MEMBER, JOBCENTER: Part.GUEST}


def test_a_resolution_establishes_one_group() -> None:
    group.knowing(resolution=MANDATED).given(ESTABLISHED).when(ESTABLISH).then_nothing()


@pytest.mark.parametrize(
    "history",
    [
        (),
        (passed(Commission()),),
        (passed(DissolutionMandate(group=GROUP_ID)),),
        (passed(GROUP_MANDATE), ANNULLED),
    ],
    ids=["unknown", "says-nothing", "says-otherwise", "void"],
)
def test_no_other_resolution_establishes_it(history: Sequence[ResolutionEvent]) -> None:
    group.knowing(resolution=resolution_after(*history)).when(ESTABLISH).then_refused(
        NotMandated, resolution=str(RESOLUTION_ID)
    )


def test_a_group_begins_on_the_day_of_its_resolution_or_later() -> None:
    knowing = group.knowing(resolution=MANDATED)
    later = msgspec.structs.replace(ESTABLISH, since=date(2026, 4, 1))
    knowing.when(later).then(msgspec.structs.replace(ESTABLISHED, since=date(2026, 4, 1)))
    before = msgspec.structs.replace(ESTABLISH, since=date(2026, 2, 25))
    knowing.when(before).then_refused(BeforeResolution, since="2026-02-25", resolved="2026-02-26")


def test_the_day_of_a_resolution_is_that_of_the_county() -> None:
    at_night = msgspec.structs.replace(passed(GROUP_MANDATE), decided_at=berlin(2026, 2, 27, 0, 30))
    (event,) = group.knowing(resolution=resolution_after(at_night)).when(ESTABLISH).decided()
    assert event == msgspec.structs.replace(ESTABLISHED, since=date(2026, 2, 27))


@pytest.mark.parametrize("command", AFTER_THE_END, ids=lambda command: type(command).__name__)
def test_nothing_is_asked_of_a_group_that_is_not_there(command: WorkingGroupCommand) -> None:
    group.when(command).then_refused(UnknownGroup, group=str(GROUP_ID))


def test_a_group_reports_to_a_session_of_its_body() -> None:
    group.given(ESTABLISHED).when(REPORT).then(REPORTED)
    group.given(ESTABLISHED, REPORTED).when(REPORT).then_nothing()
    given = group.given(ESTABLISHED)
    of_others = msgspec.structs.replace(REPORT, session=SESSION_OF_OTHERS)
    given.when(of_others).then_refused(OtherBody, session=str(SESSION_OF_OTHERS))
    unknown = msgspec.structs.replace(REPORT, session=OTHER_GROUP)
    given.when(unknown).then_refused(UnknownSession)
    given.when(msgspec.structs.replace(REPORT, text=" ")).then_refused(TextMissing)


def test_reports_are_counted_on() -> None:
    second = msgspec.structs.replace(REPORT, report=2)
    group.given(ESTABLISHED).when(second).then_refused(ReportNotNext, report=2, following=1)
    group.given(ESTABLISHED, REPORTED).when(second).then(
        msgspec.structs.replace(REPORTED, report=2)
    )
    other = msgspec.structs.replace(REPORT, text="Zwei Treffen.")
    group.given(ESTABLISHED, REPORTED).when(other).then_refused(ReportNotNext)


def test_a_group_is_dissolved_by_a_resolution_and_what_is_open_lapses() -> None:
    done = AgreementFulfilled(group=GROUP_ID, agreement=1, outcome="Erledigt.")
    history = (ESTABLISHED, held(), made(), made(2), done)
    dissolved = msgspec.structs.replace(DISSOLVED, lapsed=(2,))
    group.knowing(resolution=DISSOLUTION).given(*history).when(DISSOLVE).then(dissolved)
    record = record_after(*history, dissolved)
    assert isinstance(record.agreements[1], Fulfilled)
    assert isinstance(record.agreements[2], Lapsed)


@pytest.mark.parametrize(
    "history",
    [
        (),
        (passed(GROUP_MANDATE),),
        (passed(DissolutionMandate(group=OTHER_GROUP)),),
        (msgspec.structs.replace(passed(DissolutionMandate(group=GROUP_ID)), body="beirat"),),
        (passed(DissolutionMandate(group=GROUP_ID)), ANNULLED),
    ],
    ids=["unknown", "says-otherwise", "of-another-group", "of-another-body", "void"],
)
def test_no_other_resolution_dissolves_it(history: Sequence[ResolutionEvent]) -> None:
    group.knowing(resolution=resolution_after(*history)).given(ESTABLISHED).when(
        DISSOLVE
    ).then_refused(NotMandated, resolution=str(DISSOLVING))


@pytest.mark.parametrize("command", AFTER_THE_END, ids=lambda command: type(command).__name__)
def test_nothing_follows_a_dissolution(command: WorkingGroupCommand) -> None:
    history: tuple[WorkingGroupEvent, ...] = (ESTABLISHED, held(), made(), DISSOLVED)
    assert isinstance(after(*history), Dissolved)
    given = group.knowing(resolution=DISSOLUTION).given(*history)
    given.when(command).then_refused(GroupDissolved, until="2026-03-02")
    given.when(command, by=CLOCK).then_nothing()


def test_a_dissolution_is_recorded_once() -> None:
    group.knowing(resolution=DISSOLUTION).given(ESTABLISHED, DISSOLVED).when(
        DISSOLVE
    ).then_nothing()


def test_the_clock_has_nothing_to_do_before_and_after() -> None:
    assert course(after()) == GroupCourse(phase=Phase.ENDED)
    assert course(after(ESTABLISHED)) == GroupCourse(phase=Phase.WORKING)
    assert course(after(ESTABLISHED, held(), made(), DISSOLVED)) == GroupCourse(phase=Phase.ENDED)
