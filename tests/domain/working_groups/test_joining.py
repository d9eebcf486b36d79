from datetime import date, timedelta

import msgspec
import pytest

from domain.directory.errors import UnknownOrganisation
from domain.working_groups.commands import HandOverLead, JoinGroup, LeaveGroup
from domain.working_groups.errors import (
    AlreadyInGroup,
    JoinsBeforeGroupBegins,
    LastMember,
    NotInGroup,
    ReasonMissing,
    TookPartLater,
)
from domain.working_groups.events import (
    LeadHandedOver,
    OrganisationJoined,
    OrganisationLeft,
    Part,
)
from domain.working_groups.membership import part_on
from tests.domain.county import CARITAS, CHAMBER, JOBCENTER, MONDAY, STRANGERS
from tests.domain.working_groups.example import (
    ESTABLISHED,
    GROUP_ID,
    LAST_FRIDAY,
    SINCE,
    group,
    held,
    made,
    record_after,
)

TODAY = MONDAY.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
FRIDAY, THURSDAY = LAST_FRIDAY.date(), LAST_FRIDAY.date() - timedelta(days=1)
IN_MAY = date(2026, 5, 1)


def join(organisation: str, since: date = TODAY, part: Part = Part.MEMBER) -> JoinGroup:
    return JoinGroup(group=GROUP_ID, organisation=organisation, part=part, since=since)


def joined(organisation: str, since: date = TODAY, part: Part = Part.MEMBER) -> OrganisationJoined:
    return OrganisationJoined(group=GROUP_ID, organisation=organisation, part=part, since=since)


def leave(organisation: str, until: date = TODAY) -> LeaveGroup:
    return LeaveGroup(group=GROUP_ID, organisation=organisation, until=until, reason="Neu")


def left(organisation: str, until: date = TODAY) -> OrganisationLeft:
    return OrganisationLeft(group=GROUP_ID, organisation=organisation, until=until, reason="Neu")


def test_an_organisation_is_in_the_group_on_its_first_and_last_day_and_between() -> None:
    memberships = record_after(ESTABLISHED, left(CARITAS, IN_MAY)).memberships
    days = (SINCE - timedelta(days=1), SINCE, TODAY, IN_MAY, IN_MAY + timedelta(days=1))
    parts = [part_on(memberships, CARITAS, day) for day in days]
    assert parts == [None, Part.MEMBER, Part.MEMBER, Part.MEMBER, None]


def test_who_left_may_join_again_after_that() -> None:
    given = group.given(ESTABLISHED, left(CARITAS))
    given.when(join(CARITAS, TOMORROW)).then(joined(CARITAS, TOMORROW))
    given.when(join(CARITAS, TODAY)).then_refused(AlreadyInGroup)
    memberships = record_after(
        ESTABLISHED, left(CARITAS, YESTERDAY), joined(CARITAS, TOMORROW)
    ).memberships
    days = (YESTERDAY, TODAY, TOMORROW)
    assert [part_on(memberships, CARITAS, day) is not None for day in days] == [True, False, True]


def test_a_guest_becomes_a_member_by_leaving_and_joining() -> None:
    history = (ESTABLISHED, left(JOBCENTER, YESTERDAY))
    group.given(*history).when(join(JOBCENTER)).then(joined(JOBCENTER))
    memberships = record_after(*history, joined(JOBCENTER)).memberships
    assert part_on(memberships, JOBCENTER, YESTERDAY) is Part.GUEST
    assert part_on(memberships, JOBCENTER, TODAY) is Part.MEMBER


def test_an_organisation_is_one_thing_at_a_time() -> None:
    given = group.given(ESTABLISHED)
    given.when(join(JOBCENTER)).then_refused(
        AlreadyInGroup, organisation=JOBCENTER, since=SINCE.isoformat()
    )
    given.when(join(CHAMBER, SINCE)).then_nothing()
    given.when(join(CHAMBER, SINCE, Part.GUEST)).then_refused(AlreadyInGroup)


def test_only_known_organisations_join_and_not_before_the_group_begins() -> None:
    group.given(ESTABLISHED).when(join(STRANGERS)).then_refused(UnknownOrganisation)
    away = (ESTABLISHED, left(CARITAS, SINCE - timedelta(days=1)))
    group.given(*away).when(join(CARITAS, SINCE - timedelta(days=1))).then_refused(
        JoinsBeforeGroupBegins, since="2026-02-25", group_since="2026-02-26"
    )
    group.given(*away).when(join(CARITAS, SINCE)).then(joined(CARITAS, SINCE))


