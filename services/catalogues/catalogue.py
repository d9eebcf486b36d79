"""The catalogues as they are in the package's files, read once, when first asked for."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

import msgspec

from domain.assessments.context import CatalogueEntry
from domain.assessments.definition import Level
from services.texts.catalogue import InBoth

BEGIN = (8, 1)
END = (7, 31)
"""A school year in North Rhine-Westphalia: 1 August to 31 July (section 7 of its school law)."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where facts were carried over from, as of which commit and day."""

    url: str
    path: str
    commit: str
    date: date
    licence: str


class Period(msgspec.Struct, frozen=True, array_like=True):
    """A programme or trade as it was in some school years, each named by the year it begins in.

    `index` is the group of trades that a trade is of and a programme takes.
    """

    key: str
    name: str
    index: str
    first: int | None
    last: int | None

    @property
    def entry(self) -> CatalogueEntry:
        return CatalogueEntry(
            key=self.key,
            index=self.index,
            valid_from=None if self.first is None else date(self.first, *BEGIN),
            valid_until=None if self.last is None else date(self.last + 1, *END),
        )


class Measure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A support measure in both languages, and where it is described."""

    de: str
    en: str
    source: str


class Catalogues(msgspec.Struct, frozen=True, kw_only=True):
    """Programmes (`A01`) and trades (`10-10004`), levels, accommodations and so on, by key."""

    programmes: Mapping[str, tuple[Period, ...]]
    trades: Mapping[str, tuple[Period, ...]]
    sources: tuple[Source, ...]
    cefr: Mapping[Level, str]
    """The URI of the CEFR level fully reached; empty below A1."""
    accommodations: Mapping[str, InBoth]
    measures: Mapping[str, Measure]
    fields: Mapping[str, InBoth]
    """What a finding is about, in the order in which people choose from them."""

    def programme(self, key: str, on: date) -> CatalogueEntry | None:
        """The programme as it is on this day; as it was last, or will be, if it is not."""
        return _at(self.programmes.get(key, ()), on)

    def trade(self, key: str, on: date) -> CatalogueEntry | None:
        """Likewise the trade."""
        return _at(self.trades.get(key, ()), on)

    def programme_name(self, key: str) -> str:
        """Its German name, or the key if it is unknown."""
        return self.programmes[key][-1].name if key in self.programmes else key

    def trade_name(self, key: str) -> str:
        return self.trades[key][-1].name if key in self.trades else key


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: Source
    entries: tuple[Period, ...]


class _Levels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    uris: Mapping[str, str]
    reached: Mapping[Level, str]


@cache
def catalogues() -> Catalogues:
    """All of them."""
    programmes = msgspec.json.decode(_bytes("programmes.json"), type=_File)
    trades = msgspec.json.decode(_bytes("trades.json"), type=_File)
    levels = msgspec.convert(_toml("levels.toml"), _Levels)
    return Catalogues(
        programmes=_by_key(programmes.entries),
        trades=_by_key(trades.entries),
        sources=(programmes.source, trades.source),
        cefr={level: levels.uris.get(cefr, "") for level, cefr in levels.reached.items()},
        accommodations=msgspec.convert(_toml("accommodations.toml"), dict[str, InBoth]),
        measures=msgspec.convert(_toml("measures.toml"), dict[str, Measure]),
        fields=msgspec.convert(_toml("fields.toml"), dict[str, InBoth]),
    )


@lru_cache(maxsize=256)
def first_day(school_year: str) -> date:
    """1 August of `2026/27`. Raises ValueError if that is no school year."""
    year, slash, next_year = school_year.partition("/")
    is_plain = len(school_year) == len("2026/27") and year.isdecimal() and next_year.isdecimal()
    if not (is_plain and slash and (int(year) + 1) % 100 == int(next_year)):
        raise ValueError(school_year)
    return date(int(year), *BEGIN)


def valid_in(entry: CatalogueEntry, school_year: str) -> bool:
    """Whether it holds at the beginning of the school year. Raises ValueError for no such year."""
    return entry.holds_on(first_day(school_year))


@lru_cache(maxsize=4096)
def _at(periods: tuple[Period, ...], on: date) -> CatalogueEntry | None:
    entries = [period.entry for period in periods]
    holding = [entry for entry in entries if entry.holds_on(on)]
    return (holding or entries[-1:] or [None])[0]


def _by_key(periods: Iterable[Period]) -> Mapping[str, tuple[Period, ...]]:
    grouped: dict[str, tuple[Period, ...]] = {}
    for period in periods:
        grouped[period.key] = (*grouped.get(period.key, ()), period)
    return grouped


def _bytes(file: str) -> bytes:
    return files("services.catalogues").joinpath(file).read_bytes()


def _toml(file: str) -> dict[str, object]:
    return tomllib.loads(_bytes(file).decode())
