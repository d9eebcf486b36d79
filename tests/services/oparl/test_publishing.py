"""What is published is seen, nothing else is, and what was withdrawn leaves a tombstone."""

from http import HTTPStatus

from domain.directory.commands import organisation_id
from domain.directory.events import OrganisationRenamed
from domain.privacy.events import SubjectErased
from domain.steering.body_events import BodyRenamed, NamingWithdrawn
from domain.steering.session_events import SessionCancelled
from domain.steering.session_held_events import ProposalAmended
from tests.domain.steering.session_example import FOUND, PROPOSAL, REPORT, REVIEW, SESSION_ID
from tests.services.oparl.group import ARNE, GROUP_ID, JANA, LATER, LONG_ID, TOPICS, Group
from tests.services.oparl.properties import check
from tests.services.oparl.walker import Walker, walked
from tests.support.http import Json
from tests.support.oidc_service import ACCOUNTS
from tests.support.stack import Stack

ROOT = "/oparl/v1.1"
LISTS = (
    *("organization", "person", "membership", "meeting", "agenda-item"),
    *("paper", "consultation", "file", "location"),
)
LONG_AGO = "2000-01-01T00:00:00+00:00"


async def listed(stack: Stack, kind: str, **filters: str) -> list[Json]:
    return await Walker(stack.http).read_list(f"{stack.address}{ROOT}/{kind}", **filters)


async def test_what_nobody_published_is_nowhere(stack: Stack, group: Group) -> None:
    await group.name(JANA)
    await group.release(SESSION_ID)
    walker = await walked(stack.http)
    assert {found["type"].rpartition("/")[2] for found in walker.objects.values()} == {
        "System",
        "Body",
    }
    for kind in LISTS:
        assert await listed(stack, kind, modified_since=LONG_AGO) == [], kind
    for path in (
        f"meeting/{SESSION_ID}",
        f"organization/{GROUP_ID}",
        f"organization/{GROUP_ID}/meeting",
        f"agenda-item/{PROPOSAL.item}",
        f"paper/{PROPOSAL.item}",
    ):
        answer = await stack.http.get(f"{ROOT}/{path}")
        assert answer.status_code == HTTPStatus.NOT_FOUND, path


async def test_of_a_session_only_the_items_that_are_published_are_seen_and_counted(
    stack: Stack, group: Group
) -> None:
    await group.publish(SESSION_ID, PROPOSAL)
    walker = await walked(stack.http)
    (item,) = walker.of_type("AgendaItem")
    assert item["order"] == 1, "the item before it is not to be guessed"
    texts = [file["text"] for file in walker.of_type("File")]
    assert not any(REPORT.title in text for text in (str(walker.objects), *texts))
    assert any(PROPOSAL.title in text and f"1. {PROPOSAL.title}" in text for text in texts)


async def test_what_was_decided_is_seen_once_the_minutes_are_released(
    stack: Stack, group: Group
) -> None:
    await group.publish(SESSION_ID, PROPOSAL)
    await group.draft(SESSION_ID)
    undecided = (await walked(stack.http)).of_type("AgendaItem")[0]
    assert not undecided.keys() & {"result", "resolutionText"}
    await group.release(SESSION_ID, version=2)
    decided = (await walked(stack.http)).of_type("AgendaItem")[0]
    assert (decided["result"], decided["resolutionText"]) == ("angenommen", FOUND.text)
    await group.draft(SESSION_ID, version=3)
    corrected = (await walked(stack.http)).of_type("AgendaItem")[0]
    assert corrected == decided, "minutes that are being corrected hold until the next release"


async def test_a_wording_that_came_later_is_not_public_with_the_item(
    stack: Stack, group: Group
) -> None:
    await group.publish(SESSION_ID, PROPOSAL)
    await group.record(SESSION_ID, ProposalAmended(item=PROPOSAL.item, alternative=LATER))
    (paper,) = (await walked(stack.http)).of_type("Paper")
    text = paper["mainFile"]["text"]
    assert FOUND.text in text
    assert REVIEW.text in text
    assert LATER.text not in text
    await group.withdraw(SESSION_ID, PROPOSAL)
    await group.publish(SESSION_ID, PROPOSAL)
    (paper,) = (await walked(stack.http)).of_type("Paper")
    assert LATER.text in paper["mainFile"]["text"]


