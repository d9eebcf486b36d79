"""What is wrong with which part of a request, from what the framework says about it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import ValidationException
from litestar.params import HeaderParameter

from services.texts import Language, validation_message

MISSING = re.compile(r"Missing required \w+ parameter '(?P<name>[^']+)'")
"""The framework names a missing parameter in its message only."""

MEMBER = re.compile(r"Object (?:contains unknown|missing required) field `(?P<name>.+)`", re.DOTALL)
"""msgspec points to the object; the pointer goes on to the member."""

WHOLE_BODY = "data"
ABSENT = repr(WHOLE_BODY)
"""What the framework says of a body that is not there."""


class Fault(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing wrong with the request: `pointer` leads into the body, `parameter` names another.

    The whole body is the empty pointer. In a file it is a `cell`, a row or a column of a `sheet`,
    or a path in JSON; `value` is what stands there, shortened, `code` the rule.
    """

    detail: str
    pointer: str | None = None
    parameter: str | None = None
    code: str | None = None
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """What the framework found. `empty`: it was not there, or there was nothing in it."""

    message: str
    pointer: str | None = None
    parameter: str | None = None
    empty: bool = False

    @property
    def is_absent_body(self) -> bool:
        return self.pointer == "" and self.message == ABSENT

    def fault(self, language: Language) -> Fault:
        return Fault(
            detail=validation_message(self.message, language),
            pointer=self.pointer,
            parameter=self.parameter,
        )


def complaints(request: Request[Any, Any, Any], error: ValidationException) -> Sequence[Complaint]:
    """Everything the framework found wrong, each with its place in the request."""
    if missing := MISSING.search(error.detail):
        name = missing["name"]
        message = f"Object missing required field `{name}`"
        return (Complaint(message=message, parameter=name, empty=True),)
    found: list[dict[str, str]] = error.extra if isinstance(error.extra, list) else []
    return tuple(_complaint(request, one) for one in found)


def has_body(request: Request[Any, Any, Any]) -> bool:
    """Whether something was sent that a pointer could lead into."""
    headers = request.headers
    return headers.get("content-length", "0") != "0" or "transfer-encoding" in headers


def _complaint(request: Request[Any, Any, Any], found: Mapping[str, str]) -> Complaint:
    message, key = found.get("message", ""), found.get("key", "")
    if found.get("source") == "body":
        return Complaint(message=message, pointer=_pointer(key, message))
    name = _header(request, key) or key
    return Complaint(
        message=message, parameter=name, empty=request.headers.get(name, "missing") == ""
    )


def _header(request: Request[Any, Any, Any], argument: str) -> str | None:
    """The header that a handler takes under this name."""
    field = request.route_handler.parsed_fn_signature.parameters.get(argument)
    definition = field.kwarg_definition if field else None
    return definition.name if isinstance(definition, HeaderParameter) else None


def _pointer(key: str, message: str) -> str:
    """`items[0].name` as the JSON pointer `/items/0/name`."""
    path = "" if key == WHOLE_BODY else key
    names = [name for name in re.split(r"[.\[\]]+", path) if name]
    if member := MEMBER.fullmatch(message):
        names.append(member["name"])
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)
