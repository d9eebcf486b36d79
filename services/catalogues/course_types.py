"""The types of courses as they are in the package's file, read once, when first asked for."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

import msgspec

from domain.course_offers.course_type import CourseType, Grantor, Span, Status, offered_on
from domain.course_offers.levels import Level

FewestAndMost: TypeAlias = tuple[int, int]


class TypeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """A table of the file. `assumed` names the fields that no source read so far states."""

    de: str
    en: str
    from_: tuple[Level, ...]
    to: tuple[Level, ...]
    grantors: Mapping[Status, tuple[Grantor, ...]]
    source: str
    as_of: date
    units: FewestAndMost | None = None
    participants: FewestAndMost | None = None
    offered: tuple[Span, ...] = (Span(),)
    assumed: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def name(self, language: Literal["de", "en"]) -> str:
        return self.de if language == "de" else self.en

    def course_type(self, key: str) -> CourseType:
        """The rules the domain goes by."""
        least_units, most_units = self.units or (None, None)
        least, most = self.participants or (None, None)
        return CourseType(
            key=key,
            from_levels=frozenset(self.from_),
            to_levels=frozenset(self.to),
            least_units=least_units,
            most_units=most_units,
            least_participants=least,
            most_participants=most,
            grantors=self.grantors,
            offered=self.offered,
            as_of=self.as_of,
        )


class CourseTypes(msgspec.Struct, frozen=True, kw_only=True):
    """All types by key, in the order in which people choose from them."""

    entries: Mapping[str, TypeEntry]
    types: Mapping[str, CourseType]

    def types_on(self, day: date) -> tuple[CourseType, ...]:
        """Those of which courses are held on this day."""
        return offered_on(self.types.values(), day)


@cache
def course_types() -> CourseTypes:
    text = files("services.catalogues").joinpath("course_types.toml").read_text("utf-8")
    entries = msgspec.convert(tomllib.loads(text), dict[str, TypeEntry])
    return CourseTypes(
        entries=entries, types={key: entry.course_type(key) for key, entry in entries.items()}
    )