def test_an_organisation_leaves_after_a_day_that_may_be_set_anew_until_it_has_passed() -> None:
    group.given(ESTABLISHED).when(leave(CARITAS, IN_MAY)).then(left(CARITAS, IN_MAY))
    going = group.given(ESTABLISHED, left(CARITAS, IN_MAY))
    going.when(leave(CARITAS, IN_MAY)).then_nothing()
    going.when(leave(CARITAS, TOMORROW)).then(left(CARITAS, TOMORROW))
    gone = group.given(ESTABLISHED, left(CARITAS, YESTERDAY))
    gone.when(leave(CARITAS, IN_MAY)).then_refused(
        NotInGroup, organisation=CARITAS, on=TODAY.isoformat()
    )
    group.given(ESTABLISHED, left(CARITAS)).when(leave(CARITAS, IN_MAY)).then(left(CARITAS, IN_MAY))


def test_joining_by_mistake_is_taken_back() -> None:
    history = (ESTABLISHED, left(CARITAS, SINCE), joined(CARITAS, TOMORROW))
    group.given(*history).when(leave(CARITAS, SINCE)).then(left(CARITAS, TODAY))
    memberships = record_after(*history, left(CARITAS, TODAY)).memberships
    assert part_on(memberships, CARITAS, TOMORROW) is None
    assert part_on(memberships, CARITAS, SINCE) is Part.MEMBER


def test_who_is_not_there_does_not_leave_and_nobody_leaves_without_a_reason() -> None:
    only_two = msgspec.structs.replace(ESTABLISHED, guests=())
    group.given(only_two).when(leave(JOBCENTER)).then_refused(
        NotInGroup, organisation=JOBCENTER, on=TODAY.isoformat()
    )
    silent = msgspec.structs.replace(leave(CARITAS), reason=" ")
    group.given(ESTABLISHED).when(silent).then_refused(ReasonMissing)


def test_leaving_does_not_rewrite_who_attended() -> None:
    history = (ESTABLISHED, held())
    group.given(*history).when(leave(JOBCENTER, THURSDAY)).then_refused(
        TookPartLater, organisation=JOBCENTER, meeting=1
    )
    group.given(*history).when(leave(JOBCENTER, FRIDAY)).then(left(JOBCENTER, FRIDAY))
    group.given(*history).when(leave(CARITAS, THURSDAY)).then(left(CARITAS, THURSDAY))


def test_leaving_does_not_rewrite_who_agreed_to_something() -> None:
    history = (ESTABLISHED, held(), made(owner=CARITAS))
    group.given(*history).when(leave(CARITAS, THURSDAY)).then_refused(
        TookPartLater, organisation=CARITAS, meeting=1
    )
    group.given(*history).when(leave(CARITAS, FRIDAY)).then(left(CARITAS, FRIDAY))


def test_what_somebody_did_when_in_the_group_earlier_does_not_keep_them_now() -> None:
    attended = (ESTABLISHED, held(), left(JOBCENTER, FRIDAY), joined(JOBCENTER, TOMORROW))
    group.given(*attended).when(leave(JOBCENTER, TODAY)).then(left(JOBCENTER, TODAY))


def test_a_group_keeps_a_member() -> None:
    alone = (ESTABLISHED, left(CHAMBER))
    group.given(*alone).when(leave(CARITAS, IN_MAY)).then_refused(LastMember, organisation=CARITAS)
    followed = (*alone, joined(CHAMBER, IN_MAY))
    group.given(*followed).when(leave(CARITAS, IN_MAY)).then(left(CARITAS, IN_MAY))


@pytest.mark.parametrize("gap", [1, 30])
def test_a_group_has_a_member_on_every_day(gap: int) -> None:
    until = IN_MAY - timedelta(days=1 + gap)
    followed = (ESTABLISHED, left(CHAMBER), joined(CHAMBER, IN_MAY))
    group.given(*followed).when(leave(CARITAS, until)).then_refused(LastMember)
    just_in_time = IN_MAY - timedelta(days=1)
    group.given(*followed).when(leave(CARITAS, just_in_time)).then(left(CARITAS, just_in_time))


def test_guests_do_not_keep_a_group() -> None:
    with_guest = (ESTABLISHED, left(CHAMBER))
    group.given(*with_guest).when(leave(JOBCENTER)).then(left(JOBCENTER))
    group.given(*with_guest).when(leave(CARITAS)).then_refused(LastMember)


def test_another_organisation_leads_with_a_reason() -> None:
    over = HandOverLead(group=GROUP_ID, lead=CHAMBER, reason="Neu verteilt")
    handed = LeadHandedOver(group=GROUP_ID, lead=CHAMBER, reason="Neu verteilt")
    group.given(ESTABLISHED).when(over).then(handed)
    group.given(ESTABLISHED, handed).when(over).then_nothing()
    assert record_after(ESTABLISHED, handed).lead == CHAMBER
    silent = msgspec.structs.replace(over, reason="")
    group.given(ESTABLISHED).when(silent).then_refused(ReasonMissing)
    strangers = msgspec.structs.replace(over, lead=STRANGERS)
    group.given(ESTABLISHED).when(strangers).then_refused(UnknownOrganisation)
