"""The sectors of the economy that a company is of, by the letter of its section."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from services.texts.catalogue import InBoth


@cache
def sectors() -> Mapping[str, InBoth]:
    """In the order of the classification (WZ 2008)."""
    text = (files("services.catalogues") / "sectors.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, InBoth])
