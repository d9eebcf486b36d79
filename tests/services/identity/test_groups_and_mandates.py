"""Who acts for a working group or a mandate: its lead, its owner, and nobody else's members."""

import pytest

from domain.directory.account import Grant
from domain.kernel import Command, Role
from domain.steering.resolution import Unknown as UnknownResolution
from domain.steering.resolution_commands import ReportProgress
from domain.working_groups.commands import (
    CallMeeting,
    ExtendAgreement,
    FulfilAgreement,
    JoinGroup,
    MakeAgreement,
)
from domain.working_groups.events import LeadHandedOver, Part
from domain.working_groups.group import Unknown as UnknownGroup
from services.identity.authorisation import OutsideOwnArea, RoleMissing, authorise
from services.identity.principal import Principal
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY
from tests.domain.steering.resolution_example import GROUP_MANDATE, RESOLUTION_ID, passed
from tests.domain.steering.resolution_example import after as resolution_after
from tests.domain.working_groups.example import (
    ASSESSMENT,
    DUE,
    ESTABLISHED,
    GROUP_ID,
    IN_APRIL,
    after,
    held,
    made,
)
from tests.support.office import person

MANDATE = resolution_after(passed(GROUP_MANDATE))
"""The jobcenter sees to it, and leads the group that came of it."""
GROUP = after(ESTABLISHED, held(), made(owner=CHAMBER))

CALLING = CallMeeting(group=GROUP_ID, meeting=2, starts_at=IN_APRIL)
EXTENDING = ExtendAgreement(group=GROUP_ID, agreement=1, due=DUE, reason="Ferien")
FULFILLING = FulfilAgreement(group=GROUP_ID, agreement=1, outcome="Die Erhebung hat begonnen.")
REPORTING = ReportProgress(resolution=RESOLUTION_ID, report=1, text="Drei Treffen bisher.")


def member_of(organisation: str) -> Principal:
    return person("ole", Grant(role=Role.ORGANISATION_MEMBER, organisation=organisation))


def refusal_for(organisation: str, command: Command, state: object) -> str:
    """Why a member of the organisation may not do this."""
    with pytest.raises(OutsideOwnArea) as refusal:
        authorise(member_of(organisation), command, state, MONDAY)
    return str(refusal.value)


def test_the_lead_calls_the_meetings_of_its_group() -> None:
    actor = authorise(member_of(JOBCENTER), CALLING, GROUP, MONDAY)
    assert (actor.role, actor.organisation) == (Role.ORGANISATION_MEMBER, JOBCENTER)


def test_a_member_of_the_group_that_does_not_lead_it_calls_no_meeting() -> None:
    assert CHAMBER in refusal_for(CHAMBER, CALLING, GROUP)


def test_who_handed_over_the_lead_no_longer_calls_meetings() -> None:
    handed_over = after(
        ESTABLISHED, LeadHandedOver(group=GROUP_ID, lead=CARITAS, reason="Zuständigkeit")
    )
    assert authorise(member_of(CARITAS), CALLING, handed_over, MONDAY).organisation == CARITAS
    refusal_for(JOBCENTER, CALLING, handed_over)


@pytest.mark.parametrize("organisation", [CHAMBER, JOBCENTER], ids=["owner", "lead"])
def test_an_agreement_is_fulfilled_by_its_owner_or_the_lead(organisation: str) -> None:
    actor = authorise(member_of(organisation), FULFILLING, GROUP, MONDAY)
    assert actor.organisation == organisation


def test_a_college_fulfils_what_it_has_taken_on() -> None:
    staff = person("berta", Grant(role=Role.COLLEGE, organisation=CHAMBER))
    assert authorise(staff, FULFILLING, GROUP, MONDAY).organisation == CHAMBER
    with pytest.raises(OutsideOwnArea):
        authorise(staff, CALLING, GROUP, MONDAY)


def test_an_agreement_of_another_organisation_is_not_fulfilled_by_a_member() -> None:
    refusal_for(CARITAS, FULFILLING, GROUP)


def test_the_owner_of_an_agreement_gives_themselves_no_more_time() -> None:
    refusal_for(CHAMBER, EXTENDING, GROUP)


def test_the_owner_fulfils_no_agreement_that_there_is_not() -> None:
    other = FulfilAgreement(group=GROUP_ID, agreement=2, outcome="Getan.")
    refusal_for(CHAMBER, other, GROUP)


def test_who_is_in_the_group_is_not_for_the_lead_to_say() -> None:
    joining = JoinGroup(
        group=GROUP_ID, organisation=JOBCENTER, part=Part.MEMBER, since=MONDAY.date()
    )
    with pytest.raises(RoleMissing):
        authorise(member_of(JOBCENTER), joining, GROUP, MONDAY)


def test_who_sees_to_a_mandate_reports_on_it_and_nobody_else_does() -> None:
    assert authorise(member_of(JOBCENTER), REPORTING, MANDATE, MONDAY).organisation == JOBCENTER
    refusal_for(CHAMBER, REPORTING, MANDATE)


def test_what_does_not_exist_is_refused_like_what_belongs_to_others() -> None:
    agreeing = MakeAgreement(
        group=GROUP_ID, agreement=2, meeting=1, text=ASSESSMENT, owner=CARITAS, due=DUE
    )
    for command, theirs, unknown in (
        (REPORTING, MANDATE, UnknownResolution()),
        (agreeing, GROUP, UnknownGroup()),
        (FULFILLING, GROUP, UnknownGroup()),
    ):
        of_others = refusal_for(CARITAS, command, theirs)
        assert refusal_for(CARITAS, command, unknown) == of_others
