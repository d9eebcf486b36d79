"""What requests and answers look like: one example of each kind, for the API description.

Each module here gives its `EXAMPLES`; a new one needs no mention anywhere.
"""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import msgspec
from litestar.openapi.spec import Reference, Schema

PAGE = re.compile(r"Page_(?:.*\.)?(?P<name>\w+)_")
"""What the description calls a page of something."""


def example_of(schema: object) -> object | None:
    """The example of what a schema describes: a kind, a page of a kind, or a list of it."""
    match schema:
        case Reference(ref=ref):
            name = ref.rpartition("/")[2]
            if page := PAGE.fullmatch(name):
                return {"items": [BY_NAME[page["name"]]], "next": None}
            return BY_NAME.get(name)
        case Schema(items=items) if items is not None:
            example = example_of(items)
            return None if example is None else [example]
        case _:
            return None


def _collected() -> Iterator[msgspec.Struct]:
    for module in iter_modules(__path__):
        examples: Any = import_module(f"{__name__}.{module.name}")
        if module.name != "shared":
            yield from examples.EXAMPLES


EXAMPLES = tuple(_collected())
BY_NAME: Mapping[str, object] = {
    type(example).__name__: msgspec.to_builtins(example) for example in EXAMPLES
}
