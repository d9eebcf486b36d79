"""A working group is public by itself, with the organisations in it, and nothing it does."""

from datetime import date

from domain.steering.resolution_commands import resolution_id
from domain.working_groups.commands import group_id
from domain.working_groups.events import (
    MeetingCalled,
    OrganisationJoined,
    OrganisationLeft,
    Part,
    WorkingGroupDissolved,
    WorkingGroupEstablished,
)
from domain.working_groups.events_publication import GroupPublicationWithdrawn, GroupPublished
from tests.domain.county import MONDAY
from tests.domain.steering.session_example import REPORT, SESSION_ID
from tests.services.oparl.group import GROUP, GROUP_ID, Group
from tests.services.oparl.properties import check
from tests.services.oparl.walker import Walker, walked
from tests.support.http import Json
from tests.support.stack import Stack

ROOT = "/oparl/v1.1"
RESOLUTION = resolution_id(SESSION_ID, 1)
THEIRS = group_id(RESOLUTION)
TITLE = "Sprache in der Ausbildung"
ESTABLISHED = WorkingGroupEstablished(
    group=THEIRS,
    resolution=RESOLUTION,
    body=GROUP,
    title=TITLE,
    purpose="Auszubildende sollen an der Theorie nicht scheitern.",
    lead="jobcenter",
    since=date(2026, 3, 1),
    members=("jobcenter", "hwk"),
    guests=("agentur",),
)
CALLED = MeetingCalled(group=THEIRS, meeting=1, starts_at=MONDAY, purpose="Worum es geht")
PUBLISHED = GroupPublished(group=THEIRS)
WITHDRAWN = GroupPublicationWithdrawn(group=THEIRS, reason="Ein Irrtum war es.")


async def found(stack: Stack) -> Json:
    """The group as it stands there, and what is known of who is in it, by organisation."""
    walker = await walked(stack.http)
    names = {one["id"]: one["name"] for one in walker.of_type("Organization")}
    (group,) = [one for one in walker.of_type("Organization") if one["name"] == TITLE]
    spans = [one for one in walker.of_type("Membership") if one["organization"] == group["id"]]
    assert {one["id"] for one in spans} == set(group.get("membership", ()))
    return {**group, "parts": {names[one["onBehalfOf"]]: one for one in spans}}


async def test_a_group_is_seen_once_it_is_published_with_who_is_in_it(
    stack: Stack, group: Group
) -> None:
    await group.record(THEIRS, ESTABLISHED, CALLED)
    assert TITLE not in str((await walked(stack.http)).objects)
    await group.record(THEIRS, PUBLISHED)
    seen = await found(stack)
    assert (seen["organizationType"], seen["startDate"]) == ("Arbeitsgruppe", "2026-03-01")
    assert sorted(one["role"] for one in seen["parts"].values()) == ["Gast", "Mitglied", "Mitglied"]
    assert "subOrganizationOf" not in seen, "nothing of its body is public"
    walker = await walked(stack.http)
    for hidden in (CALLED.purpose, ESTABLISHED.purpose, "Lenkungsgruppe"):
        assert hidden not in str(walker.objects)

    await group.publish(SESSION_ID, REPORT)
    assert (await found(stack))["subOrganizationOf"].endswith(f"/organization/{GROUP_ID}")


async def test_a_public_group_is_seen_as_it_changes_and_ends(stack: Stack, group: Group) -> None:
    joined = OrganisationJoined(
        group=THEIRS, organisation="ihk", part=Part.MEMBER, since=date(2026, 4, 1)
    )
    left = OrganisationLeft(
        group=THEIRS, organisation="hwk", until=date(2026, 5, 31), reason="Sie ging."
    )
    by_mistake = OrganisationLeft(
        group=THEIRS, organisation="agentur", until=date(2026, 2, 28), reason="Irrtum."
    )
    await group.record(THEIRS, ESTABLISHED, PUBLISHED, joined, left, by_mistake)
    ends = {one.get("endDate") for one in (await found(stack))["parts"].values()}
    assert ends == {None, "2026-05-31"}
    end = WorkingGroupDissolved(group=THEIRS, resolution=RESOLUTION, until=date(2026, 6, 30))
    await group.record(THEIRS, end)
    seen = await found(stack)
    assert seen["endDate"] == "2026-06-30"
    parts = seen["parts"].values()
    assert sorted(one["endDate"] for one in parts) == ["2026-05-31", "2026-06-30", "2026-06-30"]


async def test_a_group_that_is_withdrawn_leaves_tombstones_and_comes_back(
    stack: Stack, group: Group
) -> None:
    await group.record(THEIRS, ESTABLISHED, PUBLISHED)
    before = await walked(stack.http)
    await group.record(THEIRS, WITHDRAWN)
    after = await walked(stack.http)
    gone = before.objects.keys() - after.objects.keys()
    assert {address.split("/")[-2] for address in gone} == {"organization", "membership"}
    for address in gone:
        stone = await Walker(stack.http).read(address)
        check(stone)
        assert stone["deleted"] is True
        assert TITLE not in str(stone)
    lasting = f"{stack.address}{ROOT}/organization"
    since = await Walker(stack.http).read_list(lasting, modified_since="2000-01-01T00:00:00+00:00")
    assert f"{ROOT}/organization/{THEIRS}" in {
        one["id"].removeprefix(stack.address) for one in since
    }
    assert WITHDRAWN.reason not in str(since)
    await group.record(THEIRS, PUBLISHED)
    assert (await walked(stack.http)).objects.keys() == before.objects.keys()
