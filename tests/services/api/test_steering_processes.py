"""Whoever keeps the service running sees what sessions and mandates wait for."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from domain.steering.mandate import Commission
from domain.steering.resolution_commands import PassResolution, resolution_id
from domain.steering.session_commands import CallForItems, DraftMinutes
from tests.support.days import in_days
from tests.support.http import Json
from tests.support.stack import Stack
from tests.support.steering import (
    MARCH,
    Clock,
    Member,
    Sitting,
    appointed,
    established,
    member,
)
from tests.support.steering_group import SteeringGroup, proposal


async def test_sessions_and_resolutions_are_among_the_running_processes(stack: Stack) -> None:
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    held = await _held(group, in_days(-3))
    planned = await group.prepare("2026-2", in_days(60))
    passing = PassResolution(
        session=held,
        number=1,
        mandate=Commission(),
        owner="jobcenter",
        due=in_days(90),
    )
    await group.ask(passing, datetime.now(UTC))

    page = await stack.revision.read("/processes", at_least=await stack.head())
    processes = {one["subject"]: one for one in page["items"]}
    sitting, writing = processes[str(planned)], processes[str(held)]
    mandate = processes[str(resolution_id(held, 1))]
    assert (sitting["kind"], sitting["next_step"]) == ("session", "invite")
    assert (writing["stage"], writing["next_step"]) == ("held", None)
    assert (mandate["kind"], mandate["next_step"]) == ("resolution", "remind")
    assert mandate["title"] == "Kurse"
    assert {sitting["id"].partition("/")[0], mandate["id"].partition("/")[0]} == {
        "session",
        "resolution",
    }

    told = await stack.revision.read(f"/audit/processes/{held}")
    assert told["title"] == "Sitzung „Sitzung 2026-1“"
    facts = {fact["key"]: fact["value"] for fact in told["facts"]}
    assert facts["stage"] == "beendet, das Protokoll steht noch aus"
    assert facts["votes_taken"] == "1"
    told = await stack.revision.read(f"/audit/processes/{resolution_id(held, 1)}")
    facts = {fact["key"]: fact["value"] for fact in told["facts"]}
    assert told["title"] == "Beschluss „Kurse“"
    assert facts["mandate"] == "Ausführung des Beschlusses"
    assert facts["owner"].startswith("Jobcenter")


async def _held(group: SteeringGroup, day: date) -> UUID:
    """A session that adopted a proposal and is over."""
    item = proposal("Kurse", "Der Kreis richtet Kurse ein.")
    session = await group.prepare("2026-1", day, item)
    await group.meet(session, day)
    await group.vote(session, day, item.item)
    await group.close(session, day)
    return session


async def test_what_sessions_and_mandates_ask_of_people_is_among_their_tasks(stack: Stack) -> None:
    group = SteeringGroup.of_demo(stack.runtime.desk)
    await group.found()
    now = datetime.now(UTC)
    held = await _held(group, in_days(-3))
    waiting = await _tasks(stack, "koordination")
    assert waiting["draft-minutes"]["target"] == str(held)
    assert waiting["record-resolutions"]["names"] == ["Kurse"]

    passing = PassResolution(
        session=held,
        number=1,
        mandate=Commission(),
        owner="jobcenter",
        due=in_days(5),
    )
    await group.ask(passing, now)
    await group.ask(DraftMinutes(session=held), now)
    waiting = await _tasks(stack, "koordination")
    assert waiting["approve-minutes"]["target"] == str(held)
    assert waiting.keys().isdisjoint({"record-resolutions", "fulfil-mandate"})
    mandate = (await _tasks(stack, "jobcenter"))["fulfil-mandate"]
    assert (mandate["title"], mandate["urgency"]) == ("Kurse", "this-week")

    planned = await group.prepare("2026-2", in_days(60))
    await group.ask(CallForItems(session=planned, until=now + timedelta(days=9)), now)
    assert (await _tasks(stack, "jobcenter"))["propose-items"]["target"] == str(planned)
    assert "propose-items" not in await _tasks(stack, "revision")


NAMES = ("Dora", "Emil", "Fadi", "Lars")


async def test_whoever_still_has_to_vote_in_writing_has_it_among_their_tasks(
    clock: Clock, stack: Stack
) -> None:
    dora, emil, fadi, lars = [await member(stack, name) for name in NAMES]
    await established(stack, {"jobcenter": dora, "agentur": fadi})
    await appointed(stack, "jobcenter", emil, "deputy")
    await appointed(stack, "agentur", lars, "deputy")
    sitting = await Sitting.scheduled(stack, "umlauf", MARCH + timedelta(hours=1), "circular")
    first, second = [await sitting.proposed(title, "So sei es.") for title in ("Arbeit", "Kurse")]
    await sitting.do("agenda/freezing")
    clock.at += timedelta(hours=2)
    assert await _asked(stack, dora) is None
    await sitting.do("circular", {})
    asked = await _asked(stack, dora)
    assert asked is not None
    assert (asked["target"], asked["names"]) == (str(sitting.id), ["Arbeit", "Kurse"])
    assert await _asked(stack, emil) is None, "the holder is not away"

    items = {item["item"]: item["digest"] for item in (await sitting.view())["items"]}
    ballot = {"item": first, "seat": "agentur", "choice": "yes", "shown": items[first]}
    await sitting.do("ballots", ballot, by=fadi.person)
    left = await _asked(stack, fadi)
    assert left is not None
    assert (left["count"], left["names"]) == (1, ["Kurse"])
    await sitting.do(f"items/{second}/conflicts", {"seat": "agentur"}, by=fadi.person)
    assert await _asked(stack, fadi) is None
    await sitting.do(f"items/{second}/conflicts/lifting", {"seat": "agentur"})
    assert await _asked(stack, fadi) == left

    await sitting.do("absences", {"seat": "jobcenter"}, by=dora.person)
    assert (await _asked(stack, dora), await _asked(stack, emil)) == (None, asked)
    await sitting.do("absences/withdrawal", {"seat": "jobcenter"}, by=dora.person)
    assert (await _asked(stack, dora), await _asked(stack, emil)) == (asked, None)
    assert await _asked(stack, lars) is None

    clock.at += timedelta(days=30)
    assert await _asked(stack, dora) is None, "its time is over"
    await sitting.do("closing", {})
    await stack.runtime.read_models.reached(await stack.head())
    assert await stack.runtime.pool.fetchval("select count(*) from ballot_asked") == 0


async def _asked(stack: Stack, sitting: Member) -> Json | None:
    """What asks a member to vote in writing, if something does."""
    tasks = await sitting.person.read("/tasks", at_least=await stack.head())
    return next((task for task in tasks if task["kind"] == "cast-ballot"), None)


async def _tasks(stack: Stack, name: str) -> dict[str, Json]:
    """What waits for the person, by its kind."""
    tasks = await stack.people[name].read("/tasks", at_least=await stack.head())
    return {task["kind"]: task for task in tasks}
