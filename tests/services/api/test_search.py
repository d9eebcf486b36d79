"""Search over HTTP: by name, whatever the capitals; everybody finds what lists show them anyway."""

import unicodedata
from http import HTTPStatus

import pytest

from services.api.search import LONGEST
from services.api.search_hits import MOST, HitKind
from services.audit.search import position_in
from tests.services.api.conftest import Scene
from tests.support.http import Json, Person, refused
from tests.support.own_class import PSEUDONYMS, own_class
from tests.support.stack import Stack

READ_PEOPLE = {"koordination", "revision", "verwaltung"}


async def ids(person: Person, text: str, kind: HitKind) -> list[str]:
    found: list[Json] = await person.read("/search", q=text)
    return [hit["id"] for hit in found if hit["kind"] == kind]


@pytest.mark.parametrize(
    "text", ["Delbrück", "delBRÜCK", "elbrü", " brück ", unicodedata.normalize("NFD", "Brück")]
)
async def test_a_concept_is_found_by_its_municipality_whatever_the_capitals(
    scene: Scene, text: str
) -> None:
    [hit, *_] = await scene.stack.koordination.read("/search", q=text)
    assert hit == {
        "kind": "concept",
        "title": "Delbrück",
        "line": "2025, in Abstimmung",
        "id": scene.consulting,
    }


@pytest.mark.parametrize("text", ["Delbruck", "%%", "__", "Delb%", "D_lbrück", r"\\", "''"])
async def test_what_is_typed_is_meant_letter_by_letter(scene: Scene, text: str) -> None:
    assert await scene.stack.koordination.read("/search", q=text) == []


async def test_everybody_finds_the_concepts_that_are_listed_for_them(scene: Scene) -> None:
    seen: dict[str, set[str]] = {}
    for key, person in scene.stack.people.items():
        listed = {row["id"] for row in await person.all_pages("/concepts")}
        names = ("delbrück", "lichtenau")
        seen[key] = {id_ for name in names for id_ in await ids(person, name, HitKind.CONCEPT)}
        assert seen[key] == listed, key
    assert seen["koordination"] == {scene.consulting, scene.drafting}
    assert seen["jobcenter"] == {scene.consulting}, "nobody asked them about a draft"
    assert seen["auslaenderbehoerde"] == set()


async def test_organisations_and_people_are_found_by_those_who_read_them(scene: Scene) -> None:
    for key, person in scene.stack.people.items():
        found = await person.read("/search", q="Jobcenter")
        kinds = {hit["kind"] for hit in found}
        assert kinds == ({"organisation", "person"} if key in READ_PEOPLE else set()), key
    [organisation, jana] = await scene.stack.revision.read("/search", q="Jobcenter")
    assert organisation["id"] == "jobcenter"
    assert organisation["line"] == "Arbeitsverwaltung"
    assert jana["id"] == (await scene.stack.jobcenter.read("/me"))["account"]
    assert jana["line"] == "Mitglied einer Organisation"


async def test_ten_of_a_kind_are_found_at_most_by_name_in_german_order(scene: Scene) -> None:
    listed = await scene.stack.verwaltung.read("/organisations")
    fitting = [one["key"] for one in listed if "er" in one["name"].casefold()]
    assert len(fitting) > MOST
    assert await ids(scene.stack.verwaltung, "er", HitKind.ORGANISATION) == fitting[:MOST]


@pytest.mark.parametrize("text", ["", " ", "D", " ü "])
async def test_too_little_finds_nothing(scene: Scene, text: str) -> None:
    assert await scene.stack.koordination.read("/search", q=text) == []


@pytest.mark.parametrize("query", ["", f"?q={'x' * (LONGEST + 1)}", "?q=ab%00"])
async def test_what_cannot_be_searched_for_is_refused_and_named(scene: Scene, query: str) -> None:
    response = await scene.stack.koordination.ask("GET", f"/search{query}")
    problem = refused(response, HTTPStatus.UNPROCESSABLE_ENTITY, "request.invalid")
    assert [fault["parameter"] for fault in problem["errors"]] == ["q"]


async def test_whoever_reads_the_record_finds_its_entries_by_position_and_id(scene: Scene) -> None:
    trail = await scene.stack.revision.all_pages("/audit/trail", stream=scene.drafting)
    newest_first = [str(entry["position"]) for entry in reversed(trail)]
    drafted = trail[-1]
    for key, person in scene.stack.people.items():
        reads = key in READ_PEOPLE
        at = await ids(person, newest_first[0], HitKind.ENTRY)
        assert at == (newest_first[:1] if reads else []), key
        of = await ids(person, scene.drafting, HitKind.ENTRY)
        assert of == (newest_first if reads else []), key
    [hit] = await scene.stack.revision.read("/search", q=newest_first[0])
    assert hit["title"] == drafted["sentence"]
    assert await ids(scene.stack.revision, drafted["account"], HitKind.ENTRY)
    assert await scene.stack.revision.read("/search", q="9" * LONGEST) == []


async def test_a_college_finds_its_own_classes_and_nobody_else_does(stack: Stack) -> None:
    this = await own_class(stack)
    for key, person in stack.people.items():
        found = await ids(person, "mb26", HitKind.CLASS)
        assert found == ([str(this.id)] if key == "berufskolleg" else []), key


async def test_a_round_is_found_by_those_it_is_listed_for(stack: Stack) -> None:
    this = await own_class(stack)
    for key, person in stack.people.items():
        answer = await person.ask("GET", "/rounds")
        listed = answer.status_code == HTTPStatus.OK and answer.json()["items"]
        found = await ids(person, "sprachstand", HitKind.ROUND)
        assert found == ([str(this.round)] if listed else []), key
    assert await ids(stack.berufskolleg, "sprachstand", HitKind.ROUND)
    assert not await ids(stack.jobcenter, "sprachstand", HitKind.ROUND)


async def test_learners_are_found_by_nobody(stack: Stack) -> None:
    this = await own_class(stack)
    learner = (await this.learners())[PSEUDONYMS[0]]
    for person in stack.people.values():
        assert await person.read("/search", q=PSEUDONYMS[0]) == []
        assert await person.read("/search", q=learner) == []


@pytest.mark.parametrize(
    ("text", "position"),
    [("12", 12), ("4 711", 4711), ("4.711", 4711), ("4,711", 4711), ("4\u202f711", 4711)]
    + [(text, None) for text in ("", ".", "12a", "²", "-1")],
)
def test_a_position_is_read_as_pages_write_it(text: str, position: int | None) -> None:
    assert position_in(text) == position
