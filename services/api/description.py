"""The API's own description (OpenAPI 3.1): what it is, and what the framework leaves out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Components,
    Example,
    License,
    OpenAPI,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    RequestBody,
    Schema,
    SecurityScheme,
    Tag,
)
from litestar.openapi.spec.base import BaseSchemaObject
from litestar.openapi.spec.enums import OpenAPIType

from services.api.examples import example_of

REFERENCE = re.compile(r"#/components/schemas/([^'\"]+)")

TAGS = (
    Tag(name="Concepts", description="The concepts of the municipalities."),
    Tag(name="Consultations", description="Who is asked, and what they answer."),
    Tag(name="Framework", description="The county's template for the concepts."),
    Tag(name="Assessments", description="The language assessment of new training classes."),
    Tag(name="Steering", description="From a finding to a resolution, a group and a goal."),
    Tag(name="Posts", description="Funded posts: granted, filled, accounted for."),
    Tag(name="Reports", description="What companies need in German courses, and what there is."),
    Tag(name="Directory", description="Municipalities, organisations, oneself."),
    Tag(name="Administration", description="Setting up the county: places, people, roles."),
    Tag(name="Privacy", description="What is kept about people, and its erasure."),
    Tag(name="Audit", description="Who did what, when, on which text, under which rule."),
    Tag(name="Ledger", description="Proofs that nobody rewrote the record."),
    Tag(name="Health", description="Whether it is alive and ready."),
    Tag(name="Service", description="The front door and the explanations of problems."),
)


def description() -> OpenAPIConfig:
    """What the API is called, and how one signs in."""
    return OpenAPIConfig(
        title="Kreislauf",
        version="0.1.0",
        description="The workflow service of a county's integration management."
        " Every decision is recorded; the answer names its place in the record.",
        license=License(name="EUPL-1.2", identifier="EUPL-1.2"),
        tags=list(TAGS),
        use_handler_docstrings=True,
        path="/schema",
        render_plugins=[JsonRenderPlugin()],
        components=Components(
            security_schemes={
                "token": SecurityScheme(
                    type="http",
                    scheme="bearer",
                    description="Made with `kreislauf token`; shown once.",
                ),
                "report": SecurityScheme(
                    type="http",
                    scheme="report",
                    description="The secret link of a company's report, mailed to its contact.",
                ),
            }
        ),
    )


def complete(openapi: OpenAPI) -> None:
    """Give every operation a summary to read, and an example of what it takes and answers.

    And say of what it takes that unknown fields are refused.
    """
    schemas = openapi.components.schemas or {} if openapi.components else {}
    for path in (openapi.paths or {}).values():
        for operation in (path.get, path.post, path.put, path.delete):
            if operation is not None:
                operation.summary = _first_clause(operation.description or "")
                if isinstance(operation.request_body, RequestBody):
                    for name in _referred(operation.request_body, schemas):
                        _close(schemas[name])
                for media_type in _contents(operation):
                    example = example_of(media_type.schema)
                    if example is not None:
                        # As JSON: the framework would leave out of a dict what is null.
                        encoded = msgspec.Raw(msgspec.json.encode(example))
                        media_type.examples = {"example": Example(value=encoded)}


def _referred(part: BaseSchemaObject, schemas: Mapping[str, Schema]) -> set[str]:
    """The names of the schemas a part of the description leads to."""
    names = set(REFERENCE.findall(str(part.to_schema())))
    return names.union(*(_referred(schemas[name], schemas) for name in names))


def _close(schema: Schema) -> None:
    if schema.type is OpenAPIType.OBJECT:
        schema.additional_properties = False


def _first_clause(text: str) -> str:
    """`Open a round: who is asked.` in short: `Open a round`."""
    ends = [end for mark in ".:;," if (end := text.find(mark)) > 0]
    return text[: min(ends, default=len(text))]


def _contents(operation: Operation) -> Iterator[OpenAPIMediaType]:
    parts: list[Any] = [operation.request_body, *(operation.responses or {}).values()]
    for part in parts:
        if isinstance(part, RequestBody | OpenAPIResponse):
            yield from (part.content or {}).values()
