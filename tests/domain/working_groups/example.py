"""A working group on language in training, from its resolution to its end."""

from datetime import date, datetime

from domain.kernel import stream_id
from domain.steering.mandate import DissolutionMandate
from domain.working_groups.commands import group_id
from domain.working_groups.context import WorkingGroupContext
from domain.working_groups.decide import WORKING_GROUP
from domain.working_groups.events import (
    AgreementMade,
    MeetingCalled,
    MeetingHeld,
    Part,
    Present,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
    WorkingGroupEvent,
)
from domain.working_groups.group import Record, Unknown, WorkingGroup
from tests.domain.county import (
    ADA,
    CARITAS,
    CHAMBER,
    JOBCENTER,
    MONDAY,
    NRW,
    ORGANISATIONS,
    berlin,
)
from tests.domain.steering.resolution_example import (
    BODY,
    GROUP_MANDATE,
    NEXT_SESSION,
    RESOLUTION_ID,
    SESSION_OF_OTHERS,
    passed,
)
from tests.domain.steering.resolution_example import (
    after as resolution_after,
)
from tests.support.scenario import Scenario

group = Scenario(
    WORKING_GROUP,
    WorkingGroupContext(
        by=ADA,
        at=MONDAY,
        calendar=NRW,
        organisations=ORGANISATIONS,
        sessions={NEXT_SESSION: BODY, SESSION_OF_OTHERS: "beirat"},
    ),
)

GROUP_ID = group_id(RESOLUTION_ID)
MANDATED = resolution_after(passed(GROUP_MANDATE))
SINCE = date(2026, 2, 26)
"""The day of the resolution."""

ESTABLISHED = WorkingGroupEstablished(
    group=GROUP_ID,
    resolution=RESOLUTION_ID,
    body=BODY,
    title=GROUP_MANDATE.title,
    purpose=GROUP_MANDATE.purpose,
    lead="jobcenter",
    since=SINCE,
    members=(CHAMBER, CARITAS),
    guests=(JOBCENTER,),
)

DISSOLVING = stream_id("resolution", "dissolving")
DISSOLUTION = resolution_after(passed(DissolutionMandate(group=GROUP_ID)))
DISSOLVED = WorkingGroupDissolved(group=GROUP_ID, resolution=DISSOLVING, until=MONDAY.date())

LAST_FRIDAY = berlin(2026, 2, 27, 14)
IN_APRIL = berlin(2026, 4, 15, 14)

MEMBER_AND_GUEST = (
    Present(organisation=CHAMBER, part=Part.MEMBER),
    Present(organisation=JOBCENTER, part=Part.GUEST),
)


def called(meeting: int = 1, starts_at: datetime = IN_APRIL) -> MeetingCalled:
    return MeetingCalled(group=GROUP_ID, meeting=meeting, starts_at=starts_at, place="Kreishaus")


def held(
    meeting: int = 1,
    held_at: datetime = LAST_FRIDAY,
    attended: tuple[Present, ...] = MEMBER_AND_GUEST,
) -> MeetingHeld:
    return MeetingHeld(group=GROUP_ID, meeting=meeting, held_at=held_at, attended=attended)


DUE = date(2026, 8, 31)
DUE_AT = berlin(2026, 8, 31, 18)
TEN_DAYS_BEFORE, TWO_DAYS_BEFORE = berlin(2026, 8, 17, 9), berlin(2026, 8, 27, 9)
ASSESSMENT = "Eine einheitliche Sprachstandserhebung beginnt in neuen Ausbildungsklassen."


def made(agreement: int = 1, meeting: int = 1, owner: str = CHAMBER) -> AgreementMade:
    return AgreementMade(
        group=GROUP_ID,
        agreement=agreement,
        meeting=meeting,
        text=ASSESSMENT,
        owner=owner,
        due=DUE_AT,
        reminders=(TEN_DAYS_BEFORE, TWO_DAYS_BEFORE),
    )


def after(*events: WorkingGroupEvent) -> WorkingGroup:
    """The group after these events."""
    return WORKING_GROUP.replay(events)


def record_after(*events: WorkingGroupEvent) -> Record:
    """What is known of it after these events."""
    state = after(*events)
    assert not isinstance(state, Unknown)
    return state.record
