"""The description of the API says everything a program needs, with examples that fit."""

import re
from collections.abc import Iterator

import msgspec
import pytest

from services.api.examples import EXAMPLES
from services.api.problems import MEDIA_TYPE
from tests.services.api.conftest import Scene
from tests.support.http import Json

METHODS = ("get", "post", "put", "patch", "delete")
VERBS = (
    "abandon|acknowledge|admit|adopt|allow|amend|announce|annul|answer|appoint|approve|ask"
    "|attach|call|cancel|cast|change|check|choose|close|compare|confirm|correct|create"
    "|declare|defer|discard|discuss|dismiss|dissolve|draft|drop|end|enter|erase|establish"
    "|export|extend|fill|follow|freeze|fulfil|grant|hand|invite|join|leave|lift|link|list|make"
    "|merge|move|name|note|offer|open|order|pass|place|plan|postpone|propose|publish|read"
    "|recall|record|refer|register|release|remind|remove|rename|reopen|report|respond|resume"
    "|retire|retry|return|revise|revoke|schedule|send|set|show|submit|summarise|take|triage"
    "|unlink|vacate|withdraw|withhold"
)
WITHOUT_HAVING_SEEN = {"recordResults", "recordResult", "recordResultsFile"}
"""Several people enter rows of a class at once, and what they change needs a reason."""
EXAMPLE_OF = {type(example): msgspec.to_builtins(example) for example in EXAMPLES}


@pytest.fixture
async def description(scene: Scene) -> Json:
    response = await scene.stack.http.get("/schema/openapi.json")
    return response.json()


async def test_the_description_is_openapi_3_1_and_open_to_everybody(description: Json) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["info"]["title"] == "Kreislauf"
    assert description["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


async def test_operations_are_named_by_a_plain_verb_and_once(description: Json) -> None:
    names = [operation["operationId"] for _, operation in operations(description)]
    assert len(names) == len(set(names))
    for name in names:
        assert re.fullmatch(rf"({VERBS})([A-Z][a-zA-Z]+)?", name), name


async def test_every_operation_says_what_it_does_under_a_known_heading(description: Json) -> None:
    tags = {tag["name"] for tag in description["tags"]}
    for where, operation in operations(description):
        assert re.fullmatch(r"[A-Z].*\.", operation["description"], re.DOTALL), where
        assert operation["description"].startswith(operation["summary"]), where
        assert " " in operation["summary"], where
        assert set(operation["tags"]) <= tags, where
        assert operation["tags"], where


async def test_every_operation_of_the_api_names_its_problems(description: Json) -> None:
    for where, operation in operations(description):
        documented = operation["responses"]
        if not where.startswith(("get /api/", "post /api/", "put /api/")):
            continue
        assert {"400", "401", "403", "404", "422", "429", "503"} <= documented.keys(), where
        if not where.startswith("get"):
            assert {"409", "412", "413", "415", "428"} <= documented.keys(), where
        for status, response in documented.items():
            if not status.startswith("2"):
                assert response["content"].keys() == {MEDIA_TYPE}, where
        assert operation.get("security", []) == _way_in(where), where


async def test_every_body_has_an_example_that_its_struct_accepts(description: Json) -> None:
    structs = {struct.__name__: struct for struct in EXAMPLE_OF}
    seen = 0
    for where, operation in operations(description):
        if "requestBody" in operation:
            content = operation["requestBody"]["content"]
            if "text/csv" in content:
                continue  # the body is a file
            media_type = content["application/json"]
            name = media_type["schema"]["$ref"].rpartition("/")[2]
            example = media_type["examples"]["example"]["value"]
            assert msgspec.json.decode(msgspec.json.encode(example), type=structs[name]), where
            seen += 1
    assert seen > 12


async def test_every_answer_in_json_has_an_example(description: Json) -> None:
    for where, operation in operations(description):
        for status, response in operation["responses"].items():
            for media_type, content in response.get("content", {}).items():
                if status.startswith("2") and media_type == "application/json":
                    assert "examples" in content, f"{where} {status}"
                    example = content["examples"]["example"]["value"]
                    for kind, item in described(content["schema"], example):
                        assert msgspec.convert(item, kind), f"{where} {status}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: type(example).__name__)
def test_an_example_survives_its_own_struct(example: msgspec.Struct) -> None:
    encoded = msgspec.json.encode(example)
    assert msgspec.json.encode(msgspec.json.decode(encoded, type=type(example))) == encoded


async def test_what_comes_in_refuses_unknown_fields_on_every_level(description: Json) -> None:
    """A misspelt field would otherwise be dropped without a word."""
    for where, operation in operations(description):
        for name in referred(operation.get("requestBody", {}), description):
            schema = description["components"]["schemas"][name]
            if schema["type"] == "object":
                assert schema["additionalProperties"] is False, f"{where} {name}"


async def test_parameters_are_described_with_their_bounds(description: Json) -> None:
    for where, operation in operations(description):
        for parameter in operation.get("parameters", ()):
            if parameter["name"] in {"Idempotency-Key", "If-Match"}:
                is_optional = operation["operationId"] in WITHOUT_HAVING_SEEN
                assert parameter["required"] or is_optional, where
            if parameter["in"] == "path" and parameter["schema"]["type"] == "string":
                bounded = parameter["schema"].keys() & {"pattern", "format"}
                assert bounded, f"{where} {parameter['name']}"


def referred(part: Json, description: Json) -> set[str]:
    """The schemas a part of the description leads to."""
    names = set(re.findall(r"#/components/schemas/([^\"']+)", str(part)))
    schemas = description["components"]["schemas"]
    return names.union(*(referred(schemas[name], description) for name in names))


def described(schema: Json, example: Json) -> list[tuple[type, Json]]:
    """What a page, a list or a single thing holds, with its kind."""
    name = schema.get("$ref", schema.get("items", {}).get("$ref", "")).rpartition("/")[2]
    structs = {struct.__name__: struct for struct in EXAMPLE_OF}
    if name.startswith("Page_"):
        kind = name.rstrip("_").rpartition(".")[2]
        return [(structs[kind], item) for item in example["items"]]
    items = example if schema.get("type") == "array" else [example]
    assert items
    return [(structs[name], item) for item in items]


def operations(description: Json) -> Iterator[tuple[str, Json]]:
    for path, item in description["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method} {path}", item[method]


def _way_in(where: str) -> list[Json]:
    """A company has no account: it comes by its secret link, and at first by nothing."""
    if "/reports/own" in where:
        return [{"report": []}]
    return [] if "/reports/" in where else [{"token": []}]
