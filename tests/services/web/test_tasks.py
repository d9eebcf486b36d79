"""My tasks: what waits for each role, the most urgent first, answered in place."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest

from domain.kernel import Role
from services.api.tasks import TaskKind, Urgency, urgency_of
from services.texts import Language
from services.web.tasks.tasks import PLACES
from services.web.texts import say
from tests.support.appointing import appoint
from tests.support.assessing import DEFINITION
from tests.support.browser_like import visiting
from tests.support.http import Json, Person, recorded
from tests.support.own_class import OWN, PSEUDONYMS, own_class, row
from tests.support.retention import left_long_ago, run
from tests.support.stack import Stack
from tests.support.writing import invite, submit_draft

DELBRUECK, LICHTENAU = "05774020", "05774028"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def opened(stack: Stack, municipality: str = DELBRUECK) -> str:
    body = {"municipality": municipality, "edition": "2025"}
    return recorded(await stack.koordination.post("/concepts", body))["id"]


async def tasks_of(stack: Stack, person: Person) -> list[Json]:
    """What waits for the person; without the one about concepts nobody has opened yet."""
    found = await person.read("/tasks", at_least=await stack.head())
    return [task for task in found if task["kind"] != "open-concepts"]


async def kinds_of(stack: Stack, person: Person) -> list[str]:
    return [task["kind"] for task in await tasks_of(stack, person)]


async def test_a_concept_waits_for_one_role_after_the_other(stack: Stack) -> None:
    coordinator, manager, member = stack.koordination, stack.fallmanagement, stack.jobcenter
    steering = await appoint(stack, Role.STEERING_MEMBER, "kim-koordinierung")
    concept = await opened(stack)
    assert await kinds_of(stack, manager) == ["draft-concept"]
    assert await kinds_of(stack, coordinator) == []
    await submit_draft(manager, concept)
    assert await kinds_of(stack, manager) == []
    assert await kinds_of(stack, coordinator) == ["open-consultation"]
    policy = {"decided_by": "steering-group"}
    jobcenter = [{"organisation": "jobcenter"}]
    await invite(coordinator, concept, jobcenter, seconds=3600, policy=policy)
    [asked] = await tasks_of(stack, member)
    assert (asked["kind"], asked["urgency"]) == ("answer-request", "this-week")
    assert asked["municipality_name"] == "Delbrück"
    [missing] = await tasks_of(stack, coordinator)
    assert (missing["kind"], missing["names"]) == ("missing-answers", ["jobcenter"])
    recorded(await member.answer(concept, 1, "jobcenter", {"position": "agree"}))
    assert await kinds_of(stack, member) == []
    assert await kinds_of(stack, coordinator) == ["close-round"]
    assert await kinds_of(stack, steering) == []
    await coordinator.change(concept, "consultations/1/closing")
    assert await kinds_of(stack, coordinator) == ["adopt-concept"]
    assert await kinds_of(stack, steering) == ["adopt-concept"]
    await coordinator.change(concept, "adoption", {"resolution": "LG 1"})
    assert await kinds_of(stack, coordinator) == ["publish-concept"]
    assert await kinds_of(stack, steering) == []
    await coordinator.change(concept, "publication", {})
    assert await kinds_of(stack, coordinator) == []


async def test_what_the_coordination_decides_is_no_task_of_the_steering_group(
    stack: Stack,
) -> None:
    steering = await appoint(stack, Role.STEERING_MEMBER, "kim-koordinierung")
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    recorded(await stack.jobcenter.answer(concept, 1, "jobcenter", {"position": "agree"}))
    await stack.koordination.change(concept, "consultations/1/closing")
    assert await kinds_of(stack, steering) == []
    assert await kinds_of(stack, stack.koordination) == ["adopt-concept"]


async def test_tasks_are_those_of_ones_own_municipality_and_organisation(stack: Stack) -> None:
    await opened(stack, LICHTENAU)
    concept = await opened(stack)
    assert [task["target"] for task in await tasks_of(stack, stack.fallmanagement)] == [concept]
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    for person in (stack.agentur, stack.revision, stack.berufskolleg, stack.verwaltung):
        assert await tasks_of(stack, person) == []


async def test_the_coordination_is_told_for_which_municipalities_a_concept_is_missing(
    stack: Stack,
) -> None:
    await opened(stack)
    [task] = await stack.koordination.read("/tasks", at_least=await stack.head())
    assert (task["kind"], task["count"]) == ("open-concepts", 8)
    assert "Paderborn" not in task["names"], "its case managers are not the county's"


async def test_a_round_past_its_deadline_is_overdue(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    jobcenter = [{"organisation": "jobcenter"}]
    await invite(stack.koordination, concept, jobcenter, seconds=1.2, grace=3600)
    paths = "/tasks"
    found = await stack.jobcenter.until(
        paths, lambda tasks: [task["urgency"] for task in tasks] == ["overdue"]
    )
    assert found[0]["kind"] == "answer-request"
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see("/aufgaben")
    assert page.main.all("h2")[0].text == "Überfällig"


async def test_a_member_agrees_to_everything_in_place(stack: Stack) -> None:
    concept = await opened(stack)
    await submit_draft(stack.fallmanagement, concept)
    await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see("/aufgaben", ab=str(await stack.head()))
        assert page.headline == "1 Aufgabe wartet auf Sie"
        assert "Jobcenter Kreis Paderborn stimmt allen 10 Abschnitten" in page.text
        assert "eingetragen durch Jana Jobcenter" in page.text
        section = await stack.revision.read(f"/concepts/{concept}/sections/zielgruppe")
        assert section["text"] in page.text, "the whole text can be read here"
        done = await jana.send(page.form("Wir stimmen allem zu: Delbrück"))
        assert done.status == HTTPStatus.OK
        page = await jana.see("/aufgaben", ab=str(await stack.head()))
        assert page.headline == "Im Augenblick wartet nichts auf Sie"
        assert "Delbrück: Antwort von Jobcenter Kreis Paderborn" in page.text
    view = await stack.koordination.read(f"/concepts/{concept}/consultations/1")
    [response] = view["responses"]
    assert {answer["position"] for answer in response["answers"]} == {"agree"}


async def test_of_many_requests_the_first_few_are_answered_in_place(stack: Stack) -> None:
    for ags in ("05774004", "05774008", "05774012", "05774016"):
        concept = await opened(stack, ags)
        await submit_draft(stack.koordination, concept)
        await invite(stack.koordination, concept, [{"organisation": "jobcenter"}], seconds=3600)
    async with visiting(stack, "jobcenter") as jana:
        page = await jana.see("/aufgaben", ab=str(await stack.head()))
    assert page.headline == "4 Aufgaben warten auf Sie"
    assert len(page.links("Lesen und einzeln antworten")) == 3


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, Urgency.OVERDUE), (0, Urgency.OVERDUE), (7, Urgency.THIS_WEEK), (8, Urgency.LATER)],
)
def test_how_soon_a_task_is_due(days: int, urgency: Urgency) -> None:
    assert urgency_of(NOW + timedelta(days=days), NOW) is urgency


def test_what_has_no_date_is_for_later() -> None:
    assert urgency_of(None, NOW) is Urgency.LATER


def test_every_kind_of_task_leads_somewhere() -> None:
    assert PLACES.keys() == set(TaskKind) - {TaskKind.ANSWER_REQUEST}


async def test_every_place_of_a_task_is_a_page(stack: Stack) -> None:
    async with visiting(stack, "verwaltung") as viktor:
        for kind, place in PLACES.items():
            page = await viktor.see(place.format(target=uuid4(), number=1))
            assert page.headline != "Diese Adresse gibt es nicht", kind


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_kind_of_task_has_its_words(language: Language) -> None:
    facts = {"place": "A", "organisation": "B", "title": "C", "count": 2, "number": 1}
    for kind in TaskKind:
        assert "{" not in say(f"tasks.kinds.{kind.value}", language, facts)


async def test_a_college_is_told_which_classes_are_missing_until_the_results_are_there(
    stack: Stack,
) -> None:
    college = stack.berufskolleg
    this = await own_class(stack)
    [missing] = await tasks_of(stack, college)
    assert (missing["kind"], missing["count"], missing["names"]) == (
        "missing-classes",
        1,
        ["MB26A"],
    )
    assert missing["organisation"] == OWN
    assert missing["urgency"] == "this-week"
    [other] = await tasks_of(stack, stack.nachbarkolleg)
    assert other["kind"] == "register-classes", "it has not registered any"
    [behind] = await tasks_of(stack, stack.koordination)
    assert (behind["kind"], behind["count"]) == ("missing-colleges", 1)
    await this.record(*(row(pseudonym, 2, 2) for pseudonym in PSEUDONYMS))
    await this.submit()
    assert await kinds_of(stack, college) == []
    assert await kinds_of(stack, stack.koordination) == []
    await this.release()
    [results] = await tasks_of(stack, college)
    assert (results["kind"], results["names"]) == ("read-results", ["MB26A"])
    assert await kinds_of(stack, stack.nachbarkolleg) == []
    async with visiting(stack, "berufskolleg") as berta:
        page = await berta.see("/aufgaben")
    assert page.main.all("h3")[0].text == (
        "Sprachstandserhebung: Ergebnisse von 1 Klasse liegen vor"
    )


async def test_whoever_drafted_an_instrument_is_not_asked_to_approve_it(stack: Stack) -> None:
    expert, coordinator = stack.fachgruppe, stack.koordination
    body = {"key": "c-test", "title": "C-Test", "kind": "c-test"}
    recorded(await expert.post("/instruments", body))
    path = "/instruments/c-test/versions/1"
    recorded(await expert.put(path, DEFINITION, seen=1))
    recorded(await expert.post(f"{path}/submission", seen=2))
    [task] = await tasks_of(stack, coordinator)
    assert (task["kind"], task["target"], task["number"]) == ("approve-instrument", "c-test", 1)
    assert await kinds_of(stack, expert) == []


async def test_files_whose_time_is_over_wait_for_those_who_decide(stack: Stack) -> None:
    await left_long_ago(stack.runtime)
    await run(stack.runtime)
    for person in (stack.koordination, stack.verwaltung):
        [task] = await tasks_of(stack, person)
        assert (task["kind"], task["count"], task["urgency"]) == ("retention-cases", 1, "overdue")
    assert await kinds_of(stack, stack.revision) == []


async def test_mail_that_could_not_be_delivered_waits_for_the_administration(
    stack: Stack,
) -> None:
    me = await stack.jobcenter.read("/me")
    await stack.runtime.pool.execute(
        "insert into mail (id, key, account, template, facts, state, queued_at, next_at,"
        " good_until) values ($1, 'lost', $2, 'invitation', '{}', 'dead', $3, $3, $3)",
        uuid4(),
        UUID(me["account"]),
        datetime.now(UTC),
    )
    assert await kinds_of(stack, stack.verwaltung) == ["undelivered-mail"]
    assert await kinds_of(stack, stack.koordination) == []