async def test_a_withdrawn_item_leaves_a_tombstone_and_comes_back_under_its_address(
    stack: Stack, group: Group
) -> None:
    await group.publish(SESSION_ID, REPORT, PROPOSAL)
    before = await walked(stack.http)
    (paper,) = before.of_type("Paper")
    file = paper["mainFile"]
    await group.withdraw(SESSION_ID, PROPOSAL)

    after = await walked(stack.http)
    gone = before.objects.keys() - after.objects.keys()
    assert {address.split("/")[-2] for address in gone} == {
        "agenda-item",
        "paper",
        "consultation",
        "file",
    }
    for address in gone:
        stone = await Walker(stack.http).read(address)
        check(stone)
        assert stone["deleted"] is True
        assert stone.keys() <= {
            "id",
            "type",
            "created",
            "modified",
            "deleted",
            "accessUrl",
            "order",
        }
        assert stone["created"] == before.objects[address]["created"]
        assert stone["modified"] >= before.objects[address]["modified"]
        kind = address.split("/")[-2]
        since = await listed(stack, kind, modified_since=stone["modified"])
        assert stone in since
        assert address not in {one["id"] for one in await listed(stack, kind)}
        assert stone not in await listed(stack, kind, created_since=stone["created"])
    for address in (file["accessUrl"], file["downloadUrl"]):
        assert (await Walker(stack.http).get(address)).status_code == HTTPStatus.GONE
    kept = await stack.runtime.pool.fetch("select content, file from oparl_object")
    assert not any(FOUND.text in str(row) or PROPOSAL.title in str(row) for row in kept)

    await group.publish(SESSION_ID, PROPOSAL)
    assert (await walked(stack.http)).objects.keys() == before.objects.keys()


async def test_the_last_item_takes_session_and_body_and_people_with_it(
    stack: Stack, group: Group
) -> None:
    await group.name(JANA)
    await group.publish(SESSION_ID, REPORT)
    assert (await walked(stack.http)).of_type("Person")
    await group.withdraw(SESSION_ID, REPORT)
    for kind in LISTS:
        assert await listed(stack, kind) == [], kind
    (meeting,) = await listed(stack, f"organization/{GROUP_ID}/meeting", modified_since=LONG_AGO)
    assert meeting["deleted"] is True


async def test_a_cancelled_session_stays_and_says_so(stack: Stack, group: Group) -> None:
    await group.publish(LONG_ID, *TOPICS)
    await group.record(LONG_ID, SessionCancelled(reason="Krankheit"))
    (meeting,) = (await walked(stack.http)).of_type("Meeting")
    assert meeting["cancelled"] is True
    assert "Krankheit" not in str(meeting)


async def test_a_new_name_is_seen_and_told_to_whoever_asks_what_changed(
    stack: Stack, group: Group
) -> None:
    await group.publish(SESSION_ID, REPORT)
    await group.record(GROUP_ID, BodyRenamed(title="Lenkungsgruppe Integration"))
    renamed = OrganisationRenamed(key="jobcenter", name="Jobcenter Paderborn")
    await group.record(organisation_id("jobcenter"), renamed)
    walker = await walked(stack.http)
    names = {one["name"]: one["modified"] for one in walker.of_type("Organization")}
    assert names.keys() >= {"Lenkungsgruppe Integration", "Jobcenter Paderborn"}
    for name in ("Lenkungsgruppe Integration", "Jobcenter Paderborn"):
        since = await listed(stack, "organization", modified_since=names[name])
        assert name in {one["name"] for one in since}


async def test_who_is_not_to_be_named_any_more_is_gone_and_so_is_who_was_erased(
    stack: Stack, group: Group
) -> None:
    await group.name(JANA, ARNE)
    await group.publish(SESSION_ID, REPORT)
    before = await walked(stack.http)
    names = {one["name"].partition(" ")[0]: one["id"] for one in before.of_type("Person")}
    assert names.keys() == {"Jana", "Arne"}

    await group.record(GROUP_ID, NamingWithdrawn(person=JANA))
    stone = await Walker(stack.http).read(names["Jana"])
    assert stone["deleted"] is True
    assert "name" not in stone
    after = await walked(stack.http)
    assert {one["id"] for one in after.of_type("Person")} == {names["Arne"]}

    arne = ACCOUNTS["agentur"]
    await group.record(arne, SubjectErased(subject=arne, reason="Antrag"))
    assert (await walked(stack.http)).of_type("Person") == []
    assert (await Walker(stack.http).read(names["Arne"]))["deleted"] is True
    objects = await stack.runtime.pool.fetch("select o::text from oparl_object o")
    sources = await stack.runtime.pool.fetch("select s::text from oparl_source s")
    assert not any(ARNE in row[0] for row in (*objects, *sources))
