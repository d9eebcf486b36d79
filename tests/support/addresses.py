"""Addresses for the paths of the description, for tests that ask all of them."""

from collections.abc import Mapping
from uuid import uuid4

from tests.support.http import Json


def filled(path: str, operation: Json, known: Mapping[str, object]) -> str:
    """The path with what is known of it, and else something of the kind that nothing is named."""
    schemas = {p["name"]: p["schema"] for p in operation.get("parameters", ()) if p["in"] == "path"}
    values = {
        name: known[name] if name in known else _unknown(schema) for name, schema in schemas.items()
    }
    return path.format_map(values)


def _unknown(schema: Json) -> object:
    if schema.get("type") == "integer":
        return int(schema.get("minimum", 1))
    return uuid4()
