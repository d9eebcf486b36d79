"""A client finds everything that is public from the system on, and each object is OParl's."""

from pathlib import Path

from tests.domain.steering.session_example import (
    CIRCULAR_ID,
    FOUND,
    PROPOSAL,
    REPORT,
    SESSION_ID,
    WRITTEN,
)
from tests.services.oparl.group import ARNE, JANA, LONG_ID, TOPICS, Group
from tests.services.oparl.properties import FIELDS
from tests.services.oparl.schema import require_schema, validate
from tests.services.oparl.walker import Walker, walked
from tests.support.documents import Shell
from tests.support.http import Json
from tests.support.stack import Stack


async def publish_everything(group: Group) -> None:
    await group.name(JANA)
    await group.release(SESSION_ID)
    await group.publish(SESSION_ID, REPORT, PROPOSAL)
    await group.publish(CIRCULAR_ID, WRITTEN)
    await group.publish(LONG_ID, *TOPICS)


async def test_everything_that_is_published_is_found_by_following_links(
    stack: Stack, group: Group
) -> None:
    await publish_everything(group)
    walker = await walked(stack.http)
    counted = {kind: len(walker.of_type(kind)) for kind in FIELDS}
    assert counted == {
        "System": 1,
        "Body": 1,
        "Organization": 3,
        "Person": 1,
        "Membership": 4,
        "Meeting": 3,
        "AgendaItem": 10,
        "Paper": 6,
        "Consultation": 6,
        "File": 10,
        "Location": 1,
        "LegislativeTerm": 0,
    }
    held = named(walker, "Meeting", "Erste Sitzung 2026")
    assert held["meetingState"] == "durchgeführt"
    assert [(item["order"], item["name"]) for item in held["agendaItem"]] == [
        (1, REPORT.title),
        (2, PROPOSAL.title),
    ]
    item = named(walker, "AgendaItem", PROPOSAL.title, meeting=held["id"])
    assert (item["result"], item["resolutionText"]) == ("angenommen", FOUND.text)
    results = held["resultsProtocol"]["text"]
    assert "Ja: 2, Nein: 1, Enthaltungen: 0. Ergebnis: angenommen." in results
    (circular,) = [m for m in walker.of_type("Meeting") if "keyword" in m]
    assert circular["keyword"] == ["Umlaufverfahren"]
    assert (circular["meetingState"], circular["cancelled"]) == ("terminiert", False)
    assert walker.of_type("Body")[0]["name"] == "KIM-Koordinierung, Kreis Paderborn"


async def test_every_object_passes_the_schema_files_of_the_specification(
    stack: Stack, group: Group
) -> None:
    require_schema()
    await publish_everything(group)
    everything = [*(await walked(stack.http)).objects.values()]
    await group.withdraw(SESSION_ID, REPORT, PROPOSAL)
    await group.withdraw(CIRCULAR_ID, WRITTEN)
    await group.withdraw(LONG_ID, *TOPICS)
    gone = [await Walker(stack.http).read(found["id"]) for found in everything]
    assert sum("deleted" in found for found in gone) == len(everything) - 2
    for found in (*everything, *gone):
        validate(found)


async def test_a_person_is_named_with_consent_only_and_a_seat_always(
    stack: Stack, group: Group
) -> None:
    await publish_everything(group)
    walker = await walked(stack.http)
    (person,) = walker.of_type("Person")
    assert person["name"].startswith("Jana Jobcenter")
    roles = sorted(one["role"] for one in person["membership"])
    assert roles == ["Mitglied", "Stellvertretung"]
    seats = [one for one in walker.of_type("Membership") if "person" not in one]
    assert sorted((one["role"], one["votingRight"]) for one in seats) == [
        ("Mitglied", True),
        ("beratendes Mitglied", False),
    ]
    everything = str(walker.objects)
    assert "Arne Agentur" not in everything
    assert ARNE not in everything
    assert JANA not in everything, "an account is no public id"


async def test_the_view_built_again_is_the_one_built_as_things_happened(
    stack: Stack, group: Group
) -> None:
    await publish_everything(group)
    await group.withdraw(LONG_ID, TOPICS[0])
    before = await rows(stack)
    await stack.runtime.read_models.rebuild()
    assert await rows(stack) == before


async def test_the_page_for_programs_says_how_it_is_read(
    stack: Stack, group: Group, tmp_path: Path
) -> None:
    await publish_everything(group)
    page = Shell("howto/open-data.md", tmp_path, {"K": stack.address})
    assert (await page.answer())["body"] == f"{stack.address}/oparl/v1.1/body"
    assert len((await page.answer())["data"]) == 3
    assert len((await page.answer())["data"]) == 10
    assert page.is_through


async def rows(stack: Stack) -> list[str]:
    found = await stack.runtime.pool.fetch(
        "select t::text from oparl_object t union all select t::text from oparl_source t"
    )
    assert found
    return sorted(row[0] for row in found)


def named(walker: Walker, kind: str, name: str, **fields: str) -> Json:
    """The one object of the type with this name and these fields."""
    (found,) = [
        one for one in walker.of_type(kind) if one["name"] == name and fields.items() <= one.items()
    ]
    return found
