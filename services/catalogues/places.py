"""How far the county's municipalities are from each other, as the crow flies."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

import msgspec

EARTH = 6371.0
"""Its mean radius in kilometres."""
DEGREE = 100_000


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`latitude` and `longitude` in hundred-thousandths of a degree."""

    name: str
    latitude: int
    longitude: int


class Places(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    as_of: date
    places: Mapping[str, Place]


@cache
def places() -> Places:
    text = files("services.catalogues").joinpath("places.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Places)


@cache
def distances() -> Mapping[str, Mapping[str, int]]:
    """From each municipality to each, in whole kilometres of the air line; nought to itself.

    The way by road is longer, by a third or so.
    """
    known = places().places
    return {
        key: {other: _kilometres(place, known[other]) for other in known}
        for key, place in known.items()
    }


def _kilometres(one: Place, other: Place) -> int:
    """The great circle (haversine)."""
    here, there = radians(one.latitude / DEGREE), radians(other.latitude / DEGREE)
    north = sin((there - here) / 2)
    east = sin(radians((other.longitude - one.longitude) / DEGREE) / 2)
    return round(2 * EARTH * asin(sqrt(north**2 + cos(here) * cos(there) * east**2)))
